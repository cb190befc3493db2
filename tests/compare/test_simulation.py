"""How often a method is said to differ from itself: by the mark alone, and confirmed by seeds.

python -m tests.compare.test_simulation    the table of docs/comparing.md
"""

from __future__ import annotations

import numpy as np
import pytest

from dialogsum.compare.verdicts import LEVEL, welch_interval
from dialogsum.evaluation.statistics import compare_systems

DIALOGUES, SPREAD, NOISE = 300, 0.15, 0.12


def false_claims(seeds: int, sd: float, comparisons: int) -> tuple[float, float]:
    """Shares of null comparisons that are marked, and marked and confirmed.

    Args:
        seeds: runs per side.
        sd: standard deviation between the means of trained runs, in 0..1.
    """
    rng = np.random.default_rng([seeds, round(10_000 * sd)])
    marked = confirmed = 0
    for number in range(comparisons):
        difficulty = rng.normal(0.3, SPREAD, DIALOGUES)
        luck = rng.normal(0, sd, (2, seeds, 1)) if sd else 0.0
        runs = difficulty + luck + rng.normal(0, NOISE, (2, seeds, DIALOGUES))
        test = compare_systems(runs.mean(axis=1), seed=number, resamples=1000)
        means = runs.mean(axis=2)
        terms = [(float(np.var(side, ddof=1)) / seeds, seeds - 1) for side in means]
        interval = welch_interval(float(means[0].mean() - means[1].mean()), terms)
        mark = test.p_value[0] < LEVEL
        marked += mark
        confirmed += mark and interval is not None and not interval[0] <= 0 <= interval[1]
    return marked / comparisons, confirmed / comparisons


@pytest.mark.slow
@pytest.mark.parametrize(("seeds", "sd"), [(2, 0.01), (3, 0.01), (5, 0.003)])
def test_a_confirmed_mark_keeps_its_level_where_the_mark_alone_does_not(
    seeds: int, sd: float
) -> None:
    marked, confirmed = false_claims(seeds, sd, comparisons=1000)
    assert marked > 0.06
    assert confirmed < 0.06


def test_without_chance_in_training_the_mark_keeps_its_level() -> None:
    marked, confirmed = false_claims(2, 0.0, comparisons=200)
    assert marked < 0.1 and confirmed < 0.05


if __name__ == "__main__":
    for seeds, sd in ((2, 0.0), (2, 0.01), (3, 0.0), (3, 0.003), (3, 0.01), (5, 0.003), (5, 0.01)):
        marked, confirmed = false_claims(seeds, sd, comparisons=1000)
        print(f"| {seeds} | {100 * sd:.1f} points | {marked:.1%} | {confirmed:.1%} |", flush=True)
