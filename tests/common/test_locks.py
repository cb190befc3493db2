"""Locks: who holds one is known, and a dead owner's is taken over, with and without flock."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogsum.common import locks
from dialogsum.common.errors import UserError

HOLD = """
import errno, fcntl, os, sys, time
from pathlib import Path
from dialogsum.common import locks

def missing(*_):
    raise OSError(errno.ENOLCK, "No locks available")

path, flock, locks.LEASE_S = Path(sys.argv[1]), sys.argv[2] == "flock", float(sys.argv[3])
if not flock:
    fcntl.flock = missing
with locks.exclusive(path):
    print("held", flush=True)
    time.sleep(float(sys.argv[4]))
"""


def hold(path: Path, kind: str, seconds: float = 60.0) -> subprocess.Popen[str]:
    """Start a process that holds the lock."""
    arguments = [str(path), kind, str(locks.LEASE_S), str(seconds)]
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, *arguments], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stdout.readline() == "held\n"
    return process


@pytest.fixture(params=["flock", "no locks", "not supported"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A file system with flock, and two without it."""
    monkeypatch.setattr(locks, "LEASE_S", 1.5)
    if request.param != "flock":
        number = errno.ENOLCK if request.param == "no locks" else errno.EOPNOTSUPP

        def missing(*_: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(fcntl, "flock", missing)
    yield request.param


def test_a_held_lock_names_its_owner(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    process = hold(path, kind)
    try:
        with (
            pytest.raises(UserError, match="another process") as caught,
            locks.exclusive(path, wait=False),
        ):
            pass
    finally:
        process.kill()
        process.wait()
    assert f"process {process.pid} on {socket.gethostname()}" in str(caught.value)
    assert str(time.gmtime().tm_year) in str(caught.value)


def test_a_waiting_process_reports_for_whom(
    kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "run.lock"
    process = hold(path, kind, seconds=3.0)
    with caplog.at_level(logging.WARNING), locks.exclusive(path):
        assert f"waiting for process {process.pid}" in caplog.text
    assert process.wait(timeout=20) == 0


def test_the_lock_of_a_dead_process_is_taken_over(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    process = hold(path, kind)
    process.kill()
    process.wait()
    with locks.exclusive(path, wait=False):
        pass


@pytest.mark.parametrize("wait", [True, False])
def test_the_lock_of_a_dead_machine_is_taken_over(
    kind: str, wait: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Only its file is left, without a sign of life."""
    path = tmp_path / ".sweep.lock"
    process = hold(path, kind)
    process.kill()
    process.wait()
    for file in tmp_path.iterdir():
        file.write_text(file.read_text().replace(socket.gethostname(), "gone.example"))
    started = time.monotonic()
    with caplog.at_level(logging.WARNING), locks.exclusive(path, wait=wait):
        pass
    assert time.monotonic() - started < 10
    if kind != "flock":
        assert "on gone.example" in caplog.text


def test_a_lock_that_cannot_be_written_is_a_mistake_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(UserError, match=r"run\.lock: cannot be locked"),
        locks.exclusive(tmp_path / "file" / "run.lock"),
    ):
        pass
