"""One rule for what is a local path, what is a hub id, and which format a data file has."""

from __future__ import annotations

import re
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
HUB_ID = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?")


def data_format(path: Path) -> str | None:
    """Return the format of a data file by its ending, None for any other file."""
    name = path.name.lower()
    return next((kind for ending, kind in FORMATS.items() if name.endswith(ending)), None)


def local_path(value: str | None) -> Path | None:
    """Return the absolute path that a `*.path` setting names, or None if it is a hub id.

    A value that exists is local. One that does not is still local if it looks like a path (`./x`,
    `/x`, `~/x`, two slashes and more, a data file), so that a typo is not looked up on the hub.
    """
    if value is None:
        return None
    path = Path(value).expanduser()
    is_hub_id = HUB_ID.fullmatch(value) is not None and data_format(path) is None
    return path.resolve() if path.exists() or not is_hub_id else None
