"""From rows to dialogues: columns, references, and a clean-up that is explicit and counted."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dialogsum.common.errors import DataError, suggestion
from dialogsum.config.schema import ColumnsConfig
from dialogsum.data.read import Row, a_kind

ID_NAMES = ("id", "fname")
GROUP_NAME = "group"
TOPIC_NAMES = ("topic", "topic1")
NUMBERED_SUMMARY = re.compile(r"summary_?\d+")
# One row per reference in the hub's copy of DialogSum: test_0_1, test_0_2, test_0_3. The digit in
# the stem keeps the ids of a plain list (train_1, train_2) apart.
REFERENCE_ID = re.compile(r"(.*\d.*)_(\d+)")


@dataclass(frozen=True)
class Dialogue:
    """A dialogue with its reference summaries; `group` is an optional kind (bundled data)."""

    id: str
    dialogue: str
    references: tuple[str, ...]
    topic: str | None = None
    group: str | None = None
    origin: str = field(default="", compare=False)  # file:line of its first row


@dataclass(frozen=True)
class Columns:
    """The columns of one file, resolved; `id=None` numbers the rows."""

    id: str | None
    dialogue: str
    summaries: tuple[str, ...]
    topic: str | None


@dataclass
class Cleaning:
    """What the clean-up of one split did."""

    read: int = 0
    empty: list[str] = field(default_factory=list)  # ids without a dialogue or a summary
    repeated_rows: list[str] = field(default_factory=list)  # the same row twice
    references_without_text: int = 0
    grouped_rows: int = 0  # rows that became a further reference of another row
    kept: int = 0  # dialogues of the complete split
    duplicates: int = 0  # dialogues whose text another dialogue of the split has too


def as_names(value: Any) -> tuple[str, ...]:
    """One column name or a list of them, also as an OmegaConf list."""
    return (value,) if isinstance(value, str) else tuple(value)


def column_problems(cfg: ColumnsConfig, present: Sequence[str]) -> list[tuple[str, str]]:
    """`(dataset.columns.<key>, message)` for each mapped column that is not there."""
    wanted = {"dialogue": (cfg.dialogue,), "summary": as_names(cfg.summary)}
    if cfg.summary == "summary" and any(NUMBERED_SUMMARY.fullmatch(name) for name in present):
        del wanted["summary"]
    if cfg.id is not None:
        wanted["id"] = (cfg.id,)
    if cfg.topic is not None:
        wanted["topic"] = (cfg.topic,)
    return [
        (
            f"dataset.columns.{key}",
            f"no column '{name}'{suggestion(name, present)} (columns: {', '.join(present)})",
        )
        for key, names in wanted.items()
        for name in names
        if name not in present
    ]


def resolve_columns(cfg: ColumnsConfig, present: Sequence[str]) -> Columns:
    """The mapping, with the known layouts' names for what it leaves open.

    Without being told, the id is `id` or DialogSum's `fname`, the references are `summary` or
    DialogSum's `summary1`-`summary3`, the topic is `topic` or `topic1`. `column_problems` comes
    first.
    """
    summaries = as_names(cfg.summary)
    if cfg.summary == "summary" and "summary" not in present:
        summaries = tuple(sorted(name for name in present if NUMBERED_SUMMARY.fullmatch(name)))
    return Columns(
        id=cfg.id or next((name for name in ID_NAMES if name in present), None),
        dialogue=cfg.dialogue,
        summaries=summaries,
        topic=cfg.topic or next((name for name in TOPIC_NAMES if name in present), None),
    )


def clean_text(text: str) -> str:
    """Line ends as `\\n`, no whitespace at the ends of lines or around the text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def normalized_text(text: str) -> str:
    """What two dialogues are compared by: lower case, whitespace collapsed."""
    return " ".join(text.lower().split())


def clean_rows(
    path: Path, rows: Iterable[Row], cfg: ColumnsConfig, split: str, cleaning: Cleaning
) -> list[Dialogue]:
    """The rows of one file as cleaned dialogues, still one per row.

    Raises `DataError` with file and line for a missing column, a wrong type, or an id that is null.
    """
    rows = list(rows)
    present = list(dict.fromkeys(name for _, row in rows[:20] for name in row))
    problems = column_problems(cfg, present)
    if problems:
        reasons = "; ".join(f"{where}: {what}" for where, what in problems)
        raise DataError.at(path, rows[0][0], reasons)
    columns = resolve_columns(cfg, present)
    dialogues = []
    for line, row in rows:
        cleaning.read += 1
        dialogue = clean_row(path, line, row, columns, f"{split}_{cleaning.read - 1}", cleaning)
        if dialogue is not None:
            dialogues.append(dialogue)
    return dialogues


def clean_row(
    path: Path,
    line: int,
    row: dict[str, Any],
    columns: Columns,
    number: str,
    cleaning: Cleaning,
) -> Dialogue | None:
    """None, and its id in `cleaning.empty`, where dialogue or summary is empty or null."""
    for name in (columns.dialogue, *columns.summaries):
        if name not in row:
            raise DataError.at(
                path,
                line,
                f"column '{name}' is missing{suggestion(name, row)}; for no text write null",
            )
    name = row_id(path, line, row, columns.id) if columns.id else number
    text = clean_text(text_value(path, line, columns.dialogue, row[columns.dialogue]))
    references = [
        clean_text(reference)
        for column in columns.summaries
        for reference in summary_values(path, line, column, row[column])
    ]
    kept = tuple(reference for reference in references if reference)
    if not text or not kept:
        cleaning.empty.append(name)
        return None
    cleaning.references_without_text += len(references) - len(kept)
    topic = row.get(columns.topic) if columns.topic else None
    group = row.get(GROUP_NAME)
    return Dialogue(
        name,
        text,
        kept,
        str(topic) if topic else None,
        group if isinstance(group, str) else None,
        f"{path}:{line}",
    )


def row_id(path: Path, line: int, row: dict[str, Any], column: str) -> str:
    value = row.get(column)
    if isinstance(value, bool) or not isinstance(value, (str, int)) or not str(value).strip():
        raise DataError.at(
            path,
            line,
            f"the id ('{column}') must be a text or a whole number, it is {a_kind(value)}",
        )
    return str(value).strip()


def text_value(path: Path, line: int, column: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        hint = "; write it as one text, a line per turn" if isinstance(value, (list, dict)) else ""
        raise DataError.at(path, line, f"'{column}' must be a text, it is {a_kind(value)}{hint}")
    return value


def summary_values(path: Path, line: int, column: str, value: object) -> list[str]:
    """One summary, or a list of texts: one per reference."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    return [text_value(path, line, column, value)]


def group_references(dialogues: Sequence[Dialogue], cleaning: Cleaning) -> list[Dialogue]:
    """One dialogue per id: rows that repeat an id with the same dialogue add references.

    The hub's copy of DialogSum numbers them in the id (`test_0_1`, `test_0_2`, …); there the stem
    is the id, as in the authors' files. Raises `DataError` where an id has two different dialogues.
    """
    merged: dict[str, Dialogue] = {}
    for name, dialogue in zip(dialogue_ids(dialogues), dialogues, strict=True):
        if name not in merged:
            merged[name] = replace(dialogue, id=name)
            continue
        known = merged[name]
        if known.dialogue != dialogue.dialogue:
            raise DataError(
                f"{dialogue.origin}: id '{name}' belongs to another dialogue already "
                f"({known.origin}); "
                "ids must be unique"
            )
        if name == dialogue.id and set(dialogue.references) <= set(known.references):
            cleaning.repeated_rows.append(name)
            continue
        cleaning.grouped_rows += 1
        merged[name] = replace(known, references=known.references + dialogue.references)
    return list(merged.values())


def dialogue_ids(dialogues: Sequence[Dialogue]) -> list[str]:
    """The id of each row without its reference number, where that is what the number is.

    It is one where the rows `stem_1` … `stem_n` (n > 1) stand together and have the same dialogue.
    """
    stems: dict[str, list[Dialogue]] = {}
    for dialogue in dialogues:
        if match := REFERENCE_ID.fullmatch(dialogue.id):
            stems.setdefault(match[1], []).append(dialogue)
    grouped = {
        stem
        for stem, rows in stems.items()
        if len(rows) > 1
        and [row.id for row in rows] == [f"{stem}_{k}" for k in range(1, len(rows) + 1)]
        and len({row.dialogue for row in rows}) == 1
    }
    names = []
    for dialogue in dialogues:
        match = REFERENCE_ID.fullmatch(dialogue.id)
        names.append(match[1] if match and match[1] in grouped else dialogue.id)
    return names


def count_duplicates(dialogues: Sequence[Dialogue]) -> int:
    """How many dialogues repeat the text of an earlier one."""
    return len(dialogues) - len(Counter(normalized_text(d.dialogue) for d in dialogues))


def content_hash(splits: dict[str, list[Dialogue]]) -> str:
    """A hash of the cleaned rows, the same for every layout they came in."""
    digest = hashlib.sha256()
    for split in sorted(splits):
        for d in splits[split]:
            digest.update(json.dumps([split, d.id, d.dialogue, d.references]).encode())
    return digest.hexdigest()[:32]
