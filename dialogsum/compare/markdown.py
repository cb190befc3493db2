"""The comparison as Markdown, for a README, an issue or a paper's appendix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dialogsum.compare.columns import Column, cost_columns, quality_columns
from dialogsum.compare.comparison import Comparison, Section
from dialogsum.compare.verdicts import Row


def markdown_text(comparison: Comparison) -> str:
    """The whole comparison, a heading per table."""
    parts = ["# Comparison"]
    for section in comparison.sections:
        parts += _section(section)
    if comparison.left:
        rows = [[item.run.name, item.status, item.why] for item in comparison.left]
        parts += ["## Not compared", _table(["Run", "Status", "Why"], "lll", rows)]
    parts += [_list(comparison.notes)] if comparison.notes else []
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> list[str]:
    model = f" · {section.models[0]}" if len(section.models) == 1 else ""
    parts = [f"## {section.title}{model}"]
    columns = [*quality_columns(section), *cost_columns(section)]
    for heading in dict.fromkeys(section.headings):
        rows = [
            row for row, its in zip(section.rows, section.headings, strict=True) if its == heading
        ]
        parts += [f"### {_escaped(heading)}"] if heading else []
        parts.append(_rows(columns, rows))
    return [*parts, _list(section.notes)]


def _rows(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    aligned = "".join("l" if column.left else "r" for column in columns)
    cells = [[column.cell(row).strip() for column in columns] for row in rows]
    return _table([column.title for column in columns], aligned, cells)


def _table(titles: Sequence[str], aligned: str, rows: Iterable[Sequence[str]]) -> str:
    rule = ["---" if side == "l" else "---:" for side in aligned]
    lines = [[_escaped(cell) for cell in row] for row in (titles, *rows)]
    lines.insert(1, rule)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _list(notes: Sequence[str]) -> str:
    return "\n".join(f"- {_escaped(note)}" for note in notes)


def _escaped(text: str) -> str:
    """A text as Markdown shows it literally, in one line; zero_shot needs no escape."""
    escaped = re.sub(r"[\\|*`<>\[\]#]|(?<!\w)_|_(?!\w)", r"\\\g<0>", text)
    return " ".join(escaped.split())
