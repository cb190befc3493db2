"""Decide which differences are significant: each system against its baseline, and every pair.

The decision is approximate randomization over the dialogues, Holm-corrected, on the mean of each
system's runs per dialogue. It is conditional on the trained runs: training again is a second
source of chance that dialogues cannot show, only seeds. A mark says which of the two is known: the
t-interval of the difference between seed means confirms the difference, does not confirm it, or
cannot be computed because a trained side has one run. Asking for both holds the level of each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from dialogsum.common.metric_catalog import LOWER, NEITHER, measure
from dialogsum.compare.settings import TRAINED_ON
from dialogsum.compare.systems import System
from dialogsum.compare.tables import Table
from dialogsum.evaluation.statistics import (
    PairwiseTests,
    bootstrap_ratio,
    compare_systems,
    t_quantile,
)

LEVEL = 0.05
BETTER, WORSE, DIFFERENT, UNDECIDED = "better", "worse", "different", "undecided"
MARKS = {BETTER: "▲", WORSE: "▼", DIFFERENT: "≠"}
SELECTED_BY = "rougeL"  # on validation: chooses the baseline among several configurations


@dataclass(frozen=True)
class Verdict:
    """A system against another one on one metric, in the metric's recorded unit.

    Attributes:
        detectable: smallest true difference found with 80% power at this n and spread.
        seeds_low, seeds_high: 95% t-interval of the difference between seed means, if known.
        confirmed: True if the seeds show the difference too, or neither side was trained; False if
            they do not; None if it cannot be known: a trained side has one run.
    """

    metric: str
    difference: float
    ci_low: float
    ci_high: float
    p_value: float
    p_holm: float
    detectable: float
    n: int
    seeds_low: float | None
    seeds_high: float | None
    confirmed: bool | None

    @property
    def outcome(self) -> str:
        """better, worse, different (the metric has no better direction) or undecided."""
        better = measure(self.metric).better
        if not self.p_holm < LEVEL:
            return UNDECIDED
        if better == NEITHER:
            return DIFFERENT
        return BETTER if (self.difference > 0) != (better == LOWER) else WORSE

    @property
    def mark(self) -> str:
        """▲ confirmed by seeds, (▲) not confirmed, ▲? cannot be known; empty if undecided."""
        mark = MARKS.get(self.outcome, "")
        if not mark or self.confirmed:
            return mark
        return f"{mark}?" if self.confirmed is None else f"({mark})"

    @property
    def ahead(self) -> float:
        """How far the first system is ahead, in the direction that is better."""
        return self.difference * (-1 if measure(self.metric).better == LOWER else 1)


class Share(NamedTuple):
    """A share of a gain with its 95% interval over dialogues; 1.0 is all of it."""

    value: float
    ci_low: float | None = None
    ci_high: float | None = None


@dataclass(eq=False)
class Row:
    """A system and the result of comparing it with its baseline.

    Attributes:
        verdict: None for the baseline itself and for a row without a baseline or scores.
        retained: share of the baseline's improvement over zero-shot.
    """

    system: System
    baseline: System | None
    verdict: Verdict | None = None
    retained: Share | None = None

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

    @property
    def verdicts(self) -> list[Verdict]:
        return [row.verdict for row in self.rows if row.verdict]

    def by(self, metric: str) -> Section:
        """Return the same rows in the same order, judged by another metric."""
        other = judge(self.table, metric, self.baseline)
        position = {id(system): place for place, system in enumerate(self.systems)}
        other.rows.sort(key=lambda row: position[id(row.system)])
        return other


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
    matched = _best_matches(table.systems, candidates)
    rows = [Row(system, base) for system, base in zip(table.systems, matched, strict=True)]
    pairs, compared = [], []
    for row in rows:
        if row.baseline and not row.is_baseline and _scored(row.system, row.baseline, metric):
            pairs.append((row.system, row.baseline))
            compared.append(row)
    for row, verdict in zip(compared, compare_pairs(pairs, metric), strict=True):
        row.verdict = verdict
    _share_gains(rows, metric)
    return Section(table, metric, baseline, rows)


def compare_pairs(pairs: Sequence[tuple[System, System]], metric: str) -> list[Verdict]:
    """Compare the first with the second system of each pair; Holm's correction is over all."""
    systems = [*dict.fromkeys(system for pair in pairs for system in pair)]
    place = {system: number for number, system in enumerate(systems)}
    scores = [system.scores(metric) for system in systems]
    table = np.stack(scores) if scores else np.empty((0, 0))  # type: ignore[arg-type]
    tests = compare_systems(table, [(place[a], place[b]) for a, b in pairs])
    return [_verdict(*pair, metric, tests, number) for number, pair in enumerate(pairs)]


def every_pair(systems: Sequence[System], metric: str) -> dict[tuple[int, int], Verdict]:
    """Compare every system with every other one, by the places of both."""
    scored = [k for k, system in enumerate(systems) if system.scores(metric) is not None]
    places = list(combinations(scored, 2))
    found = compare_pairs([(systems[a], systems[b]) for a, b in places], metric)
    forth = dict(zip(places, found, strict=True))
    return forth | {(b, a): replace(v, difference=-v.difference) for (a, b), v in forth.items()}


def _scored(first: System, second: System, metric: str) -> bool:
    return first.scores(metric) is not None and second.scores(metric) is not None


def _verdict(
    first: System, second: System, metric: str, tests: PairwiseTests, place: int
) -> Verdict:
    seeds, confirmed = over_seeds(first, second, metric)
    return Verdict(
        metric=metric,
        difference=float(tests.difference[place]),
        ci_low=float(tests.ci_low[place]),
        ci_high=float(tests.ci_high[place]),
        p_value=float(tests.p_value[place]),
        p_holm=float(tests.p_holm[place]),
        detectable=float(tests.detectable[place]),
        n=int(tests.n[place]),
        seeds_low=seeds and seeds[0],
        seeds_high=seeds and seeds[1],
        confirmed=confirmed,
    )


def _best_matches(systems: Sequence[System], candidates: Sequence[System]) -> list[System | None]:
    """Return per system the candidate of its model whose decoding, data and prompt fit best.

    Of several configurations the one that is best on validation: not on test. An output file of
    unknown origin is compared only if there is a single model.
    """
    models = {candidate.model for candidate in candidates}
    only = next(iter(models)) if len(models) == 1 else None

    @cache
    def best(model: str | None, engine: object, *context: object) -> System | None:
        def fit(candidate: System) -> tuple[object, ...]:
            decoding, data, prompt = (
                candidate.settings.get(key) == value
                for key, value in zip(CONTEXT, context, strict=True)
            )
            same_prompt = prompt if candidate.trains else candidate.zero_shot
            same_engine = candidate.settings.get("engine") == engine
            same_data = data or not candidate.trains
            return (decoding, same_data, same_engine, same_prompt, _on_validation(candidate))

        return max((c for c in candidates if c.model == model), key=fit, default=None)

    return [
        best(s.model or only, s.settings.get("engine"), *(s.settings.get(key) for key in CONTEXT))
        for s in systems
    ]


CONTEXT = ("generation.name", TRAINED_ON, "prompt.name")


def _on_validation(system: System) -> float:
    value = system.cost(f"metrics.validation.{SELECTED_BY}.value")
    return -math.inf if value is None else value


def over_seeds(
    first: System, second: System, metric: str
) -> tuple[tuple[float, float] | None, bool | None]:
    """Return the 95% interval of the difference of seed means, and whether it excludes 0.

    Welch's interval; the degrees of freedom are rounded down. A side that does not depend on
    training adds no variance; if neither does, training again changes nothing. `(None, None)`:
    a side that depends on it has one run.
    """
    seeds = [system.metric(metric).seeds for system in (first, second) if system.varies]
    if not seeds:
        return None, True
    means = [system.metric(metric).value for system in (first, second)]
    if any(side.sd is None for side in seeds) or None in means:
        return None, None
    terms = [((side.sd or 0.0) ** 2 / side.n, side.n - 1) for side in seeds]
    low, high = welch_interval((means[0] or 0.0) - (means[1] or 0.0), terms)
    return (low, high), not low <= 0 <= high


def welch_interval(difference: float, terms: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """Return the 95% interval of a difference of means.

    Args:
        terms: squared standard error and degrees of freedom of each side that varies.
    """
    variance = sum(term for term, _ in terms)
    if not variance:
        return difference, difference
    df = math.floor(variance**2 / sum(term**2 / free for term, free in terms))
    half = t_quantile(0.975, max(df, 1)) * math.sqrt(variance)
    return difference - half, difference + half


def _share_gains(rows: Sequence[Row], metric: str) -> None:
    """Set (row - zero-shot) / (baseline - zero-shot) with its bootstrap interval.

    It is left out where the dialogues do not show that the baseline improves on zero-shot, or its
    seeds do not confirm it: the share would be noise.
    """
    untrained = [row.system for row in rows if row.system.zero_shot and row.system.model]
    starts = _best_matches([row.system for row in rows], untrained)
    shows_gain = {
        (row.system, row.baseline)
        for row in rows
        if row.verdict and row.verdict.outcome == WORSE and row.verdict.confirmed is not False
    }
    shared: dict[tuple[System, System], list[Row]] = {}
    for row, start in zip(rows, starts, strict=True):
        base = row.baseline
        if start and base and base.trains and row.system.model and (start, base) in shows_gain:
            if row.is_baseline:
                row.retained = Share(1.0)
            elif row.system is not start and row.verdict:
                shared.setdefault((start, base), []).append(row)
    for (start, base), same in shared.items():
        zero, full, *own = (s.scores(metric) for s in (start, base, *(r.system for r in same)))
        gains = np.stack(own, axis=1) - zero[:, None]  # type: ignore[arg-type, index]
        defined = np.isfinite(gains).all(axis=1) & np.isfinite(full)  # type: ignore[arg-type]
        shares = bootstrap_ratio(gains[defined], (full - zero)[defined])  # type: ignore[operator]
        for row, share in zip(same, shares.T.tolist(), strict=True):
            row.retained = Share(*share)
