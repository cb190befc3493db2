"""The command as a whole: plans, stopping at errors, the list of jobs, searches' objective."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir

from dialogsum.common.files import write_json
from dialogsum.common.sweep_file import SWEEP_FILE, start_sweep
from dialogsum.config.registration import conf_dir, register
from dialogsum.config.run_names import run_directory
from dialogsum.sweep import best_run

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("width", [80, 160])
def test_plan_fits_the_terminal_and_starts_nothing(
    run_command, tiny_run: list[str], tmp_path: Path, width: int
) -> None:
    arguments = ["plan=true", "strategy=full,lora", "strategy.learning_rate=1e-3,3e-4"]
    done = run_command("train.py", "-m", *arguments, *tiny_run, COLUMNS=str(width))
    assert done.returncode == 0, done.stderr
    assert "4 jobs, nothing is run" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= width
    for strategy in ("full", "lora"):
        for learning_rate in ("1e-3", "3e-4"):
            assert re.search(rf"\n{strategy} lr={learning_rate}\s", done.stdout)
    assert not list(tmp_path.glob("default/*"))


def test_all_mistakes_at_once_and_nothing_is_started(
    run_command, tiny_run: list[str], tmp_path: Path
) -> None:
    mistakes = ["strategy=lorra", "seeed=1", "trainer.max_epoch=2", "generation.num_beams=0"]
    done = run_command("train.py", *tiny_run, *mistakes)
    assert done.returncode == 2
    assert "4 problems in the configuration" in done.stderr
    for text in (
        "strategy: unknown option 'lorra'; did you mean 'lora'?",
        "seeed: unknown key; did you mean 'seed'?",
        "trainer.max_epoch: not an argument of Lightning's Trainer; did you mean 'trainer",
        "generation.num_beams: must be at least 1, got 0",
    ):
        assert text in done.stderr
    assert not list(tmp_path.glob("default/*"))


def test_one_bad_job_of_a_sweep_stops_all_before_the_first(
    run_command, tiny_run: list[str], tmp_path: Path
) -> None:
    done = run_command("train.py", "-m", "batching.batch_size=4,0", *tiny_run[:6], tiny_run[-2])
    assert done.returncode == 2
    assert "batching.batch_size: must be at least 1, got 0" in done.stderr
    assert not list(tmp_path.glob("default/*"))


def test_on_error_stop_leaves_the_rest(run_command, tiny_run: list[str], tmp_path: Path) -> None:
    broken = ["strategy=layer_norm", "dataset.max_source_tokens=4"]  # the instruction has more
    done = run_command("train.py", "-m", "seed=0,1", *broken, "on_error=stop", *tiny_run)
    assert done.returncode == 1
    runs = [path.name for path in tmp_path.glob("default/layer_norm-*")]
    assert len(runs) == 1
    assert "\nAgain:     the same command continues what was stopped and repeats" in done.stdout
    assert "\nEvaluate: " not in done.stdout
    commands = json.loads((tmp_path / "default" / "sweep.json").read_text())["commands"]
    assert [command["jobs"] for command in commands.values()] == [runs]


def test_a_last_screen_that_fails_leaves_a_sentence(
    run_command, tiny_run: list[str], tmp_path: Path
) -> None:
    """A folder stands where the report is to be written."""
    (tmp_path / "default" / "report.html").mkdir(parents=True)
    cache = {"DIALOGSUM_CACHE": str(tmp_path / "cache")}
    done = run_command("train.py", "strategy=zero_shot", *tiny_run, **cache)
    assert done.returncode == 1
    assert "test: rouge1" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "report.html" in done.stderr


@pytest.mark.slow
def test_jobs_in_other_processes_are_compared_too(
    run_command, tiny_run: list[str], tmp_path: Path
) -> None:
    done = run_command(
        "train.py",
        "-m",
        "hydra/launcher=joblib",
        "hydra.launcher.n_jobs=2",
        "strategy=zero_shot,lora",
        *tiny_run,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [command] = json.loads((tmp_path / "default" / "sweep.json").read_text())["commands"].values()
    assert len(command["jobs"]) == 2
    assert "zero_shot" in (tmp_path / "default" / "comparison.md").read_text()


def test_objective_is_what_a_search_gets(
    tiny_run: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`train` returns the validation metric that `objective` names."""
    register()
    overrides = [*tiny_run, "strategy=zero_shot", "objective=cross_entropy"]
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        cfg = compose("train", overrides=overrides)
    monkeypatch.setenv(SWEEP_FILE, "")  # restored afterwards
    directory = run_directory(cfg)
    start_sweep(directory.parent, overrides, [], [directory.name])
    value = runpy.run_path(str(ROOT / "train.py"))["train"](cfg)
    record = json.loads((directory / "result.json").read_text())
    assert value == record["metrics"]["validation"]["cross_entropy"]["value"]


def test_every_line_of_a_sweep_names_its_job(
    run_command, tiny_run: list[str], tmp_path: Path
) -> None:
    """Also what is swept in an experiment file, which no override mentions."""
    done = run_command("train.py", "-m", "experiment=in_context", *tiny_run)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line for line in done.stdout.splitlines() if re.match(r"[0-9:]{8} I ", line)]
    assert all(re.search(r" I \[\d+/\d+ zero_shot prompt=\w+ seed 0\] ", line) for line in lines)
    for prompt in ("zero_shot", "one_shot", "few_shot"):
        assert any(f"prompt={prompt} seed 0] test: rouge1" in line for line in lines)


def test_the_best_trained_run_is_proposed_for_evaluation(tmp_path: Path) -> None:
    def finished(name: str, trained: bool, **values: float) -> Path:
        run = tmp_path / name
        metrics = {metric: {"value": value} for metric, value in values.items()}
        record = {"status": "completed", "training": {} if trained else None}
        write_json(run / "result.json", record | {"metrics": {"validation": metrics}})
        (run / "config.yaml").write_text(f"objective: {next(iter(values))}\n")
        return run

    untrained = finished("zero_shot", False, rougeL=0.9)
    worse, better = finished("lora", True, rougeL=0.2), finished("full", True, rougeL=0.3)
    assert best_run([better, worse, untrained]) == better
    assert best_run([untrained]) == untrained
    high = finished("high", True, cross_entropy=3.0)
    low = finished("low", True, cross_entropy=2.0)
    assert best_run([high, low]) == low
