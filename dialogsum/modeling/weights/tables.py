"""Tables of what training changed, for the terminal and for W&B."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from dialogsum.modeling.weights.changes import MovedToken
from dialogsum.modeling.weights.spectrum import MeasuredUpdate, Overlap

Rows = tuple[list[str], list[list[Any]]]


def parameter_rows(measured: Sequence[MeasuredUpdate]) -> Rows:
    """Return one row per changed parameter."""
    columns = ["parameter", "stack", "block", "module", "shape", "relative_norm", "update_norm"]
    columns += ["effective_rank", "stable_rank", "rank_90", "largest_singular_value"]
    rows = [
        [
            m.name,
            m.place.stack,
            m.place.layer,
            m.place.module,
            _shape(m),
            m.relative_norm,
            m.update_norm,
            m.effective_rank,
            m.stable_rank,
            m.rank_90,
            m.singular_values[0] if m.singular_values else None,
        ]
        for m in measured
    ]
    return columns, rows


def largest_rows(measured: Sequence[MeasuredUpdate]) -> Rows:
    """Return one row per changed parameter, largest update first, in columns for a terminal."""
    columns = ["parameter", "shape", "relative norm", "effective rank", "stable rank", "rank 90%"]
    ranked = sorted(measured, key=lambda m: -m.relative_norm)
    rows = [
        [m.name, _shape(m), m.relative_norm, m.effective_rank, m.stable_rank, m.rank_90]
        for m in ranked
    ]
    return columns, rows


def module_rows(measured: Sequence[MeasuredUpdate]) -> Rows:
    """Return one row per kind of module: means over the blocks."""
    groups: dict[str, list[MeasuredUpdate]] = defaultdict(list)
    for m in measured:
        groups[f"{m.place.stack} {m.place.module}"].append(m)
    columns = ["module", "matrices", "relative norm", "effective rank", "stable rank", "rank 90%"]
    rows = []
    for name, members in sorted(groups.items(), key=lambda item: -_mean_norm(item[1])):
        ranks = [
            _mean([getattr(m, key) for m in members])
            for key in ("effective_rank", "stable_rank", "rank_90")
        ]
        rows.append([name, len(members), _mean_norm(members), *ranks])
    return columns, rows


def overlap_rows(overlaps: Sequence[Overlap]) -> Rows:
    """Return one row per matrix that both runs changed."""
    columns = ["parameter", "k", "left", "left chance", "right", "right chance", "cosine"]
    rows = [
        [o.name, o.k, o.left, o.left_chance, o.right, o.right_chance, o.cosine] for o in overlaps
    ]
    return columns, rows


def token_rows(tokens: Sequence[MovedToken]) -> Rows:
    """Return one row per token, largest movement first."""
    return ["token", "movement", "cosine"], [[t.token, t.distance, t.cosine] for t in tokens]


def table_text(title: str, content: Rows, limit: int | None = None) -> str:
    """Format the first `limit` rows as a table, with the number of further rows below it."""
    columns, rows = content
    table = Table()
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right")
    for row in rows[:limit]:
        table.add_row(*map(_text, columns, row))
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


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _mean_norm(members: Sequence[MeasuredUpdate]) -> float:
    return sum(m.relative_norm for m in members) / len(members)
