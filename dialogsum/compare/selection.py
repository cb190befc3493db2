"""Filter by everything that a run recorded."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dialogsum.common.errors import UserError, suggestion
from dialogsum.compare.runs import RecordedRun
from dialogsum.compare.settings import run_values, short_value

Selected = Callable[[dict[str, Any]], bool]


def parse_filters(filters: Iterable[str], runs: Sequence[RecordedRun]) -> Selected:
    """Return a predicate on the values of a run: `key=a,b` is one of them, `key!=a` is not a.

    Raises:
        UserError: a filter has another form, or no run has such a key.
    """
    known = {key for run in runs for key in run_values(run)}
    tests: list[tuple[str, bool, list[str]]] = []
    for text in filters:
        name, equals, wanted = text.partition("=")
        if not equals:
            raise UserError(f"--filter: '{text}' is not key=value or key!=value")
        key = _resolve(name.removesuffix("!"), known)
        tests.append((key, name.endswith("!"), wanted.split(",")))

    def selected(values: dict[str, Any]) -> bool:
        return all(
            any(_same(values.get(key), text) for text in wanted) != negated
            for key, negated, wanted in tests
        )

    return selected


def _resolve(name: str, known: set[str]) -> str:
    """Return the key itself, or the only one that ends with it, such as learning_rate."""
    if name in known:
        return name
    ending = sorted(key for key in known if key.endswith(f".{name}"))
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise UserError(f"--filter: '{name}' is ambiguous: {', '.join(ending)}")
    raise UserError(f"--filter: no run has '{name}'{suggestion(name, known)}")


def _same(value: Any, text: str) -> bool:
    if value is None:
        return text in ("", "null")
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return math.isclose(float(value), float(text))
        except ValueError:
            return False
    return text in (str(value), short_value(value))
