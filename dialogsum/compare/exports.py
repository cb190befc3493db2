"""The comparison as CSV, Markdown and LaTeX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from dialogsum.compare.columns import (
    COST,
    NAME,
    QUALITY,
    Column,
    cells,
    recorded_table,
    table_columns,
)
from dialogsum.compare.comparison import Comparison
from dialogsum.compare.tables import Excluded
from dialogsum.compare.verdicts import Section


def csv_text(comparison: Comparison) -> str:
    """Return all tables as one CSV file in recorded units, and a line per excluded run.

    Columns that a line does not have are empty.
    """
    lines = recorded_table(comparison.sections) + [_excluded(i) for i in comparison.excluded]
    lines = [{name: _csv_cell(value) for name, value in line.items()} for line in lines]
    names = dict.fromkeys(name for line in lines for name in line)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return buffer.getvalue()


def _csv_cell(value: Any) -> Any:
    """Mark a text that a spreadsheet would take for a formula as a text."""
    is_formula = isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@"))
    return f"'{value}" if is_formula else value


def _excluded(item: Excluded) -> dict[str, Any]:
    run = item.run
    return {
        "status": item.status,
        "model": run.model,
        "strategy": run.strategy,
        "dataset": run.dataset,
        "seeds": run.seed,
        "run": run.name,
        "why": item.why,
    }


def full_title(section: Section) -> str:
    """Return the title of a table in one line, with the model if there is a single one."""
    models = section.table.models
    title = f"{section.title} · {models[0]}" if len(models) == 1 else section.title
    return " ".join(title.split())


def markdown_text(comparison: Comparison) -> str:
    """Return the comparison as Markdown, with a heading per table."""
    parts = ["# Comparison"]
    for section in comparison.sections:
        columns = table_columns(section)
        sides = ["---" if column.part == NAME else "---:" for column in columns]
        table = _pipe_table([c.heading for c in columns], sides, _cells(section, columns))
        parts += [f"## {_markdown(full_title(section))}", table, _bullets(section.notes)]
    if comparison.excluded:
        rows = [[item.run.name, item.status, item.why] for item in comparison.excluded]
        table = _pipe_table(["Run", "Status", "Why"], ["---"] * 3, rows)
        parts += ["## Not compared", table]
    parts += [_bullets(comparison.notes)] if comparison.notes else []
    return "\n\n".join(parts) + "\n"


def _cells(section: Section, columns: Sequence[Column]) -> list[list[str]]:
    """Return the rows of a table as texts without the blanks that align numbers."""
    return [[text.strip() for text in row] for row in zip(*cells(section, columns), strict=True)]


def _pipe_table(
    headings: Sequence[str], sides: Sequence[str], rows: Iterable[Sequence[str]]
) -> str:
    lines = [[_markdown(cell) for cell in row] for row in (headings, *rows)]
    lines.insert(1, [*sides])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _bullets(notes: Sequence[str]) -> str:
    return "\n".join(f"- {_markdown(note)}" for note in notes)


def _markdown(text: str) -> str:
    """Escape a text for one line of Markdown; zero_shot needs no escape."""
    escaped = re.sub(r"[\\|*`~<>&\[\]#]|(?<!\w)_|_(?!\w)", r"\\\g<0>", text)
    return " ".join(escaped.split())


LATEX_HEADER = "% Needs \\usepackage{booktabs}. Written by `dialogsum compare --latex`.\n"
LATEX = {
    "\\": r"\textbackslash{}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
    # At the beginning of a row they would be arguments of the line break before it.
    **{character: f"{{{character}}}" for character in "[]*"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": "$<$",
    ">": "$>$",
    "−": "$-$",
    "–": "--",
    "±": r"$\pm$",
    "Δ": r"$\Delta$",
    "≠": r"$\neq$",
    "▲": r"$\uparrow$",
    "▼": r"$\downarrow$",
    "·": r"$\cdot$",
    "…": r"\dots{}",
}


def latex_text(comparison: Comparison) -> str:
    """Return a floating table per test set: quality with intervals above, cost below."""
    parts = [_latex_table(section, comparison.notes) for section in comparison.sections]
    return LATEX_HEADER + "\n".join(parts)


def _latex_table(section: Section, notes: Sequence[str]) -> str:
    columns = table_columns(section)
    names = [column for column in columns if column.part == NAME]
    tabulars = [
        _tabular(section, names, [column for column in columns if column.part == part])
        for part in (QUALITY, COST)
    ]
    lines = [
        r"\begin{table*}",
        r"\centering\small",
        rf"\caption{{{_latex(full_title(section))}.}}",
        "\n\n\\medskip\n\n".join(filter(None, tabulars)),
        r"\begin{minipage}{\linewidth}\footnotesize\smallskip",
        *(f"{_latex(note)}\\par" for note in (*section.notes, *notes)),
        r"\end{minipage}",
        r"\end{table*}",
    ]
    return "\n".join(lines) + "\n"


def _tabular(section: Section, names: Sequence[Column], columns: Sequence[Column]) -> str:
    if not columns:
        return ""
    sides = "l" * len(names) + "r" * len(columns)
    headings = [column.heading for column in (*names, *columns)]
    heading, *rows = [
        " & ".join(map(_latex, line)) + r" \\"
        for line in (headings, *_cells(section, [*names, *columns]))
    ]
    lines = [rf"\begin{{tabular}}{{{sides}}}", r"\toprule", heading, r"\midrule", *rows]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}"])


def _latex(text: str) -> str:
    """Escape a text for LaTeX, in one line."""
    return "".join(LATEX.get(character, character) for character in " ".join(text.split()))
