"""The console command `dialogsum`: one sub-command per thing a user does."""

from __future__ import annotations

import argparse
import importlib
import sys

from dialogsum import __version__
from dialogsum.common.errors import UserError

# name -> (module with `add_arguments(parser)` and `main(args)`, one line of help).
# Modules are loaded when their command is called: `compare` must not wait for torch.
COMMANDS = {
    "compare": ("dialogsum.commands.compare", "compare runs and sweeps: table, plots, report"),
    "strategies": ("dialogsum.commands.strategies", "list all strategies that can be named"),
    "score": ("dialogsum.commands.score", "score any system's outputs into a record"),
    "weights": ("dialogsum.commands.weights", "what fine-tuning changed, per layer and token"),
    "wandb": ("dialogsum.commands.wandb", "sync runs to W&B, or define a sweep's view"),
    "completion": ("dialogsum.commands.completion", "what the Tab key offers, for bash and zsh"),
}
HYDRA_COMMANDS = {
    "train": ("dialogsum.sweep", "train", "run or sweep, as python train.py"),
    "evaluate": ("dialogsum.evaluate_run", "evaluate", "evaluate runs, as python evaluate.py"),
}
EPILOG = """\
first steps:
  dialogsum train                                    one run on what comes with the package
  dialogsum train -m strategy=zero_shot,full,lora    three runs and their comparison
  dialogsum COMMAND --help                           what a command takes
"""


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Sub-commands in one column with their words: argparse forgets that they are indented."""

    def add_argument(self, action: argparse.Action) -> None:
        super().add_argument(action)
        self._action_max_length += self._indent_increment


def main(argv: list[str] | None = None) -> int:
    """Run the command line `argv`; returns the exit code, 2 for a user's mistake."""
    argv = sys.argv[1:] if argv is None else argv
    if argv and argv[0] in HYDRA_COMMANDS:
        return _hydra(argv[0])
    parser = _parser(argv)
    if not argv:
        parser.print_help()
        return 2
    args = parser.parse_args(argv)
    try:
        return int(importlib.import_module(args.module).main(args))
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # `dialogsum compare … | head`
        sys.stdout = None  # nothing is left to be flushed into it
        return 1
    except Exception as error:
        from dialogsum.config.hydra_app import report_bug

        report_bug(error)
        return 1


def _hydra(name: str) -> int:
    """Hand over to a Hydra command, which reads `sys.argv` itself."""
    module, function, _ = HYDRA_COMMANDS[name]
    sys.argv = [f"dialogsum {name}", *sys.argv[2:]]
    getattr(importlib.import_module(module), function)()
    return 0


def _parser(argv: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dialogsum",
        description="Compare parameter-efficient and full fine-tuning on dialogue summarisation.",
        epilog=EPILOG,
        formatter_class=Formatter,
    )
    parser.add_argument("--version", action="version", version=f"dialogsum {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, _, text) in HYDRA_COMMANDS.items():
        commands.add_parser(name, help=text, add_help=False)
    for name, (module, text) in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=text,
            description=f"{text[0].upper()}{text[1:]}.",
            formatter_class=Formatter,
        )
        command.set_defaults(module=module)
        if argv and argv[0] == name:
            importlib.import_module(module).add_arguments(command)
    return parser
