"""Measure coverage of the intervals and the level of the tests on simulated null comparisons.

    python benchmarks/simulation.py [--simulations 10000] [--json FILE]

Each simulation draws two systems of equal mean on the same 300, 400 or 500 dialogues: a
dialogue has a difficulty, and each system's score on it is drawn around that, so that scores are
paired, bounded, skewed and partly exactly 0, like ROUGE. Counted over all simulations:

    coverage of the 95% bootstrap interval of one system's mean (its true mean is known),
    coverage of the paired bootstrap interval of the difference (true: 0),
    false positives of approximate randomization at 5%.

`unequal` gives the second system another spread: equal means, but outputs that are not
exchangeable, which is outside what the test guarantees. `rare` is a rare binary event, such as
empty outputs: with so few distinct values the test stays below 5%.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from dialogsum.evaluation.statistics import RESAMPLES, bootstrap_means, compare_systems

SIZES = (300, 400, 500)  # dialogues
BLOCK = 200  # simulations that share resampling weights
Draw = tuple[np.ndarray, float]  # scores (2, simulations, dialogues) and their true mean


def rouge_like(generator: np.random.Generator, shape: tuple[int, int]) -> Draw:
    """Draw scores like ROUGE-1: mean 0.35, 2% zeros."""
    difficulty = generator.beta(2.2, 4, shape)
    return zero_some(generator, around(generator, difficulty, (12, 12)), 0.02), 0.98 * 2.2 / 6.2


def skewed(generator: np.random.Generator, shape: tuple[int, int]) -> Draw:
    """Draw scores like ROUGE-2: mean 0.07, a quarter zeros, a long tail."""
    difficulty = generator.beta(0.8, 8, shape)
    return zero_some(generator, around(generator, difficulty, (8, 8)), 0.25), 0.75 * 0.8 / 8.8


def recall_like(generator: np.random.Generator, shape: tuple[int, int]) -> Draw:
    """Draw shares of two items: 0, 1/2 or 1, like a recall of few names."""
    difficulty = generator.beta(3, 2, shape)
    return generator.binomial(2, np.stack([difficulty] * 2)) / 2, 0.6


def unequal(generator: np.random.Generator, shape: tuple[int, int]) -> Draw:
    """Draw scores like `rouge_like`, with a larger spread of the second system."""
    difficulty = generator.beta(2.2, 4, shape)
    return around(generator, difficulty, (16, 3)), 2.2 / 6.2


def rare(generator: np.random.Generator, shape: tuple[int, int]) -> Draw:
    """Draw 1 for one dialogue in 25, else 0."""
    return (generator.random((2, *shape)) < 0.04).astype(np.float64), 0.04


KINDS = {draw.__name__: draw for draw in (rouge_like, skewed, recall_like, unequal, rare)}


def around(generator: np.random.Generator, mean: np.ndarray, sharpness) -> np.ndarray:
    """Draw the scores of two systems around each dialogue's mean."""
    clipped = np.clip(mean, 1e-6, 1 - 1e-6)
    return np.stack([generator.beta(s * clipped, s * (1 - clipped)) for s in sharpness])


def zero_some(generator: np.random.Generator, scores: np.ndarray, share: float) -> np.ndarray:
    """Set a random share of the scores to 0."""
    return np.where(generator.random(scores.shape) < share, 0.0, scores)


def simulate(kind: str, simulations: int, resamples: int = RESAMPLES) -> dict[str, float]:
    """Return coverage and false positives of one kind of scores."""
    generator = np.random.default_rng([7, list(KINDS).index(kind)])
    counted = np.zeros(3)
    done = 0
    while done < simulations:
        size = min(BLOCK, simulations - done)
        dialogues = SIZES[done // BLOCK % len(SIZES)]
        scores, true_mean = KINDS[kind](generator, (size, dialogues))
        counted += judge(scores, true_mean, seed=done, resamples=resamples)
        done += size
    names = ("coverage_mean", "coverage_difference", "false_positives")
    return dict(zip(names, (counted / simulations).tolist(), strict=True))


def judge(scores: np.ndarray, true_mean: float, seed: int, resamples: int) -> np.ndarray:
    """Count simulations: mean covered, difference covered, declared different."""
    size = scores.shape[1]
    means = bootstrap_means(scores[0].T, seed, resamples)
    pairs = [(number, size + number) for number in range(size)]
    compared = compare_systems(scores.reshape(2 * size, -1), pairs, seed, resamples)
    return np.array(
        [
            np.sum((means.ci_low <= true_mean) & (true_mean <= means.ci_high)),
            np.sum((compared.ci_low <= 0) & (compared.ci_high >= 0)),
            np.sum(compared.p_value <= 0.05),
        ]
    )


def main() -> None:
    """Simulate each kind of scores and print its coverage and false positives."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--simulations", type=int, default=10_000, help="for each kind of score")
    parser.add_argument("--resamples", type=int, default=RESAMPLES)
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=KINDS)
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    print(f"{arguments.simulations} null comparisons each, {arguments.resamples} resamples")
    print(f"{'scores':<12}{'95% interval':>14}{'of difference':>15}{'positives at 5%':>17}")
    results = {}
    started = time.perf_counter()
    for kind in arguments.kinds:
        results[kind] = simulate(kind, arguments.simulations, arguments.resamples)
        mean, difference, positives = results[kind].values()
        print(f"{kind:<12}{mean:>14.2%}{difference:>15.2%}{positives:>17.2%}", flush=True)
    print(f"{time.perf_counter() - started:.0f} s")
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
