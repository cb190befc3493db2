"""Turn rows into dialogues: columns, references, and a clean-up that is explicit and counted."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from dialogsum.common.errors import DataError, Problem, suggestion
from dialogsum.config.schema import ColumnsConfig
from dialogsum.data.locate import SPLITS
from dialogsum.data.read import Row, column_names, describe_kind

ID_NAMES = ("id", "fname")
GROUP_NAME = "group"
TOPIC_NAMES = ("topic", "topic1")
NUMBERED_SUMMARY = re.compile(r"summary_?\d+")
# The hub's copy of DialogSum has one row per reference: test_0_1, test_0_2, test_0_3. The digit in
# the stem keeps the ids of a plain list (train_1, train_2) apart.
REFERENCE_ID = re.compile(r"(.*\d.*)_(\d+)")


@dataclass(frozen=True)
class Dialogue:
    """A dialogue with its reference summaries.

    Attributes:
        id: unique in its split.
        dialogue: the text, a line per turn.
        references: the summaries, at least one.
        topic: the topic in words, where the file has one.
        group: an optional kind; results are reported per group ("seen", "unseen").
        origin: `file:line` of its first row, for messages.
    """

    id: str
    dialogue: str
    references: tuple[str, ...]
    topic: str | None = None
    group: str | None = None
    origin: str = field(default="", compare=False)


@dataclass(frozen=True)
class Columns:
    """Columns of one file by their use; with `id=None` the rows are numbered."""

    id: str | None
    dialogue: str
    summaries: tuple[str, ...]
    topic: str | None


@dataclass
class Cleaning:
    """Counts of the clean-up of one split, before `dataset.limit`.

    Attributes:
        read: rows in the files.
        empty: ids of the rows that were dropped because dialogue or summary is empty.
        repeated_rows: ids of the rows that were dropped because they occur twice.
        references_without_text: empty references that were left out of a row with others.
        grouped_rows: rows that became a further reference of another row.
        dialogues: dialogues that remained.
        duplicates: of these, the ones that repeat the text of an earlier one.
    """

    read: int = 0
    empty: list[str] = field(default_factory=list)
    repeated_rows: list[str] = field(default_factory=list)
    references_without_text: int = 0
    grouped_rows: int = 0
    dialogues: int = 0
    duplicates: int = 0


def clean_text(text: str) -> str:
    """Return the text with `\\n` line ends and no whitespace at the ends of lines or around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def normalized_text(text: str) -> str:
    """Return the text in lower case with collapsed whitespace; equal for the same dialogue."""
    return " ".join(text.lower().split())


# Columns


def column_problems(cfg: ColumnsConfig, present: Sequence[str]) -> list[Problem]:
    """Return a problem under `dataset.columns` for each mapped column that a file lacks."""
    summaries = [("summary", name) for name in summary_columns(cfg, present)]
    wanted = [("dialogue", cfg.dialogue), *summaries, ("id", cfg.id), ("topic", cfg.topic)]
    there = ", ".join(present)
    return [
        Problem(
            f"dataset.columns.{key}",
            f"no column '{name}'{suggestion(name, present)} (columns: {there})",
        )
        for key, name in wanted
        if name and name not in present
    ]


def resolve_columns(cfg: ColumnsConfig, present: Sequence[str]) -> Columns:
    """Return the columns to use; for what is not configured, the names of the known layouts.

    The id is `id` or DialogSum's `fname`, the references are `summary` or DialogSum's `summary1` to
    `summary3`, the topic is `topic` or `topic1`. Check with `column_problems` first.
    """
    return Columns(
        id=cfg.id or next((name for name in ID_NAMES if name in present), None),
        dialogue=cfg.dialogue,
        summaries=summary_columns(cfg, present),
        topic=cfg.topic or next((name for name in TOPIC_NAMES if name in present), None),
    )


def summary_columns(cfg: ColumnsConfig, present: Sequence[str]) -> tuple[str, ...]:
    """Return the columns with references: as configured, or `summary1`, `summary2`, … as found."""
    if cfg.summary == "summary" and "summary" not in present:
        numbered = sorted(name for name in present if NUMBERED_SUMMARY.fullmatch(name))
        return tuple(numbered) or ("summary",)
    return (cfg.summary,) if isinstance(cfg.summary, str) else tuple(cfg.summary)


# Rows


def clean_rows(
    path: Path, rows: Sequence[Row], cfg: ColumnsConfig, split: str, cleaning: Cleaning
) -> list[Dialogue]:
    """Return the rows of one file as clean dialogues, still one per row.

    Where the file has no ids they are `<split>_<number of the row>`. Increases the counts of
    `cleaning`.

    Raises:
        DataError: with file and line: a missing column, a wrong type, an id that is null.
    """
    present = column_names(rows)
    if problems := column_problems(cfg, present):
        raise DataError.at(path, rows[0][0], "; ".join(map(str, problems)))
    columns = resolve_columns(cfg, present)
    dialogues = []
    for line, row in rows:
        number = f"{split}_{cleaning.read}"
        cleaning.read += 1
        dialogue = clean_row(path, line, row, columns, number, cleaning)
        if dialogue is not None:
            dialogues.append(dialogue)
    return dialogues


def clean_row(
    path: Path, line: int, row: dict[str, Any], columns: Columns, number: str, cleaning: Cleaning
) -> Dialogue | None:
    """Return the dialogue of a row; None, counted in `cleaning.empty`, for a row without text."""
    for name in (columns.dialogue, *columns.summaries):
        if name not in row:
            reason = f"column '{name}' is missing{suggestion(name, row)}; for no text write null"
            raise DataError.at(path, line, reason)
    name = row_id(path, line, row, columns.id) if columns.id else number
    text = text_value(path, line, row, columns.dialogue)
    summaries = row_summaries(path, line, row, columns)
    references = tuple(filter(None, summaries))
    if not text or not references:
        cleaning.empty.append(name)
        return None
    cleaning.references_without_text += len(summaries) - len(references)
    topic = row.get(columns.topic) if columns.topic else None
    group = row.get(GROUP_NAME)
    return Dialogue(
        id=name,
        dialogue=text,
        references=references,
        topic=str(topic) if topic else None,
        group=group if isinstance(group, str) else None,
        origin=f"{path}:{line}",
    )


def row_id(path: Path, line: int, row: dict[str, Any], column: str) -> str:
    """Return the id of a row. Raises `DataError` unless it is a text or a whole number."""
    value = row.get(column)
    if isinstance(value, bool) or not isinstance(value, (str, int)) or not str(value).strip():
        kind = describe_kind(value)
        reason = f"the id ('{column}') must be a text or a whole number, it is {kind}"
        raise DataError.at(path, line, reason)
    return str(value).strip()


def text_value(path: Path, line: int, row: dict[str, Any], column: str) -> str:
    """Return the clean text of a column, "" for null. Raises `DataError` for any other type."""
    value = row.get(column)
    if value is None:
        return ""
    if not isinstance(value, str):
        hint = "; write it as one text, a line per turn" if isinstance(value, (list, dict)) else ""
        reason = f"'{column}' must be a text, it is {describe_kind(value)}{hint}"
        raise DataError.at(path, line, reason)
    return clean_text(value)


def row_summaries(path: Path, line: int, row: dict[str, Any], columns: Columns) -> list[str]:
    """Return the clean summaries of a row; a column may hold a list with one per reference."""
    summaries: list[str] = []
    for column in columns.summaries:
        value = row.get(column)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            summaries += map(clean_text, value)
        else:
            summaries.append(text_value(path, line, row, column))
    return summaries


# References


def group_references(dialogues: Sequence[Dialogue], cleaning: Cleaning) -> list[Dialogue]:
    """Return one dialogue per id: rows that repeat an id with the same dialogue add references.

    Raises:
        DataError: an id that has two different dialogues.
    """
    grouped: dict[str, Dialogue] = {}
    for name, dialogue in zip(dialogue_ids(dialogues), dialogues, strict=True):
        if name not in grouped:
            grouped[name] = replace(dialogue, id=name)
            continue
        known = grouped[name]
        if known.dialogue != dialogue.dialogue:
            raise DataError(
                f"{dialogue.origin}: id '{name}' belongs to another dialogue already "
                f"({known.origin}); ids must be unique"
            )
        if name == dialogue.id and set(dialogue.references) <= set(known.references):
            cleaning.repeated_rows.append(name)
        else:
            cleaning.grouped_rows += 1
            grouped[name] = replace(known, references=known.references + dialogue.references)
    return list(grouped.values())


def dialogue_ids(rows: Sequence[Dialogue]) -> list[str]:
    """Return the id of each row's dialogue: the row's id without its reference number, if any.

    The hub's copy of DialogSum numbers references in the id (`test_0_1`, `test_0_2`, …). The number
    is one of a reference only where the rows `stem_1` to `stem_n`, n > 1, follow in this order and
    have the same dialogue; the stem is then the id, as in the authors' files.
    """
    matches = [REFERENCE_ID.fullmatch(row.id) for row in rows]
    by_stem: dict[str, list[Dialogue]] = {}
    for row, match in zip(rows, matches, strict=True):
        if match:
            by_stem.setdefault(match[1], []).append(row)
    stems = {stem for stem, found in by_stem.items() if are_references(stem, found)}
    return [
        match[1] if match and match[1] in stems else row.id
        for row, match in zip(rows, matches, strict=True)
    ]


def are_references(stem: str, rows: Sequence[Dialogue]) -> bool:
    """Return whether rows are the numbered references of one dialogue."""
    numbered = [f"{stem}_{k}" for k in range(1, len(rows) + 1)]
    same_dialogue = len({row.dialogue for row in rows}) == 1
    return len(rows) > 1 and same_dialogue and [row.id for row in rows] == numbered


# Whole splits


def count_duplicates(dialogues: Sequence[Dialogue]) -> int:
    """Return how many dialogues repeat the text of an earlier one."""
    return len(dialogues) - len(distinct_texts(dialogues))


def count_overlap(splits: Mapping[str, Sequence[Dialogue]]) -> dict[str, int]:
    """Return how many distinct dialogues each two splits share, as `{"train-test": 1, …}`."""
    texts = {split: distinct_texts(splits[split]) for split in SPLITS if split in splits}
    return {f"{a}-{b}": len(texts[a] & texts[b]) for a, b in combinations(texts, 2)}


def without_overlap(splits: Mapping[str, Sequence[Dialogue]]) -> list[Dialogue]:
    """Return the dialogues of train that no other split has."""
    held_out = distinct_texts(d for s, rows in splits.items() if s != "train" for d in rows)
    return [d for d in splits.get("train", ()) if normalized_text(d.dialogue) not in held_out]


def distinct_texts(dialogues: Iterable[Dialogue]) -> set[str]:
    """Return the normalized texts of dialogues."""
    return {normalized_text(d.dialogue) for d in dialogues}


def content_hash(splits: Mapping[str, Sequence[Dialogue]]) -> str:
    """Return a hash of the clean dialogues, the same for every layout of their files."""
    digest = hashlib.sha256()
    for split in sorted(splits):
        for d in splits[split]:
            digest.update(json.dumps([split, d.id, d.dialogue, d.references]).encode())
    return digest.hexdigest()[:32]
