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
    """Return the problems of a data set beyond the constraints of the schema.

    Reads no whole file, loads no torch and uses no network: of a data set of the hub only the name
    is known before the download. A second call with unchanged files reads nothing.
    """
    if cfg.path is None:
        what = "is null; give a directory, a file or a data set of the hub"
        return [] if cfg.name == "bundled" else [Problem("dataset.path", what)]
    path = local_path(cfg.path)
    if path is None:
        what = f"'{cfg.path}' is neither a local path nor a name of the hub"
        return [] if is_hub_name(cfg.path) else [Problem("dataset.path", what)]
    problems = []
    if cfg.revision is not None and path.exists():
        what = f"{path} is local, which has no revisions; leave it null"
        problems.append(Problem("dataset.revision", what))
    try:
        files = [of_split[0] for of_split in locate_local(path, splits).files.values()] or [path]
        columns = {file: columns_of(file, *modification(file)) for file in files}
    except DataError as error:
        return [*problems, Problem("dataset.path", str(error))]
    by_key: dict[str, Problem] = {}
    for file, present in columns.items():
        for found in column_problems(cfg.columns, present):
            by_key.setdefault(found.where, Problem(found.where, f"{file}: {found.what}"))
    return [*problems, *by_key.values()]


@lru_cache(maxsize=64)
def columns_of(file: Path, modified_ns: int, size: int) -> tuple[str, ...]:
    """Return the columns of a file, read again only when it has changed."""
    return tuple(first_columns(file))


def modification(file: Path) -> tuple[int, int]:
    """Return time of the last change in ns and size in bytes."""
    status = file.stat()
    return status.st_mtime_ns, status.st_size
