"""The comparison on a terminal: one table where it is wide enough, else quality and cost apart."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table as Grid
from rich.text import Text

from dialogsum.compare.columns import Column, cost_columns, quality_columns
from dialogsum.compare.comparison import Comparison, Section
from dialogsum.compare.numbers import NONE
from dialogsum.compare.tables import Left
from dialogsum.compare.verdicts import Row

WIDEST = 10_000  # a console on which everything fits, to measure with
READABLE = 100  # notes are wrapped at this width


def terminal_text(comparison: Comparison, width: int | None = None, colour: bool = False) -> str:
    """The whole comparison as text.

    Args:
        width: columns of the terminal; asked of it where not given.
        colour: with ANSI codes.
    """
    width = width or shutil.get_terminal_size((120, 24)).columns
    buffer = io.StringIO()
    console = Console(
        file=buffer, width=width, force_terminal=colour, no_color=not colour, highlight=False
    )
    for section in comparison.sections:
        _print_section(console, section)
    if comparison.left:
        console.print()
        console.print(_left_grid(comparison.left))
    console.print()
    _print_notes(console, comparison.notes)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()).rstrip()


def _print_section(console: Console, section: Section) -> None:
    model = f" · {section.models[0]}" if len(section.models) == 1 else ""
    console.print()
    console.print(Text(f"{section.title}{model}", style="bold"))
    quality, cost = quality_columns(section), cost_columns(section)
    if _width(console, _grid(section, [*quality, *cost])) <= console.width:
        parts = [[*quality, *cost]]
    else:
        names = [column for column in quality if column.left]
        parts = [
            *_parts(console, section, names, quality[len(names) :]),
            *_parts(console, section, names, cost),
        ]
    for columns in parts:
        grid = _grid(section, columns, skip_empty=columns is not parts[0])
        console.print(grid, width=max(console.width, _width(console, grid)), crop=False)
        console.print()
    _print_notes(console, section.notes)


def _parts(
    console: Console, section: Section, names: list[Column], columns: Sequence[Column]
) -> list[list[Column]]:
    """The columns in as many tables as the terminal needs, the names in front of each."""
    parts = [[*names]]
    for column in columns:
        wider = [*parts[-1], column]
        if len(wider) > len(names) + 1 and _width(console, _grid(section, wider)) > console.width:
            parts.append([*names, column])
        else:
            parts[-1] = wider
    return parts


def _width(console: Console, grid: Grid) -> int:
    options = console.options.update(max_width=WIDEST)
    return Measurement.get(console, options, grid).maximum


def _grid(section: Section, columns: Sequence[Column], skip_empty: bool = False) -> Grid:
    """The rows below their groups' headings; `skip_empty` leaves out rows of dashes alone."""
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    cells = [_aligned(column, section.rows) for column in columns]
    for title, *_ in cells:
        grid.add_column(title, no_wrap=True)
    heading = ""
    for number, (row, its_heading) in enumerate(zip(section.rows, section.headings, strict=True)):
        shown = [column.cell(row) for column in columns if not column.left]
        if skip_empty and not {*shown} - {NONE}:
            continue
        if its_heading != heading:
            heading = its_heading
            grid.add_row(Text(heading, style="italic"))
        grid.add_row(*(Text(column[number + 1], style=_style(row)) for column in cells))
    return grid


def _aligned(column: Column, rows: Sequence[Row]) -> list[str]:
    """Title and cells of one width; rich would strip the blanks that keep figures in line."""
    texts = [column.title, *(column.cell(row) for row in rows)]
    width = max(map(len, texts))
    return [text if column.left else text.rjust(width) for text in texts]


def _style(row: Row) -> str:
    return "bold" if row.is_baseline else ""


def _left_grid(left: Sequence[Left]) -> Grid:
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for title in ("Not compared", "Status", "Why"):
        grid.add_column(title, overflow="fold")
    for item in left:
        grid.add_row(Text(item.run.name), Text(item.status, style="bold"), Text(item.why))
    return grid


def _print_notes(console: Console, notes: Sequence[str]) -> None:
    width = min(console.width, READABLE)
    for note in notes:
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=1)
        grid.add_column()
        grid.add_row("·", Text(note))
        console.print(grid, width=width)
