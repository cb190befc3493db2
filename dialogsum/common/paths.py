"""One rule for what is a local path, what is a hub id, and which format a data file has."""

from __future__ import annotations

from pathlib import Path

FORMATS = {
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}


def data_format(path: Path) -> str | None:
    """Return the format of a data file by its ending, None for any other file."""
    name = path.name.lower()
    return next((kind for ending, kind in FORMATS.items() if name.endswith(ending)), None)


def local_path(value: str | None) -> Path | None:
    """Return the absolute path that a `*.path` setting names, or None for a hub id.

    A value that exists is local. One that does not is still local if it looks like a path (`./x`,
    `/x`, `~/x`, two slashes or more, a data file), so that a typo is not looked up on the hub.
    """
    if value is None:
        return None
    path = Path(value).expanduser()
    looks_local = value.startswith((".", "/", "~")) or value.count("/") > 1 or data_format(path)
    return path.resolve() if looks_local or path.exists() else None
