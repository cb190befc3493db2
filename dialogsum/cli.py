"""The console command `dialogsum`: one sub-command per thing a user does."""

from __future__ import annotations

import argparse
import importlib
import sys

from dialogsum import __version__
from dialogsum.commands import COMMANDS, PROGRAMS, run_program
from dialogsum.common.errors import UserError

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
    """Run the command line `argv`; return the exit code, 2 for a user's mistake."""
    argv = sys.argv[1:] if argv is None else argv
    if argv and argv[0] in PROGRAMS:
        return run_program(argv[0], argv[1:])
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


def _parser(argv: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dialogsum",
        description="Compare parameter-efficient and full fine-tuning on dialogue summarization.",
        epilog=EPILOG,
        formatter_class=Formatter,
    )
    parser.add_argument("--version", action="version", version=f"dialogsum {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in PROGRAMS.items():
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
