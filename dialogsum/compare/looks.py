"""A colour and a marker per row for static plots, as the report gives them (assets/marks.js)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogsum.compare.payload import row_kind
from dialogsum.compare.verdicts import Row

COLOURS = (
    "#d9730d",
    "#1a9a76",
    "#b0619f",
    "#3fa7d6",
    "#a48a00",
    "#c8452f",
    "#5b63d3",
    "#8c5a3c",
    "#00868b",
    "#d06aa0",
)
MARKERS = ("s", "D", "^", "P", "X", "v", "*")
OWN = {"baseline": ("#2b7bba", "o"), "untrained": ("#858b94", "o"), "lead": ("#858b94", "s")}
HOLLOW = ("untrained", "lead")


def looks(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Keyword arguments of matplotlib per row; the first of each special kind has its own look."""
    seen: set[str] = set()
    found, turn = [], 0
    for row in rows:
        kind = row_kind(row)
        if kind in OWN and kind not in seen:
            seen.add(kind)
            colour, marker = OWN[kind]
        else:
            colour, marker = COLOURS[turn % len(COLOURS)], MARKERS[turn % len(MARKERS)]
            turn += 1
            kind = "trained"
        face = "white" if kind in HOLLOW else colour
        found.append({"color": colour, "marker": marker, "markerfacecolor": face})
    return found
