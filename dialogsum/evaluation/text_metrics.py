"""Measures of a summary that need words only: length, emptiness, repetition, novelty, speakers."""

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
    """Words of the prediction per word of the reference; NaN for a reference without words."""
    reference_length = len(words(reference))
    return len(words(prediction)) / reference_length if reference_length else math.nan


def is_empty(prediction: str) -> float:
    """1.0 for a prediction without a letter or digit, else 0.0."""
    return float(not words(prediction))


def repetition(prediction: str, n: int = 4) -> float:
    """Share of the n-grams that repeat an earlier one, in 0..1; 0 below n words.

    seq-rep-n of Welleck et al. (2020), "Neural text generation with unlikelihood training".
    """
    grams = ngrams(words(prediction), n)
    return 1 - len(set(grams)) / len(grams) if grams else 0.0


def novel_ngrams(prediction: str, dialogue: str, n: int = 2) -> float:
    """Share of the prediction's distinct n-grams that are not in the dialogue, in 0..1.

    Narayan et al. (2018), "Don't give me the details, just the summary!". NaN where the
    prediction has no n-gram or the dialogue is not known.
    """
    produced = set(ngrams(words(prediction), n))
    if not produced or not dialogue.strip():
        return math.nan
    return len(produced - _dialogue_ngrams(dialogue, n)) / len(produced)


def speaker_recall(prediction: str, reference: str, dialogue: str) -> float:
    """Share of the dialogue's speakers named in the reference that the prediction names too.

    NaN where the reference names no speaker.
    """
    expected = _dialogue_speakers(dialogue) & mentions(reference)
    if not expected:
        return math.nan
    return len(expected & mentions(prediction)) / len(expected)


def mentions(text: str) -> set[str]:
    """Return the words of a text, each also without a possessive ending."""
    return {form for word in words(text) for form in (word, _POSSESSIVE.sub("", word))}


def ngrams(tokens: list[str], n: int) -> list[tuple[str, ...]]:
    """Return the n-grams of a token list in order."""
    return list(zip(*(tokens[start:] for start in range(n)), strict=False))


@lru_cache(maxsize=4096)
def _dialogue_ngrams(dialogue: str, n: int) -> frozenset[tuple[str, ...]]:
    return frozenset(ngrams(words(dialogue), n))


@lru_cache(maxsize=4096)
def _dialogue_speakers(dialogue: str) -> frozenset[str]:
    return frozenset(speaker_alias(label) for label in speakers(dialogue))
