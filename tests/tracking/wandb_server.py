"""A small W&B server on the loopback interface that records its requests.

It speaks the part of W&B's protocol (GraphQL, file stream, file upload) that a run, a resumption
and `wandb sync` use, and can go silent as if the network were cut.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "local-" + "0" * 40


class WandbServer(ThreadingHTTPServer):
    """Use as a context manager; `url` goes into WANDB_BASE_URL.

    Attributes:
        runs: id -> the last `UpsertBucket`, plus `lines` (history), `summary`, `exit_code`.
        artifacts: one entry per created artifact version.
        used: client ids of artifacts that runs take as inputs.
        files: upload path -> content.
        silent: while set, requests are accepted and never answered.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.runs: dict[str, dict[str, Any]] = defaultdict(lambda: {"lines": {}, "exit_code": None})
        self.artifacts: list[dict[str, Any]] = []
        self.used: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.operations: list[str] = []
        self.unknown: list[str] = []
        self.silent = threading.Event()
        self.closing = threading.Event()

    def __enter__(self) -> WandbServer:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()

    def history(self, run_id: str) -> list[dict[str, Any]]:
        """The rows of a run in the order of their offsets."""
        return [json.loads(line) for _, line in sorted(self.runs[run_id]["lines"].items())]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that disconnect; collect anything else for the test."""
        if not isinstance(error := sys.exc_info()[1], ConnectionError):
            self.unknown.append(repr(error))

    def answer(self, operation: str, variables: dict[str, Any]) -> dict[str, Any]:
        self.operations.append(operation)
        handler = getattr(self, f"on_{operation}", None)
        if handler is None:
            self.unknown.append(operation)
            return {}
        return handler(variables)

    # GraphQL operations

    def on_Viewer(self, _: dict[str, Any]) -> dict[str, Any]:
        viewer = {"id": "user", "entity": "me", "username": "me", "email": "", "flags": "{}"}
        return {"viewer": viewer | {"teams": {"edges": []}}}

    def on_UpsertBucket(self, variables: dict[str, Any]) -> dict[str, Any]:
        run = self.runs[variables["name"]]
        inserted = "name" not in run
        run.update({key: value for key, value in variables.items() if value is not None})
        return {"upsertBucket": {"bucket": self._bucket(variables["name"]), "inserted": inserted}}

    def on_RunResumeStatus(self, variables: dict[str, Any]) -> dict[str, Any]:
        name = variables["name"]
        if name not in self.runs:
            return {"model": None}
        run = self.runs[name]
        lines = [line for _, line in sorted(run["lines"].items())]
        bucket = self._bucket(name) | {
            "summaryMetrics": run.get("summaryMetrics") or json.dumps(run.get("summary", {})),
            "logLineCount": 0,
            "historyLineCount": len(lines),
            "eventsLineCount": 0,
            "historyTail": json.dumps(lines[-1:]),
            "eventsTail": "[]",
            "tags": run.get("tags", []),
            "wandbConfig": "{}",
        }
        return {"model": {"id": "project", "name": "p", "bucket": bucket}}

    def on_CreateRunFiles(self, variables: dict[str, Any]) -> dict[str, Any]:
        files = [
            {"name": name, "uploadUrl": f"{self.url}/upload/{variables['run']}/{name}"}
            for name in variables["files"]
        ]
        return {"createRunFiles": {"runID": "run", "uploadHeaders": [], "files": files}}

    def on_ArtifactType(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"project": {"artifact": None}}

    def on_CreateArtifact(self, variables: dict[str, Any]) -> dict[str, Any]:
        source = variables.get("input", variables)
        self.artifacts.append(source)
        artifact = {"id": f"artifact-{len(self.artifacts) - 1}", "state": "PENDING"}
        artifact["artifactSequence"] = {"latestArtifact": None}
        return {"createArtifact": {"artifact": artifact}}

    def on_CreateArtifactManifest(self, variables: dict[str, Any]) -> dict[str, Any]:
        name = f"manifest-{len(self.files)}"
        file = {"id": name, "name": name, "displayName": name, "uploadHeaders": []}
        file["uploadUrl"] = f"{self.url}/upload/{name}"
        return {"createArtifactManifest": {"artifactManifest": {"id": name, "file": file}}}

    def on_CreateArtifactFiles(self, variables: dict[str, Any]) -> dict[str, Any]:
        edges = []
        for spec in variables.get("input", variables).get("artifactFiles"):
            url = f"{self.url}/upload/{spec['artifactID']}/{spec['name']}"
            node = {"id": spec["name"], "name": spec["name"], "displayName": spec["name"]}
            node |= {"uploadUrl": url, "uploadHeaders": [], "uploadMultipartUrls": None}
            node |= {"storagePath": spec["name"], "artifact": {"id": spec["artifactID"]}}
            edges.append({"node": node})
        return {"createArtifactFiles": {"files": {"edges": edges}}}

    def on_UpdateArtifactManifest(self, variables: dict[str, Any]) -> dict[str, Any]:
        return {"updateArtifactManifest": {"artifactManifest": {"id": "manifest"}}}

    def on_CommitArtifact(self, variables: dict[str, Any]) -> dict[str, Any]:
        number = int(variables["artifactID"].rpartition("-")[2])
        self.artifacts[number]["committed"] = True
        return {"commitArtifact": {"artifact": {"id": variables["artifactID"], "digest": "d"}}}

    def on_UseArtifact(self, variables: dict[str, Any]) -> dict[str, Any]:
        self.used.append(variables["input"])
        return {"useArtifact": {"artifact": {"id": variables["input"]["artifactID"]}}}

    def on_RunStoppedStatus(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"project": {"run": {"stopped": False}}}

    def _bucket(self, name: str) -> dict[str, Any]:
        run = self.runs[name]
        project = {"id": "project", "name": run.get("project", "p")}
        project["entity"] = {"id": "entity", "name": "me"}
        return {
            "id": f"bucket-{name}",
            "name": name,
            "displayName": run.get("displayName", name),
            "description": None,
            "config": run.get("config", "{}"),
            "sweepName": None,
            "project": project,
            "historyLineCount": len(run["lines"]),
        }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: WandbServer

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._reply({})

    def do_PUT(self) -> None:
        self.server.files[self.path] = self._body()
        self._reply({})

    def do_POST(self) -> None:
        body = self._body()
        if self.path.endswith("/graphql"):
            query = json.loads(body)
            named = re.match(r"\s*\w+\s+(\w+)", query["query"])
            operation = query.get("operationName") or (named[1] if named else "")
            self._reply({"data": self.server.answer(operation, query.get("variables") or {})})
        elif self.path.endswith("/file_stream"):
            self._stream(self.path.split("/")[-2], json.loads(body))
            self._reply({})
        else:
            self._reply({})

    def _stream(self, run_id: str, message: dict[str, Any]) -> None:
        run = self.server.runs[run_id]
        for name, part in message.get("files", {}).items():
            if name == "wandb-history.jsonl":
                for number, line in enumerate(part["content"], start=part["offset"]):
                    run["lines"][number] = line
            elif name == "wandb-summary.json":
                run["summary"] = json.loads(part["content"][-1])
        if message.get("complete"):
            run["exit_code"] = message["exitcode"]

    def _body(self) -> bytes:
        if self.server.silent.is_set():
            self.server.closing.wait()  # the connection stays open and nothing comes
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body

    def _reply(self, content: dict[str, Any]) -> None:
        if self.server.silent.is_set():
            self.server.closing.wait()
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
