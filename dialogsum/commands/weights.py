"""`dialogsum weights RUN…`: tables and plots of what training changed, also in W&B."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dialogsum.common.errors import UserError
from dialogsum.common.files import unwritable, write_text

DESCRIPTION = """\
Compares the weights of finished runs with those of their base, adapters merged in: how much each
matrix moved, along how many directions, which tokens' embeddings moved most, and, with two runs,
how far they point the same way. Plots and weights.json are written to RUN/weights/ and, if the run
was logged to W&B, to its W&B run.

  dialogsum weights outputs/default/lora-*
  dialogsum weights LORA_RUN FULL_RUN
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN", help="run directories")
    parser.add_argument(
        "--k", type=int, default=8, help="leading directions that overlaps are taken over (8)"
    )
    parser.add_argument("--tokens", type=int, default=20, help="tokens in lists (20)")
    parser.add_argument("--rows", type=int, default=24, help="rows of printed tables (24)")
    parser.add_argument(
        "--trust", action="store_true", help="run the code that the runs' configurations name"
    )
    parser.add_argument("--no-plots", action="store_true", help="only tables, no plots")
    parser.add_argument("--no-wandb", action="store_true", help="leave the W&B runs as they are")


def main(args: argparse.Namespace) -> int:
    """Measure every run, and every pair of adjacent runs on the command line.

    Raises:
        UserError: a directory holds no completed run, or its weights did not change.
    """
    from dialogsum.common.log_noise import silence_libraries
    from dialogsum.modeling.weights.changes import WeightChanges
    from dialogsum.tracking.record import completed

    if args.k < 1 or args.tokens < 1:
        raise UserError("--k and --tokens must be at least 1")
    silence_libraries()
    earlier: WeightChanges | None = None
    for run in (run.expanduser().absolute() for run in args.runs):
        if completed(run) is None:
            raise UserError(f"{run}: there is no completed run in this directory")
        if obstacle := unwritable(run / "weights"):
            raise UserError(obstacle)
        weights = WeightChanges(run, args.trust)
        report_run(weights, args)
        if earlier is not None:
            report_pair(earlier, weights, args)
        earlier = weights
    return 0


def report_run(weights: Any, args: argparse.Namespace) -> None:
    """Print the tables of one run, a `WeightChanges`; write its plots and weights.json."""
    from dialogsum.modeling.weights import plots, spectrum, tables
    from dialogsum.modeling.weights.changes import most_moved

    measured = [spectrum.measure_update(change) for change in weights.changes()]
    if not measured:
        raise UserError(f"{weights.directory}: no weight differs from the base")
    words = weights.tokens()
    moved = {
        change.name.removesuffix(".weight"): most_moved(change, words, args.tokens)
        for change in weights.embedding_changes()
    }
    contents = {"modules": tables.module_rows(measured)}
    contents |= {f"tokens {name}": [asdict(t) for t in tokens] for name, tokens in moved.items()}
    title = f"{weights.directory.name}, {len(measured)} changed parameters"
    for name, rows in {"largest": tables.largest_rows(measured), **contents}.items():
        print(tables.table_text(f"{title}: {name}", rows, args.rows))
    if not moved:
        print("No token embedding was changed.\n")
    folder = weights.directory / "weights"
    write_text(folder / "weights.json", json.dumps([asdict(m) for m in measured], indent=1))
    drawn = [] if args.no_plots else plots.draw_run(measured, moved, weights.label, folder)
    contents["parameters"] = tables.parameter_rows(measured)
    headline = {
        "changed_parameters": float(len(measured)),
        "mean_relative_norm": tables.mean([m.relative_norm for m in measured]),
        "mean_effective_rank": tables.mean([m.effective_rank for m in measured]),
    }
    _publish(weights.directory, folder, drawn, contents, headline, args)


def report_pair(first: Any, second: Any, args: argparse.Namespace) -> None:
    """Report the overlap of the matrices that both runs changed, in the second run's folder."""
    from dialogsum.modeling.weights import plots, spectrum, tables

    others = {change.name: change for change in first.changes()}
    overlaps = [
        spectrum.overlap(other, change, args.k)
        for change in second.changes()
        if (other := others.get(change.name)) is not None
        and change.before.ndim == 2
        and change.before.shape == other.before.shape
    ]
    title = f"{first.label} and {second.label}"
    if not overlaps:
        print(f"{title} changed no matrix in common.\n")
        return
    rows = tables.overlap_rows(overlaps)
    print(tables.table_text(f"{title}: overlap of leading directions", rows, args.rows))
    folder = second.directory / "weights" / f"against-{first.directory.name}"
    drawn = [] if args.no_plots else plots.draw_overlap(overlaps, title, folder)
    _publish(second.directory, folder, drawn, {f"overlap {first.directory.name}": rows}, {}, args)


def _publish(
    run: Path,
    folder: Path,
    drawn: Sequence[Path],
    contents: Mapping[str, list[dict[str, Any]]],
    headline: Mapping[str, float | None],
    args: argparse.Namespace,
) -> None:
    """Print where the plots are; log them, the tables and known headline values to W&B."""
    if drawn:
        print(f"{len(drawn)} plots in {folder}\n")
    if args.no_wandb or not (run / "wandb").is_dir():
        return
    from dialogsum.tracking.wandb_run import log_media

    tables = {n: (list(rows[0]), [list(r.values()) for r in rows]) for n, rows in contents.items()}
    known = {name: value for name, value in headline.items() if value is not None}
    log_media(run, "weights", drawn, tables, known)
