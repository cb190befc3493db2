"""Measure time and memory of `dialogsum compare` on many systems.

    python benchmarks/comparing.py [--systems 300] [--seeds 1] [--dialogues 300] [--html]

The run directories are made up: random words and random scores, in the form that training writes.
Each output is written by a fresh process, whose peak memory is that of the process.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

METRICS = ("rouge1", "rouge2", "rougeL", "rougeLsum", "length_ratio", "speaker_recall")
WORDS = np.array(
    [
        "the",
        "a",
        "meets",
        "Anna",
        "Tom",
        "calls",
        "tomorrow",
        "about",
        "work",
        "and",
        "likes",
        "coffee",
        "or",
        "tea",
    ]
)


def main() -> None:
    """Write the runs, compare them and print seconds and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--systems", type=int, default=300)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--dialogues", type=int, default=300)
    parser.add_argument("--html", action="store_true", help="also write the report")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_runs(root / "runs", arguments.systems, arguments.seeds, arguments.dialogues)
        extra = ["--html", str(root / "report.html")] if arguments.html else []
        command = [sys.executable, "-m", "dialogsum", "compare", str(root / "runs"), *extra]
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
        print(
            f"{arguments.systems} systems, {arguments.seeds} seeds: {seconds:.1f} s, {peak:.0f} MB"
        )
        if extra:
            print(f"report.html: {(root / 'report.html').stat().st_size / 1e6:.1f} MB")


def write_runs(root: Path, systems: int, seeds: int, n: int) -> None:
    """Write `systems` configurations of LoRA, the first one named full, with `seeds` runs each."""
    generator = np.random.default_rng(0)
    dialogues = [
        {
            "id": f"test_{number}",
            "source": "\n".join(f"Tom: {sentence(generator)}" for _ in range(12)),
            "references": [f"{number} {sentence(generator)}"],
        }
        for number in range(n)
    ]
    difficulty = generator.beta(2, 5, n)
    for system in range(systems):
        for seed in range(seeds):
            write_run(root / f"run-{system}-{seed}", system, seed, dialogues, difficulty)


def write_run(
    directory: Path, system: int, seed: int, dialogues: list[dict[str, Any]], difficulty: np.ndarray
) -> None:
    """Write one completed run directory."""
    generator = np.random.default_rng([system, seed])
    noise = generator.normal(0.02 * generator.normal(), 0.1, (len(METRICS), len(dialogues)))
    scores = np.clip(difficulty + noise, 0, 1)
    rows = [
        row
        | {"prediction": sentence(generator)}
        | {"scores": dict(zip(METRICS, scores[:, place].round(6).tolist(), strict=True))}
        for place, row in enumerate(dialogues)
    ]
    (directory / "predictions").mkdir(parents=True)
    text = "".join(f"{json.dumps(row)}\n" for row in rows)
    (directory / "predictions" / "test.jsonl").write_text(text)
    strategy = "lora" if system else "full"
    config = {
        "seed": seed,
        "model": {"name": "tiny", "path": "tiny", "pretrained": True},
        "dataset": {"name": "made_up"},
        "strategy": {"name": strategy, "learning_rate": 1e-4 * (1 + system)},
        "batching": {"batch_size": 8},
    }
    (directory / "config.yaml").write_text(json.dumps(config))  # JSON is YAML
    values = {
        name: {"value": float(mean), "ci_low": float(mean) - 0.01, "ci_high": float(mean) + 0.01}
        for name, mean in zip(METRICS, scores.mean(axis=1), strict=True)
    }
    record = {
        "schema_version": 1,
        "status": "completed",
        "strategy": strategy,
        "model": "tiny",
        "dataset": "made_up",
        "seed": seed,
        "parameters": {"trainable": 1000 + system, "total": 10**6, "percent": 0.1},
        "metrics": {"test": {name: row | {"n": len(rows)} for name, row in values.items()}},
        "environment": {"device": "cpu", "protocol": {"rouge": "made up"}},
    }
    (directory / "result.json").write_text(json.dumps(record))


def sentence(generator: np.random.Generator) -> str:
    """Return twelve random words."""
    return " ".join(generator.choice(WORDS, 12))


if __name__ == "__main__":
    main()
