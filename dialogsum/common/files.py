"""Durable files: what is there was written completely, survives a power loss and is checked."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dialogsum.common.errors import DataError

SUMS = (
    "SHA256SUMS"  # as sha256sum of coreutils writes it: `sha256sum -c SHA256SUMS` checks a folder
)
WEIGHTS = ".safetensors"
# Files beside a record that it vouches for; the model has its own SHA256SUMS, which copies keep.
VOUCHED = (
    "config.yaml",
    "metrics.csv",
    "predictions.jsonl",
    "predictions/*.jsonl",
    f"model/{SUMS}",
)
PARTIAL = ".partial"  # ends the name of a file that is being written
CHECKSUM, FILES = "sha256", "files"  # keys of a record


class DamagedFile(DataError):
    """A file whose content is not what was written."""

    @classmethod
    def without_checksum(cls, path: Path, sums: str) -> DamagedFile:
        """Return the error about a file that does not fit the checksum in the file `sums`."""
        return cls(f"{path}: missing or damaged, its content does not fit the checksum in {sums}")


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically and durably; create missing parents."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}")
    temporary.write_text(text, encoding="utf-8")
    publish(temporary, path)


def publish(temporary: Path, path: Path) -> None:
    """Rename a complete file or folder to `path`, its content and its name on the disk before."""
    inside = [*temporary.rglob("*")] if temporary.is_dir() else []
    for entry in (*inside, temporary):
        _synchronize(entry)
    temporary.replace(path)
    _synchronize(path.parent)


def unwritable(folder: Path) -> str | None:
    """Return why nothing can be written below a folder that need not exist yet, else None."""
    folder = folder.expanduser().absolute()
    try:
        existing = next(path for path in (folder, *folder.parents) if _exists(path))
        if not existing.is_dir():
            return f"{existing} is not a directory"
        # Permissions alone do not show /proc, a read-only mount or a full disk.
        with tempfile.TemporaryFile(dir=existing) as file:
            file.write(bytes(4096))
    except OSError as error:
        return f"nothing can be written to {folder}: {error.strerror or error}"
    return None


def _exists(path: Path) -> bool:
    """Return whether there is anything, be it a link to nowhere; a name may be too long to ask."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def remove_partial(directory: Path) -> None:
    """Remove the files that a killed process was writing."""
    for stray in directory.rglob(f"*{PARTIAL}"):
        stray.unlink()


def _synchronize(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        if not path.is_dir():  # some network file systems cannot synchronize a folder
            raise
    finally:
        os.close(descriptor)


def write_json(path: Path, value: Any) -> None:
    """Write indented strict JSON atomically; NaN raises ValueError."""
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def write_jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write one strict JSON object per line atomically; NaN raises ValueError."""
    lines = (json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    write_text(path, "".join(lines))


def read_json(path: Path) -> Any:
    """Return the parsed content, or None if the file does not exist.

    Raises:
        DamagedFile: the file is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (ValueError, RecursionError) as error:
        raise DamagedFile(f"{path}: damaged, not JSON: {error}") from error


def write_record(path: Path, values: dict[str, Any]) -> None:
    """Write result.json with checksums of itself and, once completed, of the files beside it."""
    is_complete = values["status"] == "completed"
    found = sorted(file for name in VOUCHED for file in path.parent.glob(name) if is_complete)
    files = {file.relative_to(path.parent).as_posix(): file_digest(file) for file in found}
    for folder in {file.parent for file in found} | {path.parent}:
        _synchronize(folder)  # the names of the files are on the disk before the marker
    record = values | {FILES: files}
    write_sealed(path, record)


def read_record(path: Path) -> dict[str, Any] | None:
    """Return the content of a result.json, None if there is none.

    Raises:
        DamagedFile: it is not a record, or not what was written.
    """
    record = read_sealed(path)
    if record is not None and "status" not in record:
        raise DamagedFile(f"{path}: damaged, not the record of a run")
    return record


def write_sealed(path: Path, values: dict[str, Any]) -> None:
    """Write a JSON object with the checksum of its values, atomically."""
    write_json(path, values | {CHECKSUM: _values_digest(values)})


def read_sealed(path: Path) -> dict[str, Any] | None:
    """Return the content of `write_sealed`, None if there is no such file.

    Raises:
        DamagedFile: it is not what was written.
    """
    values = read_json(path)
    if values is None:
        return None
    if not isinstance(values, dict):
        raise DamagedFile(f"{path}: damaged, not the record of a run or command")
    if CHECKSUM in values and values[CHECKSUM] != _values_digest(values):
        raise DamagedFile.without_checksum(path, "it")
    return values


def check_record_files(directory: Path, record: dict[str, Any]) -> None:
    """Compare the files in a run or evaluation directory with the checksums of its record.

    Raises:
        DamagedFile: a file is missing or changed. The model is checked when it is loaded.
    """
    for name, checksum in record.get(FILES, {}).items():
        if not _fits(directory / name, checksum):
            raise DamagedFile.without_checksum(directory / name, f"{directory / 'result.json'}")


def write_checksums(folder: Path) -> None:
    """Write SHA256SUMS of all files below a folder into it."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != SUMS)
    lines = (f"{file_digest(file)}  {file.relative_to(folder).as_posix()}\n" for file in files)
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def check_folder(folder: Path, weights: bool = True) -> None:
    """Compare a folder's files with SHA256SUMS in it, or in its parent as for bundled assets.

    Args:
        folder: a model; without SHA256SUMS nothing is checked.
        weights: also check the large files.

    Raises:
        DamagedFile: a file is missing or changed.
    """
    sums = next((s for s in (folder / SUMS, folder.parent / SUMS) if s.is_file()), None)
    for line in sums.read_text(encoding="utf-8", errors="replace").splitlines() if sums else []:
        checksum, _, name = line.partition("  ")
        file = sums.parent / name  # type: ignore[union-attr]
        belongs = file.is_relative_to(folder) or sums.parent == folder  # type: ignore[union-attr]
        if belongs and (weights or file.suffix != WEIGHTS) and not _fits(file, checksum):
            raise DamagedFile.without_checksum(
                file, f"{sums}; a file changed on purpose: delete that"
            )


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, about 2 GB/s."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fits(path: Path, checksum: str) -> bool:
    try:
        return file_digest(path) == checksum
    except (OSError, ValueError):
        return False


def _values_digest(values: dict[str, Any]) -> str:
    """Return the SHA-256 of the values alone: formatting the file changes nothing."""
    sealed = {key: value for key, value in values.items() if key != CHECKSUM}
    return hashlib.sha256(json.dumps(sealed, sort_keys=True).encode()).hexdigest()


def directory_bytes(directory: Path) -> int | None:
    """Return the total size of the safetensors files below `directory`, None without any."""
    sizes = [file.stat().st_size for file in directory.rglob(f"*{WEIGHTS}")]
    return sum(sizes) if sizes else None
