"""Speakers and turns."""

import pytest

from dialogsum.evaluation.turns import Turn, lead_n, speaker_alias, speakers, turns


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("#Person1#: Hi: you", "#Person1#", "Hi: you"),
        ("#Person1#:Hi", "#Person1#", "Hi"),
        ("Mr. Alphonse Wilson: Hi", "Mr. Alphonse Wilson", "Hi"),
        ("Johnathan O’Neil: 🙂", "Johnathan O’Neil", "🙂"),
        ("Zoë:?!", "Zoë", "?!"),
        ("Mark : and", "Mark", "and"),
        ("see https://example.org", "", "see https://example.org"),
        ("at 5:30", "", "at 5:30"),
        ("haha :) ok", "", "haha :) ok"),
        ("What now? Anna: no", "", "What now? Anna: no"),
    ],
)
def test_labels(line: str, speaker: str, text: str) -> None:
    assert turns(line) == [Turn(speaker, text)]


def test_continuation_lines_belong_to_the_turn_before() -> None:
    assert turns("Anna: One\r\n\r\ntwo\r\nTom: Three") == [
        Turn("Anna", "One two"),
        Turn("Tom", "Three"),
    ]


def test_dialogue_in_one_line() -> None:
    assert turns("#Person1#: Hi. #Person2#: Bye.") == [
        Turn("#Person1#", "Hi."),
        Turn("#Person2#", "Bye."),
    ]


def test_lead_n() -> None:
    dialogue = "Anna: One\nTom: Two\nAnna: Three\nTom: Four"
    assert lead_n(dialogue) == "Anna: One Tom: Two Anna: Three"
    assert lead_n(dialogue, 1) == "Anna: One"
    assert lead_n("just\ntext\n\nhere\nnow") == "just text here"
    assert lead_n("") == ""


def test_speakers_and_aliases() -> None:
    assert speakers("Tom: a\nAnna: b\nTom: c") == ["Tom", "Anna"]
    assert speaker_alias("#Person1#") == "person1"
    assert speaker_alias("Mr. Benson") == "benson"
    assert speaker_alias("Kamil Shum") == "kamil"
    assert speaker_alias("Sir") == "sir"
