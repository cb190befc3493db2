"""Data sets of the hub: download, cache, offline, and one clear sentence for what goes wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub import COMMIT, Hub, serve

from .conftest import rows

PROGRAM = """
import json, sys
from dialogsum.config.schema import DatasetConfig
from dialogsum.common.errors import DataError
from dialogsum.data.load import load_splits
name, revision = sys.argv[1], sys.argv[2] or None
try:
    data, report = load_splits(DatasetConfig(name="x", path=name, revision=revision))
    print(json.dumps([report.rows, report.revision, data["test"][0].references]))
except DataError as error:
    print(json.dumps(str(error)))
"""


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[tuple[str, type[Hub]]]:
    folder = tmp_path / "served" / "owner" / "talks"
    folder.mkdir(parents=True)
    for split, count in (("train", 200), ("validation", 5)):
        lines = [f'{r["id"]},"{r["dialogue"]}",{r["summary"]},t' for r in rows(count, split)]
        (folder / f"{split}.csv").write_text("\n".join(["id,dialogue,summary,topic", *lines]))
    (folder / "test.csv").write_text(
        "id,dialogue,summary,topic\n"
        + "".join(f'test_{i}_{k},"A: {i}",s{k},t{k}\n' for i in range(4) for k in (1, 2, 3))
    )
    (folder / "README.md").write_text("x")
    with serve(tmp_path / "served") as server:
        yield server


def load(
    address: str, cache: Path, name: str = "owner/talks", revision: str = "", **environment: str
) -> object:
    """In a process of its own, because the hub's library reads its environment at import."""
    settings = {"HF_ENDPOINT": address, "HF_HOME": str(cache), "HF_HUB_ETAG_TIMEOUT": "3"}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, name, revision],
        capture_output=True,
        text=True,
        env=kept | settings | environment,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


LOADED = [{"train": 200, "validation": 5, "test": 4}, COMMIT, ["s1", "s2", "s3"]]


def test_download_then_cache_then_offline(hub: tuple[str, type[Hub]], tmp_path: Path) -> None:
    address, server = hub
    assert load(address, tmp_path / "cache") == LOADED
    assert not any("README" in line for line in server.asked)
    server.asked.clear()
    assert load(address, tmp_path / "cache") == LOADED
    assert not any(line.startswith("GET /datasets") for line in server.asked)
    server.asked.clear()
    assert load(address, tmp_path / "cache", revision=COMMIT) == LOADED
    assert not any("talks" in line for line in server.asked)  # a pinned commit asks nobody
    assert load(address, tmp_path / "cache", HF_HUB_OFFLINE="1") == LOADED
    assert not any("talks" in line for line in server.asked)
    assert load("http://127.0.0.1:9", tmp_path / "cache") == LOADED  # no network


def test_pinned_revision(hub: tuple[str, type[Hub]], tmp_path: Path) -> None:
    assert load(hub[0], tmp_path / "cache", revision="v1") == LOADED
    message = load(hub[0], tmp_path / "cache", revision="v2")
    assert message == (
        "data set 'owner/talks' at revision 'v2' does not exist; check dataset.revision"
    )


def test_nothing_there(hub: tuple[str, type[Hub]], tmp_path: Path) -> None:
    message = str(load(hub[0], tmp_path / "cache", name="owner/nothing"))
    assert message.startswith("data set 'owner/nothing' is neither a local path nor on the hub, or")
    assert message.endswith("or give a local copy with dataset.path=DIR")


@pytest.mark.parametrize(
    ("status", "code", "part"),
    [
        (
            401,
            "",
            "could not be downloaded: the hub answers 401; if permission is missing, log",
        ),
        (404, "RepoNotFound", "or it is private and you are not logged in"),
        (401, "GatedRepo", "needs its owner's permission"),
        (403, "GatedRepo", "needs its owner's permission"),
        (403, "", "in the local cache and the hub answers 403"),
        (500, "", "in the local cache and the hub answers 500"),
    ],
)
def test_refused(
    hub: tuple[str, type[Hub]], tmp_path: Path, status: int, code: str, part: str
) -> None:
    hub[1].status = (status, code)
    message = str(load(hub[0], tmp_path / "cache"))
    assert part in message
    assert "\n" not in message


@pytest.mark.parametrize("environment", [{"HF_HUB_OFFLINE": "1"}, {}])
def test_no_network_and_no_cache(tmp_path: Path, environment: dict[str, str]) -> None:
    message = load("http://127.0.0.1:9", tmp_path / "cache", **environment)
    assert message == (
        "data set 'owner/talks' is not (completely) in the local cache and the hub cannot be "
        "reached; connect once to download it, or give a local copy with dataset.path=DIR"
    )


def test_connection_cut_in_the_middle_of_a_file(hub: tuple[str, type[Hub]], tmp_path: Path) -> None:
    address, server = hub
    server.cut.add("train.csv")
    message = str(load(address, tmp_path / "cache"))
    assert "could not be downloaded" in message
    assert "start again to continue" in message
    offline = str(load(address, tmp_path / "cache", HF_HUB_OFFLINE="1"))
    assert "is not (completely) in the local cache" in offline
    server.cut.clear()
    assert load(address, tmp_path / "cache") == LOADED


def test_connection_cut_once(hub: tuple[str, type[Hub]], tmp_path: Path) -> None:
    address, server = hub
    server.cut.add("train.csv")
    server.cut_once.add("train.csv")
    assert load(address, tmp_path / "cache") == LOADED
    assert len([line for line in server.asked if "GET" in line and "train.csv" in line]) == 2


def test_a_data_set_without_splits(hub: tuple[str, type[Hub]], tmp_path: Path) -> None:
    other = tmp_path / "served" / "owner" / "other"
    other.mkdir()
    (other / "talks.csv").write_text("id,dialogue,summary\n1,a,b\n")
    message = str(load(hub[0], tmp_path / "cache", name="owner/other"))
    assert "no file for train, validation and test; the name" in message
