"""The comparison on a terminal: one table if it fits, else as many as the width needs."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table as Grid
from rich.text import Text

from dialogsum.common.formatting import NONE
from dialogsum.compare.columns import COST, NAME, QUALITY, Column, table_columns
from dialogsum.compare.comparison import Comparison
from dialogsum.compare.exports import full_title
from dialogsum.compare.tables import Excluded
from dialogsum.compare.verdicts import Section

WIDEST = 10_000  # width of a console on which everything fits, for measuring
READABLE = 100  # notes are wrapped at this width


def terminal_text(comparison: Comparison, width: int | None = None, color: bool = False) -> str:
    """Return the whole comparison as text.

    Args:
        width: columns of the terminal; None: asked of the terminal.
        color: with ANSI codes.
    """
    width = width or shutil.get_terminal_size((120, 24)).columns
    buffer = io.StringIO()
    console = Console(
        file=buffer, width=width, force_terminal=color, no_color=not color, highlight=False
    )
    for section in comparison.sections:
        _print_section(console, section)
    if comparison.excluded:
        console.print()
        console.print(_excluded_grid(comparison.excluded))
    console.print()
    _print_notes(console, comparison.notes)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()).rstrip()


def _print_section(console: Console, section: Section) -> None:
    console.print()
    console.print(Text(full_title(section), style="bold"))
    columns = table_columns(section)
    if _width(console, _grid(section, columns)) <= console.width:
        tables = [columns]
    else:
        names = [column for column in columns if column.part == NAME]
        tables = [
            table
            for part in (QUALITY, COST)
            for table in _split(console, section, names, [c for c in columns if c.part == part])
        ]
    for table in tables:
        grid = _grid(section, table, skip_empty=table is not tables[0])
        console.print(grid, width=max(console.width, _width(console, grid)), crop=False)
        console.print()
    _print_notes(console, section.notes)


def _split(
    console: Console, section: Section, names: list[Column], columns: Sequence[Column]
) -> list[list[Column]]:
    """Divide columns into as many tables as the terminal needs, each beginning with the names."""
    tables: list[list[Column]] = []
    for column in columns:
        wider = [*tables[-1], column] if tables else []
        if wider and _width(console, _grid(section, wider)) <= console.width:
            tables[-1] = wider
        else:
            tables.append([*names, column])
    return tables


def _width(console: Console, grid: Grid) -> int:
    options = console.options.update(max_width=WIDEST)
    return Measurement.get(console, options, grid).maximum


def _grid(section: Section, columns: Sequence[Column], skip_empty: bool = False) -> Grid:
    """Return the rows as a rich table; `skip_empty` leaves out rows that hold only dashes."""
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    cells = [_aligned(column, section) for column in columns]
    for heading, *_ in cells:
        grid.add_column(heading, no_wrap=True)
    data = [texts[1:] for column, texts in zip(columns, cells, strict=True) if column.part != NAME]
    for place, row in enumerate(section.rows):
        if skip_empty and all(texts[place].strip() == NONE for texts in data):
            continue
        style = "bold" if row.is_baseline else ""
        grid.add_row(*(Text(texts[place + 1], style=style) for texts in cells))
    return grid


def _aligned(column: Column, section: Section) -> list[str]:
    """Return heading and cells of one width; rich would strip the blanks that align numbers."""
    assert column.text is not None
    texts = [column.heading, *(column.text(row) for row in section.rows)]
    width = max(map(len, texts))
    return [text if column.part == NAME else text.rjust(width) for text in texts]


def _excluded_grid(excluded: Sequence[Excluded]) -> Grid:
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for title in ("Not compared", "Status", "Why"):
        grid.add_column(title, overflow="fold")
    for item in excluded:
        grid.add_row(Text(item.run.name), Text(item.status, style="bold"), Text(item.why))
    return grid


def _print_notes(console: Console, notes: Sequence[str]) -> None:
    for note in notes:
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=1)
        grid.add_column()
        grid.add_row("·", Text(note))
        console.print(grid, width=min(console.width, READABLE))
