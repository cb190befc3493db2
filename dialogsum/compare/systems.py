"""A row of a comparison: runs that differ in nothing but the seed, and what they measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from dialogsum.compare.runs import Evaluation, Run, lookup
from dialogsum.evaluation.statistics import SeedSummary, bootstrap_means, column_means, seed_summary


@dataclass(frozen=True)
class Member:
    """One evaluation of a system, in the order of its table's dialogues.

    Attributes:
        scores: metric -> float64 (n,), NaN where undefined.
    """

    evaluation: Evaluation
    texts: list[str]
    scores: dict[str, np.ndarray]

    @property
    def run(self) -> Run:
        return self.evaluation.run


@dataclass(frozen=True)
class Figure:
    """One measured value of a system.

    Attributes:
        value: the mean over its runs.
        ci_low, ci_high: 95% bootstrap over dialogues, for these runs.
        n: dialogues on which it is defined.
        seeds: over the runs' own values.
    """

    value: float | None
    ci_low: float | None
    ci_high: float | None
    n: int
    seeds: SeedSummary


@dataclass
class System:
    """A row: runs that differ in nothing but the seed.

    Attributes:
        members: one per seed.
        same: further seeds of a system that is not trained, which count once.
        label: unique within the table and model.
    """

    strategy: str
    model: str | None
    settings: dict[str, Any]
    members: list[Member]
    groups: list[str | None]
    same: int = 0
    label: str = ""
    _figures: dict[str, Figure] = field(default_factory=dict, repr=False)

    @property
    def trains(self) -> bool:
        return self.members[0].run.trains

    @property
    def zero_shot(self) -> bool:
        """The model as it is, without examples in its prompt."""
        return not self.trains and not self.settings.get("prompt.shots")

    @cached_property
    def metrics(self) -> list[str]:
        """Metrics that every member has, as in its record."""
        names = list(self.members[0].evaluation.figures)
        return [n for n in names if all(n in m.evaluation.figures for m in self.members)]

    def scores(self, metric: str) -> np.ndarray | None:
        """Mean over the runs per dialogue, (n,); None where the metric has no such scores."""
        base, _, group = metric.partition("@")
        if any(base not in member.scores for member in self.members):
            return None
        table = np.stack([member.scores[base] for member in self.members])
        mean = table[0] if len(table) == 1 else column_means(table)
        if not group:
            return mean
        return np.where([its == group for its in self.groups], mean, np.nan)

    def figure(self, metric: str) -> Figure:
        """The value of a metric; all None where the system does not have it."""
        if metric not in self._figures:
            self._figures[metric] = self._measure(metric)
        return self._figures[metric]

    def _measure(self, metric: str) -> Figure:
        rows = [member.evaluation.figures.get(metric) for member in self.members]
        known = [row for row in rows if row and row["value"] is not None]
        seeds = seed_summary([row["value"] for row in known])
        if not known:
            return Figure(None, None, None, 0, seeds)
        if len(known) == 1:
            row = known[0]
            return Figure(row["value"], row["ci_low"], row["ci_high"], row["n"], seeds)
        scores = self.scores(metric)
        if scores is None:
            return Figure(seeds.mean, None, None, known[0]["n"], seeds)
        means = bootstrap_means(scores[:, None])
        low, high = (
            float(b[0]) if np.isfinite(b[0]) else None for b in (means.ci_low, means.ci_high)
        )
        return Figure(seeds.mean, low, high, known[0]["n"], seeds)

    def cost(self, path: str) -> float | None:
        """Mean over the runs of a number in their records; None where no run has it."""
        if path == "time_s.fit" and not self.trains:
            return None  # its clock never ran
        values = [lookup(member.run.record, path) for member in self.members]
        known = [float(value) for value in values if isinstance(value, int | float)]
        return sum(known) / len(known) if known else None
