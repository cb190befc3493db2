"""Per-example scores of summaries, and their means with intervals. Loads no torch.

    scores = score_examples(examples)        # name -> float64 (n,), NaN where undefined
    figures = summarize(scores)              # name -> {value, ci_low, ci_high, n}

`PROTOCOL` and `SCORER` say how the figures came about and stand beside them in every record.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dialogsum.evaluation import text_metrics
from dialogsum.evaluation.rouge import ROUGE_NAMES, rouge, scorer_name
from dialogsum.evaluation.sentences import SPLITTER
from dialogsum.evaluation.statistics import RESAMPLES, bootstrap_means, column_means
from dialogsum.evaluation.turns import lead_n

__all__ = [
    "PROTOCOL",
    "SCORER",
    "Example",
    "lead_n",
    "prediction_rows",
    "score_examples",
    "summarize",
]

PROTOCOL: dict[str, str] = {
    "rouge": "F-measure, Porter stemmer, per example",
    "mean": "plain mean over dialogues",
    "references": "average over a dialogue's references; *_best: maximum",
    "sentences": SPLITTER,
    "interval": f"95% percentile bootstrap over dialogues, {RESAMPLES} resamples",
}
SCORER: str  # "rouge-score-rs 0.2.1"; found out when it is first asked for


@dataclass(frozen=True)
class Example:
    """One evaluated dialogue."""

    id: str
    dialogue: str
    references: tuple[str, ...]
    prediction: str
    truncated: bool = False  # generation stopped at the token limit without an end token
    group: str | None = None  # e.g. "seen" or "unseen" names in the bundled data


Metric = Callable[[Sequence[Example]], "np.ndarray | Mapping[str, np.ndarray]"]


def __getattr__(name: str) -> str:
    if name == "SCORER":
        return scorer_name()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def score_examples(
    examples: Sequence[Example], metrics: Mapping[str, Metric] | None = None
) -> dict[str, np.ndarray]:
    """Score each example by every metric.

    Metrics against a reference are averaged over a dialogue's references; `rouge*_best`, their
    maximum, are there where some example has several.

    Args:
        metrics: further metrics by name. Each is called once with all examples and returns one
            value per example, or a mapping from metric names to such arrays.

    Returns:
        name -> float64 (n,), in the order of `examples`; NaN where a metric is not defined for
        an example, such as speaker recall where the reference names no speaker.

    Raises:
        ValueError: an example has no reference; a metric has the wrong shape or a taken name.
    """
    scores = score_all(examples, metrics)
    if all(len(example.references) == 1 for example in examples):
        scores = {name: column for name, column in scores.items() if name not in BEST_NAMES}
    return scores


BEST_NAMES = tuple(f"{name}_best" for name in ROUGE_NAMES)


def score_all(
    examples: Sequence[Example], metrics: Mapping[str, Metric] | None = None
) -> dict[str, np.ndarray]:
    """Like `score_examples`, with the `rouge*_best` columns in any case."""
    for example in examples:
        if not example.references:
            raise ValueError(f"Example {example.id!r} has no reference.")
    scores = _rouge_columns(examples) | _text_columns(examples)
    for name, metric in (metrics or {}).items():
        added = _plugged_in(name, metric(examples), len(examples))
        if taken := sorted(added.keys() & scores.keys()):
            raise ValueError(f"Metric {name!r} returns {taken[0]!r}, which is there already.")
        scores |= added
    return scores


def summarize(
    scores: Mapping[str, np.ndarray],
    seed: int = 0,
    groups: Sequence[str | None] | None = None,
) -> dict[str, dict]:
    """Reduce per-example scores to means with 95% bootstrap intervals.

    Args:
        scores: name -> float64 (n,), NaN where undefined.
        seed: of the bootstrap; the same scores and seed give the same interval.
        groups: group of each example; each group other than None that is not the whole set adds
            `metric@group` figures.

    Returns:
        name -> {"value", "ci_low", "ci_high", "n"}: the plain mean over the `n` examples where
        the metric is defined; value None where n is 0, and no interval (None) below n = 2.
    """
    figures = _figures(scores, seed)
    groups = groups or ()
    for group in sorted({group for group in groups if group is not None}):
        members = np.array([its_group == group for its_group in groups])
        if members.all():
            continue
        chosen = {name: np.asarray(column)[members] for name, column in scores.items()}
        figures |= {f"{name}@{group}": row for name, row in _figures(chosen, seed).items()}
    return figures


def prediction_rows(
    examples: Sequence[Example], scores: Mapping[str, np.ndarray]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of `predictions/<split>.jsonl`: the example and its scores, NaN as None."""
    for index, example in enumerate(examples):
        yield {
            "id": example.id,
            "source": example.dialogue,
            "references": list(example.references),
            "prediction": example.prediction,
            "truncated": example.truncated,
            "group": example.group,
            "scores": {name: _or_none(column[index]) for name, column in scores.items()},
        }


def mean_scores(scores: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the `value` of each figure of `summarize`, NaN for None, without intervals."""
    if not scores:
        return {}
    return dict(
        zip(scores, column_means(np.column_stack(list(scores.values()))).tolist(), strict=True)
    )


def _figures(scores: Mapping[str, np.ndarray], seed: int) -> dict[str, dict]:
    if not scores:
        return {}
    means = bootstrap_means(np.column_stack(list(scores.values())), seed=seed)
    rows = zip(means.value, means.ci_low, means.ci_high, means.n, strict=True)
    return {
        name: {
            "value": _or_none(value),
            "ci_low": _or_none(low),
            "ci_high": _or_none(high),
            "n": int(n),
        }
        for name, (value, low, high, n) in zip(scores, rows, strict=True)
    }


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _rouge_columns(examples: Sequence[Example]) -> dict[str, np.ndarray]:
    pairs = [(ref, example.prediction) for example in examples for ref in example.references]
    table = rouge([reference for reference, _ in pairs], [prediction for _, prediction in pairs])
    if not examples:
        return {name: np.empty(0) for name in (*ROUGE_NAMES, *BEST_NAMES)}
    counts = np.array([len(example.references) for example in examples])
    starts = np.cumsum(counts) - counts
    average = np.add.reduceat(table, starts) / counts[:, None]
    best = np.maximum.reduceat(table, starts)
    return dict(zip((*ROUGE_NAMES, *BEST_NAMES), np.hstack([average, best]).T, strict=True))


def _text_columns(examples: Sequence[Example]) -> dict[str, np.ndarray]:
    rows = [_text_row(example) for example in examples]
    names = rows[0] if rows else _text_row(Example("", "", ("",), ""))
    return {name: np.array([row[name] for row in rows], np.float64) for name in names}


def _text_row(example: Example) -> dict[str, float]:
    prediction, dialogue = example.prediction, example.dialogue
    per_reference = [_against(prediction, text, dialogue) for text in example.references]
    return {
        "length_ratio": _mean_defined(row["length_ratio"] for row in per_reference),
        "empty": text_metrics.is_empty(prediction),
        "truncated": float(example.truncated),
        "repetition": text_metrics.repetition(prediction),
        "novel_ngrams": text_metrics.novel_ngrams(prediction, dialogue),
        **{
            name: _mean_defined(row[name] for row in per_reference)
            for name in per_reference[0]
            if name != "length_ratio"
        },
    }


def _against(prediction: str, reference: str, dialogue: str) -> dict[str, float]:
    return {
        "length_ratio": text_metrics.length_ratio(prediction, reference),
        "speaker_recall": text_metrics.speaker_recall(prediction, reference, dialogue),
    }


def _mean_defined(values) -> float:
    defined = [value for value in values if not math.isnan(value)]
    return sum(defined) / len(defined) if defined else math.nan


def _plugged_in(name: str, result, n: int) -> dict[str, np.ndarray]:
    columns = dict(result) if isinstance(result, Mapping) else {name: result}
    checked = {}
    for column_name, column in columns.items():
        values = np.asarray(column, dtype=np.float64)
        if values.shape != (n,):
            raise ValueError(
                f"Metric {name!r} returned shape {values.shape} for {column_name!r}; "
                f"({n},) is wanted: one value per example."
            )
        checked[column_name] = values
    return checked
