"""Intervals and significance tests against exact answers, formulas and scipy."""

import itertools
import time

import numpy as np
import pytest
from scipy import stats

from dialogsum.evaluation.statistics import (
    bootstrap_means,
    bootstrap_ratio,
    compare_systems,
    detectable_difference,
    holm,
    seed_summary,
    t_quantile,
)


def skewed(seed: int, shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(seed).beta(1.2, 4, shape)


def test_bootstrap_is_near_the_normal_interval_and_scipy() -> None:
    columns = skewed(0, (400, 3))
    means = bootstrap_means(columns)
    np.testing.assert_allclose(means.value, columns.mean(axis=0), atol=1e-15)
    for index in range(3):
        theirs = stats.bootstrap(
            (columns[:, index],), np.mean, method="percentile", n_resamples=10_000, rng=1
        ).confidence_interval
        width = theirs.high - theirs.low
        assert means.ci_low[index] == pytest.approx(theirs.low, abs=0.04 * width)
        assert means.ci_high[index] == pytest.approx(theirs.high, abs=0.04 * width)


def test_a_column_does_not_depend_on_the_others() -> None:
    columns = skewed(1, (100, 2))
    alone = bootstrap_means(columns[:, :1])
    columns[3, 1] = np.nan
    together = bootstrap_means(columns)
    assert together.ci_low[0] == pytest.approx(alone.ci_low[0], abs=1e-12)
    assert together.n.tolist() == [100, 99]


def test_ratio_agrees_with_scipy() -> None:
    tokens = np.random.default_rng(7).integers(5, 60, 300)
    losses = tokens * (1 + skewed(7, (300,)))
    value, low, high = bootstrap_ratio(losses, tokens)
    theirs = stats.bootstrap(
        (losses, tokens),
        lambda a, b, axis: a.sum(axis=axis) / b.sum(axis=axis),
        paired=True,
        method="percentile",
        rng=1,
    ).confidence_interval
    width = theirs.high - theirs.low
    assert value == losses.sum() / tokens.sum()
    assert low == pytest.approx(theirs.low, abs=0.1 * width)
    assert high == pytest.approx(theirs.high, abs=0.1 * width)


def p_value(first: np.ndarray, second: np.ndarray) -> float:
    return float(compare_systems(np.stack([first, second])).p_value[0])


@pytest.mark.parametrize("seed", range(3))
def test_randomization_agrees_with_all_sign_flips(seed: int) -> None:
    first, second = skewed(seed, (2, 10))
    differences = first - second
    flips = np.array(list(itertools.product((1, -1), repeat=10)))
    exact = np.mean(np.abs(flips @ differences) >= abs(differences.sum()) - 1e-12)
    assert p_value(first, second) == pytest.approx(exact, abs=0.015)


def test_randomization_agrees_with_scipy() -> None:
    first, second = skewed(5, (2, 60))
    theirs = stats.permutation_test(
        (first, second),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        permutation_type="samples",
        n_resamples=10_000,
        rng=2,
    ).pvalue
    assert p_value(first, second) == pytest.approx(theirs, abs=0.015)


def test_systems_that_are_the_same_and_that_differ() -> None:
    base = skewed(2, (300,))
    result = compare_systems(np.stack([base, base, base + 0.05]))
    assert result.pairs.tolist() == [[0, 1], [0, 2], [1, 2]]
    assert result.p_value[0] == 1
    assert result.ci_low[0] == result.ci_high[0] == 0
    assert 2.0**-299 < result.p_value[1] < 1e-60  # all 300 differences have one sign
    np.testing.assert_allclose(result.difference[1:], -0.05, atol=1e-12)
    np.testing.assert_allclose(result.p_holm, [1, *(3 * result.p_value[1:])])


def test_small_p_values_resolve_beyond_the_resamples_and_stay_valid() -> None:
    """With 60 systems, 1,770 pairs: Holm's factor alone is above 0.05 * 10,001."""
    generator = np.random.default_rng(10)
    scores = generator.normal(0, 0.1, (60, 100))
    scores[0] += 0.3
    result = compare_systems(scores)
    of_first = (result.pairs == 0).any(axis=1)
    assert (result.p_holm[of_first] < 0.05).all()
    assert (result.p_holm[~of_first] > 0.05).all()
    for seed in range(5):  # never below the exact share of sign flips
        differences = np.random.default_rng(seed).normal(0.7, 0.5, 14)
        flips = np.array(list(itertools.product((1, -1), repeat=14)))
        exact = np.mean(np.abs(flips @ differences) >= abs(differences.sum()) - 1e-12)
        bound = 2 * np.exp(-(differences.sum() ** 2) / (2 * (differences**2).sum()))
        assert bound >= exact
        assert p_value(differences, np.zeros(14)) >= 0.5 * min(exact, bound)


def test_many_systems_are_resampled_in_blocks_with_the_same_result() -> None:
    scores = skewed(11, (40, 30))
    together = compare_systems(scores)  # 780 pairs: more than a block
    some = compare_systems(scores, pairs=together.pairs[600:700].tolist())
    np.testing.assert_allclose(together.ci_low[600:700], some.ci_low)
    np.testing.assert_allclose(together.p_value[600:700], some.p_value)
    wide = bootstrap_means(skewed(11, (30, 600)))
    np.testing.assert_allclose(
        wide.ci_low[550:], bootstrap_means(skewed(11, (30, 600))[:, 550:]).ci_low
    )


def test_ratios_of_many_columns_are_those_of_each() -> None:
    numerators, denominators = skewed(12, (50, 3)), skewed(13, (50,))
    together = bootstrap_ratio(numerators, denominators)
    for column in range(3):
        np.testing.assert_allclose(
            together[:, column], bootstrap_ratio(numerators[:, column], denominators)
        )


def test_ties_count_as_extreme() -> None:
    first = np.array([1.0, 1, 1, 0, 0, 0, 0, 0])  # three flips of one size: p = 2 / 8
    assert p_value(first, np.zeros(8)) == pytest.approx(0.25, abs=0.02)
    rates = np.random.default_rng(3).random((2, 100)) < 0.1
    shifted = p_value(rates[0] * 0.1 + 0.7, rates[1] * 0.1 + 0.7)
    assert shifted == p_value(rates[0], rates[1])


def test_only_the_pairs_asked_for_are_corrected() -> None:
    scores = skewed(4, (5, 200)) + np.linspace(0, 0.1, 5)[:, None]
    every = compare_systems(scores)
    against_first = compare_systems(scores, pairs=[(number, 0) for number in range(1, 5)])
    assert against_first.difference[3] == pytest.approx(-every.difference[3])
    np.testing.assert_allclose(against_first.p_value, every.p_value[:4])
    assert (against_first.p_holm <= every.p_holm[:4] + 1e-12).all()
    assert compare_systems(scores, pairs=[]).p_value.shape == (0,)


def test_undefined_dialogues_are_left_out_by_pair() -> None:
    scores = skewed(6, (3, 200))
    scores[2, :150] = np.nan
    result = compare_systems(scores)
    assert result.n.tolist() == [200, 50, 50]
    assert result.difference[1] == pytest.approx(np.mean(scores[0, 150:] - scores[2, 150:]))
    cut = compare_systems(scores[:, 150:])
    assert result.p_value[1] == pytest.approx(cut.p_value[1], abs=0.02)
    assert result.ci_low[1] == pytest.approx(cut.ci_low[1], abs=0.01)
    scores[2] = np.nan
    empty = compare_systems(scores)
    assert np.isnan(empty.p_value[1:]).all()
    assert empty.p_holm[0] == empty.p_value[0]


def test_degenerate_sizes() -> None:
    assert np.isnan(compare_systems(np.empty((2, 0))).p_value).all()
    assert np.isnan(compare_systems(np.ones((2, 1))).p_value).all()
    assert bootstrap_means(np.empty((0, 2))).n.tolist() == [0, 0]
    with pytest.raises(ValueError, match="two dimensions"):
        compare_systems(np.ones(3))


def test_holm() -> None:
    corrected = holm([0.01, 0.04, 0.03, np.nan, 0.005])
    np.testing.assert_allclose(corrected, [0.03, 0.06, 0.06, np.nan, 0.02])
    np.testing.assert_allclose(holm([0.6, 0.7]), [1, 1])
    assert holm([]).shape == (0,)


@pytest.mark.parametrize("df", [1, 2, 3, 4, 5, 9, 30, 101])
def test_t_quantile(df: int) -> None:
    for probability in (0.5, 0.6, 0.95, 0.975, 0.995):
        theirs = stats.t.ppf(probability, df)
        assert t_quantile(probability, df) == pytest.approx(theirs, abs=1e-9)


def test_seed_summary() -> None:
    means = [0.31, 0.34, 0.32]
    summary = seed_summary(means)
    low, high = stats.t.interval(0.95, 2, np.mean(means), stats.sem(means))
    assert (summary.mean, summary.n) == (pytest.approx(np.mean(means)), 3)
    assert summary.sd == pytest.approx(np.std(means, ddof=1))
    assert (summary.ci_low, summary.ci_high) == (pytest.approx(low), pytest.approx(high))
    assert seed_summary([0.3, None]).sd is None
    assert seed_summary([]).mean is None


def test_detectable_difference_has_its_power() -> None:
    size = detectable_difference(0.1, 400)
    assert size == pytest.approx(2.8016 * 0.1 / 20, rel=1e-4)
    generator = np.random.default_rng(8)
    noise = generator.normal(size, 0.1, (600, 400))
    scores = np.stack([noise, np.zeros_like(noise)], axis=1).reshape(1200, 400)
    pairs = [(2 * number, 2 * number + 1) for number in range(600)]
    result = compare_systems(scores, pairs, resamples=2_000)
    assert 0.74 < np.mean(result.p_value <= 0.05) < 0.86
    assert result.detectable.mean() == pytest.approx(size, rel=0.02)


def test_twenty_systems_on_1500_dialogues_in_under_a_second() -> None:
    """Once undisturbed: other processes may hold the machine for a while."""
    scores = skewed(9, (20, 1500))
    for _ in range(20):
        started = time.perf_counter()
        assert len(compare_systems(scores).p_value) == 190
        if (seconds := time.perf_counter() - started) < 1:
            break
    assert seconds < 1
