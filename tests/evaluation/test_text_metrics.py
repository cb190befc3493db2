"""Length, emptiness, repetition, novelty, speakers."""

import math

import pytest

from dialogsum.evaluation import text_metrics as m


def test_words() -> None:
    assert m.words("#Person1# doesn't pay 3.50, Zoë's café! 🙂") == [
        "person1", "doesn't", "pay", "3", "50", "zoë's", "café",
    ]  # fmt: skip


def test_length_ratio() -> None:
    assert m.length_ratio("one two three", "one two") == 1.5
    assert m.length_ratio("", "one two") == 0
    assert math.isnan(m.length_ratio("one", " 🙂 "))


@pytest.mark.parametrize(("text", "empty"), [("", 1), (" \n", 1), ("🙂 ...", 1), ("ok", 0)])
def test_empty(text: str, empty: float) -> None:
    assert m.is_empty(text) == empty


def test_repetition() -> None:
    assert m.repetition("a b c d e f g") == 0
    assert m.repetition("a b c") == m.repetition("") == 0
    assert m.repetition("the cat " * 4) == 1 - 2 / 5  # 5 four-grams, 2 distinct
    assert m.repetition("no " * 100) == 1 - 1 / 97


def test_novel_ngrams() -> None:
    assert m.novel_ngrams("The cat sat", "Anna: the CAT sat.") == 0
    assert m.novel_ngrams("the cat ran", "the cat sat") == 0.5
    assert math.isnan(m.novel_ngrams("cat", "the cat"))
    assert math.isnan(m.novel_ngrams("the cat", ""))


def test_speaker_recall() -> None:
    dialogue = "Anna: Hi Tom\nTom: Hi\nMr. Benson: Bye"
    assert m.speaker_recall("anna left", "Anna's with Tom.", dialogue) == 0.5
    assert m.speaker_recall("Benson’s gone", "Mr. Benson leaves", dialogue) == 1
    assert m.speaker_recall("", "Anna", dialogue) == 0
    assert math.isnan(m.speaker_recall("Anna", "They talk.", dialogue))
    assert math.isnan(m.speaker_recall("Anna", "Anna", ""))
    tags = "#Person1#: a\n#Person2#: b"
    assert m.speaker_recall("#Person1# and #Person12#", "#Person1#, #Person2#", tags) == 0.5
