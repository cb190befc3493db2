"""Load a data set: locate its files, read, clean, split, limit, and report what was done."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

from dialogsum.common.errors import DataError
from dialogsum.config.schema import ColumnsConfig, DatasetConfig
from dialogsum.data.clean import (
    Cleaning,
    Dialogue,
    clean_rows,
    content_hash,
    count_duplicates,
    count_overlap,
    group_references,
    normalized_text,
    without_overlap,
)
from dialogsum.data.locate import SPLITS, locate
from dialogsum.data.read import read_rows
from dialogsum.data.report import DataReport

log = logging.getLogger(__name__)


def load_splits(
    cfg: DatasetConfig, splits: Sequence[str] = SPLITS, offline: bool = False
) -> tuple[dict[str, list[Dialogue]], DataReport]:
    """Return the wanted splits, cleaned and limited, and the report of the clean-up.

    A single file is the wanted split, or is divided 80/10/10 where several are wanted.

    Args:
        cfg: the section `dataset`.
        splits: wanted splits; the others are not read.
        offline: take a data set of the hub from the local cache or not at all.

    Raises:
        DataError: files that are missing or malformed, or a split without a dialogue.
    """
    location = locate(cfg, splits, offline)
    report = DataReport(source=cfg.path or "bundled", revision=location.revision)
    report.cleaning = {split: Cleaning() for split in splits}
    if location.undivided:
        cleaning = report.cleaning[splits[0]]
        dialogues = read_dialogues([location.undivided], cfg.columns, "train", cleaning)
        data = divide(dialogues, splits)
        sizes = ", ".join(f"{split} {len(rows)}" for split, rows in data.items())
        log.info("%s: one file, divided by a hash of each dialogue: %s", cfg.path, sizes)
    else:
        data = {
            split: read_dialogues(files, cfg.columns, split, report.cleaning[split])
            for split, files in location.files.items()
        }
    for split, dialogues in data.items():
        if not dialogues:
            raise DataError(f"{report.source}: no dialogue is left for {split}")
        report.cleaning[split].dialogues = len(dialogues)
        report.cleaning[split].duplicates = count_duplicates(dialogues)
    report.overlap = count_overlap(data)
    if cfg.drop_overlap and "train" in data:
        before = len(data["train"])
        data["train"] = without_overlap(data)
        report.overlap_dropped = before - len(data["train"])
    data = {split: rows[: getattr(cfg.limit, split)] for split, rows in data.items()}
    report.rows = {split: len(rows) for split, rows in data.items()}
    report.references = {s: sum(len(d.references) for d in rows) for s, rows in data.items()}
    report.hash = content_hash(data)
    return data, report


def read_dialogues(
    files: Iterable[Path], columns: ColumnsConfig, split: str, cleaning: Cleaning
) -> list[Dialogue]:
    """Return the clean dialogues of the files of one split, references grouped."""
    rows: list[Dialogue] = []
    for file in files:
        rows += clean_rows(file, read_rows(file), columns, split, cleaning)
    return group_references(rows, cleaning)


def divide(dialogues: Iterable[Dialogue], splits: Sequence[str]) -> dict[str, list[Dialogue]]:
    """Return the dialogues of the wanted splits, each drawn by the hash of its text."""
    data: dict[str, list[Dialogue]] = {split: [] for split in splits}
    for dialogue in dialogues:
        split = drawn_split(dialogue.dialogue)
        if split in data:
            data[split].append(dialogue)
    return data


def drawn_split(dialogue: str) -> str:
    """Return train, validation or test in 8 : 1 : 1; the same for equal texts on every machine."""
    digest = hashlib.sha256(normalized_text(dialogue).encode()).digest()
    tenth = int.from_bytes(digest[:8], "big") % 10
    return {8: "validation", 9: "test"}.get(tenth, "train")
