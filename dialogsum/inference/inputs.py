"""Read dialogues to summarize: plain text, rows of a file, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from dialogsum.common.errors import DataError
from dialogsum.common.paths import FORMATS, data_format
from dialogsum.data.clean import ID_NAMES, row_id, text_value
from dialogsum.data.read import Row, column_names, json_lines, read_rows, text_lines

STDIN = "-"
COLUMN_NAMES = ("dialogue", "conversation", "transcript", "text")


class Input(NamedTuple):
    """A dialogue and its id: that of its row, or its number from 1."""

    id: str
    dialogue: str


def read_inputs(source: str, column: str | None = None) -> Iterator[Input]:
    """Yield the dialogues of a file or of standard input.

    A data file has a dialogue per row. Any other file, and standard input that does not begin with
    `{`, is text: its dialogues are separated by blank lines.

    Args:
        source: a file, or `-` for standard input, which is read as it arrives.
        column: the column that holds the dialogue; None: `dialogue`, another usual name, or the
            only column with text.

    Raises:
        DataError: a file that cannot be read, or no column that is certain to hold the dialogue.
    """
    if source == STDIN:
        return _read_stdin(column)
    path = Path(source).expanduser()
    if path.is_dir():
        raise DataError.at(path, None, "a directory; name a file")
    if data_format(path):
        return _from_rows(path, read_rows(path), column)
    if column:
        known = ", ".join(FORMATS)
        raise DataError.at(path, None, f"--column needs a file with columns ({known})")
    return _from_text(text_lines(path))


def _read_stdin(column: str | None) -> Iterator[Input]:
    first = next((line for line in sys.stdin if line.strip()), "")
    lines = chain([first], sys.stdin)
    if first.lstrip().startswith("{"):
        path = Path("standard input")
        yield from _from_rows(path, json_lines(path, lines), column)
    else:
        yield from _from_text(lines)


def _from_text(lines: Iterable[str]) -> Iterator[Input]:
    """Yield the paragraphs of a text, numbered from 1."""
    number, paragraph = 0, ""
    for line in chain(lines, [""]):
        if line.strip():
            paragraph += line.rstrip("\r\n") + "\n"
        elif paragraph:
            number += 1
            yield Input(str(number), paragraph)
            paragraph = ""


def _from_rows(path: Path, rows: Iterable[Row], column: str | None) -> Iterator[Input]:
    known: list[str] = []
    for number, (line, row) in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise DataError.at(path, line, "every row must be a JSON object")
        if not known:
            known = list(row)
            column = _column(path, line, row, column)
        if column not in row:
            raise DataError.at(path, line, f"column '{column}' is missing")
        id_column = next((name for name in ID_NAMES if name in row), None)
        name = row_id(path, line, row, id_column) if id_column else str(number)
        yield Input(name, text_value(path, line, row, str(column)))


def _column(path: Path, line: int, row: dict[str, object], wanted: str | None) -> str:
    """Return the column with the dialogue, as named or by the first row."""
    present = column_names([(line, row)])
    if wanted:
        if wanted not in present:
            names = ", ".join(present)
            raise DataError.at(path, line, f"no column '{wanted}'; the file has {names}")
        return wanted
    texts = [name for name in present if isinstance(row[name], str) and name not in ID_NAMES]
    usual = next((name for name in COLUMN_NAMES if name in present), None)
    if usual is None and len(texts) != 1:
        names = ", ".join(present)
        raise DataError.at(
            path, line, f"which column holds the dialogue? name one with --column: {names}"
        )
    return usual or texts[0]
