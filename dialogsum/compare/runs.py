"""Find runs on disk and read what they recorded, without torch or pandas."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from dialogsum.common.errors import UserError
from dialogsum.common.files import DamagedFile, check_record_files, read_record
from dialogsum.common.formatting import printable
from dialogsum.config.base_model import named_base, recorded_base

SCHEMA_VERSION = 1
RESULT, CONFIG, LOG = "result.json", "config.yaml", "train.log"
REPLACED = ".replaced-"  # in the name of a directory that force=true moved aside
INNER = {"checkpoints", "model", "predictions", "evaluations", "wandb", ".hydra"}
COMPLETED, UNFINISHED, UNREADABLE = "completed", "unfinished", "unreadable"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, eq=False)
class RecordedRun:
    """One run directory.

    Attributes:
        record: result.json; empty if there is none.
        config: config.yaml as plain containers; empty for the record of `dialogsum score`.
        status: completed, failed, interrupted, unfinished (no record: killed or still running)
            or unreadable.
        error: the reason why the run is not completed.
    """

    directory: Path
    record: dict[str, Any]
    config: dict[str, Any]
    status: str
    error: str | None = None

    @property
    def name(self) -> str:
        return printable(self.directory.name)

    @property
    def strategy(self) -> str | None:
        """The strategy's name, also of a run without a record."""
        return self.record.get("strategy") or lookup(self.config, "strategy.name")

    @property
    def model(self) -> str | None:
        return self.record.get("model") or lookup(self.config, "model.name")

    @property
    def base(self) -> dict[str, Any]:
        """The weights that the run started from, see `dialogsum.config.base_model`."""
        return self.record.get("base") or recorded_base(lookup(self.config, "model") or {})

    @property
    def base_name(self) -> str | None:
        """The model's name and whatever makes its base another one than the name says."""
        model = self.model
        return named_base(model, self.base) if model and self.config else model

    @property
    def base_content(self) -> str | None:
        """The hash of local weights, the commit of the hub's, or what else tells bases apart."""
        path = self.base.get("path") if "/" in str(self.base.get("path")) else None
        commit = lookup(self.record, "environment.model_revision")
        return self.base.get("hash") or commit or path

    @property
    def random_weights(self) -> bool:
        return self.base.get("pretrained") is False

    @property
    def dataset(self) -> str | None:
        return self.record.get("dataset") or lookup(self.config, "dataset.name")

    @property
    def seed(self) -> int | None:
        return self.record["seed"] if "seed" in self.record else self.config.get("seed")

    @property
    def trains(self) -> bool:
        """True if weights were changed; a scored file of outputs counts as trained."""
        return lookup(self.record, "parameters.trainable") != 0


@dataclass(frozen=True)
class RecordedEvaluation:
    """One run on one split of one data set.

    Attributes:
        record: the record with the metrics: the run's, or that of a later evaluation.
        config: the run's configuration, with the prompt, decoding and data of this evaluation.
        key: the folder below `evaluations/`, or None for the run's test during training.
        path: its predictions.
        damage: the reason why it cannot be used.
    """

    run: RecordedRun
    record: dict[str, Any]
    config: dict[str, Any]
    key: str | None
    split: str
    path: Path
    damage: str | None = None

    @property
    def metrics(self) -> dict[str, dict[str, Any]]:
        """Metric name -> {value, ci_low, ci_high, n}."""
        metrics: dict[str, dict[str, Any]] = self.record["metrics"][self.split]
        return metrics


@dataclass(frozen=True)
class Predictions:
    """The rows of a predictions file, by column; n rows.

    Attributes:
        keys: hashes by which the same dialogue is recognized in another file, whatever its id.
        scores: metric -> float64 (n,), NaN where undefined.
    """

    ids: list[str]
    sources: list[str]
    references: list[tuple[str, ...]]
    texts: list[str]
    groups: list[str | None]
    scores: dict[str, np.ndarray]
    keys: list[str] = field(repr=False)


def find_runs(paths: Iterable[Path]) -> list[RecordedRun]:
    """Return all runs in and below `paths`, each once, in the order given and then by name.

    A directory that force=true moved aside counts only if it is named itself.

    Raises:
        UserError: a path does not exist, or contains no run.
    """
    directories: dict[Path, Path] = {}
    for path in paths:
        if path.name in (RESULT, CONFIG) and path.is_file():
            path = path.parent
        if not path.is_dir():
            raise UserError(f"{path}: no such directory")
        found = run_directories(path)
        if not found:
            raise UserError(f"{path}: no run in it (a run directory holds {CONFIG} or {RESULT})")
        directories |= {directory.resolve(): directory for directory in found}
    return [read_run(directory) for directory in directories.values()]


def run_directories(path: Path) -> list[Path]:
    """Return the directory itself if it is a run's, else the run directories below it."""
    return [path] if is_run(path) else list(_below(path))


def is_run(directory: Path) -> bool:
    """Return whether a run was started here, however it ended."""
    return any((directory / name).is_file() for name in (RESULT, CONFIG, LOG))


def _below(folder: Path) -> Iterator[Path]:
    for parent, names, _ in os.walk(folder):
        to_search = []
        for name in sorted(names):
            child = Path(parent, name)
            if name in INNER or name.startswith(".") or REPLACED in name:
                continue
            if is_run(child):
                yield child
            else:
                to_search.append(name)
        names[:] = to_search


def read_run(directory: Path) -> RecordedRun:
    """Read one run directory; an unreadable one has its reason in `error`."""
    try:
        record = _read_record(directory / RESULT)
        check_record_files(directory, record or {})
        config = _read_config(directory / CONFIG)
    except ValueError as error:
        return RecordedRun(directory, {}, {}, UNREADABLE, str(error))
    if record is None:
        return RecordedRun(directory, {}, config, UNFINISHED, _last_written(directory))
    return RecordedRun(directory, record, config, record["status"], record.get("error"))


def _read_config(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        config = _printable(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise DamagedFile(f"{path}: damaged: {' '.join(str(error).split())}") from error
    if not isinstance(config, dict):
        raise DamagedFile(f"{path}: damaged, not a mapping")
    return config


def _printable(node: Any) -> Any:
    """Return a record without characters that steer a terminal or reorder a line."""
    if isinstance(node, dict):
        return {_printable(key): _printable(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_printable(value) for value in node]
    return printable(node) if isinstance(node, str) else node


def _read_record(path: Path) -> dict[str, Any] | None:
    record = _printable(read_record(path))
    if record and record.get("schema_version", 0) > SCHEMA_VERSION:
        raise ValueError(f"{path}: was written by a newer version of dialogsum")
    return record


def _last_written(directory: Path) -> str:
    """Return when the run last wrote something: a killed run cannot record that it was killed."""
    times = [path.stat().st_mtime for path in directory.rglob("*") if path.is_file()]
    last = datetime.fromtimestamp(max(times, default=directory.stat().st_mtime), UTC)
    return f"no result yet: killed or still running; last written {last:%Y-%m-%d %H:%M} UTC"


def evaluations(run: RecordedRun, split: str = "test") -> Iterator[RecordedEvaluation]:
    """Yield the completed evaluations of a run on `split`: its first, then `evaluations/`.

    Of a damaged one `damage` is set, and record and config are empty.
    """
    if run.status == COMPLETED and run.record["metrics"].get(split):
        path = run.directory / "predictions" / f"{split}.jsonl"
        yield RecordedEvaluation(run, run.record, run.config, None, split, path)
    for file in sorted(run.directory.glob(f"evaluations/*/{RESULT}")):
        try:
            record = _read_record(file)
            check_record_files(file.parent, record or {})
        except ValueError as error:
            yield RecordedEvaluation(run, {}, {}, file.parent.name, split, file, damage=str(error))
            continue
        if record and record["status"] == COMPLETED and record["metrics"].get(split):
            config = _read_config(file.with_name(CONFIG)) or run.config
            path = file.with_name("predictions.jsonl")
            yield RecordedEvaluation(run, record, config, file.parent.name, split, path)


def read_predictions(path: Path) -> Predictions:
    """Read a predictions file.

    Raises:
        UserError: the file is missing, or a line is not a prediction.
    """
    try:
        with path.open(encoding="utf-8") as file:
            return _columns([json.loads(line) for line in file])
    except FileNotFoundError:
        raise UserError(f"{path}: missing") from None
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path}: not a file of predictions ({error!r})") from None


def _columns(rows: list[dict[str, Any]]) -> Predictions:
    # The texts of a test set are in every run's file: each is kept once.
    references = [tuple(map(sys.intern, row["references"])) for row in rows]
    names = list(rows[0]["scores"]) if rows else []
    table = np.array([[row["scores"].get(name) for name in names] for row in rows], np.float64)
    return Predictions(
        ids=[str(row["id"]) for row in rows],
        sources=[sys.intern(row["source"]) for row in rows],
        references=references,
        texts=[row["prediction"] for row in rows],
        groups=[row.get("group") for row in rows],
        scores=dict(zip(names, table.T, strict=True)) if rows else {},
        keys=_dialogue_keys(references),
    )


def _dialogue_keys(references: list[tuple[str, ...]]) -> list[str]:
    """Return one key per row: a hash of its references and how often they occurred before.

    The order of the references of a dialogue changes no score: it does not count.
    """
    seen: dict[tuple[str, ...], int] = {}
    keys = []
    for texts in map(tuple, map(sorted, references)):
        number = seen[texts] = seen.get(texts, -1) + 1
        joined = "\x1f".join((*texts, str(number)))
        keys.append(hashlib.blake2b(joined.encode(), digest_size=12).hexdigest())
    return keys


def lookup(node: Any, dotted: str) -> Any:
    """Return the value at a dotted path of nested dictionaries, or None."""
    for part in dotted.split("."):
        node = node.get(part) if isinstance(node, dict) else None
    return node
