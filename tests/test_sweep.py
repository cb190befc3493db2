"""The command as a whole: plans, stopping at errors, the list of jobs, searches' objective."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from omegaconf import OmegaConf


def test_plan_starts_nothing(run_command, tiny_run: list[str], tmp_path: Path) -> None:
    done = run_command("train.py", "-m", "plan=true", "strategy=full,lora,zero_shot", *tiny_run)
    assert done.returncode == 0, done.stderr
    assert "3 jobs, nothing is run" in done.stdout
    for strategy in ("full", "lora", "zero_shot"):
        assert f"{strategy}-tiny-bundled-seed0" in done.stdout
    assert not list(tmp_path.glob("default/*"))


def test_all_mistakes_at_once_and_nothing_is_started(
    run_command, tiny_run: list[str], tmp_path: Path
) -> None:
    mistakes = ["strategy=lorra", "seeed=1", "trainer.max_epoch=2", "generation.num_beams=0"]
    done = run_command("train.py", *tiny_run, *mistakes)
    assert done.returncode == 2
    assert "4 problems in the configuration" in done.stderr
    for text in (
        "strategy: there is no option 'lorra'; did you mean 'lora'?",
        "seeed: there is no such key; did you mean 'seed'?",
        "trainer.max_epoch: no argument of Lightning's Trainer; did you mean 'max_epochs'?",
        "generation.num_beams: must be at least 1, is 0",
    ):
        assert text in done.stderr
    assert not list(tmp_path.glob("default/*"))


def test_one_bad_job_of_a_sweep_stops_all_before_the_first(
    run_command, tiny_run: list[str], tmp_path: Path
) -> None:
    done = run_command("train.py", "-m", "batching.batch_size=4,0", *tiny_run[:6], tiny_run[-2])
    assert done.returncode == 2
    assert "batching.batch_size: must be at least 1, is 0" in done.stderr
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
    """`job` returns the validation figure that `objective` names."""
    from hydra import compose, initialize_config_dir

    from dialogsum.config.schema import conf_dir, register, run_directory
    from dialogsum.sweep import job, start_sweep

    register()
    overrides = [*tiny_run, "strategy=zero_shot", "objective=cross_entropy"]
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        command = compose("train", overrides=overrides, return_hydra_config=True)
    monkeypatch.setenv("DIALOGSUM_SWEEP", "")  # restored afterwards
    start_sweep(command)
    OmegaConf.set_struct(command, False)
    directory = run_directory(command)
    directory.mkdir(parents=True)
    value = job(command)
    record = json.loads((directory / "result.json").read_text())
    assert value == record["metrics"]["validation"]["cross_entropy"]["value"]
