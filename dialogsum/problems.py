"""What is wrong with a configuration, as the user is told."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class UserError(Exception):
    """A mistake of the user's: printed as it is, without a traceback; exit code 2."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: `where` is a dotted config path or a file, `what` a sentence."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class ConfigurationError(UserError):
    """All problems of a command together."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        count = len(self.problems)
        title = "1 problem" if count == 1 else f"{count} problems"
        lines = [f"{title} in the configuration; nothing was started:"]
        super().__init__("\n".join(lines + [f"  {problem}" for problem in self.problems]))


def nearest(name: str, known: Iterable[str]) -> str:
    """`"; did you mean 'x'?"` or, with nothing near, the list of what there is."""
    names = sorted(set(known))
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"; did you mean '{close[0]}'?"
    return f"; there is {', '.join(names)}" if names else ""
