"""`dialogsum score`: arguments and what is printed."""

from __future__ import annotations

import argparse
from pathlib import Path

from dialogsum.common.formatting import format_headline


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `dialogsum score`."""
    parser.add_argument(
        "--predictions",
        type=Path,
        required=True,
        help="outputs: text with one summary per line, or JSONL, JSON or CSV with id and summary",
    )
    parser.add_argument(
        "--references",
        type=Path,
        required=True,
        nargs="+",
        help="references: JSONL, JSON or CSV with id, dialogue and summary or summary1..3; "
        "or one text file per reference",
    )
    parser.add_argument("--name", help="the system's name in tables (default: the file's)")
    parser.add_argument("--to", type=Path, help="folder of the record (default: outputs/scored)")
    parser.add_argument("--model", help="the model's name, to stand beside runs of that model")
    parser.add_argument("--dataset", help="the test set's name")
    parser.add_argument("--force", action="store_true", help="replace an earlier record there")


def main(args: argparse.Namespace) -> int:
    """Score, write the record, and say where it is."""
    from dialogsum.evaluation.score import score_files

    scored = score_files(
        args.predictions,
        args.references,
        args.name,
        args.to,
        model=args.model,
        dataset=args.dataset,
        force=args.force,
    )
    print(f"{scored.n} dialogues: {format_headline(scored.figures)}")
    print(f"dialogsum compare {scored.directory} RUN_DIR…")
    return 0
