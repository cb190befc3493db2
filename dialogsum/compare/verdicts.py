"""Which differences hold: each system against its baseline, and every pair.

The decision is approximate randomisation over the dialogues, Holm-corrected, on the mean of each
system's runs per dialogue. It is conditional on the trained runs: training again is a second
source of chance that dialogues cannot show. Where both sides have that chance measured, by seeds,
the t-interval of the difference between seed means stands beside it, and a difference that it
does not confirm is marked as such. Asking for both keeps the level of each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dialogsum.common.metric_catalog import LOWER, NEITHER, measure
from dialogsum.compare.settings import TRAINED_ON
from dialogsum.compare.systems import System
from dialogsum.compare.tables import Table
from dialogsum.evaluation.statistics import PairwiseTests, compare_systems, t_quantile

LEVEL = 0.05
BETTER, WORSE, DIFFERENT, UNDECIDED = "better", "worse", "different", "undecided"
SELECTED_BY = "rougeL"  # on validation: which of several configurations is the baseline


@dataclass(frozen=True)
class Verdict:
    """A system against its baseline on one metric, in the metric's unit.

    Attributes:
        detectable: smallest true difference found with 80% power at this n and spread.
        seeds: 95% t-interval of the difference between seed means; None where a side that was
            trained has one run only.
        outcome: better, worse, different (neither direction is better) or undecided.
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
        """Whether the seeds alone show it too; None where they cannot be asked."""
        return confirmed(self.seeds)

    @property
    def doubtful(self) -> bool:
        """Whether the dialogues show a difference that the seeds do not confirm."""
        return self.outcome != UNDECIDED and self.confirmed is False


@dataclass(eq=False)
class Row:
    """A system with what it is compared with.

    Attributes:
        verdict: None for the baseline itself and where there is nothing to compare with.
        kept: share of the baseline's gain over zero-shot that the system keeps, 1.0 for all of it.
    """

    system: System
    baseline: System | None
    verdict: Verdict | None = None
    kept: float | None = None

    @property
    def is_baseline(self) -> bool:
        return self.baseline is self.system


def default_baseline(table: Table) -> str | None:
    """`full` if it was trained on this data, else the untrained model, else any `full`.

    On data that nothing was trained on the question is what training has gained or cost there.
    """
    full = [system for system in table.systems if system.strategy == "full"]
    if any(system.settings.get(TRAINED_ON) in table.dialogues.names for system in full):
        return "full"
    untrained = next((s.strategy for s in table.systems if s.zero_shot and s.model), None)
    return untrained or ("full" if full else None)


def judge(table: Table, metric: str, baseline: str | None) -> list[Row]:
    """A row per system of the table, in its order, against the baseline of the same model."""
    rows = [Row(s, _best_match(s, _named(table.systems, baseline))) for s in table.systems]
    pairs = [
        (table.systems.index(row.system), table.systems.index(row.baseline))
        for row in rows
        if row.baseline and not row.is_baseline and _has_scores(row, metric)
    ]
    compared = compare(table.systems, metric, pairs)
    for place, (index, _) in enumerate(pairs):
        rows[index].verdict = _verdict(rows[index], compared, place, metric)
    for row in rows:
        row.kept = _kept(row, rows, metric)
    return rows


def compare(
    systems: Sequence[System], metric: str, pairs: Sequence[tuple[int, int]]
) -> PairwiseTests:
    """`compare_systems` on the per-dialogue means of each system; without scores all is NaN."""
    columns = [system.scores(metric) for system in systems]
    n = next((len(column) for column in columns if column is not None), 0)
    table = np.stack([np.full(n, np.nan) if c is None else c for c in columns])
    used = sorted({index for pair in pairs for index in pair})
    place = {index: number for number, index in enumerate(used)}
    return compare_systems(
        table[used] if used else table[:0], pairs=[(place[a], place[b]) for a, b in pairs]
    )


def _has_scores(row: Row, metric: str) -> bool:
    sides = (row.system, row.baseline)
    return all(side is not None and side.scores(metric) is not None for side in sides)


def _named(systems: Sequence[System], baseline: str | None) -> list[System]:
    return [s for s in systems if baseline in (s.strategy, s.label)] if baseline else []


def _best_match(system: System, candidates: Sequence[System]) -> System | None:
    """The candidate of the same model whose decoding, training data and prompt fit best.

    Of several configurations the one that is best on validation: not on test. An output file of
    unknown origin is compared where only one model is.
    """
    models = {candidate.model for candidate in candidates}
    model = system.model if system.model or len(models) != 1 else next(iter(models))
    fitting = [candidate for candidate in candidates if candidate.model == model]
    return max(fitting, key=lambda c: (*_fit(system, c), _selection(c)), default=None)


def _context(system: System) -> tuple[object, ...]:
    keys = ("generation.name", "dataset.name", "prompt.name", "engine")
    return tuple(system.settings.get(key) for key in keys)


def _fit(system: System, candidate: System) -> tuple[bool, ...]:
    own, other = _context(system), _context(candidate)
    same_prompt = own[2] == other[2] if candidate.trains else candidate.zero_shot
    same_data = own[1] == other[1] or not candidate.trains
    return (own[0] == other[0], same_data, own[3] == other[3], same_prompt)


def _selection(system: System) -> float:
    key = f"metrics.validation.{SELECTED_BY}.value"
    value = system.cost(key)
    return -math.inf if value is None else value


def _verdict(row: Row, compared: PairwiseTests, place: int, metric: str) -> Verdict:
    assert row.baseline is not None
    difference, p_holm = float(compared.difference[place]), float(compared.p_holm[place])
    return Verdict(
        difference=difference,
        ci_low=float(compared.ci_low[place]),
        ci_high=float(compared.ci_high[place]),
        p_value=float(compared.p_value[place]),
        p_holm=p_holm,
        detectable=float(compared.detectable[place]),
        n=int(compared.n[place]),
        seeds=seed_interval(row.system, row.baseline, metric),
        outcome=outcome(difference, p_holm, metric),
    )


def outcome(difference: float, p_holm: float, metric: str) -> str:
    """What a corrected p-value says in the direction that is better for this metric."""
    if not p_holm < LEVEL:
        return UNDECIDED
    better = measure(metric).better
    if better == NEITHER:
        return DIFFERENT
    return BETTER if (difference > 0) != (better == LOWER) else WORSE


def seed_interval(first: System, second: System, metric: str) -> tuple[float, float] | None:
    """95% Welch interval of the difference between the means over seeds.

    The degrees of freedom are rounded down. A side that nothing was trained in has no such
    chance and adds none; None where a trained side has one run.
    """
    sides = [side.figure(metric).seeds for side in (first, second)]
    if any(side.mean is None for side in sides):
        return None
    terms = []
    for system, side in zip((first, second), sides, strict=True):
        if side.n > 1 and side.sd is not None:
            terms.append((side.sd**2 / side.n, side.n - 1))
        elif system.trains:
            return None
    return welch_interval((sides[0].mean or 0.0) - (sides[1].mean or 0.0), terms)


def confirmed(seeds: tuple[float, float] | None) -> bool | None:
    """Whether an interval over seeds excludes 0; None where there is none."""
    return None if seeds is None else not seeds[0] <= 0 <= seeds[1]


def welch_interval(
    difference: float, terms: Sequence[tuple[float, int]]
) -> tuple[float, float] | None:
    """95% interval of a difference of means.

    Args:
        terms: per side with chance in it, the squared standard error and its degrees of freedom.

    Returns:
        None where no side varies.
    """
    variance = sum(term for term, _ in terms)
    if not variance:
        return None
    df = math.floor(variance**2 / sum(term**2 / free for term, free in terms))
    half = t_quantile(0.975, max(df, 1)) * math.sqrt(variance)
    return difference - half, difference + half


def _kept(row: Row, rows: Sequence[Row], metric: str) -> float | None:
    """(system - zero-shot) / (baseline - zero-shot).

    None where the dialogues do not show that the baseline gains anything: a share of noise.
    """
    untrained = [other.system for other in rows if other.system.zero_shot and other.system.model]
    start = _best_match(row.system, untrained)
    if row.baseline is None or start is None or not row.baseline.trains or not row.system.model:
        return None
    gain = next((r.verdict for r in rows if r.system is start and r.baseline is row.baseline), None)
    if row.system is start or gain is None or gain.outcome != WORSE:
        return None
    values = [s.figure(metric).value for s in (row.system, row.baseline, start)]
    own, full, zero = (math.nan if value is None else value for value in values)
    return (own - zero) / (full - zero)
