"""What can make two runs differ: their settings, flattened, and names for the differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from dialogsum.compare.runs import Evaluation, Run, lookup
from dialogsum.config.schema import OUTSIDE_OPEN_NODES, TrainConfig

TRAINED_ON = "dataset.name"
TRAINING_DATA = "data.hash"
# What a model that is not trained does not depend on.
TRAINING_ONLY = ("batching", "trainer", "optimizer", "schedule", "checkpoint", "evaluation")
CONTEXT = ("prompt", "generation", "engine", "dataset")
EVALUATED = ("prompt", "generation")  # what a later evaluation may change
DEFAULT_ENGINE = "hf"
# Of settings that always change together the first one names the difference.
PRIORITY = ("dataset.name", "prompt.name", "generation.name", "engine", "strategy.learning_rate")
SHORT = {"learning_rate": "lr", "batch_size": "batch", "max_epochs": "epochs"}
SHORT_PREFIX = {"dataset.name": "trained on ", "prompt.name": "prompt ", "generation.name": ""}


def flatten(node: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted path and value of each leaf that is not null; lists are leaves."""
    for key, value in node.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{prefix}{key}.")
        elif value is not None:
            yield f"{prefix}{key}", tuple(value) if isinstance(value, list) else value


@cache
def outside_fingerprint() -> frozenset[str]:
    """Dotted paths that change no result, as the schema declares them."""
    return frozenset(
        [*_outside(TrainConfig)]
        + [f"{node}.{key}" for node, keys in OUTSIDE_OPEN_NODES.items() for key in keys]
    )


def _outside(schema: Any, prefix: str = "") -> Iterator[str]:
    for field in fields(schema):
        inner = field.default_factory
        if field.metadata.get("fingerprint") is False:
            yield f"{prefix}{field.name}"
        elif is_dataclass(inner):
            yield from _outside(inner, f"{prefix}{field.name}.")


def result_settings(evaluation: Evaluation) -> dict[str, Any]:
    """The settings that runs of one row share: all that change a result, but for the seed.

    The training data stand as `dataset.name` and the hash of their content instead of paths and
    limits. Decoding and prompt are those of the evaluation.
    """
    run = evaluation.run
    config = {key: node for key, node in _effective(evaluation).items() if key != "seed"}
    kept = {
        path: value
        for path, value in flatten(config)
        if not path.startswith("dataset.") and not _covered(path, outside_fingerprint())
    }
    needs_data = run.trains or lookup(config, "prompt.shots")
    if needs_data:
        kept |= {TRAINED_ON: run.dataset, TRAINING_DATA: lookup(run.record, "data.hash")}
    if not run.trains:
        kept = {p: v for p, v in kept.items() if p.split(".")[0] not in TRAINING_ONLY}
        kept.pop("strategy.learning_rate", None)
    return {path: value for path, value in kept.items() if value is not None}


def _effective(evaluation: Evaluation) -> dict[str, Any]:
    """The run's configuration with prompt, decoding and engine as in the evaluation."""
    said = {key: evaluation.config[key] for key in EVALUATED if key in evaluation.config}
    engine = evaluation.record.get("engine", DEFAULT_ENGINE)
    return evaluation.run.config | said | ({} if engine == DEFAULT_ENGINE else {"engine": engine})


def _covered(path: str, paths: frozenset[str]) -> bool:
    """Whether `path` or a section that it lies in is among `paths`."""
    parts = path.split(".")
    return any(".".join(parts[:end]) in paths for end in range(1, len(parts) + 1))


def run_values(run: Run) -> dict[str, Any]:
    """Everything that runs can be filtered and grouped by: the config and the record's names."""
    names = ("status", "fingerprint", "strategy", "model", "dataset", "prompt", "seed", "name")
    own = {name: run.record.get(name) for name in names} | {
        "status": run.status,
        "strategy": run.strategy,
        "model": run.model,
        "dataset": run.dataset,
        "seed": run.seed,
        "run": run.name,
    }
    return dict(flatten(run.config)) | {key: value for key, value in own.items() if value}


def evaluation_values(evaluation: Evaluation) -> dict[str, Any]:
    """`run_values`, with prompt, decoding and data set (`dataset`) as in this evaluation."""
    said = dict(flatten(_effective(evaluation)))
    own = {name: evaluation.record.get(name) for name in ("dataset", "prompt")}
    names = {key: value for key, value in own.items() if isinstance(value, str)}
    return run_values(evaluation.run) | said | names


def labels(rows: Sequence[tuple[str, str | None, dict[str, Any]]]) -> list[str]:
    """A label per row: its strategy, and what tells it from rows of that strategy and model.

    Where prompts, decoding or training data differ anywhere, every row says its own.

    Args:
        rows: strategy, model and settings of each row.
    """
    contexts = [_only_context(settings) for _, _, settings in rows]
    shared = [path for path in _telling(contexts) if _differs_where_present(path, contexts)]
    found = []
    for strategy, model, settings in rows:
        alike = [s for name, of, s in rows if (name, of) == (strategy, model)]
        shown = [path for path in shared if path in settings] + _telling(alike, known=shared)
        found.append(_label(strategy, settings, shown))
    return found


def differing(settings: Sequence[dict[str, Any]]) -> list[str]:
    """The paths at which some settings differ, in order of their first appearance."""
    paths = dict.fromkeys(path for row in settings for path in row)
    return [path for path in paths if len({repr(row.get(path)) for row in settings}) > 1]


def _only_context(settings: dict[str, Any]) -> dict[str, Any]:
    return {path: value for path, value in settings.items() if path.split(".")[0] in CONTEXT}


def _differs_where_present(path: str, settings: Sequence[dict[str, Any]]) -> bool:
    return len({repr(row[path]) for row in settings if path in row}) > 1


def _telling(settings: Sequence[dict[str, Any]], known: Sequence[str] = ()) -> list[str]:
    """The paths, most telling first, that keep apart what differs and `known` does not.

    A path that divides the rows as another one does already says nothing new.
    """
    divisions = {_division(path, settings) for path in known}
    chosen: list[str] = []
    for path in sorted(set(differing(settings)) - set(known), key=_rank):
        if path in (TRAINED_ON, TRAINING_DATA) and not _differs_where_present(path, settings):
            continue  # only some rows depend on training data
        division = _division(path, settings)
        if division not in divisions:
            divisions.add(division)
            chosen.append(path)
    return chosen


def _division(path: str, settings: Sequence[dict[str, Any]]) -> tuple[int, ...]:
    values = [repr(row.get(path)) for row in settings]
    return tuple(values.index(value) for value in values)


def _rank(path: str) -> tuple[int, int, str]:
    first = PRIORITY.index(path) if path in PRIORITY else len(PRIORITY)
    return (first, not path.startswith("strategy."), path)


def _label(strategy: str, settings: dict[str, Any], shown: Sequence[str]) -> str:
    last = [path.rsplit(".", 1)[-1] for path in shown]
    parts = []
    for path, name in zip(shown, last, strict=True):
        value = short_value(settings.get(path))
        if path in SHORT_PREFIX:
            parts.append(f"{SHORT_PREFIX[path]}{value}")
        else:
            key = SHORT.get(name, name) if last.count(name) == 1 else path
            parts.append(f"{key}={value}")
    return f"{strategy} ({', '.join(parts)})" if parts else strategy


def short_value(value: Any) -> str:
    """A setting as a person writes it; – where a run does not have it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return "+".join(short_value(part) for part in value)
    return str(value) if len(str(value)) <= 32 else f"{str(value)[:31]}…"
