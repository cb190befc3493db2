"""Tables of what training changed, for the terminal and for W&B."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from dialogsum.modeling.weights.spectrum import MeasuredUpdate, Overlap

Rows = list[dict[str, Any]]  # column -> value, the same columns in each row

RANKS = {"effective rank": "effective_rank", "stable rank": "stable_rank", "rank 90%": "rank_90"}


def parameter_rows(measured: Sequence[MeasuredUpdate]) -> Rows:
    """Return one row per changed parameter."""
    return [
        {
            "parameter": m.name,
            "stack": m.place.stack,
            "block": m.place.layer,
            "module": m.place.module,
            "shape": _shape(m),
            "relative_norm": m.relative_norm,
            "update_norm": m.update_norm,
            "effective_rank": m.effective_rank,
            "stable_rank": m.stable_rank,
            "rank_90": m.rank_90,
            "largest_singular_value": m.singular_values[0] if m.singular_values else None,
        }
        for m in measured
    ]


def largest_rows(measured: Sequence[MeasuredUpdate]) -> Rows:
    """Return one row per changed parameter, largest update first, in columns for a terminal."""
    return [
        {"parameter": m.name, "shape": _shape(m), "relative norm": m.relative_norm}
        | {title: getattr(m, key) for title, key in RANKS.items()}
        for m in sorted(measured, key=lambda m: -m.relative_norm)
    ]


def module_rows(measured: Sequence[MeasuredUpdate]) -> Rows:
    """Return one row per kind of module: means over the blocks, largest update first."""
    groups: dict[str, list[MeasuredUpdate]] = defaultdict(list)
    for m in measured:
        groups[m.place.kind].append(m)
    means = {"relative norm": "relative_norm"} | RANKS
    rows: Rows = [
        {"module": kind, "matrices": len(members)}
        | {title: mean([getattr(m, key) for m in members]) for title, key in means.items()}
        for kind, members in sorted(groups.items())
    ]
    return sorted(rows, key=lambda row: -row["relative norm"])


def overlap_rows(overlaps: Sequence[Overlap]) -> Rows:
    """Return one row per matrix that both runs changed."""
    return [
        {
            "parameter": o.name,
            "k": o.k,
            "left": o.left,
            "left chance": o.left_chance,
            "right": o.right,
            "right chance": o.right_chance,
            "cosine": o.cosine,
        }
        for o in overlaps
    ]


def mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of the known values, None without one."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def table_text(title: str, rows: Rows, limit: int) -> str:
    """Format the first `limit` rows as a table, with the number of further rows below it."""
    table = Table()
    for number, column in enumerate(rows[0]):
        table.add_column(column, justify="right" if number else "left")
    for row in rows[:limit]:
        table.add_row(*(_text(column, value) for column, value in row.items()))
    buffer = io.StringIO()
    Console(file=buffer, width=120).print(table)
    further = len(rows) - len(rows[:limit])
    return f"{title}\n{buffer.getvalue()}" + (f"… and {further} more\n" if further else "")


def _shape(measured: MeasuredUpdate) -> str:
    return "×".join(map(str, measured.shape))


def _text(column: str, value: Any) -> str:
    """Format a value with the same number of decimals in all rows of its column."""
    if value is None:
        return "–"
    digits = 1 if "rank" in column else 4
    return f"{value:.{digits}f}" if isinstance(value, float) else str(value)
