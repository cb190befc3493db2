"""Rows of the bundled dialogues, as the package ships them."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

from tests.conftest import ROOT


@cache
def _rows(split: str) -> list[dict[str, Any]]:
    path = ROOT / "dialogsum" / "assets" / "bundled" / f"{split}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def bundled_rows(split: str, count: int) -> list[dict[str, Any]]:
    """Return the first `count` rows of a split."""
    rows = _rows(split)
    assert count <= len(rows), f"{split} has {len(rows)} rows, {count} were asked for"
    return rows[:count]
