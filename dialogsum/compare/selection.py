"""Filtering, sorting and grouping by anything that a run recorded."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import UserError, suggestion
from dialogsum.common.metric_catalog import HIGHER, MEASURES, measure
from dialogsum.compare.runs import Run
from dialogsum.compare.settings import run_values, short_value
from dialogsum.compare.systems import System
from dialogsum.compare.tables import Table
from dialogsum.compare.verdicts import Row

if TYPE_CHECKING:
    from dialogsum.compare.comparison import Options

Keep = Callable[[dict[str, Any]], bool]


@dataclass(frozen=True)
class Order:
    """How rows are arranged: by `key`, and together where they agree in `group_by`.

    Attributes:
        key: a metric, a dotted path of costs or a config key; None: the deciding metric.
        descending: None: best first, or upwards for what is neither better nor worse.
    """

    key: str | None
    descending: bool | None
    group_by: tuple[str, ...]

    @classmethod
    def parse(cls, options: Options, tables: Sequence[Table]) -> Order:
        """Read `--sort KEY[:asc|:desc]` and `--group-by KEY`.

        Raises:
            UserError: no row has such a key.
        """
        systems = [system for table in tables for system in table.systems]
        keys = {key for system in systems for key in values_of(system)}
        metrics = {name for system in systems for name in system.metrics}
        groups = tuple(_resolve("--group-by", key, keys) for key in options.group_by)
        if options.sort is None:
            return cls(None, None, groups)
        name, _, direction = options.sort.partition(":")
        if direction not in ("", "asc", "desc"):
            raise UserError(f"--sort: ':{direction}' is neither ':asc' nor ':desc'")
        key = _resolve("--sort", name, keys | metrics | set(MEASURES))
        return cls(key, direction == "desc" if direction else None, groups)


def parse_filters(filters: Iterable[str], runs: Sequence[Run]) -> Keep:
    """A predicate for the values of a run: `key=a,b` is one of them, `key!=a` is none.

    Raises:
        UserError: not of this form, or no run has such a key.
    """
    known = {key for run in runs for key in run_values(run)}
    tests: list[tuple[str, bool, list[str]]] = []
    for text in filters:
        name, equals, wanted = text.partition("=")
        if not equals:
            raise UserError(f"--filter: '{text}' is not key=value or key!=value")
        key = _resolve("--filter", name.removesuffix("!"), known)
        tests.append((key, name.endswith("!"), wanted.split(",")))

    def keep(values: dict[str, Any]) -> bool:
        return all(
            any(_same(values.get(key), text) for text in wanted) != negated
            for key, negated, wanted in tests
        )

    return keep


def values_of(system: System) -> dict[str, Any]:
    """All that a row can be sorted and grouped by, but for its figures."""
    return {
        **run_values(system.members[0].run),
        **system.settings,
        "label": system.label,
        "runs": len(system.members),
    }


def group_of(system: System, keys: Sequence[str]) -> str:
    """The heading that a row stands under: `model.name=tiny`; "" without groups."""
    values = values_of(system)
    return ", ".join(
        f"without {key}" if values.get(key) is None else f"{key}={short_value(values[key])}"
        for key in keys
    )


def sort_rows(rows: Sequence[Row], order: Order, metric: str) -> list[Row]:
    """Rows in order; those without the value last, groups together."""
    key = order.key or metric
    descending = order.descending
    if descending is None:
        descending = key in _measured(rows) and measure(key).better == HIGHER
    known = [row for row in rows if _value(row, key) is not None]
    unknown = [row for row in rows if _value(row, key) is None]
    known.sort(key=lambda row: _sortable(_value(row, key)), reverse=descending)
    found = known + unknown
    if order.group_by:
        found.sort(key=lambda row: _group_key(row.system, order.group_by))
    return found


def _measured(rows: Sequence[Row]) -> set[str]:
    return {name for row in rows for name in row.system.metrics} | set(MEASURES)


def _value(row: Row, key: str) -> Any:
    if key in row.system.metrics:
        return row.system.figure(key).value
    if key in MEASURES:
        return row.system.cost(key)
    return values_of(row.system).get(key)


def _group_key(system: System, keys: Sequence[str]) -> tuple[Any, ...]:
    values = values_of(system)
    return tuple((values.get(key) is None, _sortable(values.get(key))) for key in keys)


def _sortable(value: Any) -> tuple[float, str]:
    """Numbers by size and before texts, so that mixed values have an order too."""
    if isinstance(value, bool | int | float):
        return (float(value), "")
    return (math.inf, short_value(value))


def _resolve(option: str, name: str, known: set[str]) -> str:
    """The key itself, or the only one that ends with it: learning_rate."""
    if name in known:
        return name
    ending = sorted(key for key in known if key.endswith(f".{name}"))
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise UserError(f"{option}: '{name}' may be any of {', '.join(ending)}")
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
