"""Learning curves: the history of each metric in a run's metrics.csv."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

AXES = ("step", "seconds", "tokens")
TRAINING_CURVES = ("train/cross_entropy", "train/loss", "train/gradient_norm")
MAX_POINTS = 200  # of a curve
ENDS = {"lo": "_ci_low", "hi": "_ci_high"}  # columns with the interval of a curve
# The values of each axis, "y", and "lo" and "hi" where an interval was recorded. NaN where an end
# is unknown or training has diverged.
Curve = dict[str, list[float]]


def read_curves(path: Path) -> dict[str, Curve]:
    """Return the history of each metric in metrics.csv, with at most `MAX_POINTS` points.

    Seconds and tokens are logged at other steps than validation: they are interpolated by step.
    """
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        return {}
    steps = np.array([float(row["step"]) for row in rows])
    axes = {name: _axis(rows, steps, name) for name in AXES}
    curves = {}
    for name in filter(_is_curve, rows[0]):
        points = _thinned(np.array([i for i, row in enumerate(rows) if row[name]], dtype=int))
        columns = {"y": name} | {end: name + suffix for end, suffix in ENDS.items()}
        curves[name] = {
            axis: values[points].tolist() for axis, values in axes.items() if values is not None
        } | {
            key: [float(rows[i][column] or math.nan) for i in points]
            for key, column in columns.items()
            if column in rows[0]
        }
    return {name: curve for name, curve in curves.items() if curve["y"]}


def _is_curve(column: str) -> bool:
    is_end = column.endswith(tuple(ENDS.values()))
    return column in TRAINING_CURVES or (column.startswith("validation/") and not is_end)


def _axis(rows: Sequence[dict[str, str]], steps: np.ndarray, name: str) -> np.ndarray | None:
    known = [i for i, row in enumerate(rows) if row.get(name)]
    if not known:
        return None
    return np.interp(steps, steps[known], [float(rows[i][name]) for i in known])


def _thinned(indices: np.ndarray) -> np.ndarray:
    if len(indices) <= MAX_POINTS:
        return indices
    return indices[np.unique(np.linspace(0, len(indices) - 1, MAX_POINTS).round().astype(int))]
