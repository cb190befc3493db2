"""Names, and what a W&B sweep's agent decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import DictConfig, OmegaConf

from dialogsum.common.sweep_file import SWEEP_FILE, start_sweep
from dialogsum.config.job_label import swept_keys
from dialogsum.config.schema import conf_dir, register
from dialogsum.tracking import wandb_names, wandb_state


def composed(*overrides: str) -> DictConfig:
    register()
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        return compose("train", overrides=list(overrides))


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Pretend to be a job of a multirun command with these overrides."""

    def enter(*overrides: str) -> None:
        hydra = {"sweeper": {}, "overrides": {"task": list(overrides)}}
        swept = swept_keys(OmegaConf.create({"hydra": hydra}))
        monkeypatch.setenv(SWEEP_FILE, "")  # restored afterwards
        start_sweep(tmp_path, list(overrides), swept, planned=None)

    return enter


def test_what_is_swept_stands_in_the_name(command) -> None:
    command("strategy=lora,full", "strategy.peft.r=4,8", "prompt=zero_shot,few_shot", "seed=0,1")

    name = wandb_names.display_name(composed("strategy.peft.r=8", "prompt=few_shot", "seed=1"))

    assert name == "lora-tiny-bundled-r=8-few_shot-seed1".replace("-few", "-prompt=few")


def test_what_is_only_set_does_not(command) -> None:
    command("strategy.peft.r=8", "batching.batch_size=4", "seed=0,1")

    assert wandb_names.display_name(composed("strategy.peft.r=8")) == "lora-tiny-bundled-seed0"


def test_without_a_command_there_is_no_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SWEEP_FILE, raising=False)

    assert wandb_names.display_name(composed("seed=3")) == "lora-tiny-bundled-seed3"


def test_swept_values_are_flat_columns(command) -> None:
    command("strategy.peft.r=4,8")

    assert wandb_names.swept_config(composed("strategy.peft.r=4")) == {"swept_strategy_peft_r": 4}


def test_a_run_keeps_its_first_name_and_id(tmp_path: Path) -> None:
    first = wandb_state.load_or_begin(tmp_path, "first", {"swept_a": 1})

    assert wandb_state.load_or_begin(tmp_path, "second", {}) == first


def test_the_agent_of_a_wandb_sweep_chooses_the_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_RUN_ID", "agents")
    without = wandb_state.load_or_begin(tmp_path / "a", "name", {})
    monkeypatch.setenv("WANDB_SWEEP_ID", "sweep")

    assert without.id != "agents"  # it would be the same for every job of a multirun
    assert wandb_state.load_or_begin(tmp_path / "b", "name", {}).id == "agents"
