"""A row of a comparison: runs that differ only in the seed, with their metrics and costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from dialogsum.compare.runs import RecordedEvaluation, RecordedRun, lookup
from dialogsum.evaluation.statistics import SeedSummary, bootstrap_means, column_means, seed_summary

LEAD = "lead-3"


@dataclass(frozen=True, eq=False)
class Member:
    """One evaluation of a system, in the order of its table's dialogues.

    Attributes:
        scores: metric -> float64 (n,), NaN where undefined.
    """

    evaluation: RecordedEvaluation
    texts: list[str]
    scores: dict[str, np.ndarray]

    @property
    def run(self) -> RecordedRun:
        return self.evaluation.run


@dataclass(frozen=True)
class MetricValue:
    """One metric of a system.

    Attributes:
        value: the mean over its runs.
        ci_low, ci_high: 95% bootstrap interval over dialogues, for these runs.
        n: dialogues for which it is defined.
        seeds: summary of the runs' separate values.
    """

    value: float | None
    ci_low: float | None
    ci_high: float | None
    n: int
    seeds: SeedSummary


@dataclass(eq=False)
class System:
    """Runs that differ only in the seed.

    Attributes:
        model: the model's name and, where it is another one than the name says, its base.
        members: one per seed.
        same: number of further seeds of an untrained system, which count once.
        label: unique within the table and model.
        computed: metric values computed so far, see `compute_metrics`.
    """

    strategy: str
    model: str | None
    settings: dict[str, Any]
    members: list[Member]
    groups: list[str | None]
    same: int = 0
    label: str = ""
    computed: dict[str, MetricValue] = field(default_factory=dict, repr=False)

    @property
    def trains(self) -> bool:
        return self.members[0].run.trains

    @property
    def varies(self) -> bool:
        """True if running it again with another seed gives other outputs, or may."""
        return self.strategy != LEAD and (self.trains or self.members[0].run.random_weights)

    @property
    def zero_shot(self) -> bool:
        """True for the unchanged model without examples in its prompt."""
        return not self.trains and not self.settings.get("prompt.shots")

    @cached_property
    def metrics(self) -> list[str]:
        """Metrics that every member has, in the order of its record."""
        names = list(self.members[0].evaluation.metrics)
        return [n for n in names if all(n in m.evaluation.metrics for m in self.members)]

    def scores(self, metric: str) -> np.ndarray | None:
        """Return the mean over the runs per dialogue, (n,); None if the metric has no scores."""
        base, _, group = metric.partition("@")
        if any(base not in member.scores for member in self.members):
            return None
        table = np.stack([member.scores[base] for member in self.members])
        mean = table[0] if len(table) == 1 else column_means(table)
        if not group:
            return mean
        return np.where([name == group for name in self.groups], mean, np.nan)

    def metric(self, name: str) -> MetricValue:
        """Return the value of a metric; all its numbers are None if the system lacks it."""
        if name not in self.computed:
            compute_metrics([self], [name])
        return self.computed[name]

    def values(self, metric: str) -> list[float]:
        """Return the value of each run that has the metric, by seed."""
        found = [member.evaluation.metrics.get(metric) for member in self.members]
        return [row["value"] for row in found if row and row["value"] is not None]

    def cost(self, path: str) -> float | None:
        """Return the mean over the runs of a number in their records; None if no run has it."""
        known = self.costs(path)
        return sum(known) / len(known) if known else None

    def costs(self, path: str) -> list[float]:
        """Return a number from the record of each run that has it, by seed.

        Generation costs come from the row's own evaluation. The generation time of a later
        evaluation is left out: a run's clock includes its validations, so they are not comparable.
        """
        if path == "time_s.fit" and not self.trains:
            return []  # the clock never ran
        evaluations = [member.evaluation for member in self.members]
        if path == "time_s.generate":
            evaluations = [found for found in evaluations if found.key is None]
        of_evaluation = "generate" in path
        records = [e.record if of_evaluation else e.run.record for e in evaluations]
        values = [lookup(record, path) for record in records]
        return [float(value) for value in values if isinstance(value, int | float)]


def compute_metrics(systems: Iterable[System], metrics: Sequence[str]) -> None:
    """Fill `System.computed` of many systems on the same dialogues with one bootstrap for all."""
    wanted: list[tuple[System, str, np.ndarray]] = []
    for system in systems:
        for name in metrics:
            if name in system.computed:
                continue
            recorded = system.computed[name] = _recorded(system, name)
            scores = system.scores(name) if recorded.seeds.n > 1 else None
            if scores is not None:
                wanted.append((system, name, scores))
    if not wanted:
        return
    means = bootstrap_means(np.stack([scores for _, _, scores in wanted], axis=1))
    for (system, name, _), low, high in zip(wanted, means.ci_low, means.ci_high, strict=True):
        system.computed[name] = replace(
            system.computed[name], ci_low=_or_none(low), ci_high=_or_none(high)
        )


def _recorded(system: System, metric: str) -> MetricValue:
    """Return the recorded values, without the interval of a mean over several runs."""
    rows = [member.evaluation.metrics.get(metric) for member in system.members]
    known = [row for row in rows if row and row["value"] is not None]
    seeds = seed_summary([row["value"] for row in known])
    if not known:
        return MetricValue(None, None, None, 0, seeds)
    if len(known) == 1:
        row = known[0]
        return MetricValue(row["value"], row["ci_low"], row["ci_high"], row["n"], seeds)
    return MetricValue(seeds.mean, None, None, known[0]["n"], seeds)


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
