"""Reference and text statistics of one summary: length, emptiness, repetition, novelty, speakers.

All functions return a float; shares are in 0..1, and NaN means "undefined for this example".
"""

import math
import re
from functools import lru_cache

from dialogsum.evaluation.turns import speaker_alias, speakers

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")


def words(text: str) -> list[str]:
    """Return the case-folded words of a text: letters and digits, with inner apostrophes."""
    return _WORD.findall(text.casefold())


def length_ratio(prediction: str, reference: str) -> float:
    """Return words of the prediction per word of the reference; NaN for an empty reference."""
    reference_length = len(words(reference))
    return len(words(prediction)) / reference_length if reference_length else math.nan


def is_empty(prediction: str) -> float:
    """Return 1.0 for a prediction without a letter or digit, else 0.0."""
    return float(not words(prediction))


def repetition(prediction: str, n: int = 4) -> float:
    """Return the share of n-grams that repeat an earlier one; 0 for fewer than n words.

    seq-rep-n of Welleck et al. (2020), "Neural text generation with unlikelihood training".
    """
    grams = _ngrams(words(prediction), n)
    return 1 - len(set(grams)) / len(grams) if grams else 0.0


def novel_ngrams(prediction: str, dialogue: str, n: int = 2) -> float:
    """Return the share of the prediction's distinct n-grams that are not in the dialogue.

    Narayan et al. (2018), "Don't give me the details, just the summary!". NaN if the prediction
    has no n-gram or the dialogue is unknown ("").
    """
    produced = set(_ngrams(words(prediction), n))
    if not produced or not dialogue.strip():
        return math.nan
    return len(produced - _dialogue_ngrams(dialogue, n)) / len(produced)


def speaker_recall(prediction: str, reference: str, dialogue: str) -> float:
    """Return the share of speakers named in the reference that the prediction names too.

    NaN if the reference names no speaker of the dialogue.
    """
    expected = _dialogue_speakers(dialogue) & _mentions(reference)
    if not expected:
        return math.nan
    return len(expected & _mentions(prediction)) / len(expected)


def _mentions(text: str) -> set[str]:
    """Return the words of a text, each with and without a possessive ending."""
    return {form for word in words(text) for form in (word, _POSSESSIVE.sub("", word))}


def _ngrams(tokens: list[str], n: int) -> list[tuple[str, ...]]:
    return list(zip(*(tokens[start:] for start in range(n)), strict=False))


@lru_cache(maxsize=4096)
def _dialogue_ngrams(dialogue: str, n: int) -> frozenset[tuple[str, ...]]:
    return frozenset(_ngrams(words(dialogue), n))


@lru_cache(maxsize=4096)
def _dialogue_speakers(dialogue: str) -> frozenset[str]:
    return frozenset(speaker_alias(label) for label in speakers(dialogue))
