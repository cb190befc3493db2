"""Filter and sort by everything that a run recorded."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dialogsum.common.errors import UserError, suggestion
from dialogsum.common.metric_catalog import COSTS, HIGHER, measure
from dialogsum.compare.runs import RecordedRun
from dialogsum.compare.settings import run_values, short_value
from dialogsum.compare.systems import System
from dialogsum.compare.tables import Table
from dialogsum.compare.verdicts import Row

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
        key = _resolve("--filter", name.removesuffix("!"), known)
        tests.append((key, name.endswith("!"), wanted.split(",")))

    def selected(values: dict[str, Any]) -> bool:
        return all(
            any(_same(values.get(key), text) for text in wanted) != negated
            for key, negated, wanted in tests
        )

    return selected


@dataclass(frozen=True)
class Order:
    """The order of rows.

    Attributes:
        key: a metric, a dotted path of costs or a config key; None: the deciding metric.
        descending: None: best first, or ascending if there is no better direction.
    """

    key: str | None = None
    descending: bool | None = None

    @classmethod
    def parse(cls, text: str | None, tables: Sequence[Table]) -> Order:
        """Parse `--sort KEY[:asc|:desc]`.

        Raises:
            UserError: no row has such a key, or the direction is unknown.
        """
        if text is None:
            return cls()
        name, _, direction = text.partition(":")
        if direction not in ("", "asc", "desc"):
            raise UserError(f"--sort: ':{direction}' is neither ':asc' nor ':desc'")
        systems = [system for table in tables for system in table.systems]
        known = {key for system in systems for key in (*_values(system), *system.metrics)}
        key = _resolve("--sort", name, known | set(COSTS))
        return cls(key, direction == "desc" if direction else None)

    def sort(self, rows: Sequence[Row], metric: str) -> list[Row]:
        """Return the rows in order; those without the value come last."""
        key = self.key or metric
        descending = self.descending
        if descending is None:
            measured = key in COSTS or any(key in row.system.metrics for row in rows)
            descending = measured and measure(key).better == HIGHER
        known = [row for row in rows if _value(row.system, key) is not None]
        known.sort(key=lambda row: _sortable(_value(row.system, key)), reverse=descending)
        return known + [row for row in rows if _value(row.system, key) is None]


def _values(system: System) -> dict[str, Any]:
    """Return everything that a row can be sorted by, except its metrics and costs."""
    own = {"label": system.label, "runs": len(system.members)}
    return run_values(system.members[0].run) | system.settings | own


def _value(system: System, key: str) -> Any:
    if key in system.metrics:
        return system.metric(key).value
    return system.cost(key) if key in COSTS else _values(system).get(key)


def _sortable(value: Any) -> tuple[float, str]:
    """Return a key that orders numbers by size and before texts, so that values may be mixed."""
    if isinstance(value, bool | int | float):
        return (float(value), "")
    return (math.inf, short_value(value))


def _resolve(option: str, name: str, known: set[str]) -> str:
    """Return the key itself, or the only one that ends with it, such as learning_rate."""
    if name in known:
        return name
    ending = sorted(key for key in known if key.endswith(f".{name}"))
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise UserError(f"{option}: '{name}' is ambiguous: {', '.join(ending)}")
    raise UserError(f"{option}: no run has '{name}'{suggestion(name, known)}")


def _same(value: Any, text: str) -> bool:
    if value is None:
        return text in ("", "null")
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return math.isclose(float(value), float(text))
        except ValueError:
            return False
    return text in (str(value), short_value(value))
