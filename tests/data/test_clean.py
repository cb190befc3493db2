"""Columns, references and the clean-up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from omegaconf import OmegaConf

from dialogsum.common.errors import DataError
from dialogsum.config.schema import ColumnsConfig
from dialogsum.data.clean import (
    Cleaning,
    Dialogue,
    clean_rows,
    clean_text,
    column_problems,
    content_hash,
    group_references,
    normalized_text,
)

FILE = Path("a.jsonl")


def convert(
    rows: list[dict[str, Any]], columns: Any = None, split: str = "train"
) -> tuple[list[Dialogue], Cleaning]:
    cleaning = Cleaning()
    dialogues = clean_rows(
        FILE, list(enumerate(rows, 1)), columns or ColumnsConfig(), split, cleaning
    )
    return group_references(dialogues, cleaning), cleaning


def row(**changes: Any) -> dict[str, Any]:
    return {"id": "1", "dialogue": "A: hi", "summary": "hi"} | changes


def test_clean_text() -> None:
    assert clean_text("\r\nA: x \t\r\nB: y\rC: z  \n\n") == "A: x\nB: y\nC: z"
    assert normalized_text("A:  X\n b") == "a: x b"


@pytest.mark.parametrize("empty", ["", " \r\n\t", None])
@pytest.mark.parametrize("column", ["dialogue", "summary"])
def test_rows_without_text_are_dropped_and_named(column: str, empty: str | None) -> None:
    found, cleaning = convert([row(id="x", **{column: empty}), row(id="y")])
    assert [d.id for d in found] == ["y"]
    assert cleaning.empty == ["x"]
    assert cleaning.read == 2


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [{"id": 1, "dialog": "a", "summary": "b"}],
            "no column 'dialogue'; did you mean 'dialog'?",
        ),
        ([row(), {"id": "2", "dialogue": "a"}], "2: column 'summary' is missing"),
        ([row(), row(id="2", dialogue=5)], "2: 'dialogue' must be a text, it is a number"),
        ([row(dialogue=[{"A": "hi"}])], "it is a list; write it as one text, a line per turn"),
        ([row(dialogue={"turns": ["hi"]})], "1: 'dialogue' must be a text, it is a nested object"),
        ([row(summary=True)], "1: 'summary' must be a text, it is true/false"),
        ([row(summary=["a", 3])], "1: 'summary' must be a text, it is a list"),
        ([row(id=None)], "1: the id ('id') must be a text or a whole number, it is null"),
        ([row(id=1.5)], "1: the id ('id') must be a text or a whole number, it is a number"),
        ([row(id=" ")], "1: the id ('id') must be"),
        (
            [row(), row(id="2"), row(dialogue="other")],
            "3: id '1' belongs to another dialogue already",
        ),
    ],
)
def test_bad_rows(rows: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(DataError) as caught:
        convert(rows)
    assert message in str(caught.value)
    assert str(caught.value).startswith("a.jsonl:")


def test_missing_columns_are_all_told() -> None:
    cfg = ColumnsConfig(id="key", dialogue="text", summary=["tldr", "short"], topic="about")
    problems = {p.where: p.what for p in column_problems(cfg, ["texts", "tldr", "keys"])}
    assert set(problems) == {
        "dataset.columns.id",
        "dataset.columns.dialogue",
        "dataset.columns.summary",
        "dataset.columns.topic",
    }
    assert problems["dataset.columns.dialogue"] == (
        "no column 'text'; did you mean 'texts'? (columns: texts, tldr, keys)"
    )


def test_mapped_columns() -> None:
    cfg = OmegaConf.structured(
        ColumnsConfig(id="key", dialogue="text", summary=["tldr", "short"], topic="about")
    )
    found, cleaning = convert(
        [{"key": 7, "text": "A: hi", "tldr": "one ", "short": "two", "about": "t"},
         {"key": 8, "text": "A: ho", "tldr": None, "short": "two", "about": None}],
        cfg,
    )  # fmt: skip
    assert found == [
        Dialogue("7", "A: hi", ("one", "two"), "t"),
        Dialogue("8", "A: ho", ("two",), None),
    ]
    assert cleaning.references_without_text == 1


def test_rows_without_id_are_numbered() -> None:
    found, _ = convert([{"dialogue": "a", "summary": "b"}] * 3, split="test")
    assert [d.id for d in found] == ["test_0", "test_1", "test_2"]


def test_authors_columns() -> None:
    found, _ = convert(
        [{"fname": "test_0", "dialogue": "a", "summary1": "x", "topic1": "t", "summary2": "y"}]
    )
    assert found == [Dialogue("test_0", "a", ("x", "y"), "t")]


def test_a_list_of_summaries() -> None:
    assert convert([row(summary=["a", "", "b"])])[0][0].references == ("a", "b")


def test_hub_reference_rows_become_one_dialogue() -> None:
    rows = [
        row(id=f"test_{i}_{k}", dialogue=f"A: {i}", summary=f"s{i}{k}", topic=f"t{k}")
        for i in (0, 1)
        for k in (1, 2, 3)
    ]
    found, cleaning = convert(rows)
    assert found == [
        Dialogue("test_0", "A: 0", ("s01", "s02", "s03"), "t1"),
        Dialogue("test_1", "A: 1", ("s11", "s12", "s13"), "t1"),
    ]
    assert cleaning.grouped_rows == 4


def test_equal_hub_references_all_count() -> None:
    found, _ = convert([row(id=f"test_0_{k}") for k in (1, 2, 3)])
    assert found[0].references == ("hi", "hi", "hi")


@pytest.mark.parametrize(
    "ids",
    [
        ["train_1", "train_2"],  # numbers of a plain list
        ["d1_1", "d1_3"],  # a gap
        ["d1_0", "d1_1"],  # from 0
        ["d1_1", "d2_2"],
    ],
)
def test_numbered_ids_of_repeated_dialogues_stay_apart(ids: list[str]) -> None:
    found, _ = convert([row(id=name) for name in ids])
    assert [d.id for d in found] == ids


def test_numbered_ids_of_different_dialogues_stay_apart() -> None:
    found, _ = convert([row(id="d1_1", dialogue="a"), row(id="d1_2", dialogue="b")])
    assert [d.id for d in found] == ["d1_1", "d1_2"]


def test_a_repeated_id_adds_a_reference_or_is_a_repeated_row() -> None:
    found, cleaning = convert([row(), row(summary="ho"), row(), row(id="2", dialogue="x")])
    assert found == [Dialogue("1", "A: hi", ("hi", "ho")), Dialogue("2", "x", ("hi",))]
    assert (cleaning.grouped_rows, cleaning.repeated_rows) == (1, ["1"])


def test_content_hash_knows_ids_texts_references_and_splits() -> None:
    base = {"train": [Dialogue("1", "a", ("b",))], "test": [Dialogue("2", "c", ("d",))]}
    same = {"test": base["test"], "train": [Dialogue("1", "a", ("b",), topic="t")]}
    assert content_hash(base) == content_hash(same)
    others = [
        {"train": [Dialogue("3", "a", ("b",))], "test": base["test"]},
        {"train": [Dialogue("1", "x", ("b",))], "test": base["test"]},
        {"train": [Dialogue("1", "a", ("b", "b"))], "test": base["test"]},
        {"train": base["train"], "validation": base["test"]},
    ]
    assert len({content_hash(data) for data in [base, *others]}) == 5
