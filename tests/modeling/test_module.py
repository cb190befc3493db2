"""Tests of training steps: clipping, and computations outside autocast."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import load_backbone


@pytest.fixture
def change_of_one_step(
    run_command: Callable[..., Any],
    tiny_run_in: Callable[[Path], list[str]],
    tiny_model_dir: Path,
    tmp_path: Path,
) -> Callable[..., Any]:
    """Return a function that gives the change of all weights by one step of SGD with lr 1."""

    def change(folder: str, *overrides: str) -> Any:
        done = run_command(
            "train.py",
            *tiny_run_in(tmp_path / folder),
            "strategy=full",
            "optimizer._target_=torch.optim.SGD",
            "optimizer.weight_decay=0",
            "strategy.learning_rate=1",
            "schedule=constant",
            "schedule.warmup=0",
            "+trainer.max_steps=1",
            *overrides,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        [file] = tmp_path.glob(f"{folder}/default/*/model/model.safetensors")
        model = ModelConfig(name="tiny", path=str(tiny_model_dir), pretrained=False)
        base = load_backbone(model, seed=0).state_dict()
        after = load_file(file)
        return torch.cat([(value - base[name]).flatten() for name, value in after.items()])

    return change


def test_only_the_forward_pass_is_under_autocast(
    run_command: Callable[..., Any], tiny_run: list[str], tmp_path: Path
) -> None:
    """OSF projects gradients by matrix products, which autocast would make bf16: torch refuses."""
    done = run_command("train.py", *tiny_run, "strategy=osf", "hardware.precision=bf16-mixed")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("precision", ["32-true", "bf16-mixed"])
def test_gradients_are_clipped(precision: str, change_of_one_step: Callable[..., Any]) -> None:
    clip = ("trainer.gradient_clip_val=0.25", f"hardware.precision={precision}")
    change = change_of_one_step("norm", *clip)
    assert change.norm().item() == pytest.approx(0.25, rel=1e-3)
    by_value = ("trainer.gradient_clip_val=1e-3", "+trainer.gradient_clip_algorithm=value")
    change = change_of_one_step("value", *clip, *by_value)
    assert change.abs().max().item() == pytest.approx(1e-3, rel=1e-3)


def test_gradients_are_whole_without_clipping(change_of_one_step: Callable[..., Any]) -> None:
    change = change_of_one_step("whole", "trainer.gradient_clip_val=null")
    assert change.norm().item() > 1
