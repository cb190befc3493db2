"""Where dialogues come from: the hub, local files or the generator, all as cleaned splits."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from dialogsum.common.paths import local_path
from dialogsum.config.schema import DatasetConfig
from dialogsum.data.dialogues import (
    Cleaning,
    Dialogue,
    column_problems,
    content_hash,
    count_duplicates,
    merge_references,
    same_text,
    to_dialogues,
)
from dialogsum.data.files import DataError, first_rows, parquet_columns, read_rows
from dialogsum.data.locate import SPLITS, download, find_splits
from dialogsum.data.report import DataReport

log = logging.getLogger(__name__)


BUNDLED = Path(__file__).resolve().parents[1] / "assets" / "bundled"
NO_PATH = "is null; give a directory, a file or a data set of the hub"


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
    placed = [
        row
        for file in files
        for row in to_dialogues(file, read_rows(file), cfg.columns, split, cleaning)
    ]
    return merge_references(placed, cleaning)


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
    tenth = int.from_bytes(hashlib.sha256(same_text(dialogue).encode()).digest()[:8], "big") % 10
    return "validation" if tenth == 8 else "test" if tenth == 9 else "train"


def handle_overlap(data: dict[str, list[Dialogue]], drop: bool, report: DataReport) -> None:
    """Counts the distinct dialogues that two splits share; with `drop`, takes them out of train."""
    texts = {split: {same_text(d.dialogue) for d in rows} for split, rows in data.items()}
    for one, other in combinations([split for split in SPLITS if split in data], 2):
        report.overlap[f"{one}-{other}"] = len(texts[one] & texts[other])
    if drop and "train" in data:
        held_out: set[str] = set().union(*(texts[split] for split in data if split != "train"))
        kept = [d for d in data["train"] if same_text(d.dialogue) not in held_out]
        report.overlap_dropped = len(data["train"]) - len(kept)
        data["train"] = kept


def check_source(cfg: DatasetConfig, splits: Sequence[str] = SPLITS) -> list[tuple[str, str]]:
    """What is wrong with a data set as far as a look at its first rows tells: `(where, message)`.

    Reads no whole file, loads no torch, and asks no network: of a data set of the hub only the
    name is known, and that is left to the download.
    """
    problems = limit_problems(cfg) + column_name_problems(cfg)
    if cfg.path is None and cfg.name != "bundled":
        return [*problems, ("dataset.path", NO_PATH)]
    path = local_path(cfg.path)
    if path is None:
        return problems
    if not path.exists():
        return [
            *problems,
            ("dataset.path", f"no such file or directory: {path}{beside(path)}"),
        ]
    if cfg.revision is not None:
        what = f"{path} is local, which has no revisions; leave it null"
        problems.append(("dataset.revision", what))
    if any(where == "dataset.columns.summary" for where, _ in problems):
        return problems
    try:
        files = (
            [path] if path.is_file() else [group[0] for group in find_splits(path, splits).values()]
        )
        for file in files:
            found = column_problems(cfg.columns, file_columns(file))
            told = {where for where, _ in problems}
            problems += [(where, f"{file}: {what}") for where, what in found if where not in told]
    except DataError as error:
        problems.append(("dataset.path", str(error)))
    return problems


def limit_problems(cfg: DatasetConfig) -> list[tuple[str, str]]:
    """Numbers that leave no data."""
    problems = [
        (
            f"dataset.limit.{split}",
            f"must be at least 1 or null, it is {limit_of(cfg, split)}",
        )
        for split in SPLITS
        if limit_of(cfg, split) is not None and limit_of(cfg, split) < 1  # type: ignore[operator]
    ]
    for key in ("max_source_tokens", "max_target_tokens"):
        if getattr(cfg, key) < 2:
            problems.append((f"dataset.{key}", f"must be at least 2, it is {getattr(cfg, key)}"))
    return problems


def column_name_problems(cfg: DatasetConfig) -> list[tuple[str, str]]:
    """`dataset.columns.summary` may be a list, which the schema cannot say."""
    summary = cfg.columns.summary
    names = [summary] if isinstance(summary, str) else summary
    if isinstance(names, Sequence) and names and all(isinstance(name, str) for name in names):
        return []
    what = f"must be a column's name or a list of them, is {summary!r}"
    return [("dataset.columns.summary", what)]


def file_columns(path: Path) -> list[str]:
    """The columns that the first rows of a file have."""
    if path.suffix.lower() == ".parquet":
        return parquet_columns(path)
    rows = first_rows(path)
    if not rows:
        raise DataError.at(path, None, "no rows")
    return list(dict.fromkeys(name for _, row in rows for name in row))


def beside(path: Path) -> str:
    """What is there instead of a path that does not exist."""
    from dialogsum.common.errors import suggestion

    parent = path.parent
    while not parent.exists():
        parent, path = parent.parent, parent
    names = [entry.name for entry in parent.iterdir()] if parent.is_dir() else []
    hint = suggestion(path.name, names)
    return hint if "did you mean" in hint else f" (in {parent.resolve()})"
