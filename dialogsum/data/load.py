"""Where dialogues come from: the hub, local files or the generator, all as cleaned splits."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from dialogsum.common.errors import DataError
from dialogsum.common.paths import local_path
from dialogsum.config.schema import DatasetConfig
from dialogsum.data.clean import (
    Cleaning,
    Dialogue,
    clean_rows,
    content_hash,
    count_duplicates,
    group_references,
    normalized_text,
)
from dialogsum.data.locate import SPLITS, beside, download, find_splits
from dialogsum.data.read import read_rows
from dialogsum.data.report import DataReport

log = logging.getLogger(__name__)


BUNDLED = Path(__file__).resolve().parents[1] / "assets" / "bundled"


def load_splits(
    cfg: DatasetConfig, splits: Sequence[str] = SPLITS, offline: bool = False
) -> tuple[dict[str, list[Dialogue]], DataReport]:
    """The wanted splits, cleaned and limited, and what the clean-up did.

    A single file is everything that is asked for: divided 80/10/10 by a hash of the dialogue where
    several splits are wanted (so that equal dialogues stay together), and whole where one is.
    With `offline` a data set of the hub is read from the local cache or not at all. Raises
    `DataError`.
    """
    report = DataReport(source=cfg.path or "bundled")
    if cfg.path is None:
        files = find_splits(BUNDLED, splits)
        data = {split: read_files(files[split], cfg, split, report) for split in splits}
    elif (path := local_path(cfg.path)) and path.is_file():
        data = single_file(path, cfg, splits, report)
    else:
        directory = path
        if directory is None:
            directory, report.revision = download(cfg.path, cfg.revision, offline)
        elif not directory.is_dir():
            raise DataError(f"{directory}: no such file or directory{beside(directory)}")
        files = find_splits(directory, splits)
        data = {split: read_files(files[split], cfg, split, report) for split in splits}
    for split, dialogues in data.items():
        if not dialogues:
            raise DataError(f"{report.source}: no dialogue is left for {split}")
        report.cleaning[split].duplicates = count_duplicates(dialogues)
        report.cleaning[split].kept = len(dialogues)
    handle_overlap(data, cfg.drop_overlap, report)
    for split in data:
        data[split] = data[split][: limit_of(cfg, split)]
        report.rows[split] = len(data[split])
        report.references[split] = sum(len(d.references) for d in data[split])
    report.hash = content_hash(data)
    return data, report


def limit_of(cfg: DatasetConfig, split: str) -> int | None:
    """`dataset.limit` of a split; None: all."""
    limit: int | None = getattr(cfg.limit, split)
    return limit


def read_files(
    files: Iterable[Path], cfg: DatasetConfig, split: str, report: DataReport
) -> list[Dialogue]:
    cleaning = report.cleaning.setdefault(split, Cleaning())
    rows = [
        row
        for file in files
        for row in clean_rows(file, read_rows(file), cfg.columns, split, cleaning)
    ]
    return group_references(rows, cleaning)


def single_file(
    path: Path, cfg: DatasetConfig, splits: Sequence[str], report: DataReport
) -> dict[str, list[Dialogue]]:
    """One file as the one wanted split, or divided by a hash of each dialogue."""
    if len(splits) == 1:
        return {splits[0]: read_files([path], cfg, splits[0], report)}
    dialogues = read_files([path], cfg, "train", report)
    data: dict[str, list[Dialogue]] = {split: [] for split in splits}
    for dialogue in dialogues:
        split = drawn_split(dialogue.dialogue)
        if split in data:
            data[split].append(dialogue)
    for split in splits:
        report.cleaning.setdefault(split, Cleaning())
    log.info(
        "%s: one file, divided by a hash of each dialogue: %s",
        path,
        ", ".join(f"{split} {len(rows)}" for split, rows in data.items()),
    )
    return data


def drawn_split(dialogue: str) -> str:
    """train, validation or test in 8 : 1 : 1; the same for the same text, on every machine."""
    tenth = (
        int.from_bytes(hashlib.sha256(normalized_text(dialogue).encode()).digest()[:8], "big") % 10
    )
    return "validation" if tenth == 8 else "test" if tenth == 9 else "train"


def handle_overlap(data: dict[str, list[Dialogue]], drop: bool, report: DataReport) -> None:
    """Counts the distinct dialogues that two splits share; with `drop`, takes them out of train."""
    texts = {split: {normalized_text(d.dialogue) for d in rows} for split, rows in data.items()}
    for one, other in combinations([split for split in SPLITS if split in data], 2):
        report.overlap[f"{one}-{other}"] = len(texts[one] & texts[other])
    if drop and "train" in data:
        held_out: set[str] = set().union(*(texts[split] for split in data if split != "train"))
        kept = [d for d in data["train"] if normalized_text(d.dialogue) not in held_out]
        report.overlap_dropped = len(data["train"]) - len(kept)
        data["train"] = kept
