"""The comparison on a terminal: one table if it fits, else as many as the width needs."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from dialogsum.common.formatting import NONE
from dialogsum.compare.columns import COST, NAME, QUALITY, Column, cells, table_columns
from dialogsum.compare.comparison import Comparison
from dialogsum.compare.exports import full_title
from dialogsum.compare.verdicts import Section

READABLE = 100  # notes are wrapped at this width
GAP = "  "
BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
Texts = list[str]  # of a column: its heading, then a cell per row, all of one width


def terminal_text(comparison: Comparison, width: int | None = None, color: bool = False) -> str:
    """Return the whole comparison as text.

    Args:
        width: columns of the terminal; None: asked of the terminal.
        color: with ANSI codes.
    """
    width = width or shutil.get_terminal_size((120, 24)).columns
    blocks = [block for s in comparison.sections for block in _section(s, width, color)]
    if comparison.excluded:
        lines = [("Not compared", "Status", "Why")]
        lines += [
            (item.run.name, item.status, " ".join(item.why.split())) for item in comparison.excluded
        ]
        columns = [_aligned(column, right=False) for column in zip(*lines, strict=True)]
        blocks.append(_table(columns, range(len(comparison.excluded)), set(), color))
    blocks.append(_notes(comparison.notes, width))
    return "\n" + "\n\n".join(filter(None, blocks))


def _section(section: Section, width: int, color: bool) -> Iterator[str]:
    """Yield title and first table, further tables, and the notes."""
    columns = table_columns(section)
    texts = [
        _aligned([column.heading, *column_cells], right=column.part != NAME)
        for column, column_cells in zip(columns, cells(section, columns), strict=True)
    ]
    bold = {place for place, row in enumerate(section.rows) if row.is_baseline}
    title = full_title(section)
    for names, data in _split(columns, texts, width):
        filled = [
            place
            for place in range(len(section.rows))
            if title or any(text[place + 1].strip() != NONE for text in data)
        ]
        heading = f"{BOLD}{title}{PLAIN}" if color else title
        table = _table(names + data, filled, bold, color)
        yield f"{heading}\n{table}" if title else table
        title = ""  # of the first table only
    yield _notes(section.notes, width)


def _split(
    columns: Sequence[Column], texts: list[Texts], width: int
) -> Iterator[tuple[list[Texts], list[Texts]]]:
    """Divide columns into as many tables as the width needs: names and other columns of each."""
    parts = {
        part: [text for column, text in zip(columns, texts, strict=True) if column.part == part]
        for part in (NAME, QUALITY, COST)
    }
    names = parts[NAME]
    if _width(texts) <= width:
        yield names, parts[QUALITY] + parts[COST]
        return
    for part in (QUALITY, COST):
        table: list[Texts] = []
        for text in parts[part]:
            if table and _width([*names, *table, text]) > width:
                yield names, table
                table = []
            table.append(text)
        if table:
            yield names, table


def _width(texts: Sequence[Texts]) -> int:
    return sum(cell_len(text[0]) + len(GAP) for text in texts) - len(GAP)


def _aligned(texts: Sequence[str], right: bool) -> Texts:
    """Return the texts with blanks to one width, a double-width character counted as two."""
    widths = [cell_len(text) for text in texts]
    blanks = [" " * (max(widths) - width) for width in widths]
    return [b + t if right else t + b for t, b in zip(texts, blanks, strict=True)]


def _table(columns: Sequence[Texts], rows: Sequence[int], bold: set[int], color: bool) -> str:
    heading, *lines = [
        GAP.join(column[place] for column in columns).rstrip()
        for place in (0, *(row + 1 for row in rows))
    ]
    if color:
        heading = f"{DIM}{heading}{PLAIN}"
        lines = [
            f"{BOLD}{line}{PLAIN}" if row in bold else line
            for row, line in zip(rows, lines, strict=True)
        ]
    return "\n".join([heading, *lines])


def _notes(notes: Sequence[str], width: int) -> str:
    return "\n".join(
        textwrap.fill(
            note,
            min(width, READABLE),
            initial_indent="· ",
            subsequent_indent="  ",
            break_on_hyphens=False,
        )
        for note in notes
    )
