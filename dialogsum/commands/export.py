"""`dialogsum export`: write the trained model of a run for use without dialogsum."""

from __future__ import annotations

import argparse
from pathlib import Path

from dialogsum.common.errors import UserError

DESCRIPTION = """\
The directory works in plain transformers and peft: weights, tokenizer, prompt, decoding settings
and a model card with the code that loads it.

  dialogsum export --run RUN_DIR --to my-model --merge
  dialogsum export --run RUN_DIR --to my-model-ct2 --format ctranslate2 --dtype int8
  dialogsum export --run RUN_DIR --to my-adapter --push my-org/my-adapter
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `dialogsum export`."""
    parser.description = DESCRIPTION
    parser.add_argument("--run", type=Path, required=True, help="a completed run")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="new directory")
    parser.add_argument("--merge", action="store_true", help="fold an adapter into its base")
    parser.add_argument("--format", choices=("hf", "ctranslate2"), default="hf")
    parser.add_argument(
        "--dtype",
        choices=("float32", "bfloat16", "float16", "int8"),
        help="of the weights (default: float32)",
    )
    parser.add_argument("--push", metavar="REPO", help="upload to this repository of the hub")
    parser.add_argument(
        "--trust", action="store_true", help="run the code that the run's configuration names"
    )


def main(args: argparse.Namespace) -> int:
    """Export, upload if asked to, and print how to use the result."""
    if not args.run.is_dir():
        raise UserError(f"--run: there is no directory {args.run}")
    from dialogsum.inference.export import export_run, push  # torch

    settings = {"merge": args.merge, "format": args.format, "dtype": args.dtype}
    export_run(args.run, args.to, **settings, trust=args.trust)
    print(f"wrote {args.to}; README.md in it shows how to load it")
    print(f"Summarize: dialogsum summarize --model {args.to} FILE")
    if args.push:
        print(f"uploaded to {push(args.to, args.push)}")
    return 0
