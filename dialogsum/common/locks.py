"""Locks between processes of one machine or several, each naming its owner."""

from __future__ import annotations

import errno
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import BaseFileLock, FileLock, SoftFileLease, Timeout

from dialogsum.common.errors import UserError

log = logging.getLogger(__name__)

PATIENCE_S = 1.0  # of silence: most locks are held for less
LEASE_S = 60.0  # without a sign of life an owner on another machine is dead
# What flock raises on file systems that do not have it, such as NFS without its lock service.
_NO_FLOCK = {errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}


@contextmanager
def exclusive(path: Path, wait: bool = True) -> Iterator[None]:
    """Hold the lock file `path`, which names the process that holds it; create missing parents.

    The kernel frees the lock of a dead process. Without `flock` a file beside it is the lock, which
    its owner touches regularly; a dead owner's is taken over.

    Raises:
        UserError: the file cannot be written, or, without `wait`, a living process holds the lock.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = _acquire(path, wait)
    except Timeout:
        what = f"another process holds it: {_holder(path)}; wait for its end"
        raise UserError(f"{path}: {what}") from None
    except OSError as error:
        raise UserError(f"{path}: cannot be locked: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()


def _acquire(path: Path, wait: bool) -> BaseFileLock:
    lock: BaseFileLock = FileLock(path, fallback_to_soft=False)
    try:
        lock.acquire(timeout=PATIENCE_S if wait else 0)
    except Timeout:
        if not wait:
            raise
        _report_wait(path)
        lock.acquire()
    except OSError as error:
        if error.errno not in _NO_FLOCK:
            raise
        return _acquire_lease(path, wait)
    since = datetime.now(UTC).isoformat(timespec="seconds")
    path.write_text(f"process {os.getpid()} on {socket.gethostname()} since {since}\n")
    return lock


def _acquire_lease(path: Path, wait: bool) -> BaseFileLock:
    lease = SoftFileLease(_lease_path(path), lease_duration=LEASE_S)
    try:
        lease.acquire(timeout=PATIENCE_S)
    except Timeout:
        _report_wait(path)
        # A dead owner on another machine is recognized only after this time.
        lease.acquire(timeout=-1 if wait else 1.2 * LEASE_S)
    return lease


def _report_wait(path: Path) -> None:
    log.warning("waiting for %s, which holds %s", _holder(path), path)


def _holder(path: Path) -> str:
    """Return the process that holds a lock, in words."""
    lease = _lease_path(path)
    try:
        if owner := SoftFileLease(lease, lease_duration=LEASE_S).owner:
            seen = datetime.fromtimestamp(lease.stat().st_mtime, UTC).isoformat(timespec="seconds")
            return f"process {owner.pid} on {owner.hostname}, last sign of life {seen}"
        return path.read_text(encoding="utf-8").strip() or "an unknown process"
    except (OSError, ValueError):
        return "an unknown process"


def _lease_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.lease")
