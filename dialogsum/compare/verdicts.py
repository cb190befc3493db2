"""Decide which differences are significant: each system against its baseline, and every pair.

The decision is approximate randomization over the dialogues, Holm-corrected, on the mean of each
system's runs per dialogue. It is conditional on the trained runs: training again is a second
source of chance that dialogues cannot show. Where both sides have that chance measured, by seeds,
a difference that the t-interval of the difference between seed means does not confirm is marked.
Asking for both holds the level of each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from dialogsum.common.metric_catalog import LOWER, NEITHER, measure
from dialogsum.compare.settings import TRAINED_ON
from dialogsum.compare.systems import System
from dialogsum.compare.tables import Table
from dialogsum.evaluation.statistics import PairwiseTests, compare_systems, t_quantile

LEVEL = 0.05
BETTER, WORSE, DIFFERENT, UNDECIDED = "better", "worse", "different", "undecided"
SELECTED_BY = "rougeL"  # on validation: chooses the baseline among several configurations


@dataclass(frozen=True)
class Verdict:
    """A system against its baseline on one metric, in the metric's recorded unit.

    Attributes:
        detectable: smallest true difference found with 80% power at this n and spread.
        seeds: 95% t-interval of the difference between seed means; None where a side that was
            trained has one run only.
        outcome: better, worse, different (the metric has no better direction) or undecided.
    """

    difference: float
    ci_low: float
    ci_high: float
    p_value: float
    p_holm: float
    detectable: float
    n: int
    seeds: tuple[float, float] | None
    outcome: str

    @property
    def confirmed(self) -> bool | None:
        """True if the seeds alone show the difference too; None if they cannot be asked."""
        return excludes_zero(self.seeds)

    @property
    def unconfirmed(self) -> bool:
        """True if the dialogues show a difference that the seeds do not confirm."""
        return self.outcome != UNDECIDED and self.confirmed is False


@dataclass(eq=False)
class Row:
    """A system and the result of comparing it with its baseline.

    Attributes:
        verdict: None for the baseline itself and for a row without a baseline or scores.
        gain_retained: share of the baseline's improvement over zero-shot, 1.0 for all of it.
    """

    system: System
    baseline: System | None
    verdict: Verdict | None = None
    gain_retained: float | None = None

    @property
    def is_baseline(self) -> bool:
        return self.baseline is self.system


@dataclass
class Section:
    """A table judged by one metric.

    Attributes:
        baseline: strategy or label of the rows that the others are compared with.
        findings: sentences on the best trained rows; they are among the notes too.
    """

    table: Table
    metric: str
    baseline: str | None
    rows: list[Row]
    title: str = ""
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def systems(self) -> list[System]:
        return [row.system for row in self.rows]

    def by(self, metric: str) -> Section:
        """Return the same rows in the same order, judged by another metric."""
        other = judge(self.table, metric, self.baseline)
        position = {id(system): place for place, system in enumerate(self.systems)}
        other.rows.sort(key=lambda row: position[id(row.system)])
        return other


@dataclass(frozen=True)
class Pairs:
    """Every pair of systems on one metric: (k, k), row minus column, NaN on the diagonal.

    Attributes:
        outcome: of the row's system against the column's; Holm's correction is over all pairs.
        confirmed: True if the seeds alone show it too, None if they cannot be asked.
    """

    difference: np.ndarray
    p_holm: np.ndarray
    outcome: list[list[str]]
    confirmed: list[list[bool | None]]


def default_baseline(table: Table) -> str | None:
    """Return `full` if it was trained on this data, else the untrained model, else any `full`.

    On data that nothing was trained on the question is what training has gained or cost there.
    """
    full = [system for system in table.systems if system.strategy == "full"]
    if any(system.settings.get(TRAINED_ON) in table.dialogues.names for system in full):
        return "full"
    untrained = next((s.strategy for s in table.systems if s.zero_shot and s.model), None)
    return untrained or ("full" if full else None)


def judge(table: Table, metric: str, baseline: str | None) -> Section:
    """Compare each system of the table with the baseline of its model, in the table's order."""
    candidates = [s for s in table.systems if baseline and baseline in (s.strategy, s.label)]
    rows = [Row(system, _best_match(system, candidates)) for system in table.systems]
    compared = [
        row
        for row in rows
        if row.baseline
        and not row.is_baseline
        and row.system.scores(metric) is not None
        and row.baseline.scores(metric) is not None
    ]
    index = {id(system): place for place, system in enumerate(table.systems)}
    pairs = [(index[id(row.system)], index[id(row.baseline)]) for row in compared]
    tests = pairwise_tests(table.systems, metric, pairs)
    for place, row in enumerate(compared):
        row.verdict = _verdict(row, tests, place, metric)
    for row in rows:
        row.gain_retained = _gain_retained(row, rows, metric)
    return Section(table, metric, baseline, rows)


def pairwise_tests(
    systems: Sequence[System], metric: str, pairs: Sequence[tuple[int, int]]
) -> PairwiseTests:
    """Test pairs of systems on their per-dialogue means; all NaN without scores.

    Args:
        pairs: indices (a, b) into `systems`.
    """
    columns = [system.scores(metric) for system in systems]
    n = next((len(column) for column in columns if column is not None), 0)
    table = np.stack([np.full(n, np.nan) if c is None else c for c in columns])
    used = sorted({index for pair in pairs for index in pair})
    place = {index: number for number, index in enumerate(used)}
    return compare_systems(
        table[used] if used else table[:0], pairs=[(place[a], place[b]) for a, b in pairs]
    )


def all_pairs(systems: Sequence[System], metric: str) -> Pairs:
    """Compare every system with every other one."""
    k = len(systems)
    difference, p_holm = np.full((2, k, k), np.nan)
    outcomes = [["" for _ in systems] for _ in systems]
    by_seeds: list[list[bool | None]] = [[None for _ in systems] for _ in systems]
    scored = [index for index in range(k) if systems[index].scores(metric) is not None]
    pairs = list(combinations(scored, 2))
    tests = pairwise_tests(systems, metric, pairs)
    for (a, b), delta, p in zip(pairs, tests.difference, tests.p_holm, strict=True):
        difference[a, b], difference[b, a] = delta, -delta
        p_holm[a, b] = p_holm[b, a] = p
        outcomes[a][b], outcomes[b][a] = outcome(delta, p, metric), outcome(-delta, p, metric)
        interval = seed_interval(systems[a], systems[b], metric)
        by_seeds[a][b] = by_seeds[b][a] = excludes_zero(interval)
    return Pairs(difference, p_holm, outcomes, by_seeds)


def _best_match(system: System, candidates: Sequence[System]) -> System | None:
    """Return the candidate of the same model whose decoding, training data and prompt fit best.

    Of several configurations the one that is best on validation: not on test. An output file of
    unknown origin is compared only if there is a single model.
    """
    models = {candidate.model for candidate in candidates}
    model = system.model if system.model or len(models) != 1 else next(iter(models))
    fitting = [candidate for candidate in candidates if candidate.model == model]
    return max(fitting, key=lambda c: (*_fit(system, c), _on_validation(c)), default=None)


def _fit(system: System, candidate: System) -> tuple[bool, ...]:
    def same(key: str) -> bool:
        return system.settings.get(key) == candidate.settings.get(key)

    same_data = same("dataset.name") or not candidate.trains
    same_prompt = same("prompt.name") if candidate.trains else candidate.zero_shot
    return (same("generation.name"), same_data, same("engine"), same_prompt)


def _on_validation(system: System) -> float:
    value = system.cost(f"metrics.validation.{SELECTED_BY}.value")
    return -math.inf if value is None else value


def _verdict(row: Row, tests: PairwiseTests, place: int, metric: str) -> Verdict:
    assert row.baseline is not None
    difference, p_holm = float(tests.difference[place]), float(tests.p_holm[place])
    return Verdict(
        difference=difference,
        ci_low=float(tests.ci_low[place]),
        ci_high=float(tests.ci_high[place]),
        p_value=float(tests.p_value[place]),
        p_holm=p_holm,
        detectable=float(tests.detectable[place]),
        n=int(tests.n[place]),
        seeds=seed_interval(row.system, row.baseline, metric),
        outcome=outcome(difference, p_holm, metric),
    )


def outcome(difference: float, p_holm: float, metric: str) -> str:
    """Return the meaning of a corrected p-value in the direction that is better for the metric."""
    if not p_holm < LEVEL:
        return UNDECIDED
    better = measure(metric).better
    if better == NEITHER:
        return DIFFERENT
    return BETTER if (difference > 0) != (better == LOWER) else WORSE


def seed_interval(first: System, second: System, metric: str) -> tuple[float, float] | None:
    """Return the 95% Welch interval of the difference between the means over seeds.

    The degrees of freedom are rounded down. An untrained side adds no variance; None where a
    trained side has one run.
    """
    sides = [side.metric(metric).seeds for side in (first, second)]
    if any(side.mean is None for side in sides):
        return None
    terms = []
    for system, side in zip((first, second), sides, strict=True):
        if side.n > 1 and side.sd is not None:
            terms.append((side.sd**2 / side.n, side.n - 1))
        elif system.trains:
            return None
    return welch_interval((sides[0].mean or 0.0) - (sides[1].mean or 0.0), terms)


def excludes_zero(interval: tuple[float, float] | None) -> bool | None:
    """Return whether an interval excludes 0; None without an interval."""
    return None if interval is None else not interval[0] <= 0 <= interval[1]


def welch_interval(
    difference: float, terms: Sequence[tuple[float, int]]
) -> tuple[float, float] | None:
    """Return the 95% interval of a difference of means, or None if no side varies.

    Args:
        terms: squared standard error and degrees of freedom of each side that varies.
    """
    variance = sum(term for term, _ in terms)
    if not variance:
        return None
    df = math.floor(variance**2 / sum(term**2 / free for term, free in terms))
    half = t_quantile(0.975, max(df, 1)) * math.sqrt(variance)
    return difference - half, difference + half


def _gain_retained(row: Row, rows: Sequence[Row], metric: str) -> float | None:
    """Return (system - zero-shot) / (baseline - zero-shot).

    None where the dialogues do not show that the baseline improves on zero-shot: the share would
    be noise.
    """
    untrained = [other.system for other in rows if other.system.zero_shot and other.system.model]
    start = _best_match(row.system, untrained)
    if row.baseline is None or start is None or not row.baseline.trains or not row.system.model:
        return None
    of_start = (r.verdict for r in rows if r.system is start and r.baseline is row.baseline)
    verdict = next(of_start, None)
    if row.system is start or verdict is None or verdict.outcome != WORSE:
        return None
    values = [s.metric(metric).value for s in (row.system, row.baseline, start)]
    own, full, zero = (math.nan if value is None else value for value in values)
    return (own - zero) / (full - zero)
