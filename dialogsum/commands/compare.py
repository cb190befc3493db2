"""`dialogsum compare`: the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dialogsum.compare.comparison import METRIC, Options, compare_runs
from dialogsum.compare.runs import UNREADABLE
from dialogsum.compare.terminal import terminal_text

DESCRIPTION = """\
Compare any runs and sweeps: quality with intervals and significance, and its cost.

  dialogsum compare outputs/default
  dialogsum compare outputs/a outputs/b --baseline lora --metric rouge2 --html report.html
  dialogsum compare outputs --filter strategy=lora,full seed!=3
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "directories",
        nargs="+",
        type=Path,
        metavar="DIR",
        help="run directories, sweeps or folders of them",
    )
    _add_selection(parser)
    outputs = parser.add_argument_group("files")
    outputs.add_argument("--html", type=Path, metavar="FILE", help="interactive report, one file")
    outputs.add_argument("--csv", type=Path, metavar="FILE", help="every value in recorded units")
    outputs.add_argument("--markdown", type=Path, metavar="FILE", help="the tables as Markdown")
    outputs.add_argument("--latex", type=Path, metavar="FILE", help="the tables as LaTeX, booktabs")
    outputs.add_argument("--plots", type=Path, metavar="DIR", help="plots as PNG, SVG and PDF")


def _add_selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--baseline",
        metavar="STRATEGY",
        help="rows that the others are compared with (default: full, else zero-shot)",
    )
    parser.add_argument(
        "--metric", default=METRIC, help=f"the metric that decides (default: {METRIC})"
    )
    parser.add_argument(
        "--split", default="test", choices=("test", "validation"), help="default: test"
    )
    parser.add_argument(
        "--filter",
        nargs="+",
        action="extend",
        default=[],
        metavar="KEY=VALUE",
        help="only runs with this config value; KEY=A,B: one of them, KEY!=VALUE: not",
    )


def main(args: argparse.Namespace) -> int:
    """Print the comparison and write the requested files; return 1 if a damaged run is left out.

    Raises:
        UserError: a mistake in the command line or the runs.
    """
    options = Options(args.baseline, args.metric, args.split, args.filter)
    comparison = compare_runs(args.directories, options)
    print(terminal_text(comparison, color=sys.stdout.isatty()))
    outputs = {name: getattr(args, name) for name in ("markdown", "csv", "latex", "html", "plots")}
    if any(outputs.values()):
        from dialogsum.compare.report import write_files

        for path in write_files(comparison, **outputs):
            print(f"Written:   {path}")
    return int(any(item.status == UNREADABLE for item in comparison.excluded))
