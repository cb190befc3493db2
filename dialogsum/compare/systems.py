"""A row of a comparison: runs that differ in nothing but the seed, and what they measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from dialogsum.compare.runs import Evaluation, Run, lookup
from dialogsum.evaluation.statistics import SeedSummary, bootstrap_means, column_means, seed_summary


@dataclass(frozen=True, eq=False)
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


@dataclass(eq=False)
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
            measure_all([self], [metric])
        return self._figures[metric]

    def cost(self, path: str) -> float | None:
        """Mean over the runs of a number in their records; None where no run has it."""
        known = self.costs(path)
        return sum(known) / len(known) if known else None

    def costs(self, path: str) -> list[float]:
        """A number in the records of the runs that have it, by seed.

        Generation is that of the row's own evaluation. The time of a later one is left out: a run's
        clock has validations in it, so that the two cannot stand beside each other.
        """
        if path == "time_s.fit" and not self.trains:
            return []  # its clock never ran
        evaluations = [member.evaluation for member in self.members]
        if path == "time_s.generate":
            evaluations = [found for found in evaluations if found.key is None]
        own = "generate" in path
        values = [lookup(found.record if own else found.run.record, path) for found in evaluations]
        return [float(value) for value in values if isinstance(value, int | float)]


def measure_all(systems: Iterable[System], metrics: Sequence[str]) -> None:
    """Work out figures of many systems on the same dialogues together: one bootstrap for all."""
    wanted: list[tuple[System, str, np.ndarray]] = []
    for system in systems:
        for metric in metrics:
            if metric in system._figures:
                continue
            figure = _recorded(system, metric)
            system._figures[metric] = figure
            scores = system.scores(metric) if figure.seeds.n > 1 else None
            if scores is not None:
                wanted.append((system, metric, scores))
    if not wanted:
        return
    means = bootstrap_means(np.stack([scores for _, _, scores in wanted], axis=1))
    for (system, metric, _), low, high in zip(wanted, means.ci_low, means.ci_high, strict=True):
        system._figures[metric] = replace(
            system._figures[metric], ci_low=_or_none(low), ci_high=_or_none(high)
        )


def _recorded(system: System, metric: str) -> Figure:
    """What the records say, without the interval of a mean over several runs."""
    rows = [member.evaluation.figures.get(metric) for member in system.members]
    known = [row for row in rows if row and row["value"] is not None]
    seeds = seed_summary([row["value"] for row in known])
    if not known:
        return Figure(None, None, None, 0, seeds)
    if len(known) == 1:
        row = known[0]
        return Figure(row["value"], row["ci_low"], row["ci_high"], row["n"], seeds)
    return Figure(seeds.mean, None, None, known[0]["n"], seeds)


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
