"""Reading a system's outputs and the references they are to be scored against.

Structured files (JSONL, JSON, CSV, TSV, Parquet) have a row per dialogue, or a row per reference
as the hub's DialogSum; anything else is text with one summary per line. Rows are joined by id
where both sides have ids, else by position, and nothing is left over in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dialogsum.common.errors import DataError, suggestion
from dialogsum.common.paths import data_format
from dialogsum.config.schema import ColumnsConfig
from dialogsum.data.clean import (
    ID_NAMES,
    Cleaning,
    Columns,
    Dialogue,
    clean_rows,
    clean_text,
    dialogue_ids,
    group_references,
    resolve_columns,
    row_id,
    summary_values,
    text_value,
)
from dialogsum.data.read import Row, read_rows, text_lines

SPLIT = "test"
PREDICTION_NAMES = ("prediction", "summary")
SHOWN = 3  # ids that a message names


@dataclass(frozen=True)
class References:
    """What a system is scored against.

    Attributes:
        dialogues: in order, each id once; `dialogue` is "" where the file has none.
        rows: for each row of the file, the id of its dialogue; None for a row without text.
        aliases: the id that a row carries -> the id of its dialogue.
        has_ids: whether the ids are the file's own and not numbers that were given here.
        cleaning: what was dropped and merged.
    """

    dialogues: list[Dialogue]
    rows: list[str | None]
    aliases: dict[str, str]
    has_ids: bool
    cleaning: Cleaning


@dataclass(frozen=True)
class Output:
    """One summary by the system, and the file and line it came from."""

    text: str
    truncated: bool
    where: str


def read_references(paths: Sequence[Path]) -> References:
    """Read references from one structured file, or from text files with one reference each.

    Raises:
        DataError: with file and line: unreadable, no summary, text files of different lengths.
    """
    if not paths:
        raise DataError("no file of references was given")
    structured = [path for path in paths if is_structured(path)]
    if not structured:
        return _from_text(paths)
    if len(paths) > 1:
        raise DataError(
            f"{structured[0]}: several files of references must all be text, one summary per "
            "line; a structured file holds all references itself"
        )
    return _from_rows(paths[0], read_rows(paths[0]))


def read_outputs(path: Path, references: References) -> list[Output]:
    """Read one output per dialogue of `references`, in their order.

    Raises:
        DataError: an output that belongs to no dialogue, a dialogue without output or with two
            different ones, or, without ids, another number of outputs than of references.
    """
    rows = read_rows(path) if is_structured(path) else _text_rows(path)
    outputs = [_output(path, line, row) for line, row in rows]
    names = _matched_by_id(path, rows, references)
    if names is None:
        names = _matched_by_position(path, len(rows), references)
    kept: dict[str, Output] = {}
    for name, output in zip(names, outputs, strict=True):
        if name is None:  # its reference row has no text
            continue
        known = kept.setdefault(name, output)
        if known.text != output.text:
            raise DataError(f"{output.where}: '{name}' has another prediction at {known.where}")
    missing = [d.id for d in references.dialogues if d.id not in kept]
    if missing:
        raise DataError(f"{path}: no prediction for {len(missing)} dialogues: {_some(missing)}")
    return [kept[dialogue.id] for dialogue in references.dialogues]


def is_structured(path: Path) -> bool:
    """Whether the suffix is one of a file with named fields; all others are text."""
    return data_format(path) is not None


def _text_rows(path: Path) -> list[Row]:
    return [(line, {"summary": text}) for line, text in enumerate(text_lines(path), 1)]


def _from_text(paths: Sequence[Path]) -> References:
    files = [_text_rows(path) for path in paths]
    for path, rows in zip(paths, files, strict=True):
        if len(rows) != len(files[0]):
            raise DataError.at(path, None, f"{len(rows)} lines, but {paths[0]} has {len(files[0])}")
    dialogues = []
    for number, lines in enumerate(zip(*files, strict=True)):
        texts = tuple(filter(None, (clean_text(row["summary"]) for _, row in lines)))
        if not texts:
            raise DataError.at(paths[0], number + 1, "a reference must not be empty")
        dialogues.append(Dialogue(f"{SPLIT}_{number}", "", texts))
    names: list[str | None] = [dialogue.id for dialogue in dialogues]
    cleaning = Cleaning(read=len(dialogues), dialogues=len(dialogues))
    return References(dialogues, names, {d.id: d.id for d in dialogues}, False, cleaning)


def _from_rows(path: Path, rows: list[Row]) -> References:
    present = list(dict.fromkeys(name for _, row in rows[:20] for name in row))
    cfg = ColumnsConfig(
        dialogue="source" if "source" in present and "dialogue" not in present else "dialogue",
        summary="references" if "references" in present else "summary",
    )
    columns = resolve_columns(cfg, present)
    if not columns.summaries or any(name not in present for name in columns.summaries):
        there = ", ".join(present)
        raise DataError.at(
            path, rows[0][0], f"no column 'summary', 'summary1' or 'references' (columns: {there})"
        )
    cleaning = Cleaning()
    if columns.dialogue in present:
        placed = clean_rows(path, rows, cfg, SPLIT, cleaning)
        names = dialogue_ids(placed)
        merged = group_references(placed, cleaning)
    else:
        placed = _without_dialogue(path, rows, columns, cleaning)
        names = [dialogue.id for dialogue in placed]
        merged = _merge_equal_ids(placed)
    if not merged:
        raise DataError.at(path, None, "no row has a reference with text")
    cleaning.dialogues = len(merged)
    name_at = {dialogue.origin: name for dialogue, name in zip(placed, names, strict=True)}
    return References(
        dialogues=merged,
        rows=[name_at.get(f"{path}:{line}") for line, _ in rows],
        aliases={d.id: name for d, name in zip(placed, names, strict=True)}
        | {name: name for name in names},
        has_ids=columns.id is not None,
        cleaning=cleaning,
    )


def _without_dialogue(
    path: Path, rows: list[Row], columns: Columns, cleaning: Cleaning
) -> list[Dialogue]:
    placed = []
    for line, row in rows:
        name = row_id(path, line, row, columns.id) if columns.id else f"{SPLIT}_{cleaning.read}"
        cleaning.read += 1
        texts = [
            clean_text(text)
            for column in columns.summaries
            for text in summary_values(path, line, column, row.get(column))
        ]
        if any(texts):
            found = tuple(filter(None, texts))
            placed.append(Dialogue(name, "", found, origin=f"{path}:{line}"))
        else:
            cleaning.empty.append(name)
    return placed


def _merge_equal_ids(dialogues: list[Dialogue]) -> list[Dialogue]:
    """Rows with one id are references of one dialogue; numbers in ids are not read here, since
    without the dialogues nothing tells `test_0_1` from `2020_1`."""
    merged: dict[str, Dialogue] = {}
    for dialogue in dialogues:
        known = merged.setdefault(dialogue.id, dialogue)
        if known is not dialogue:
            merged[dialogue.id] = replace(known, references=known.references + dialogue.references)
    return list(merged.values())


def _output(path: Path, line: int, row: dict[str, Any]) -> Output:
    column = next((name for name in PREDICTION_NAMES if name in row), None)
    if column is None:
        hint = suggestion("prediction", row)
        raise DataError.at(path, line, f"no 'prediction' or 'summary' in this row{hint}")
    text = clean_text(text_value(path, line, column, row[column]))
    text = text.encode("utf-8", "replace").decode("utf-8")  # JSON may escape half a character
    return Output(text, row.get("truncated") is True, f"{path}:{line}")


def _matched_by_id(path: Path, rows: list[Row], references: References) -> list[str | None] | None:
    """The dialogue of each output, or None where position has to tell."""
    column = next((name for name in ID_NAMES if any(name in row for _, row in rows)), None)
    if column is None:
        return None
    names = [row_id(path, line, row, column) for line, row in rows]
    known = [name in references.aliases or name in references.cleaning.empty for name in names]
    if not any(known) and not references.has_ids:
        return None
    if not all(known):
        first = known.index(False)
        raise DataError.at(
            path,
            rows[first][0],
            f"no reference has the id '{names[first]}' (ids there: "
            f"{_some([dialogue.id for dialogue in references.dialogues])})",
        )
    return [references.aliases.get(name) for name in names]


def _matched_by_position(path: Path, count: int, references: References) -> list[str | None]:
    if count == len(references.rows):
        return references.rows
    if count == len(references.dialogues):
        return [*(dialogue.id for dialogue in references.dialogues)]
    merged = len(references.dialogues) != len(references.rows)
    dialogues = f" ({len(references.dialogues)} dialogues)" if merged else ""
    raise DataError.at(
        path,
        None,
        f"{count} predictions for {len(references.rows)} references{dialogues}; without ids there "
        "must be one for each, in the same order",
    )


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return ", ".join(ids[:SHOWN]) + more
