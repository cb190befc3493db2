"""Names, times, numbers and places of the reference that stand in the dialogue."""

import math

import pytest

from dialogsum.evaluation.entities import (
    NAMES,
    NUMBERS,
    PLACES,
    TIMES,
    entity_recall,
    expected_entities,
)
from dialogsum.evaluation.values import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 pm, 4:00 p.m. and 16:30", {"4": TIMES, "16:30": TIMES}),
        ("at 7 o'clock", {"7": TIMES}),
        ("on May 15th or in May", {"15": TIMES, "may": TIMES}),
        ("May I march? You may.", {}),
        ("Fri or Sundays", {"friday": TIMES, "sunday": TIMES}),
        ("in 2019 and 1,500", {"2019": TIMES, "1500": NUMBERS}),
        ("5/6/2020", {"5/6/2020": TIMES}),
        ("$3.50, 3.5 and 10%", {"3.5": NUMBERS, "10": NUMBERS}),
        ("5kg of B12", {"5": NUMBERS}),
        ("twenty-five", {"25": NUMBERS}),
        ("two thousand five hundred and six", {"2506": NUMBERS}),
        ("five thirty", {"5": NUMBERS, "30": NUMBERS}),
        ("a hundred people, one of them", {"100": NUMBERS}),
        ("one hundred and one", {"101": NUMBERS}),
        ("", {}),
    ],
)
def test_values(text: str, expected: dict[str, str]) -> None:
    assert values(text) == expected


DIALOGUE = (
    "Anna: Hi Tom, did Larry call from Rome?\n"
    "Tom: Yes! Larry moves to Lyon on Friday, at 5 pm. He has twenty boxes.\n"
    "Anna: <file_photo> I'm at Oxford Street with Dr. Hawkins. Tell mike."
)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("Larry called.", {("names", "larry")}),
        ("Anna tells Tom about Larry's move.", {(NAMES, "larry")}),
        ("He moves to Lyon.", {(PLACES, "lyon")}),
        ("He called from Rome.", {(PLACES, "rome")}),
        ("He is in Lyon at Oxford Street.", {(PLACES, "lyon"), (PLACES, "oxford street")}),
        ("They talk to Larry at Larry's.", {(NAMES, "larry")}),
        ("They meet Dr. Hawkins and Mike.", {(NAMES, "hawkins"), (NAMES, "mike")}),
        ("It is Friday, 5 p.m., for 20 boxes.", {(TIMES, "friday"), (TIMES, "5"), (NUMBERS, "20")}),
        ("Paris on Monday with 30 of Eve's friends", set()),
        ("Tell him. Yes. Did he?", set()),
        ("", set()),
    ],
)
def test_entities_of_the_reference(reference: str, expected: set[tuple[str, str]]) -> None:
    assert {tuple(entity) for entity in expected_entities(reference, DIALOGUE)} == expected


def test_recall_by_kind() -> None:
    reference = "Larry moves to Lyon on Friday with twenty boxes, says Mike."
    shares = entity_recall("larry takes 20 boxes to LYON's centre", reference, DIALOGUE)
    assert shares == {"all": 3 / 5, NAMES: 0.5, TIMES: 0, NUMBERS: 1, PLACES: 1}
    assert entity_recall("", reference, DIALOGUE)["all"] == 0
    nothing = entity_recall("Larry", "They talk.", DIALOGUE)
    assert all(math.isnan(share) for share in nothing.values())
    assert math.isnan(entity_recall("Larry", "Larry.", "")["all"])


def test_labels_are_neither_names_nor_numbers() -> None:
    dialogue = "#Person1#: I have 2 cats.\n#Person2#: Fine."
    found = expected_entities("#Person1# has 2 cats, #Person2# none.", dialogue)
    assert [tuple(entity) for entity in found] == [(NUMBERS, "2")]
