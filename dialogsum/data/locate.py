"""Locate the files of each split: on the hub, in a directory, as one file, or the bundled rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dialogsum.common.errors import DataError, suggestion
from dialogsum.common.hub import HubError, commit_of, fetch
from dialogsum.common.paths import FORMATS, data_format, local_path
from dialogsum.config.schema import DatasetConfig

SPLITS = ("train", "validation", "test")
SPLIT_NAMES = {
    "train": {"train", "training"},
    "validation": {"validation", "valid", "val", "dev"},
    "test": {"test", "testing"},
}
SHARD = re.compile(r"(.*?)-(\d{5})-of-(\d{5})")
BUNDLED = Path(__file__).resolve().parents[1] / "assets" / "bundled"


@dataclass(frozen=True)
class Location:
    """Files of a data set.

    Attributes:
        files: the files of each wanted split.
        undivided: instead of `files`, a single file that is to be divided into the wanted splits.
        revision: the commit of a hub data set.
    """

    files: dict[str, list[Path]] = field(default_factory=dict)
    undivided: Path | None = None
    revision: str | None = None


def locate(cfg: DatasetConfig, splits: Sequence[str] = SPLITS, offline: bool = False) -> Location:
    """Return the files of the wanted splits; downloads a data set of the hub unless `offline`.

    Raises:
        DataError: a path that does not exist, a split without a file, a failed download.
    """
    if cfg.path is None:
        return locate_local(BUNDLED, splits)
    if path := local_path(cfg.path):
        return locate_local(path, splits)
    try:
        patterns = [f"*{ending}" for ending in FORMATS]
        folder = fetch(cfg.path, cfg.revision, "dataset", patterns, offline)
    except HubError as error:
        raise DataError(str(error)) from error
    return Location(find_splits(folder, splits), revision=commit_of(folder))


def locate_local(path: Path, splits: Sequence[str] = SPLITS) -> Location:
    """Return the files of a directory or a single file, which may be the one wanted split."""
    if path.is_dir():
        return Location(find_splits(path, splits))
    if not path.is_file():
        raise DataError(f"{path}: no such file or directory{nearest_entry(path)}")
    if len(splits) == 1:
        return Location({splits[0]: [path]})
    return Location(undivided=path)


def nearest_entry(path: Path) -> str:
    """Return a hint at what exists instead of a missing path, to append to a message."""
    parent = path.parent
    while not parent.exists():
        path, parent = parent, parent.parent
    names = [entry.name for entry in parent.iterdir()] if parent.is_dir() else []
    hint = suggestion(path.name, names)
    return hint if "did you mean" in hint else f" (in {parent.resolve()})"


def split_of(file: Path) -> str | None:
    """Return the split that a file name holds: dialogsum.dev.jsonl, val.json, train-1.csv."""
    words = set(re.split(r"[^a-z]+", base_name(file).lower()))
    found = [split for split, names in SPLIT_NAMES.items() if words & names]
    return found[0] if len(found) == 1 else None


def base_name(file: Path) -> str:
    """Return a data file's name without the ending of its format."""
    ending = next((end for end in FORMATS if file.name.lower().endswith(end)), file.suffix)
    return file.name[: len(file.name) - len(ending)]


def find_splits(directory: Path, wanted: Sequence[str] = SPLITS) -> dict[str, list[Path]]:
    """Return the files of each wanted split.

    Raises:
        DataError: a split without a file, or with several that are not the shards of one.
    """
    files = data_files(directory)
    found = {split: [file for file in files if split_of(file) == split] for split in wanted}
    if missing := [split for split in wanted if not found[split]]:
        raise DataError(f"{directory}: {missing_files(missing, files)}")
    for split, of_split in found.items():
        check_shards(directory, split, of_split)
    return found


def data_files(directory: Path) -> list[Path]:
    """Return the data files of a directory, or of its `data` folder as on the hub, sorted."""
    for folder in (directory, directory / "data"):
        files = [
            entry
            for entry in sorted(folder.glob("[!.]*"))
            if data_format(entry) and entry.is_file()
        ]
        if any(split_of(file) for file in files):
            return files
    return []


def missing_files(missing: Sequence[str], files: Sequence[Path]) -> str:
    """Return which splits have no file, how to name one, and which files exist instead."""
    *others, last = missing
    splits = f"{', '.join(others)} and {last}" if others else last
    names = ", ".join(sorted(name for split in missing for name in SPLIT_NAMES[split]))
    found = ", ".join(file.name for file in files) or (
        f"no file with one of the endings {', '.join(FORMATS)} that names a split"
    )
    return f"no file for {splits}; the name must hold one of {names}; there is {found}"


def check_shards(directory: Path, split: str, files: Sequence[Path]) -> None:
    """Refuse several files of a split unless they are all `name-00000-of-0000N` of one name."""
    matches = [SHARD.fullmatch(base_name(file)) for file in files]
    if len(files) == 1 and not matches[0]:
        return
    names = ", ".join(file.name for file in files)
    series = {(match[1], int(match[3])) if match else None for match in matches}
    if None in series or len(series) != 1:
        raise DataError(f"{directory}: several files for {split} ({names}); leave one of them")
    [(_, total)] = filter(None, series)
    if len(files) != total:
        raise DataError(f"{directory}: {len(files)} of {total} parts of {split} ({names})")
