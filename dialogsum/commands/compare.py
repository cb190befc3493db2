"""`dialogsum compare`: the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dialogsum.compare.comparison import METRIC, Options, compare_runs
from dialogsum.compare.terminal import terminal_text

DESCRIPTION = """\
Compares any runs and sweeps: quality with intervals and significance, and what it costs.

  dialogsum compare outputs/default
  dialogsum compare outputs/a outputs/b --baseline lora --metric rouge2 --html report.html
  dialogsum compare outputs --filter strategy=lora,full seed!=3 --group-by model
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
    outputs.add_argument("--csv", type=Path, metavar="FILE", help="all figures in recorded units")
    outputs.add_argument("--markdown", type=Path, metavar="FILE", help="the tables as Markdown")
    outputs.add_argument("--figures", type=Path, metavar="DIR", help="plots as PNG and SVG")


def _add_selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--baseline",
        metavar="STRATEGY",
        help="what rows are compared with (default: full, else zero-shot)",
    )
    parser.add_argument(
        "--metric", default=METRIC, help=f"the measure that decides (default: {METRIC})"
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
    parser.add_argument(
        "--sort", metavar="KEY[:asc|:desc]", help="a measure or config key (default: --metric)"
    )
    parser.add_argument(
        "--group-by",
        nargs="+",
        action="extend",
        default=[],
        metavar="KEY",
        help="put rows together that agree in these config keys",
    )


def main(args: argparse.Namespace) -> int:
    """Print the comparison and write the files that were asked for. Returns the exit code.

    Raises:
        UserError: what the user can mend.
    """
    options = Options(
        baseline=args.baseline,
        metric=args.metric,
        split=args.split,
        filters=args.filter,
        sort=args.sort,
        group_by=args.group_by,
    )
    comparison = compare_runs(args.directories, options)
    print(terminal_text(comparison, colour=sys.stdout.isatty()))
    from dialogsum.compare.report import write_files

    written = write_files(
        comparison, markdown=args.markdown, csv=args.csv, html=args.html, figures=args.figures
    )
    for path in written:
        print(f"Written:   {path}")
    return 0
