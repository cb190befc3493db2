"""Which files hold which split: local directories and files, and data sets of the hub."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from dialogsum.common.errors import DataError, suggestion
from dialogsum.common.hub import HubError, commit_of, fetch
from dialogsum.common.paths import FORMATS, data_format

SPLITS = ("train", "validation", "test")
ALIASES = {
    "train": {"train", "training"},
    "validation": {"validation", "valid", "val", "dev"},
    "test": {"test", "testing"},
}
SHARD = re.compile(r"(.*?)-(\d{5})-of-(\d{5})")


def split_of(file: Path) -> str | None:
    """The split that a name says: dialogsum.dev.jsonl, val.json, train-00000-of-00002.parquet."""
    words = {word for word in re.split(r"[^a-z]+", file.stem.lower()) if word}
    found = [split for split, names in ALIASES.items() if words & names]
    return found[0] if len(found) == 1 else None


def data_files(directory: Path) -> list[Path]:
    """Files of a known format in a directory or in its `data` folder (the hub's habit), sorted."""
    for place in (directory, directory / "data"):
        if not place.is_dir():
            continue
        files = sorted(
            file
            for file in place.iterdir()
            if data_format(file) and file.is_file() and not file.name.startswith(".")
        )
        if any(split_of(file) for file in files):
            return files
    return []


def find_splits(directory: Path, wanted: Iterable[str] = SPLITS) -> dict[str, list[Path]]:
    """The files of each wanted split.

    Raises `DataError` if a split has none, or several that are not the shards of one.
    """
    files = data_files(directory)
    found: dict[str, list[Path]] = {}
    for file in files:
        if split := split_of(file):
            found.setdefault(split, []).append(file)
    missing = [split for split in wanted if split not in found]
    if missing:
        raise DataError(f"{directory}: {no_file_for(missing, files)}")
    for split in wanted:
        check_shards(directory, split, found[split])
    return {split: found[split] for split in wanted}


def no_file_for(missing: list[str], files: list[Path]) -> str:
    """Which splits have no file, how one would be called, and what is there instead."""
    *others, last = missing
    splits = f"{', '.join(others)} and {last}" if others else last
    names = ", ".join(sorted(set().union(*(ALIASES[split] for split in missing))))
    there = ", ".join(file.name for file in files)
    if not there:
        there = f"no file with one of the endings {', '.join(FORMATS)} that names a split"
    return f"no file for {splits}; the name must hold one of {names}; there is {there}"


def check_shards(directory: Path, split: str, files: list[Path]) -> None:
    """One file, or all shards `name-00000-of-0000N` of one name."""
    if len(files) == 1 and not SHARD.fullmatch(files[0].stem):
        return
    matches = [SHARD.fullmatch(file.stem) for file in files]
    names = ", ".join(file.name for file in files)
    if not all(matches) or len({(m[1], m[3]) for m in matches if m}) != 1:
        raise DataError(f"{directory}: several files for {split} ({names}); leave one of them")
    total = int(matches[0][3]) if matches[0] else 0
    if len(files) != total:
        raise DataError(f"{directory}: {len(files)} of {total} parts of {split} ({names})")


def download(name: str, revision: str | None, offline: bool = False) -> tuple[Path, str | None]:
    """The data files of a hub data set and the commit they are of; from the cache when complete.

    Raises `DataError` with what to do; see `dialogsum.common.hub.fetch`.
    """
    try:
        folder = fetch(name, revision, "dataset", [f"*{suffix}" for suffix in FORMATS], offline)
    except HubError as error:
        raise DataError(str(error)) from error
    return folder, commit_of(folder)


def beside(path: Path) -> str:
    """What is there instead of a path that does not exist."""
    parent = path.parent
    while not parent.exists():
        parent, path = parent.parent, parent
    names = [entry.name for entry in parent.iterdir()] if parent.is_dir() else []
    hint = suggestion(path.name, names)
    return hint if "did you mean" in hint else f" (in {parent.resolve()})"
