"""Writing files so that a kill never leaves half of one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def write_text(path: Path, text: str) -> None:
    """Replace `path` atomically, parents made where missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def write_json(path: Path, value: Any) -> None:
    """Strict JSON (no NaN), indented."""
    write_text(path, json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def write_jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """One strict JSON object per line."""
    lines = (json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)
    write_text(path, "".join(lines))


def read_json(path: Path) -> Any:
    """The parsed content, or None where there is no such file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def directory_bytes(directory: Path) -> int | None:
    """Total size of the weight files below `directory`; None where there is none."""
    sizes = [file.stat().st_size for file in directory.rglob("*.safetensors")]
    return sum(sizes) if sizes else None
