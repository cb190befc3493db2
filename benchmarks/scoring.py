"""Speed of scoring and of the statistics, as ratios measured in one run.

    python benchmarks/scoring.py [--rows 1500] [--repeat 3] [--json FILE]

Rows are made up: summaries of 20-60 words over a vocabulary with Zipf frequencies, predictions
that share about half of the words with their reference. Both ROUGE scorers get the same rows;
the better of the repetitions counts.
"""

import argparse
import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np

from dialogsum.evaluation.rouge import ROUGE_NAMES, as_lines, reference_scorer, rouge, scorer_name
from dialogsum.evaluation.scoring import Example, score_examples, summarize
from dialogsum.evaluation.statistics import compare_systems

SYLLABLES = ("ka", "ren", "to", "mi", "sol", "va", "ling", "per", "ation", "ed", "ness", "u")


def main() -> None:
    arguments = parse()
    references, predictions = make_rows(arguments.rows)
    examples = [
        Example(str(number), f"Anna: {reference}\nTom: ok", (reference,), prediction)
        for number, (reference, prediction) in enumerate(zip(references, predictions, strict=True))
    ]
    # rouge_score is given the sentences, rouge() has to find them.
    slow, lines = reference_scorer(), (as_lines(references), as_lines(predictions))
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
    figures = {
        "rows": arguments.rows,
        "scorer": scorer_name(),
        "seconds": {name: round(seconds, 4) for name, seconds in best.items()},
        "rouge_speedup": round(best["rouge_score"] / best["rouge"], 1),
        "all_metrics_speedup": round(best["rouge_score"] / best["all_metrics"], 1),
        "largest_difference": difference,
    }
    print(f"{arguments.rows} rows, {figures['scorer']}, best of {arguments.repeat}")
    for name, seconds in figures["seconds"].items():
        print(f"  {name:<18}{seconds:9.3f} s")
    print(f"  ROUGE against the rouge_score loop: {figures['rouge_speedup']}x faster")
    print(f"  every metric against that loop:     {figures['all_metrics_speedup']}x")
    print(f"  largest difference in {', '.join(ROUGE_NAMES)}: {difference:.1e}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")


def fastest(action: Callable[[], object], repeat: int) -> float:
    """Seconds of the fastest of `repeat` calls."""
    marks = [time.perf_counter()]
    for _ in range(repeat):
        action()
        marks.append(time.perf_counter())
    return min(end - start for start, end in pairwise(marks))


def make_rows(count: int) -> tuple[list[str], list[str]]:
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
    """Sentences of twelve words."""
    pieces = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
    return ". ".join(piece.capitalize() for piece in pieces) + "."


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1500)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    main()
