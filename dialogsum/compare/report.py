"""The comparison of some runs as files and as text."""

from __future__ import annotations

import sys
from pathlib import Path

from dialogsum.common.errors import UserError
from dialogsum.compare.comparison import Comparison, Options, compare_runs
from dialogsum.compare.terminal import terminal_text

MARKDOWN, CSV, HTML = "comparison.md", "comparison.csv", "report.html"


def write_comparison(jobs: list[Path], folder: Path) -> str:
    """Compare the runs of a command and write the comparison into `folder`.

    Runs belong to a sweep that took hours: what stands in the way of one file is said below the
    table and keeps nothing else back.

    Args:
        jobs: their run directories, also of runs that failed or were killed.

    Returns:
        the text for the terminal.
    """
    comparison = compare_runs(jobs, Options())
    write_files(comparison, markdown=folder / MARKDOWN, csv=folder / CSV)
    text = terminal_text(comparison, colour=sys.stdout.isatty())
    try:
        write_files(comparison, html=folder / HTML)
    except UserError as error:
        return f"{text}\n\n{HTML} was not written: {error}"
    return f"{text}\n\nReport:    {shown_path(folder / HTML)}"


def shown_path(path: Path) -> Path:
    """Relative to the working directory where it is below it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def write_files(
    comparison: Comparison,
    *,
    markdown: Path | None = None,
    csv: Path | None = None,
    html: Path | None = None,
    figures: Path | None = None,
) -> list[Path]:
    """Write the renderings whose path is given; returns the paths written, in this order."""
    from dialogsum.common.files import write_text

    written = []
    if markdown:
        from dialogsum.compare.markdown import markdown_text

        write_text(markdown, markdown_text(comparison))
        written.append(markdown)
    if csv:
        from dialogsum.compare.csv_file import csv_text

        write_text(csv, csv_text(comparison))
        written.append(csv)
    if html:
        from dialogsum.compare.html_file import html_text

        write_text(html, html_text(comparison))
        written.append(html)
    if figures:
        from dialogsum.compare.figures import write_figures

        written += write_figures(comparison, figures)
    return written
