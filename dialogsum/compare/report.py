"""Write the comparison of some runs to files."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from dialogsum.common.files import write_text
from dialogsum.compare.comparison import Comparison, Options, compare_runs
from dialogsum.compare.exports import csv_text, latex_text, markdown_text
from dialogsum.compare.page import html_text
from dialogsum.compare.plots import write_plots
from dialogsum.compare.terminal import terminal_text

MARKDOWN, CSV, HTML = "comparison.md", "comparison.csv", "report.html"
WRITERS = {"markdown": markdown_text, "csv": csv_text, "latex": latex_text, "html": html_text}


@dataclass(frozen=True)
class WrittenComparison:
    """The comparison of a command's jobs, as text for the terminal and as files."""

    comparison: Comparison
    text: str
    csv: Path
    html: Path

    def write_plots(self, folder: Path) -> list[Path]:
        """Draw the plots as PNG, SVG and PDF into `folder` and return the files.

        Raises:
            UserError: matplotlib is not installed.
        """
        return write_plots(self.comparison, folder)


def write_comparison(jobs: list[Path], folder: Path) -> WrittenComparison:
    """Compare the runs of a command and write the comparison into `folder`.

    Args:
        jobs: their run directories, also of runs that failed or were killed.
    """
    comparison = compare_runs(jobs, Options())
    csv, html = folder / CSV, folder / HTML
    write_files(comparison, markdown=folder / MARKDOWN, csv=csv, html=html)
    text = terminal_text(comparison, color=sys.stdout.isatty())
    return WrittenComparison(comparison, f"{text}\n\nReport:    {_shown(html)}", csv, html)


def _shown(path: Path) -> Path:
    """Return the path relative to the working directory if it is below it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def write_files(
    comparison: Comparison, plots: Path | None = None, **paths: Path | None
) -> list[Path]:
    """Write the outputs whose path is given and return the paths written.

    Args:
        plots: a folder.
        paths: a file for any of `WRITERS`.
    """
    written = []
    for name, path in paths.items():
        if path:
            write_text(path, WRITERS[name](comparison))
            written.append(path)
    return written + (write_plots(comparison, plots) if plots else [])
