"""ROUGE-1/2/L/Lsum F-measures, stemmed, equal to `rouge_score`.

The Rust package `rouge-score-rs` counts them, dozens of times faster, as long as it gives the
values of `rouge_score` on the probes below; where it is absent or differs, `rouge_score` itself
counts, with a warning, and `scorer_name` says which one was in effect. The probes carry the
values that rouge_score 0.1.2 gave (the tests recompute them), so that checking does not cost the
1.5 s that importing rouge_score and nltk takes.

Lin, C.-Y. (2004). ROUGE: a package for automatic evaluation of summaries.
"""

import warnings
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from typing import NamedTuple

import numpy as np

from dialogsum.evaluation.sentences import split_sentences

ROUGE_NAMES = ("rouge1", "rouge2", "rougeL", "rougeLsum")
TOLERANCE = 1e-9

# (reference, prediction), chosen so that tokenising, stemming, repeated n-grams, empty text,
# Unicode and the union-LCS of several sentences all count.
PROBES = (
    ("", "Nothing to compare with."),
    ("#Person1# is running late again.", "#Person1# runs late, again and again and again!"),
    ("Anna's flights were cancelled.\nShe stays\nin Paris.", "In Paris she stays.\nAnna cancels."),
    ("Zoë pays 3,50 € at the café 🙂", "zoe paid 3.50 at the cafe 🙂🙂"),
    ("the cat\nsat on\nthe mat", "on the mat the cat sat\nthe the the"),
    ("İstanbul: generously, hopefulness, dying, skies", "istanbul generous hopeful dies sky"),
    ("a b c d e f g h", "h g f e d c b a\na b"),
)
PROBE_VALUES = (
    (0.0, 0.0, 0.0, 0.0),
    (0.6153846153846154, 0.36363636363636365, 0.6153846153846154, 0.6153846153846154),
    (0.8, 0.3076923076923077, 0.26666666666666666, 0.8),
    (0.5714285714285714, 0.5, 0.5714285714285714, 0.5714285714285714),
    (0.8, 0.6153846153846154, 0.5333333333333333, 0.6666666666666667),
    (0.7272727272727272, 0.6666666666666665, 0.7272727272727272, 0.7272727272727272),
    (0.888888888888889, 0.125, 0.22222222222222224, 0.22222222222222224),
)

BatchScorer = Callable[[list[str], list[str]], np.ndarray]


class _Scorer(NamedTuple):
    name: str
    score: BatchScorer


def rouge(references: Sequence[str], predictions: Sequence[str]) -> np.ndarray:
    """Score pairs of texts with the scorer in effect.

    Returns:
        float64 (n, 4): F-measures in 0..1, columns in the order of `ROUGE_NAMES`.

    Raises:
        ValueError: the two sequences differ in length.
    """
    if len(references) != len(predictions):
        raise ValueError(f"{len(references)} references for {len(predictions)} predictions")
    if not len(references):
        return np.empty((0, len(ROUGE_NAMES)))
    return scorer().score(as_lines(references), as_lines(predictions))


def as_lines(texts: Sequence[str]) -> list[str]:
    """Put each sentence on a line of its own, which is how Lsum is told of sentences."""
    return ["\n".join(split_sentences(text)) for text in texts]


def scorer_name() -> str:
    """Name and version of the scorer in effect, as it stands in a run's record."""
    return scorer().name


@cache
def scorer() -> _Scorer:
    """The scorer in effect, chosen once per process."""
    try:
        fast = fast_scorer()
    except ImportError:
        warnings.warn(
            "rouge-score-rs is not installed: ROUGE is counted by rouge_score, which is slower. "
            "pip install rouge-score-rs",
            stacklevel=2,
        )
        return reference_scorer()
    worst = largest_difference(fast.score)
    if not worst <= TOLERANCE:
        warnings.warn(
            f"{fast.name} differs from rouge_score by {worst:.3g} on this machine: "
            "ROUGE is counted by rouge_score, which is slower.",
            stacklevel=2,
        )
        return reference_scorer()
    return fast


def fast_scorer() -> _Scorer:
    """The Rust scorer. Raises ImportError where it is not installed."""
    from rouge_score_rs.rouge_scorer import RougeScorer

    counter = RougeScorer(list(ROUGE_NAMES), use_stemmer=True)

    def score(references: list[str], predictions: list[str]) -> np.ndarray:
        return _f_measures(counter.score_batch(references, predictions))

    return _Scorer(f"rouge-score-rs {version('rouge-score-rs')}", score)


def reference_scorer() -> _Scorer:
    """The Python implementation of Google Research that published figures come from."""
    from rouge_score.rouge_scorer import RougeScorer

    counter = RougeScorer(list(ROUGE_NAMES), use_stemmer=True)

    def score(references: list[str], predictions: list[str]) -> np.ndarray:
        return _f_measures(map(counter.score, references, predictions))

    return _Scorer(f"rouge-score {version('rouge-score')}", score)


def largest_difference(score: BatchScorer) -> float:
    """Largest absolute difference of `score` from rouge_score on the probes."""
    references, predictions = zip(*PROBES, strict=True)
    return float(np.abs(score(list(references), list(predictions)) - PROBE_VALUES).max())


def _f_measures(rows) -> np.ndarray:
    return np.array([[row[name].fmeasure for name in ROUGE_NAMES] for row in rows], np.float64)
