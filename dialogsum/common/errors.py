"""Mistakes of the user, and how they are formatted."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from omegaconf.errors import ConfigAttributeError, ConfigKeyError

MANY = 25  # more names than that are not listed

# Messages of OmegaConf, and how they are formatted here.
REWORDED = {
    r"field '.*' is not Optional": "must not be null",
    r"Value '(.*)' of type '\w+' could not be converted to Integer": (
        r"must be a whole number, got '\1'"
    ),
    r"Value '(.*)' of type '\w+' could not be converted to Float": r"must be a number, got '\1'",
    r"Value '(.*)' is not a valid bool .*": r"must be true or false, got '\1'",
    r"Cannot convert '\w+' to string: '(.*)'": r"must be a text, got \1",
    r".* does not support deletion": "cannot be removed",
    r"Invalid type assigned: .* value: (.*)": r"is a section: give one of its keys a value, not \1",
}


class UserError(Exception):
    """A mistake of the user: printed without a traceback; exit code 2."""


class DataError(UserError, ValueError):
    """Unusable data; the message names file, line, reason and what to do."""

    @classmethod
    def at(cls, path: Path, line: int | None, reason: str) -> DataError:
        """Return an error about a line of a file, from 1; with None, about the whole file."""
        return cls(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")


class Interrupted(Exception):
    """A stop requested by the user or the cluster; the work done so far is saved."""


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


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return `"; did you mean 'x'?"`, or all known names if none is near and they are few."""
    names = {text.casefold(): text for text in sorted(set(known))}
    if close := difflib.get_close_matches(name.casefold(), names, n=1, cutoff=0.6):
        return f"; did you mean '{names[close[0]]}'?"
    return f"; known: {', '.join(names.values())}" if 0 < len(names) <= MANY else ""


def readable(error: BaseException) -> str:
    """Return the reason at the root of an error's chain, in one line."""
    while error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, (ConfigKeyError, ConfigAttributeError)) and error.parent_node is not None:
        return f"unknown key{suggestion(str(error.key), map(str, error.parent_node))}"
    text = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    useful = [line for line in lines if not line.startswith(("full_key:", "object_type", "See "))]
    reason = useful[0] if useful else type(error).__name__
    for theirs, ours in REWORDED.items():
        reason = re.sub(theirs, ours, reason)
    return reason
