"""Names of jobs: what their command swept, in the command line or in an experiment file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import DictConfig

from dialogsum.common.sweep_file import SWEEP_FILE, append_job, jobs_of_command, start_sweep
from dialogsum.config.job_label import job_label, log_prefix, swept_keys, swept_settings
from dialogsum.config.registration import conf_dir, register
from dialogsum.config.run_names import run_name


def composed(*overrides: str) -> DictConfig:
    register()
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        return compose("train", overrides=list(overrides), return_hydra_config=True)


@pytest.fixture(autouse=True)
def no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWEEP_FILE, "")  # restored after what a test's start_sweep sets


def test_swept_keys_come_from_the_experiment_and_from_the_command_line() -> None:
    command = composed("experiment=demo")
    command.hydra.overrides.task += ["strategy.learning_rate=1e-3,3e-4", "trainer.max_epochs=2"]
    assert swept_keys(command) == ["strategy", "seed", "strategy.learning_rate"]


@pytest.mark.parametrize(
    ("swept", "overrides", "label"),
    [
        ([], [], "lora seed 0"),
        (["strategy", "seed"], ["strategy=full", "seed=3"], "full seed 3"),
        (["strategy.learning_rate"], ["strategy.learning_rate=0.001"], "lora lr=1e-3 seed 0"),
        (["strategy.learning_rate"], ["strategy.learning_rate=0.00025"], "lora lr=2.5e-4 seed 0"),
        (["prompt"], ["prompt=few_shot"], "lora prompt=few_shot seed 0"),
        (["dataset"], ["dataset=samsum"], "lora samsum seed 0"),
        (["batching.shuffle"], ["batching.shuffle=false"], "lora shuffle=false seed 0"),
        (["prompt.template"], [f"prompt.template={'x' * 80}"], f"lora template={'x' * 23}… seed 0"),
        (["dataset.limit.train"], ["dataset.limit.train=null"], "lora seed 0"),
    ],
)
def test_label(swept: list[str], overrides: list[str], label: str) -> None:
    assert job_label(composed(*overrides), swept) == label


def test_a_job_in_any_process_knows_what_its_command_swept(tmp_path: Path) -> None:
    jobs = [composed(f"strategy.peft.r={r}") for r in (4, 8)]
    start_sweep(tmp_path, [], ["strategy.peft.r", "seed"], [run_name(job) for job in jobs])
    assert [swept_settings(job) for job in jobs] == [{"strategy.peft.r": r} for r in (4, 8)]
    assert [log_prefix(_root_=job) for job in jobs] == [
        "[1/2 lora r=4 seed 0] ",
        "[2/2 lora r=8 seed 0] ",
    ]


def test_only_one_of_several_jobs_has_a_prefix(tmp_path: Path) -> None:
    job = composed()
    assert log_prefix(_root_=job) == ""
    start_sweep(tmp_path, [], [], [run_name(job)])
    assert log_prefix(_root_=job) == ""


def test_a_search_has_no_number_of_jobs(tmp_path: Path) -> None:
    start_sweep(tmp_path, [], ["strategy.learning_rate"], planned=None)
    assert log_prefix(_root_=composed("strategy.learning_rate=0.5")) == "[lora lr=0.5 seed 0] "


def test_a_percent_sign_is_safe_in_a_format_string(tmp_path: Path) -> None:
    start_sweep(tmp_path, [], ["prompt.template"], planned=None)
    prefix = log_prefix(_root_=composed("prompt.template='50% {dialogue}'"))
    assert "50%% {dialogue}" in prefix


def test_jobs_are_listed_in_the_order_of_their_start_and_once(tmp_path: Path) -> None:
    assert jobs_of_command() == []
    start_sweep(tmp_path, [], [], ["a", "b"])
    for name in ("b", "a", "b"):
        append_job(tmp_path / name)
    assert jobs_of_command() == [tmp_path / "b", tmp_path / "a"]
