"""Measure the speed of scoring and of the statistics, as ratios within one run.

    python benchmarks/scoring.py [--rows 1500] [--repeat 3] [--json FILE]

Rows are synthetic: summaries of 20-60 words over a vocabulary with Zipf frequencies, and
predictions that share about half of the words with their reference. Both ROUGE scorers get the
same rows; the fastest repetition counts.
"""

import argparse
import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np

from dialogsum.evaluation.rouge import (
    ROUGE_NAMES,
    reference_scorer,
    rouge,
    scorer,
    sentence_lines,
)
from dialogsum.evaluation.scoring import Example, score_examples, summarize
from dialogsum.evaluation.statistics import compare_systems

SYLLABLES = ("ka", "ren", "to", "mi", "sol", "va", "ling", "per", "ation", "ed", "ness", "u")


def main() -> None:
    """Time every part and compare ROUGE with rouge_score."""
    arguments = parse()
    references, predictions = make_rows(arguments.rows)
    examples = [
        Example(str(number), f"Anna: {reference}\nTom: ok", (reference,), prediction)
        for number, (reference, prediction) in enumerate(zip(references, predictions, strict=True))
    ]
    # rouge_score receives split sentences, while rouge() splits them itself.
    slow, lines = reference_scorer(), (sentence_lines(references), sentence_lines(predictions))
    scores = score_examples(examples)
    systems = np.random.default_rng(0).beta(2, 4, (20, 1500))
    best = {
        name: fastest(action, arguments.repeat)
        for name, action in {
            "rouge": lambda: rouge(references, predictions),
            "rouge_score": lambda: slow.score(*lines),
            "all_metrics": lambda: score_examples(examples),
            "summarize": lambda: summarize(scores),
            "compare_20x1500": lambda: compare_systems(systems),
        }.items()
    }
    difference = np.abs(rouge(references, predictions) - slow.score(*lines)).max()
    report(arguments, best, float(difference))


def report(arguments: argparse.Namespace, best: dict[str, float], difference: float) -> None:
    """Print the measurements and write them as JSON if asked to."""
    results = {
        "rows": arguments.rows,
        "scorer": scorer().name,
        "seconds": {name: round(seconds, 4) for name, seconds in best.items()},
        "rouge_speedup": round(best["rouge_score"] / best["rouge"], 1),
        "all_metrics_speedup": round(best["rouge_score"] / best["all_metrics"], 1),
        "largest_difference": difference,
    }
    print(f"{arguments.rows} rows, {results['scorer']}, best of {arguments.repeat}")
    for name, seconds in results["seconds"].items():
        print(f"  {name:<18}{seconds:9.3f} s")
    print(f"  ROUGE against the rouge_score loop: {results['rouge_speedup']}x faster")
    print(f"  every metric against that loop:     {results['all_metrics_speedup']}x")
    print(f"  largest difference in {', '.join(ROUGE_NAMES)}: {difference:.1e}")
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n")


def fastest(action: Callable[[], object], repeat: int) -> float:
    """Return the seconds of the fastest of `repeat` calls."""
    marks = [time.perf_counter()]
    for _ in range(repeat):
        action()
        marks.append(time.perf_counter())
    return min(end - start for start, end in pairwise(marks))


def make_rows(count: int) -> tuple[list[str], list[str]]:
    """Return synthetic references and predictions."""
    generator = np.random.default_rng(0)
    words = ["".join(generator.choice(SYLLABLES, size)) for size in generator.integers(1, 4, 4000)]
    weights = 1 / np.arange(1, 4001)
    weights /= weights.sum()
    references, predictions = [], []
    for length in generator.integers(20, 60, count):
        reference = generator.choice(words, length, p=weights)
        other = generator.choice(words, length, p=weights)
        mixed = np.where(generator.random(length) < 0.5, reference, other)
        references.append(as_text(reference))
        predictions.append(as_text(mixed))
    return references, predictions


def as_text(words: np.ndarray) -> str:
    """Join words to sentences of twelve."""
    pieces = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
    return ". ".join(piece.capitalize() for piece in pieces) + "."


def parse() -> argparse.Namespace:
    """Return the command line's arguments."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1500)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    main()
