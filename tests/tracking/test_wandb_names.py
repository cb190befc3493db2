"""Names and flat config keys of runs, and the id that the agent of a W&B sweep chooses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dialogsum.common.files import write_json
from dialogsum.common.sweep_file import SWEEP_FILE
from dialogsum.tracking import wandb_content
from dialogsum.tracking.wandb_setup import open_state
from tests.tracking.wandb_files import composed


@pytest.fixture
def sweeping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make this process a job of a command that gives several values to the named keys."""

    def enter(*keys: str) -> None:
        path = tmp_path / "sweep.json"
        command = {"overrides": [], "swept": list(keys), "planned": None, "jobs": []}
        write_json(path, {"commands": {"one": command}})
        monkeypatch.setenv(SWEEP_FILE, f"{path}::one")

    return enter


def test_names_contain_the_swept_settings(sweeping: Callable[..., None]) -> None:
    sweeping("strategy", "strategy.peft.r", "prompt", "seed")

    name = wandb_content.display_name(composed("strategy.peft.r=8", "prompt=few_shot", "seed=1"))

    assert name == "lora-tiny-bundled-r=8-prompt=few_shot-seed1"


def test_names_without_a_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SWEEP_FILE, raising=False)

    assert wandb_content.display_name(composed("seed=3")) == "lora-tiny-bundled-seed3"


def test_swept_values_are_flat_keys_of_one_setting(
    sweeping: Callable[..., None],
) -> None:
    """Runs with r=4 and r=8 are two settings; seeds of one value are one."""
    sweeping("strategy.peft.r", "seed")
    first, second, other = (
        wandb_content.swept_config(composed(f"strategy.peft.r={r}", f"seed={seed}"))
        for r, seed in ((4, 0), (4, 1), (8, 0))
    )

    assert first == {"setting_name": "lora-tiny-bundled-r=4", "swept_strategy_peft_r": 4}
    assert second == first
    assert other["setting_name"] != first["setting_name"]


def test_later_attempts_use_the_first_name_and_id(tmp_path: Path) -> None:
    first = open_state(tmp_path, "first", {"swept_a": 1})

    assert open_state(tmp_path, "second", {}) == first


def test_the_agent_of_a_wandb_sweep_chooses_the_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_RUN_ID", "agents")
    without = open_state(tmp_path / "a", "name", {})
    monkeypatch.setenv("WANDB_SWEEP_ID", "sweep")

    assert without.id != "agents"  # it would be the same for every job of a multirun
    assert open_state(tmp_path / "b", "name", {}).id == "agents"
