"""The comparison of some runs."""

from __future__ import annotations

from pathlib import Path


def write_comparison(jobs: list[Path], folder: Path) -> str:
    return ""
