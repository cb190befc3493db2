"""What plots need beyond the table: every pair, scores by dialogue length, learning curves."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from dialogsum.compare.comparison import Section
from dialogsum.compare.systems import System
from dialogsum.compare.verdicts import compare, confirmed, outcome, seed_interval
from dialogsum.evaluation.statistics import bootstrap_means

BINS = 5
FEW = 5  # dialogues below which a bin says nothing
AXES = ("step", "seconds", "tokens")
TRAINING_CURVES = ("train/cross_entropy", "train/loss", "train/gradient_norm")
MAX_POINTS = 200  # of a curve
ENDS = {"lo": "_ci_low", "hi": "_ci_high"}  # of a curve's interval, columns beside its own


@dataclass(frozen=True)
class Pairs:
    """Every pair of systems on one metric: (k, k), first minus second, NaN on the diagonal.

    `outcome` is of the row's system against the column's; Holm's correction is over all pairs.
    `confirmed`: whether the seeds alone show it too, None where they cannot be asked.
    """

    difference: np.ndarray
    p_holm: np.ndarray
    outcome: list[list[str]]
    confirmed: list[list[bool | None]]


@dataclass(frozen=True)
class LengthBins:
    """Means of a metric by length of the dialogue in words: arrays (bins, k)."""

    bounds: list[tuple[int, int]]
    n: list[int]
    value: np.ndarray
    ci_low: np.ndarray
    ci_high: np.ndarray


# One figure's history: the values of each axis, "y", and the ends of its interval where it has one;
# NaN where an end is not known or training has diverged.
Curve = dict[str, list[float]]


def all_pairs(systems: Sequence[System], metric: str) -> Pairs:
    """Compare every system with every other one."""
    k = len(systems)
    difference, p_holm = np.full((2, k, k), np.nan)
    outcomes = [["" for _ in systems] for _ in systems]
    by_seeds: list[list[bool | None]] = [[None for _ in systems] for _ in systems]
    pairs = [
        (a, b)
        for a, b in combinations(range(k), 2)
        if systems[a].scores(metric) is not None and systems[b].scores(metric) is not None
    ]
    found = compare(systems, metric, pairs)
    for (a, b), delta, p in zip(pairs, found.difference, found.p_holm, strict=True):
        difference[a, b], difference[b, a] = delta, -delta
        p_holm[a, b] = p_holm[b, a] = p
        outcomes[a][b], outcomes[b][a] = outcome(delta, p, metric), outcome(-delta, p, metric)
        seeds = seed_interval(systems[a], systems[b], metric)
        by_seeds[a][b] = by_seeds[b][a] = confirmed(seeds)
    return Pairs(difference, p_holm, outcomes, by_seeds)


def by_length(section: Section, metrics: Sequence[str]) -> dict[str, LengthBins]:
    """Means with intervals in bins with about as many dialogues each; {} without dialogues."""
    sources = section.table.dialogues.sources
    if not all(sources):
        return {}
    words = np.array([len(source.split()) for source in sources])
    bounds = _bounds(words)
    members = [(words >= low) & (words <= high) for low, high in bounds]
    k = len(section.systems)
    found = {}
    columns = np.stack(
        [_scores(s, metric, len(words)) for metric in metrics for s in section.systems], axis=1
    )
    means = [bootstrap_means(columns[inside]) for inside in members]
    for place, metric in enumerate(metrics):
        part = slice(place * k, (place + 1) * k)
        found[metric] = LengthBins(
            bounds=bounds,
            n=[int(inside.sum()) for inside in members],
            value=np.stack([m.value[part] for m in means]),
            ci_low=np.stack([m.ci_low[part] for m in means]),
            ci_high=np.stack([m.ci_high[part] for m in means]),
        )
    return found


def _bounds(words: np.ndarray) -> list[tuple[int, int]]:
    """Bins (from, to), both included, that divide the dialogues about evenly."""
    bins = max(1, min(BINS, len(words) // FEW))
    edges = np.unique(np.quantile(words, np.linspace(0, 1, bins + 1)).astype(int))
    if len(edges) == 1:
        return [(int(edges[0]), int(edges[0]))]
    starts = [int(edges[0]), *(int(edge) + 1 for edge in edges[1:-1])]
    return list(zip(starts, map(int, edges[1:]), strict=True))


def _scores(system: System, metric: str, n: int) -> np.ndarray:
    scores = system.scores(metric)
    return np.full(n, np.nan) if scores is None else scores


def read_curves(path: Path) -> dict[str, Curve]:
    """The history of each figure in metrics.csv, at most `MAX_POINTS` points each.

    Seconds and tokens are logged at other steps than validation: they are read off by step.
    """
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    steps = np.array([float(row["step"]) for row in rows])
    axes = {name: _axis(rows, steps, name) for name in AXES}
    curves = {}
    for name in _figures(rows[0]) if rows else ():
        known = _thinned(np.array([i for i, row in enumerate(rows) if row[name]], dtype=int))
        columns = {"y": name} | {end: name + ending for end, ending in ENDS.items()}
        curves[name] = {
            axis: values[known].tolist() for axis, values in axes.items() if values is not None
        } | {
            key: [_number(rows[i][column]) for i in known]
            for key, column in columns.items()
            if column in rows[0]
        }
    return {name: curve for name, curve in curves.items() if curve["y"]}


def _figures(columns: Iterable[str]) -> list[str]:
    """The columns that are curves of their own."""
    return [
        name
        for name in columns
        if name in TRAINING_CURVES
        or (name.startswith("validation/") and not name.endswith(tuple(ENDS.values())))
    ]


def _number(cell: str) -> float:
    return float(cell) if cell else math.nan


def _axis(rows: Sequence[dict[str, str]], steps: np.ndarray, name: str) -> np.ndarray | None:
    known = [i for i, row in enumerate(rows) if row.get(name)]
    if not known:
        return None
    return np.interp(steps, steps[known], [float(rows[i][name]) for i in known])


def _thinned(indices: np.ndarray) -> np.ndarray:
    if len(indices) <= MAX_POINTS:
        return indices
    return indices[np.unique(np.linspace(0, len(indices) - 1, MAX_POINTS).round().astype(int))]
