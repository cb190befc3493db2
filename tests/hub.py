"""A loopback server that speaks as much of the hub's HTTP protocol as down- and uploads need."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import yaml

TOKEN = "hf_loopback"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub(BaseHTTPRequestHandler):
    """Serves `root/<owner>/<name>/…` at `COMMIT`, which is also `main` and `v1`.

    A folder is a model if it holds a config.json, else a data set.
    """

    protocol_version = "HTTP/1.1"
    root: ClassVar[Path]
    status: ClassVar[tuple[int, str] | None] = None  # answer everything with this
    refused: ClassVar[dict[str, tuple[int, str]]] = {}  # and these repositories with that
    cut: ClassVar[set[str]] = set()  # files ([owner/name/]file) that always break in the middle
    cut_once: ClassVar[set[str]] = set()  # of those, the ones that come whole the next time
    silent: ClassVar[float] = 0.0  # accept connections and say nothing for so many seconds
    asked: ClassVar[list[str]] = []
    uploads: ClassVar[dict[str, bytes]] = {}  # large files by their SHA-256

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        """Create a repository, say how files are sent, and commit them: small ones are in it."""
        path, body = self.path.split("?")[0], self.read_body()
        type(self).asked.append(f"POST {path}")
        if path == "/api/validate-yaml":
            front_matter = json.loads(body)["content"].split("---\n")[1]
            assert isinstance(yaml.safe_load(front_matter), dict)
            self.send_json({"warnings": [], "errors": []})
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.refuse(401, "Unauthorized")
        elif path == "/api/repos/create":
            name = json.loads(body)["name"]
            owner = json.loads(body).get("organization")
            self.send_json({"url": f"http://{self.headers['Host']}/{owner}/{name}"})
        elif path.endswith("/preupload/main"):
            names = [file["path"] for file in json.loads(body)["files"]]
            self.send_json({"files": [upload_mode(name) for name in names]})
        elif path.endswith("/info/lfs/objects/batch"):
            objects = json.loads(body)["objects"]
            address = f"http://{self.headers['Host']}/lfs/"
            for item in objects:
                item["actions"] = {"upload": {"href": address + item["oid"]}}
            self.send_json({"transfer": "basic", "objects": objects})
        elif match := re.fullmatch(r"/api/models/(.+?)/commit/main", path):
            self.commit(match[1], [json.loads(line) for line in body.splitlines()])
        else:
            self.refuse(404, "EntryNotFound")

    def do_PUT(self) -> None:
        self.uploads[self.path.removeprefix("/lfs/")] = self.read_body()
        self.send_json({})

    def read_body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def commit(self, name: str, lines: list[dict[str, Any]]) -> None:
        folder = self.root / name
        for line in lines:
            value = line["value"]
            if line["key"] == "file":
                content = base64.b64decode(value["content"])
            elif line["key"] == "lfsFile":
                content = self.uploads[value["oid"]]
            else:
                continue
            (folder / value["path"]).parent.mkdir(parents=True, exist_ok=True)
            (folder / value["path"]).write_bytes(content)
        address = f"http://{self.headers['Host']}"
        self.send_json({"commitUrl": f"{address}/{name}/commit/{COMMIT}", "commitOid": COMMIT})

    def answer(self) -> None:
        path = self.path.split("?")[0]
        type(self).asked.append(f"{self.command} {path}")
        refusal = next((r for name, r in self.refused.items() if name in path), self.status)
        if refusal is not None:
            self.refuse(*refusal)
        elif self.silent:
            time.sleep(self.silent)
        elif match := re.fullmatch(r"/api/(datasets|models)/(.+?)/(revision|tree)/([^/]+)/?", path):
            self.describe(*match.groups())
        elif match := re.fullmatch(r"(/datasets)?/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            self.send_file(*match.groups()[1:])
        else:
            self.refuse(404, "EntryNotFound")

    def describe(self, kind: str, name: str, what: str, revision: str) -> None:
        folder = self.root / name
        if not folder.is_dir() or (kind == "models") != (folder / "config.json").is_file():
            self.refuse(404, "RepoNotFound")
            return
        if revision not in ("main", "v1", COMMIT):
            self.refuse(404, "RevisionNotFound")
            return
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        names = [file.relative_to(folder).as_posix() for file in files]
        if what == "revision":
            self.send_json(
                {"id": name, "sha": COMMIT, "siblings": [{"rfilename": n} for n in names]}
            )
        else:
            self.send_json(
                [
                    {"type": "file", "path": n, "size": file.stat().st_size, "oid": etag(file)}
                    for n, file in zip(names, files, strict=True)
                ]
            )

    def send_file(self, name: str, revision: str, inside: str) -> None:
        file = self.root / name / inside
        if not file.is_file():
            self.refuse(404, "EntryNotFound")
            return
        content = file.read_bytes()
        begin = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")[0])
        self.send_response(206 if begin else 200)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
        self.send_header("ETag", f'"{etag(file)}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(content) - begin))
        self.end_headers()
        if self.command == "GET":
            rest = content[begin:]
            whole = inside not in self.cut and f"{name}/{inside}" not in self.cut
            self.wfile.write(rest if whole else content[begin : len(content) // 2])
            self.wfile.flush()
            self.close_connection = not whole
            if inside in self.cut_once:
                self.cut.remove(inside)

    def send_json(self, value: Any) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status: int, code: str) -> None:
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


def upload_mode(name: str) -> dict[str, Any]:
    mode = "lfs" if name.endswith((".safetensors", ".bin")) else "regular"
    return {"path": name, "uploadMode": mode, "shouldIgnore": False}


def etag(file: Path) -> str:
    return hashlib.sha1(file.read_bytes()).hexdigest()


@contextmanager
def serve(root: Path) -> Iterator[tuple[str, type[Hub]]]:
    """The address of a server over `root`, and its class, whose attributes steer it."""
    own: dict[str, Any] = {"cut": set(), "cut_once": set(), "asked": [], "refused": {}}
    own["uploads"] = {}
    handler = type("ThisHub", (Hub,), {"root": root, **own})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", handler
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
