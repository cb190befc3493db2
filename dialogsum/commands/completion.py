"""`dialogsum completion`: what the Tab key offers for the console command, in bash and zsh."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable

DESCRIPTION = """\
Prints a script that completes `dialogsum` commands, groups, options and keys:

  eval "$(dialogsum completion bash)"      in ~/.bashrc
  eval "$(dialogsum completion zsh)"       in ~/.zshrc
"""
# bash would cut words at "="; what is offered is whole words such as strategy=lora.
BASH = """\
_dialogsum() {
    local choices word="${COMP_WORDS[COMP_CWORD]}"
    choices=$(COMP_LINE="$COMP_LINE" dialogsum completion query 2>/dev/null)
    COMPREPLY=($(compgen -o default -W "$choices" -- "$word"))
}
COMP_WORDBREAKS=${COMP_WORDBREAKS//=}
complete -o nospace -o default -F _dialogsum dialogsum
"""
ZSH = f"autoload -U bashcompinit && bashcompinit\n{BASH}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `dialogsum completion`."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("shell", choices=("bash", "zsh", "query"), help="query: what a script asks")


def main(args: argparse.Namespace) -> int:
    """Print the script, or the words that fit the line in COMP_LINE."""
    if args.shell != "query":
        print(BASH if args.shell == "bash" else ZSH, end="")
        return 0
    line = os.environ.get("COMP_LINE", "dialogsum ")
    print(" ".join(offers(line)), end="")
    return 0


def offers(line: str) -> Iterable[str]:
    """The words that could stand where the line ends."""
    from dialogsum.cli import COMMANDS, PROGRAMS

    words = line.split()[1:]
    begun = "" if line.endswith(" ") or not words else words[-1]
    if len(words) - bool(begun) < 1:
        return [name for name in (*PROGRAMS, *COMMANDS) if name.startswith(begun)]
    if words[0] in PROGRAMS:
        return _hydra_offers(words[0], line.split(words[0], 1)[1])
    if words[0] in COMMANDS:
        return [option for option in _options(words[0]) if option.startswith(begun)]
    return []


def _hydra_offers(name: str, rest: str) -> list[str]:
    """Hydra knows its groups, options and keys; it prints them itself."""
    from dialogsum.cli import main as cli

    os.environ["COMP_LINE"] = f"dialogsum{rest}"
    sys.argv = ["dialogsum", name, "--shell-completion", "query=bash"]
    try:
        cli(sys.argv[1:])
    except SystemExit as stop:
        if stop.code:
            raise
    return []


def _options(name: str) -> list[str]:
    import importlib

    from dialogsum.cli import COMMANDS

    parser = argparse.ArgumentParser()
    importlib.import_module(COMMANDS[name][0]).add_arguments(parser)
    return [option for action in parser._actions for option in action.option_strings]
