"""The console command `dialogsum`: one sub-command per thing a user does."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

from dialogsum import __version__
from dialogsum.commands import COMMANDS, PROGRAMS, run_program
from dialogsum.common.errors import UserError
from dialogsum.common.files import unwritable

OUTPUT_FOLDERS = ("plots", "to")  # options of any command
OUTPUTS = ("html", "csv", "markdown", "latex", "output", *OUTPUT_FOLDERS)
EPILOG = """\
first steps:
  dialogsum train                                    one run on what comes with the package
  dialogsum train -m strategy=zero_shot,full,lora    three runs and their comparison
  dialogsum COMMAND --help                           what a command takes
"""


def main(argv: list[str] | None = None) -> int:
    """Run the command line `argv`; return the exit code, 2 for a user's mistake."""
    argv = sys.argv[1:] if argv is None else argv
    if argv and argv[0] in PROGRAMS:
        return run_program(argv[0], argv[1:])
    parser = argument_parser(argv)
    if not argv:
        parser.print_help()
        return 2
    args = parser.parse_args(argv)
    try:
        refuse_unwritable(args)
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


def refuse_unwritable(args: argparse.Namespace) -> None:
    """Raise UserError where an option names a file or folder that cannot be written."""
    for name in OUTPUTS:
        path: Path | None = getattr(args, name, None)
        if path is None:
            continue
        is_folder = name in OUTPUT_FOLDERS
        if not is_folder and os.path.isdir(path):  # noqa: PTH112 (or too long)
            raise UserError(f"--{name}: {path} is a directory; name a file")
        if obstacle := unwritable(path if is_folder else path.parent):
            raise UserError(f"--{name}: {obstacle}")


def argument_parser(argv: list[str]) -> argparse.ArgumentParser:
    """Return the parser of all sub-commands; only the one that `argv` names has its arguments."""
    parser = argparse.ArgumentParser(
        prog="dialogsum",
        description="Compare parameter-efficient and full fine-tuning on dialogue summarization.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    # The short form also makes the first column of the help wide enough for the sub-commands.
    parser.add_argument("-V", "--version", action="version", version=f"dialogsum {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in PROGRAMS.items():
        commands.add_parser(name, help=text, add_help=False)
    for name, (module, text) in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=text,
            description=f"{text[0].upper()}{text[1:]}.",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(module=module)
        if argv and argv[0] == name:
            importlib.import_module(module).add_arguments(command)
    return parser
