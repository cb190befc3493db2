"""Settings by which runs differ, as flat dotted paths, and row labels made from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from dialogsum.common.formatting import NONE
from dialogsum.compare.runs import RecordedEvaluation, RecordedRun, lookup
from dialogsum.config.schema import OUTSIDE_OPEN_NODES, TrainConfig

TRAINED_ON = "dataset.name"
TRAINING_DATA = "data.hash"
# Sections that do not affect a model that is not trained.
TRAINING_ONLY = ("batching", "trainer", "optimizer", "schedule", "checkpoint", "evaluation")
CONTEXT = ("prompt", "generation", "engine", "dataset")
EVALUATED = ("prompt", "generation")  # sections that a later evaluation may change
DEFAULT_ENGINE = "hf"
# Of settings that always change together the first one names the difference.
PRIORITY = ("dataset.name", "prompt.name", "generation.name", "engine", "strategy.learning_rate")
SHORT = {"learning_rate": "lr", "batch_size": "batch", "max_epochs": "epochs"}
SHORT_PREFIX = {"dataset.name": "trained on ", "prompt.name": "prompt ", "generation.name": ""}


def flatten(node: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield dotted path and value of each leaf that is not null; lists are leaves."""
    for key, value in node.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{prefix}{key}.")
        elif value is not None:
            yield f"{prefix}{key}", tuple(value) if isinstance(value, list) else value


@cache
def outside_fingerprint() -> frozenset[str]:
    """Return the dotted paths that the schema declares to change no result."""
    open_nodes = [f"{node}.{key}" for node, keys in OUTSIDE_OPEN_NODES.items() for key in keys]
    return frozenset([*_outside(TrainConfig), *open_nodes])


def _outside(schema: Any, prefix: str = "") -> Iterator[str]:
    for field in fields(schema):
        inner = field.default_factory
        if field.metadata.get("fingerprint") is False:
            yield f"{prefix}{field.name}"
        elif is_dataclass(inner):
            yield from _outside(inner, f"{prefix}{field.name}.")


def result_settings(evaluation: RecordedEvaluation) -> dict[str, Any]:
    """Return the settings that runs of one row share: all that change a result except the seed.

    Training data are identified by `dataset.name` and the hash of their content instead of paths
    and limits, the model by its base. Decoding and prompt are those of the evaluation.
    """
    run = evaluation.run
    config = {key: node for key, node in _effective(evaluation).items() if key != "seed"}
    settings = {
        path: value
        for path, value in flatten(config)
        if not path.startswith(("dataset.", "model.")) and not _covered(path, outside_fingerprint())
    }
    if run.trains or lookup(config, "prompt.shots"):
        settings |= {TRAINED_ON: run.dataset, TRAINING_DATA: lookup(run.record, "data.hash")}
    if not run.trains:
        settings = {p: v for p, v in settings.items() if p.split(".")[0] not in TRAINING_ONLY}
        settings.pop("strategy.learning_rate", None)
    return {path: value for path, value in settings.items() if value is not None}


def _effective(evaluation: RecordedEvaluation) -> dict[str, Any]:
    """Return the run's configuration with the evaluation's prompt, decoding and engine."""
    changed = {key: evaluation.config[key] for key in EVALUATED if key in evaluation.config}
    engine = evaluation.record.get("engine", DEFAULT_ENGINE)
    return (
        evaluation.run.config | changed | ({} if engine == DEFAULT_ENGINE else {"engine": engine})
    )


def _covered(path: str, paths: frozenset[str]) -> bool:
    """Return whether `path` or a section that contains it is among `paths`."""
    parts = path.split(".")
    return any(".".join(parts[:end]) in paths for end in range(1, len(parts) + 1))


def run_values(run: RecordedRun) -> dict[str, Any]:
    """Return everything that runs can be filtered and sorted by: config values and record names."""
    record = {name: run.record.get(name) for name in ("fingerprint", "prompt", "name")}
    names = record | {
        "status": run.status,
        "strategy": run.strategy,
        "model": run.model,
        "dataset": run.dataset,
        "seed": run.seed,
        "run": run.name,
    }
    return dict(flatten(run.config)) | {k: v for k, v in names.items() if v or v == 0}


def evaluation_values(evaluation: RecordedEvaluation) -> dict[str, Any]:
    """Return `run_values` with the prompt, decoding and data set of this evaluation."""
    own = {name: evaluation.record.get(name) for name in ("dataset", "prompt")}
    names = {key: value for key, value in own.items() if isinstance(value, str)}
    return run_values(evaluation.run) | dict(flatten(_effective(evaluation))) | names


def labels(rows: Sequence[tuple[str, str | None, dict[str, Any]]]) -> list[str]:
    """Return a label per row: its strategy, and its settings where rows of the strategy differ.

    Where prompts, decoding or training data differ anywhere, every label names its own.

    Args:
        rows: strategy, model and settings of each row.
    """
    contexts = [_only_context(settings) for _, _, settings in rows]
    shared = [p for p in _distinguishing(contexts) if _differs_where_present(p, contexts)]
    similar: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    for strategy, model, settings in rows:
        similar.setdefault((strategy, model), []).append(settings)
    own = {key: _distinguishing(group, known=shared) for key, group in similar.items()}
    return [
        _label(strategy, settings, [p for p in shared if p in settings] + own[strategy, model])
        for strategy, model, settings in rows
    ]


def differing(settings: Sequence[dict[str, Any]]) -> list[str]:
    """Return the paths at which some settings differ, in order of their first appearance."""
    paths = dict.fromkeys(path for row in settings for path in row)
    return [path for path in paths if len({repr(row.get(path)) for row in settings}) > 1]


def _only_context(settings: dict[str, Any]) -> dict[str, Any]:
    return {path: value for path, value in settings.items() if path.split(".")[0] in CONTEXT}


def _differs_where_present(path: str, settings: Sequence[dict[str, Any]]) -> bool:
    return len({repr(row[path]) for row in settings if path in row}) > 1


def _distinguishing(settings: Sequence[dict[str, Any]], known: Sequence[str] = ()) -> list[str]:
    """Return the paths, most informative first, that separate rows which `known` does not.

    A path that divides the rows exactly as an earlier one does adds nothing.
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
    first: dict[str, int] = {}
    return tuple(first.setdefault(repr(row.get(path)), place) for place, row in enumerate(settings))


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
    """Format a setting as a person writes it; a dash where a run does not have it."""
    if value is None:
        return NONE
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return "+".join(short_value(part) for part in value)
    text = " ".join(str(value).split())
    return text if len(text) <= 32 else f"{text[:31]}…"
