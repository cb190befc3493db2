"""W&B's transaction log (`run-<id>.wandb`): reading it back, and mending it.

The file is a LevelDB log (blocks of 32 KiB, records cut into checksummed chunks) of protobuf
records behind a header of seven bytes; W&B 0.31 writes version 0.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from wandb.proto import wandb_internal_pb2

HEADER = struct.pack("<4sHB", b":W&B", 0xBEE1, 0)
BLOCK = 32768
_CHUNK = struct.Struct("<IHB")  # checksum, length, kind
_FULL, _FIRST, _MIDDLE, _LAST = 1, 2, 3, 4


def read(path: Path) -> Iterator[Any]:
    """The records of a log, as far as they were written: a kill leaves the last one cut."""
    for data, _ in _records(path.read_bytes()):
        record = wandb_internal_pb2.Record()  # type: ignore[attr-defined]
        record.ParseFromString(data)
        yield record


def write(path: Path, records: Iterable[Any]) -> None:
    """A new log with `records`."""
    content = bytearray(HEADER)
    for record in records:
        _append(content, record.SerializeToString())
    path.write_bytes(bytes(content))


def is_empty(path: Path) -> bool:
    """Whether a kill came before anything was written; `wandb sync` chokes on such a file."""
    return path.stat().st_size <= len(HEADER)


def last_step(path: Path) -> int | None:
    """The last step in the history of a log."""
    steps = [record.history.step.num for record in read(path) if record.HasField("history")]
    return max(steps, default=None)


def summary(path: Path) -> dict[str, Any]:
    """The summary that a log ends with, W&B's own keys left out."""
    values: dict[str, Any] = {}
    for record in read(path):
        for item in record.summary.update if record.HasField("summary") else ():
            keys = list(item.nested_key) or [item.key]
            if not keys[0].startswith("_"):
                _put(values, keys, json.loads(item.value_json))
    return values


def _put(values: dict[str, Any], keys: list[str], value: Any) -> None:
    for key in keys[:-1]:
        values = values.setdefault(key, {})
    values[keys[-1]] = value


def trim(path: Path) -> bool:
    """Cut off what a kill left behind the last whole record.

    At such a rest `wandb sync` 0.31 stops: it uploads nothing of the parts that follow (10 of 240
    rows, measured), marks nothing as uploaded, and exits with 0.

    Returns:
        whether there was anything to cut.
    """
    content = path.read_bytes()
    end = max((end for _, end in _records(content)), default=len(HEADER))
    if end == len(content):
        return False
    os.truncate(path, end)
    return True


def relocate(path: Path, here: Path) -> bool:
    """Let the artifact files in a log point into the run directory `here`, where it now lies.

    W&B records absolute paths; from a copy of the run it would upload everything but the
    artifacts, without a word.

    Returns:
        whether anything had to be changed.
    """
    records = list(read(path))
    roots = {r.environment.root for r in records if r.HasField("environment")} - {"", str(here)}
    changed = False
    for record in records:
        if not record.HasField("artifact"):
            continue
        for entry in record.artifact.manifest.contents:
            moved = _moved(entry.local_path, roots, here)
            changed |= moved != entry.local_path
            entry.local_path = moved
    if changed:
        write(path, records)
    return changed


def _moved(path: str, roots: Iterable[str], here: Path) -> str:
    for root in roots:
        if path.startswith(f"{root}/"):
            return str(here / path.removeprefix(f"{root}/"))
    return path


def _records(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Each whole record with the position where it ends."""
    if not content.startswith(HEADER):
        raise ValueError("this is no transaction log of W&B, or of another version")
    position, parts = len(HEADER), b""
    while position + _CHUNK.size <= len(content):
        if BLOCK - position % BLOCK < _CHUNK.size:
            position += BLOCK - position % BLOCK
            continue
        checksum, length, kind = _CHUNK.unpack_from(content, position)
        data = content[position + _CHUNK.size : position + _CHUNK.size + length]
        position += _CHUNK.size + length
        if len(data) < length or checksum != _checksum(kind, data):
            return
        parts = data if kind in (_FULL, _FIRST) else parts + data
        if kind in (_FULL, _LAST):
            yield parts, position


def _append(content: bytearray, data: bytes) -> None:
    first = True
    while True:
        room = BLOCK - len(content) % BLOCK
        if room < _CHUNK.size:
            content.extend(b"\0" * room)
            room = BLOCK
        part, data = data[: room - _CHUNK.size], data[room - _CHUNK.size :]
        kind = (_FIRST if data else _FULL) if first else (_MIDDLE if data else _LAST)
        content.extend(_CHUNK.pack(_checksum(kind, part), len(part), kind) + part)
        first = False
        if not data:
            return


def _checksum(kind: int, data: bytes) -> int:
    return zlib.crc32(data, zlib.crc32(struct.pack("<B", kind)))
