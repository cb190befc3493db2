"""Color and marker of each row, the same in the report and in the static plots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dialogsum.compare.systems import LEAD
from dialogsum.compare.verdicts import Row

BASELINE, LEAD_ROW, UNTRAINED, TRAINED = "baseline", "lead", "untrained", "trained"


class RowStyle(NamedTuple):
    """Row category used for coloring, with its color and its marker as matplotlib names it."""

    kind: str
    color: str
    marker: str
    hollow: bool = False


SPECIAL = {
    BASELINE: RowStyle(BASELINE, "#2b7bba", "o"),
    UNTRAINED: RowStyle(UNTRAINED, "#858b94", "o", hollow=True),
    LEAD_ROW: RowStyle(LEAD_ROW, "#858b94", "s", hollow=True),
}
# They differ under the common color-vision deficiencies (after Okabe and Ito), in light and dark.
# fmt: off
COLORS = ("#d9730d", "#1a9a76", "#b0619f", "#3fa7d6", "#a48a00",
          "#c8452f", "#5b63d3", "#8c5a3c", "#00868b", "#d06aa0")
# fmt: on
MARKERS = ("s", "D", "^", "P", "X", "v", "*")


def row_styles(rows: Sequence[Row]) -> list[RowStyle]:
    """Return a style per row; the first row of a special kind has its own, others take turns."""
    unused = dict(SPECIAL)
    styles = []
    turn = 0
    for row in rows:
        kind = _kind(row)
        style = unused.pop(kind, None)
        if style is None:
            style = RowStyle(kind, COLORS[turn % len(COLORS)], MARKERS[turn % len(MARKERS)])
            turn += 1
        styles.append(style)
    return styles


def _kind(row: Row) -> str:
    if row.is_baseline:
        return BASELINE
    if row.system.strategy == LEAD:
        return LEAD_ROW
    return TRAINED if row.system.trains else UNTRAINED
