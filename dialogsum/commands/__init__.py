"""The sub-commands of the console command, one module each, and the programs that it starts."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

# name -> (module with `add_arguments(parser)` and `main(args)`, one line of help).
# Modules are loaded when their command is called: `compare` must not wait for torch.
COMMANDS = {
    "compare": ("dialogsum.commands.compare", "compare runs and sweeps: table, plots, report"),
    "strategies": ("dialogsum.commands.strategies", "list all strategies that can be named"),
    "summarize": ("dialogsum.commands.summarize", "summarize new dialogues with a trained model"),
    "export": ("dialogsum.commands.export", "write a run's model for use without dialogsum"),
    "score": ("dialogsum.commands.score", "score any system's outputs into a record"),
    "weights": ("dialogsum.commands.weights", "what fine-tuning changed, per layer and token"),
    "wandb": ("dialogsum.commands.wandb", "sync runs to W&B, or define a sweep's view"),
    "completion": ("dialogsum.commands.completion", "what the Tab key offers, for bash and zsh"),
}
# Separate programs, which read the command line with Hydra: train.py and evaluate.py.
PROGRAMS = {
    "train": "run or sweep, as python train.py",
    "evaluate": "evaluate runs, as python evaluate.py",
}


def run_program(name: str, arguments: list[str]) -> int:
    """Run train.py or evaluate.py as if it had been started as a script; return its exit code."""
    sys.argv[1:] = arguments
    try:
        runpy.run_path(str(program_path(name)), run_name="__main__")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0


def program_path(name: str) -> Path:
    """Return a program's file: the copy in the installed package, or the one in the checkout.

    The copy first: beside an installed package there may be another's file of that name.
    """
    package = Path(__file__).resolve().parents[1]
    folders = (package / "programs", package.parent)
    return next(file for folder in folders if (file := folder / f"{name}.py").is_file())
