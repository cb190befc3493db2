"""Files of a system's outputs and of the references that they are scored against.

Structured files (JSONL, JSON, CSV, TSV, Parquet) have a row per dialogue, or a row per reference as
the hub's DialogSum; all other files are text with one summary per line. Rows are joined by id if
both files have ids, else by position. An output or a dialogue without a partner is an error.
"""

from __future__ import annotations

import re
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
    row_summaries,
    text_value,
)
from dialogsum.data.read import Row, column_names, read_rows, text_lines

SPLIT = "test"
TEXT_NAME = re.compile(r"summar|pred|generat|output|hyp|candidate|response|answer", re.IGNORECASE)
SHOWN = 3  # ids in a message


@dataclass(frozen=True)
class References:
    """References that a system is scored against.

    Attributes:
        dialogues: in order, each id once; `dialogue` is "" if the file has no dialogues.
        rows: for each row of the file the id of its dialogue, None for a row without text.
        aliases: id of a row -> id of its dialogue.
        has_ids: whether the ids come from the file; otherwise they number the rows.
        cleaning: counts of dropped and merged rows.
    """

    dialogues: list[Dialogue]
    rows: list[str | None]
    aliases: dict[str, str]
    has_ids: bool
    cleaning: Cleaning


@dataclass(frozen=True)
class Output:
    """One summary by the system and its origin, `file:line`."""

    text: str
    truncated: bool
    origin: str


def read_references(paths: Sequence[Path]) -> References:
    """Read references from one structured file, or from text files with one reference each.

    Raises:
        DataError: with file and line: unreadable, no summary, text files of different lengths.
    """
    if not paths:
        raise DataError("no file of references was given")
    structured = [path for path in paths if data_format(path)]
    if not structured:
        return _references(paths[0], _joined_lines(paths))
    if len(paths) > 1:
        raise DataError(
            f"{structured[0]}: several files of references must all be text, one summary per "
            "line; a structured file holds all references itself"
        )
    return _references(paths[0], read_rows(paths[0]))


def read_outputs(path: Path, references: References, column: str | None = None) -> list[Output]:
    """Read one output per dialogue of `references`, in their order.

    Args:
        path: text with one summary per line, or a structured file.
        references: what the outputs are matched with.
        column: the column of a structured file that holds the outputs.

    Raises:
        DataError: no column, or several, that may hold the outputs; an output without a dialogue;
            a dialogue without an output or with two different ones; without ids, different numbers
            of outputs and references.
    """
    if data_format(path):
        rows = read_rows(path)
        column = _output_column(path, column, rows)
    else:
        column = "summary"
        rows = [(line, {column: text}) for line, text in enumerate(text_lines(path), 1)]
    outputs = [_output(path, line, row, column) for line, row in rows]
    names = _match_by_id(path, rows, references) or _match_by_position(path, len(rows), references)
    by_dialogue: dict[str, Output] = {}
    for name, output in zip(names, outputs, strict=True):
        if name is None:  # its reference row has no text
            continue
        known = by_dialogue.setdefault(name, output)
        if known.text != output.text:
            raise DataError(f"{output.origin}: '{name}' has another prediction at {known.origin}")
    missing = [d.id for d in references.dialogues if d.id not in by_dialogue]
    if missing:
        raise DataError(f"{path}: no prediction for {len(missing)} dialogues: {_first(missing)}")
    return [by_dialogue[dialogue.id] for dialogue in references.dialogues]


def _joined_lines(paths: Sequence[Path]) -> list[Row]:
    """Return one row per line, with the reference of each text file."""
    files = [list(text_lines(path)) for path in paths]
    for path, lines in zip(paths, files, strict=True):
        if len(lines) != len(files[0]):
            reason = f"{len(lines)} lines, but {paths[0]} has {len(files[0])}"
            raise DataError.at(path, None, reason)
    rows: list[Row] = []
    for number, texts in enumerate(zip(*files, strict=True), 1):
        if not any(map(clean_text, texts)):
            raise DataError.at(paths[0], number, "a reference must not be empty")
        rows.append((number, {"references": list(texts)}))
    return rows


def _references(path: Path, rows: list[Row]) -> References:
    present = column_names(rows)
    cfg = ColumnsConfig(
        dialogue="source" if "source" in present and "dialogue" not in present else "dialogue",
        summary="references" if "references" in present else "summary",
    )
    columns = resolve_columns(cfg, present)
    if not columns.summaries or any(name not in present for name in columns.summaries):
        reason = f"no column 'summary', 'summary1' or 'references' (columns: {', '.join(present)})"
        raise DataError.at(path, rows[0][0], reason)
    cleaning = Cleaning()
    if columns.dialogue in present:
        per_row = clean_rows(path, rows, cfg, SPLIT, cleaning)
        names = dialogue_ids(per_row)
        dialogues = group_references(per_row, cleaning)
    else:
        per_row = _without_dialogue(path, rows, columns, cleaning)
        names = [dialogue.id for dialogue in per_row]
        dialogues = _group_by_id(per_row)
    if not dialogues:
        raise DataError.at(path, None, "no row has a reference with text")
    cleaning.dialogues = len(dialogues)
    named = list(zip(per_row, names, strict=True))
    name_at = {dialogue.origin: name for dialogue, name in named}
    return References(
        dialogues=dialogues,
        rows=[name_at.get(f"{path}:{line}") for line, _ in rows],
        aliases={dialogue.id: name for dialogue, name in named} | {name: name for name in names},
        has_ids=columns.id is not None,
        cleaning=cleaning,
    )


def _without_dialogue(
    path: Path, rows: list[Row], columns: Columns, cleaning: Cleaning
) -> list[Dialogue]:
    """Return the rows with text of a file that has references only."""
    found = []
    for line, row in rows:
        name = row_id(path, line, row, columns.id) if columns.id else f"{SPLIT}_{cleaning.read}"
        cleaning.read += 1
        if references := tuple(filter(None, row_summaries(path, line, row, columns))):
            found.append(Dialogue(name, "", references, origin=f"{path}:{line}"))
        else:
            cleaning.empty.append(name)
    return found


def _group_by_id(rows: list[Dialogue]) -> list[Dialogue]:
    """Join rows with equal ids as references of one dialogue.

    Numbers within ids are not interpreted: without the dialogues, the references `test_0_1` and
    `test_0_2` cannot be distinguished from two dialogues `2020_1` and `2020_2`.
    """
    by_id: dict[str, Dialogue] = {}
    for row in rows:
        known = by_id.setdefault(row.id, row)
        if known is not row:
            by_id[row.id] = replace(known, references=known.references + row.references)
    return list(by_id.values())


def _output_column(path: Path, column: str | None, rows: list[Row]) -> str:
    """Return the column with the outputs: the given one, `prediction`, or the only summary."""
    present = column_names(rows)
    if column:
        if column not in present:
            what = f"no column '{column}' (--column){suggestion(column, present)}"
            raise DataError.at(path, rows[0][0], what)
        return column
    if "prediction" in present:
        return "prediction"
    candidates = [name for name in present if TEXT_NAME.search(name)]
    if len(candidates) > 1:
        names = ", ".join(candidates)
        raise DataError.at(path, None, f"any of {names} may hold the outputs; choose with --column")
    return "summary"


def _output(path: Path, line: int, row: dict[str, Any], column: str) -> Output:
    if column not in row:
        expected = "'prediction' or 'summary'" if column == "summary" else f"'{column}'"
        raise DataError.at(path, line, f"no {expected} in this row{suggestion(column, row)}")
    text = text_value(path, line, row, column)
    return Output(text, row.get("truncated") is True, f"{path}:{line}")


def _match_by_id(path: Path, rows: list[Row], references: References) -> list[str | None] | None:
    """Return the dialogue of each output by id, or None if only the position can match them."""
    column = next((name for name in ID_NAMES if any(name in row for _, row in rows)), None)
    if column is None:
        return None
    names = [row_id(path, line, row, column) for line, row in rows]
    known = [name in references.aliases or name in references.cleaning.empty for name in names]
    if not any(known) and not references.has_ids:
        return None
    if not all(known):
        first = known.index(False)
        ids = _first([dialogue.id for dialogue in references.dialogues])
        reason = f"no reference has the id '{names[first]}' (ids of the references: {ids})"
        raise DataError.at(path, rows[first][0], reason)
    return [references.aliases.get(name) for name in names]


def _match_by_position(path: Path, count: int, references: References) -> list[str | None]:
    """Return the dialogue of each output by its number among the rows or the dialogues."""
    if count == len(references.rows):
        return references.rows
    if count == len(references.dialogues):
        return [dialogue.id for dialogue in references.dialogues]
    grouped = len(references.dialogues) != len(references.rows)
    dialogues = f" ({len(references.dialogues)} dialogues)" if grouped else ""
    reason = (
        f"{count} predictions for {len(references.rows)} references{dialogues}; without ids there "
        "must be one for each, in the same order"
    )
    raise DataError.at(path, None, reason)


def _first(ids: list[str]) -> str:
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return ", ".join(ids[:SHOWN]) + more
