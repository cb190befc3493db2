"""Per-example scores of summaries, and their means with intervals. Loads no torch.

scores = score_examples(examples)        # name -> float64 (n,), NaN where undefined
metrics = summarize(scores)              # name -> {value, ci_low, ci_high, n}
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dialogsum.evaluation import text_metrics
from dialogsum.evaluation.rouge import ROUGE_NAMES, rouge, scorer
from dialogsum.evaluation.sentences import SPLITTER
from dialogsum.evaluation.statistics import RESAMPLES, bootstrap_means, column_means

PROTOCOL: dict[str, str] = {
    "rouge": "F-measure, Porter stemmer, per example",
    "mean": "plain mean over dialogues",
    "references": "average over a dialogue's references; *_best: maximum",
    "sentences": SPLITTER,
    "interval": f"95% percentile bootstrap over dialogues, {RESAMPLES} resamples",
}
BEST_NAMES = tuple(f"{name}_best" for name in ROUGE_NAMES)


@dataclass(frozen=True)
class Example:
    """One evaluated dialogue.

    Attributes:
        dialogue: source text, "" if unknown.
        truncated: generation stopped at the token limit without an end token.
        group: subset that gets separate metrics, e.g. "unseen" scenarios in the bundled data.
    """

    id: str
    dialogue: str
    references: tuple[str, ...]
    prediction: str
    truncated: bool = False
    group: str | None = None


Metric = Callable[[Sequence[Example]], "np.ndarray | Mapping[str, np.ndarray]"]


def scoring_environment() -> dict[str, Any]:
    """Return the `scorer` and `protocol` entries of a record's `environment`."""
    return {"scorer": scorer().name, "protocol": PROTOCOL}


def score_examples(
    examples: Sequence[Example], metrics: Mapping[str, Metric] | None = None
) -> dict[str, np.ndarray]:
    """Score each example by every metric.

    Metrics against a reference are averaged over a dialogue's references. Their maximum,
    `rouge*_best`, is included if any example has several references.

    Args:
        metrics: additional metrics by name. Each is called once with all examples and returns
            one value per example, or a mapping from metric names to such arrays.

    Returns:
        name -> float64 (n,) in the order of `examples`; NaN where a metric is undefined for an
        example, such as speaker recall if the reference names no speaker.

    Raises:
        ValueError: an example has no reference, or an additional metric returns the wrong shape
            or a name that exists already.
    """
    scores = score_with_best(examples, metrics)
    several = any(len(example.references) > 1 for example in examples)
    return scores if several else without_best(scores)


def score_with_best(
    examples: Sequence[Example], metrics: Mapping[str, Metric] | None = None
) -> dict[str, np.ndarray]:
    """Score like `score_examples`, always including the `rouge*_best` columns."""
    for example in examples:
        if not example.references:
            raise ValueError(f"example {example.id!r} has no reference")
    scores = _rouge_columns(examples) | _text_columns(examples)
    for name, metric in (metrics or {}).items():
        added = _additional_columns(name, metric(examples), len(examples))
        if taken := sorted(added.keys() & scores.keys()):
            raise ValueError(f"metric {name!r} returns {taken[0]!r}, which exists already")
        scores |= added
    return scores


def without_best(scores: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns other than `rouge*_best`, which repeat `rouge*` for one reference."""
    return {name: column for name, column in scores.items() if name not in BEST_NAMES}


def summarize(
    scores: Mapping[str, np.ndarray],
    seed: int = 0,
    groups: Sequence[str | None] | None = None,
) -> dict[str, dict[str, Any]]:
    """Reduce per-example scores to means with 95% bootstrap intervals.

    Args:
        scores: name -> float64 (n,), NaN where undefined.
        seed: of the bootstrap; equal scores and seeds give equal intervals.
        groups: group of each example, None for no group. Each group that does not cover all
            examples adds metrics named `metric@group`.

    Returns:
        name -> {"value", "ci_low", "ci_high", "n"}: the plain mean over the `n` examples where
        the metric is defined. The value is None for n = 0, the interval None for n < 2.
    """
    if not scores:
        return {}
    table = np.column_stack(list(scores.values()))
    metrics = dict(zip(scores, _means_with_intervals(table, seed), strict=True))
    groups = groups or ()
    for group in sorted({group for group in groups if group is not None}):
        members = np.array([member == group for member in groups])
        if not members.all():
            rows = _means_with_intervals(table[members], seed)
            metrics |= {f"{name}@{group}": row for name, row in zip(scores, rows, strict=True)}
    return metrics


def mean_scores(scores: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the `value`s of `summarize` without computing intervals; NaN instead of None."""
    if not scores:
        return {}
    means = column_means(np.column_stack(list(scores.values())))
    return dict(zip(scores, means.tolist(), strict=True))


def prediction_rows(
    examples: Sequence[Example], scores: Mapping[str, np.ndarray]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of `predictions/<split>.jsonl`: each example and its scores, NaN as None."""
    for index, example in enumerate(examples):
        yield {
            "id": example.id,
            "source": example.dialogue,
            "references": list(example.references),
            "prediction": example.prediction,
            "truncated": example.truncated,
            "group": example.group,
            "scores": {name: _none_if_undefined(column[index]) for name, column in scores.items()},
        }


def _means_with_intervals(table: np.ndarray, seed: int) -> list[dict[str, Any]]:
    means = bootstrap_means(table, seed)
    return [
        {
            "value": _none_if_undefined(value),
            "ci_low": _none_if_undefined(low),
            "ci_high": _none_if_undefined(high),
            "n": int(n),
        }
        for value, low, high, n in zip(
            means.value, means.ci_low, means.ci_high, means.n, strict=True
        )
    ]


def _none_if_undefined(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _rouge_columns(examples: Sequence[Example]) -> dict[str, np.ndarray]:
    """Return the average and the best value over references of each ROUGE."""
    names = (*ROUGE_NAMES, *BEST_NAMES)
    if not examples:
        return {name: np.empty(0) for name in names}
    pairs = [(ref, example.prediction) for example in examples for ref in example.references]
    table = rouge([reference for reference, _ in pairs], [prediction for _, prediction in pairs])
    counts = np.array([len(example.references) for example in examples])
    starts = np.cumsum(counts) - counts
    average = np.add.reduceat(table, starts) / counts[:, None]
    best = np.maximum.reduceat(table, starts)
    return dict(zip(names, np.hstack([average, best]).T, strict=True))


def _text_columns(examples: Sequence[Example]) -> dict[str, np.ndarray]:
    rows = [_text_row(example) for example in examples]
    names = rows[0] if rows else _text_row(Example("", "", ("",), ""))
    return {name: np.array([row[name] for row in rows], np.float64) for name in names}


def _text_row(example: Example) -> dict[str, float]:
    prediction, dialogue, references = example.prediction, example.dialogue, example.references
    ratios = [text_metrics.length_ratio(prediction, text) for text in references]
    recalls = [text_metrics.speaker_recall(prediction, text, dialogue) for text in references]
    return {
        "length_ratio": _mean_defined(ratios),
        "empty": text_metrics.is_empty(prediction),
        "truncated": float(example.truncated),
        "repetition": text_metrics.repetition(prediction),
        "novel_ngrams": text_metrics.novel_ngrams(prediction, dialogue),
        "speaker_recall": _mean_defined(recalls),
    }


def _mean_defined(values: Iterable[float]) -> float:
    defined = [value for value in values if not math.isnan(value)]
    return sum(defined) / len(defined) if defined else math.nan


def _additional_columns(name: str, result: Any, n: int) -> dict[str, np.ndarray]:
    columns = dict(result) if isinstance(result, Mapping) else {name: result}
    columns = {key: np.asarray(column, dtype=np.float64) for key, column in columns.items()}
    for key, column in columns.items():
        if column.shape != (n,):
            raise ValueError(
                f"metric {name!r} returned shape {column.shape} for {key!r}; "
                f"expected ({n},), one value per example"
            )
    return columns
