"""Problems of a data set that its first rows show, before anything is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dialogsum.common.errors import DataError
from dialogsum.common.paths import local_path
from dialogsum.config.schema import DatasetConfig
from dialogsum.data.clean import column_problems
from dialogsum.data.locate import SPLITS, beside, find_splits
from dialogsum.data.read import first_rows, parquet_columns

NO_PATH = "is null; give a directory, a file or a data set of the hub"


def check_dataset(cfg: DatasetConfig, splits: Sequence[str] = SPLITS) -> list[tuple[str, str]]:
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
            f"must be at least 1 or null, it is {getattr(cfg.limit, split)}",
        )
        for split in SPLITS
        if getattr(cfg.limit, split) is not None and getattr(cfg.limit, split) < 1
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
