"""Check a data set by the first rows of its files, before a command starts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from dialogsum.common.errors import DataError, Problem
from dialogsum.common.hub import is_hub_name
from dialogsum.common.paths import local_path
from dialogsum.config.schema import DatasetConfig
from dialogsum.data.clean import column_problems
from dialogsum.data.locate import SPLITS, locate_local
from dialogsum.data.read import first_columns


def check_dataset(cfg: DatasetConfig, splits: Sequence[str] = SPLITS) -> list[Problem]:
    """Return the problems of a data set.

    Reads no whole file, loads no torch and uses no network: of a data set of the hub only the name
    is known before the download. A second call with unchanged files reads nothing.
    """
    problems = limit_problems(cfg) + summary_problems(cfg)
    if cfg.path is None and cfg.name == "bundled":
        return problems
    if cfg.path is None:
        what = "is null; give a directory, a file or a data set of the hub"
        return [*problems, Problem("dataset.path", what)]
    path = local_path(cfg.path)
    if path is None:
        if not is_hub_name(cfg.path):
            what = f"'{cfg.path}' is neither a local path nor a name of the hub"
            problems.append(Problem("dataset.path", what))
        return problems
    if cfg.revision is not None and path.exists():
        what = f"{path} is local, which has no revisions; leave it null"
        problems.append(Problem("dataset.revision", what))
    try:
        location = locate_local(path, splits)
        files = [group[0] for group in location.files.values()] or [path]
        columns = {file: columns_of(file, *modification(file)) for file in files}
    except DataError as error:
        return [*problems, Problem("dataset.path", str(error))]
    if summary_problems(cfg):
        return problems
    for file, present in columns.items():
        reported = {problem.where for problem in problems}
        for problem in column_problems(cfg.columns, present):
            if problem.where not in reported:
                problems.append(Problem(problem.where, f"{file}: {problem.what}"))
    return problems


@lru_cache(maxsize=64)
def columns_of(file: Path, modified_ns: int, size: int) -> tuple[str, ...]:
    """Return the columns of a file, read again only when it has changed."""
    return tuple(first_columns(file))


def modification(file: Path) -> tuple[int, int]:
    """Return time of the last change in ns and size in bytes."""
    status = file.stat()
    return status.st_mtime_ns, status.st_size


def limit_problems(cfg: DatasetConfig) -> list[Problem]:
    """Return a problem for each number that leaves no data."""
    problems = []
    for split in SPLITS:
        limit = getattr(cfg.limit, split)
        if limit is not None and limit < 1:
            what = f"must be at least 1 or null, got {limit}"
            problems.append(Problem(f"dataset.limit.{split}", what))
    for key in ("max_source_tokens", "max_target_tokens"):
        if (limit := getattr(cfg, key)) < 2:
            problems.append(Problem(f"dataset.{key}", f"must be at least 2, got {limit}"))
    return problems


def summary_problems(cfg: DatasetConfig) -> list[Problem]:
    """Check that `dataset.columns.summary` is a name or a list, which the schema cannot state."""
    summary = cfg.columns.summary
    names = [summary] if isinstance(summary, str) else summary
    if isinstance(names, Sequence) and names and all(isinstance(name, str) for name in names):
        return []
    what = f"must be a column's name or a list of them, got {summary!r}"
    return [Problem("dataset.columns.summary", what)]
