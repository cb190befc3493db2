"""The splitter behind ROUGE-Lsum."""

import time

import pytest
from rouge_score.tokenize import tokenize

from dialogsum.evaluation.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n\n ", []),
        ("He goes. She stays.", ["He goes.", "She stays."]),
        ("#Person1# goes. #Person2# stays.", ["#Person1# goes.", "#Person2# stays."]),
        ("one\ntwo\r\nthree", ["one", "two", "three"]),
        ('"Why?" she asked! Then left', ['"Why?"', "she asked!", "Then left"]),
        ("Mr. Smith met J. Brown.", ["Mr. Smith met J. Brown."]),
        ("At 5 p.m. on Friday.", ["At 5 p.m. on Friday."]),
        ("At 5 p.m. She left.", ["At 5 p.m.", "She left."]),
        ("I am No. 5. No. I am not.", ["I am No. 5.", "No.", "I am not."]),
        ("Well... ok. Well... No", ["Well... ok.", "Well...", "No"]),
        ("It is I. You know.", ["It is I.", "You know."]),
        ("Costs 3.50 at a.b.c now", ["Costs 3.50 at a.b.c now"]),
        ("(He left.) She too.", ["(He left.)", "She too."]),
        ("See you! 🙂 bye", ["See you!", "🙂 bye"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_tokens_are_the_same_with_and_without_the_cuts() -> None:
    text = 'Mr. O\'Neil said: "Go!" At 5 p.m. he went…  then Zoë paid 3.50 €.\r\nOk?! 🙂 Fine.'
    joined = "\n".join(split_sentences(text))
    assert tokenize(joined, None) == tokenize(text, None)
    assert split_sentences(joined) == split_sentences(text)


@pytest.mark.parametrize("piece", ["a", ".", "a. ", '."', "a.", "\n"])
def test_long_text_takes_linear_time(piece: str) -> None:
    started = time.perf_counter()
    split_sentences(piece * 100_000)
    assert time.perf_counter() - started < 5
