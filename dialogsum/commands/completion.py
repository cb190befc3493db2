"""`dialogsum completion`: complete the words of a command line in bash and zsh."""

from __future__ import annotations

import argparse
import importlib
import os
import re

from dialogsum.commands import COMMANDS, PROGRAMS, run_program

DESCRIPTION = """\
Prints a script that completes `dialogsum` commands, groups, options and keys:

  eval "$(dialogsum completion bash)"      in ~/.bashrc
  eval "$(dialogsum completion zsh)"       in ~/.zshrc
"""
# Without the change of COMP_WORDBREAKS, bash cuts words such as strategy=lora at "=".
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
    """Add the options of `dialogsum completion`."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("shell", choices=("bash", "zsh", "query"), help="query: used by the script")


def main(args: argparse.Namespace) -> int:
    """Print the script, or the words that fit the line in COMP_LINE."""
    if args.shell != "query":
        print(BASH if args.shell == "bash" else ZSH, end="")
        return 0
    line = os.environ.get("COMP_LINE", "dialogsum ")
    words = line.split()[1:]
    if words and words[0] in PROGRAMS and (len(words) > 1 or line.endswith(" ")):
        # Hydra knows its groups, options and keys; it prints them itself.
        os.environ["COMP_LINE"] = f"dialogsum{line.split(words[0], 1)[1]}"
        return run_program(words[0], ["--shell-completion", "query=bash"])
    print(" ".join(completions(line)), end="")
    return 0


def completions(line: str) -> list[str]:
    """Return the commands, or the options of the command, that continue the last word."""
    words = line.split()[1:]
    begun = "" if line.endswith(" ") or not words else words.pop()
    if not words:
        choices = [*PROGRAMS, *COMMANDS]
    elif words[0] in COMMANDS:
        parser = argparse.ArgumentParser()
        importlib.import_module(COMMANDS[words[0]][0]).add_arguments(parser)
        choices = re.findall(r"(?<=[\s[])--?[a-z][a-z-]*", parser.format_usage())
    else:
        choices = []
    return [choice for choice in choices if choice.startswith(begun)]
