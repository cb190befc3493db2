"""Coverage and false positives over simulated null comparisons, run by the benchmark."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def simulate(tmp_path: Path, *arguments: str) -> dict[str, dict[str, float]]:
    target = tmp_path / "results.json"
    subprocess.run(
        [sys.executable, "benchmarks/simulation.py", "--json", str(target), *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )
    return json.loads(target.read_text())


def test_thousand_null_comparisons(tmp_path: Path) -> None:
    """Bounds are four standard errors wider than those of the slow test."""
    arguments = ("--simulations", "1000", "--resamples", "4000", "--kinds", "rouge_like", "skewed")
    for kind, results in simulate(tmp_path, *arguments).items():
        assert 0.92 < results["coverage_mean"] < 0.98, kind
        assert 0.92 < results["coverage_difference"] < 0.98, kind
        assert 0.022 < results["false_positives"] < 0.078, kind


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rouge_like", "skewed", "recall_like", "unequal", "rare"])
def test_ten_thousand_null_comparisons(tmp_path: Path, kind: str) -> None:
    [results] = simulate(tmp_path, "--simulations", "10000", "--kinds", kind).values()
    assert 0.93 <= results["coverage_mean"] <= 0.97
    assert 0.93 <= results["coverage_difference"] <= 0.97
    if kind == "rare":  # few values: the test stays below its level
        assert results["false_positives"] <= 0.05
    else:
        assert 0.04 <= results["false_positives"] <= 0.06
