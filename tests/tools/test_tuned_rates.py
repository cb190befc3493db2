"""The learning-rate tool: the best of a search becomes a file of the group `tuned/`."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir

from dialogsum.common.errors import UserError
from dialogsum.config.registration import conf_dir, register
from tests.conftest import ROOT
from tools.tuned_rates import (
    Trial,
    best,
    edge_warning,
    group_by_strategy,
    main,
    read_trials,
    tuned_text,
)

register()
COMMAND = ("experiment=tune_lr", "strategy=lora,full", "dataset.limit.train=100")


def trials(strategy: str, values: dict[float, float], seed: int = 0) -> list[Trial]:
    budget = {"dataset": "bundled", "train examples": 100, "steps": 39, "seed": seed}
    return [Trial(strategy, "tiny", rate, value, budget, COMMAND) for rate, value in values.items()]


def test_tuned_file(tmp_path) -> None:
    """The file sets the best learning rate on validation and holds the command that found it."""
    text = tuned_text(trials("lora", {1e-4: 2.0, 1e-3: 1.5, 1e-2: 1.8}), "cross_entropy")
    assert "  learning_rate: 1.00e-03\n" in text
    assert "train.py -m experiment=tune_lr strategy=lora dataset.limit.train=100\n" in text
    assert "(dataset bundled, train examples 100, steps 39, seed 0)" in text
    assert "1.00e-04: 2.0000  1.00e-03: 1.5000  1.00e-02: 1.8000" in text
    (tmp_path / "tuned").mkdir()
    (tmp_path / "tuned" / "lora_xyz.yaml").write_text(text)
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        cfg = compose(
            "train", overrides=[f"hydra.searchpath=[file://{tmp_path}]", "tuned=lora_xyz"]
        )
    assert cfg.strategy.learning_rate == cfg.optimizer.lr == 1e-3
    assert cfg.strategy.tuning.trials == 3
    searched = {"model": "tiny", "dataset": "bundled", "train examples": 100}
    assert cfg.strategy.tuning["searched on"] == searched


@pytest.mark.parametrize(
    ("values", "side"),
    [((1.0, 2.0, 3.0), "lowest"), ((3.0, 2.0, 1.0), "highest"), ((3.0, 2.0, math.nan), "")],
)
def test_best_at_the_edge_is_reported(values: tuple[float, ...], side: str) -> None:
    """A diverged trial is never the best."""
    found = trials("lora", dict(zip((1e-4, 1e-3, 1e-2), values, strict=True)))
    assert (f"the {side} learning rate" in edge_warning(found, "cross_entropy")) == bool(side)
    assert bool(side) == ("It is the" in tuned_text(found, "cross_entropy"))
    assert not math.isnan(best(found, "cross_entropy").value)


def test_only_completed_training_runs_are_trials(tmp_path) -> None:
    for name, record in {
        "zero_shot": {"status": "completed", "training": None},
        "evaluations/beam4": {"status": "completed"},
        "killed": {"status": "failed", "training": None},
    }.items():
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "result.json").write_text(json.dumps(record))

    assert read_trials(tmp_path, "cross_entropy") == []


def test_unfair_searches_are_refused() -> None:
    lora = trials("lora", {1e-4: 2.0, 1e-3: 1.5})
    with pytest.raises(UserError, match="different numbers of trials"):
        group_by_strategy([*lora, *trials("full", {1e-4: 2.0})])
    with pytest.raises(UserError, match="different budgets"):
        group_by_strategy([*lora, *trials("full", {1e-4: 2.0, 1e-3: 1.0}, seed=1)])
    with pytest.raises(UserError, match="no completed trials"):
        group_by_strategy([])


def write_search(
    folder: Path, learning_rates: tuple[float, ...], strategies: tuple[str, ...]
) -> Path:
    """Write the files of a finished search that the tool reads; the middle value is the best."""
    middle = len(learning_rates) // 2
    for strategy in strategies:
        for number, learning_rate in enumerate(learning_rates):
            record = {
                "status": "completed",
                "strategy": strategy,
                "model": "tiny",
                "dataset": "bundled",
                "seed": 0,
                "data": {"rows": {"train": 100, "validation": 10}},
                "training": {"epochs": 1, "steps": 39},
                "metrics": {"validation": {"cross_entropy": {"value": 1 + abs(number - middle)}}},
            }
            run = folder / f"{strategy}-{number}"
            run.mkdir(parents=True)
            (run / "result.json").write_text(json.dumps(record))
            (run / "config.yaml").write_text(f"optimizer: {{lr: {learning_rate}}}\n")
    return folder


def test_result_goes_where_the_user_asks(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """New files, then old and new value and a refusal, then the replacement."""
    target = tmp_path / "my_conf" / "tuned"
    first = str(write_search(tmp_path / "first", (1e-4, 1e-3, 1e-2), ("vera", "lora")))
    assert main([first, "--to", str(target)]) == 0
    printed = capsys.readouterr().out
    assert "vera_tiny.yaml: new file -> 1.00e-03" in printed
    assert "lora_tiny.yaml takes precedence" in printed  # shipped
    written = (target / "vera_tiny.yaml").read_text()

    second = str(write_search(tmp_path / "second", (1e-3, 2e-3, 4e-3), ("vera", "boft")))
    assert main([second, "--to", str(target)]) == 2
    printed = capsys.readouterr()
    assert "vera_tiny.yaml: 1.00e-03 -> 2.00e-03" in printed.out
    assert "--overwrite" in printed.err
    assert (target / "vera_tiny.yaml").read_text() == written
    assert not (target / "boft_tiny.yaml").exists()

    assert main([second, "--to", str(target), "--overwrite"]) == 0
    assert "learning_rate: 2.00e-03" in (target / "vera_tiny.yaml").read_text()
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        own = f"hydra.searchpath=[file://{target.parent}]"
        cfg = compose("train", overrides=[own, "strategy=boft"])
    assert cfg.strategy.learning_rate == 2e-3


def test_runs_as_a_script_and_needs_a_target(tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "tools" / "tuned_rates.py")]
    done = subprocess.run(
        [*script, str(tmp_path)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 2
    assert "--to" in done.stderr
    done = subprocess.run(
        [*script, str(tmp_path), "--to", str(tmp_path / "tuned")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "no completed trials" in done.stderr
