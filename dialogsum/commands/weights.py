"""`dialogsum weights RUN…`: what fine-tuning changed, as tables, pictures and in W&B."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dialogsum.common.errors import UserError
from dialogsum.common.files import write_text

DESCRIPTION = """\
Compares the weights of finished runs with those of their base, adapters merged in: how much each
matrix moved, along how many directions, which tokens' embeddings moved most, and, with two runs,
how far they point the same way. Pictures and weights.json stand in RUN/weights/ and, where the run
was logged to W&B, in its W&B run.

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
    parser.add_argument("--no-figures", action="store_true", help="tables only")
    parser.add_argument("--no-wandb", action="store_true", help="leave the W&B runs as they are")


def main(args: argparse.Namespace) -> int:
    """Measure every run, and every pair of neighbours on the command line."""
    from dialogsum.common.library_noise import silence_libraries
    from dialogsum.modeling.weights.load import Comparison

    if args.k < 1 or args.tokens < 1:
        raise UserError("--k and --tokens must be at least 1")
    silence_libraries()
    runs = [run.expanduser().absolute() for run in args.runs]
    earlier: Comparison | None = None
    for run in runs:
        comparison = Comparison(run)
        report_run(comparison, args)
        if earlier is not None:
            report_pair(earlier, comparison, args)
        earlier = comparison
    return 0


def report_run(comparison: Any, args: argparse.Namespace) -> None:
    """Tables, pictures and weights.json of one run."""
    from dialogsum.modeling.weights import embeddings, plots, spectrum, tables

    measured = [spectrum.measure(change) for change in comparison.changes()]
    if not measured:
        raise UserError(f"{comparison.directory}: no weight differs from the base")
    words = comparison.words()
    moved = {
        change.name.removesuffix(".weight"): embeddings.most_moved(change, words, args.tokens)
        for change in embeddings.embedding_changes(comparison)
    }
    contents = {"modules": tables.module_rows(measured)}
    contents |= {f"tokens {name}": tables.token_rows(tokens) for name, tokens in moved.items()}
    title = f"{comparison.directory.name}, {len(measured)} changed parameters"
    for name, content in {"largest": tables.largest_rows(measured), **contents}.items():
        print(tables.table_text(f"{title}: {name}", content, args.rows))
    contents["parameters"] = tables.parameter_rows(measured)
    if not moved:
        print("No token embedding was changed.\n")
    folder = comparison.directory / "weights"
    write_text(folder / "weights.json", json.dumps([asdict(m) for m in measured], indent=1))
    pictures = [] if args.no_figures else plots.draw_run(measured, moved, comparison.label, folder)
    _tell(pictures, folder)
    if not args.no_wandb:
        _log(comparison.directory, pictures, contents, _summary(measured))


def report_pair(first: Any, second: Any, args: argparse.Namespace) -> None:
    """Overlap of the matrices that both runs changed; stands with the second run."""
    from dialogsum.modeling.weights import plots, spectrum, tables

    others = {change.name: change for change in first.changes()}
    pairs = [
        (others[change.name], change)
        for change in second.changes()
        if change.name in others
        and change.before.ndim == 2
        and change.before.shape == others[change.name].before.shape
    ]
    title = f"{first.label} and {second.label}"
    if not pairs:
        print(f"{title} changed no matrix in common.\n")
        return
    overlaps = [spectrum.overlap(a, b, args.k) for a, b in pairs]
    content = tables.overlap_rows(overlaps)
    print(tables.table_text(f"{title}: overlap of leading directions", content, args.rows))
    folder = second.directory / "weights" / f"against-{first.directory.name}"
    pictures = [] if args.no_figures else plots.draw_overlap(overlaps, title, folder)
    _tell(pictures, folder)
    if not args.no_wandb:
        name = f"overlap {first.directory.name}"
        _log(second.directory, pictures, {name: content}, {})


def _summary(measured: Sequence[Any]) -> dict[str, float]:
    """Headline figures that runs can be compared by."""
    ranks = [m.effective_rank for m in measured if m.effective_rank is not None]
    summary = {
        "changed_parameters": float(len(measured)),
        "mean_relative_norm": sum(m.relative_norm for m in measured) / len(measured),
    }
    return summary | ({"mean_effective_rank": sum(ranks) / len(ranks)} if ranks else {})


def _tell(pictures: Sequence[Path], folder: Path) -> None:
    if pictures:
        print(f"{len(pictures)} pictures in {folder}\n")


def _log(
    directory: Path, pictures: Sequence[Path], contents: dict[str, Any], summary: dict[str, float]
) -> None:
    if not (directory / "wandb").is_dir():
        return
    from dialogsum.tracking.wandb_run import log_media

    log_media(directory, "weights", pictures, contents, summary)
