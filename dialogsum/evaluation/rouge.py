"""ROUGE-1/2/L/Lsum F-measures with Porter stemming, equal to the package `rouge_score`.

The Rust package `rouge-score-rs` computes them 44 to 126 times faster. It is used as long as it
reproduces the values of `rouge_score` on `PROBES`; if it is missing or differs, `rouge_score` is
used and a warning says so. The probes carry the values of rouge_score 0.1.2 (a test recomputes
them), because importing rouge_score and nltk to compare would take 1.5 s.

Lin (2004), "ROUGE: a package for automatic evaluation of summaries".
"""

import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np

from dialogsum.evaluation.sentences import split_sentences

ROUGE_NAMES = ("rouge1", "rouge2", "rougeL", "rougeLsum")
TOLERANCE = 1e-9

# (reference, prediction) pairs that cover tokenization, stemming, repeated n-grams, empty text,
# Unicode and the union LCS of several sentences.
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


class Scorer(NamedTuple):
    """A ROUGE implementation.

    Attributes:
        name: package and version, as in a run's record.
        score: maps n references and n predictions, one sentence per line, to float64 (n, 4).
    """

    name: str
    score: Callable[[list[str], list[str]], np.ndarray]


def rouge(references: Sequence[str], predictions: Sequence[str]) -> np.ndarray:
    """Score pairs of texts.

    Returns:
        float64 (n, 4): F-measures in 0..1, columns in the order of `ROUGE_NAMES`.

    Raises:
        ValueError: the sequences differ in length.
    """
    if len(references) != len(predictions):
        raise ValueError(f"{len(references)} references for {len(predictions)} predictions")
    if not len(references):
        return np.empty((0, len(ROUGE_NAMES)))
    return scorer().score(sentence_lines(references), sentence_lines(predictions))


def sentence_lines(texts: Sequence[str]) -> list[str]:
    """Put each sentence on a separate line, the sentence boundary of ROUGE-Lsum."""
    return ["\n".join(split_sentences(text)) for text in texts]


@cache
def scorer() -> Scorer:
    """Return the scorer in effect, chosen once per process."""
    try:
        fast = fast_scorer()
    except ImportError:
        reason = "rouge-score-rs is not installed (pip install rouge-score-rs)"
    else:
        worst = largest_difference(fast)
        if worst <= TOLERANCE:
            return fast
        reason = f"{fast.name} differs from rouge_score by {worst:.3g} on this machine"
    warnings.warn(f"{reason}; falling back to the slower rouge_score", stacklevel=2)
    return reference_scorer()


def fast_scorer() -> Scorer:
    """Return the Rust implementation; raises ImportError if it is not installed."""
    from rouge_score_rs.rouge_scorer import RougeScorer

    return _scorer("rouge-score-rs", RougeScorer(list(ROUGE_NAMES), use_stemmer=True).score_batch)


def reference_scorer() -> Scorer:
    """Return the Python implementation by Google Research, which published values come from."""
    from rouge_score.rouge_scorer import RougeScorer

    score = RougeScorer(list(ROUGE_NAMES), use_stemmer=True).score
    return _scorer("rouge-score", partial(map, score))


def _scorer(package: str, score_pairs: Callable[[list[str], list[str]], Iterable[Any]]) -> Scorer:
    def f_measures(references: list[str], predictions: list[str]) -> np.ndarray:
        rows = score_pairs(references, predictions)
        return np.array([[row[name].fmeasure for name in ROUGE_NAMES] for row in rows], np.float64)

    return Scorer(f"{package} {version(package)}", f_measures)


def largest_difference(candidate: Scorer) -> float:
    """Return the largest absolute difference of a scorer from rouge_score on the probes."""
    references, predictions = zip(*PROBES, strict=True)
    values = candidate.score(list(references), list(predictions))
    return float(np.abs(values - PROBE_VALUES).max())
