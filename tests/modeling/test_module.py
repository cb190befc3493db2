"""Training steps: clipping, and what is not computed in bf16."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from dialogsum.config import ModelConfig
from dialogsum.modeling.backbone import load_backbone


def change_of_one_step(run_command: Callable[..., Any], root: Path, *overrides: str) -> Any:
    """What one step of SGD at rate 1 adds to all weights, as one tensor."""
    tiny = Path(__file__).resolve().parents[2] / "dialogsum" / "assets" / "tiny"
    done = run_command(
        "train.py",
        "strategy=full",
        "optimizer._target_=torch.optim.SGD",
        "optimizer.weight_decay=0",
        "optimizer.lr=1",
        "schedule=constant",
        "schedule.warmup=0",
        "+trainer.max_steps=1",
        *(f"dataset.limit.{split}=8" for split in ("train", "validation", "test")),
        "generation.max_new_tokens=2",
        f"output_root={root}",
        f"cache_dir={root / 'cache'}",
        *overrides,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [file] = root.glob("default/*/model/model.safetensors")
    base = load_backbone(ModelConfig(name="tiny", path=str(tiny)), seed=0).state_dict()
    return torch.cat([(value - base[name]).flatten() for name, value in load_file(file).items()])


def test_only_the_forward_pass_is_under_autocast(
    run_command: Callable[..., Any], tiny_run: list[str], tmp_path: Path
) -> None:
    """OSF projects gradients by matrix products, which autocast would make bf16: torch refuses."""
    done = run_command("train.py", *tiny_run, "strategy=osf", "hardware.precision=bf16-mixed")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("precision", ["32-true", "bf16-mixed"])
def test_gradients_are_clipped(
    precision: str, run_command: Callable[..., Any], tmp_path: Path
) -> None:
    clip = ("trainer.gradient_clip_val=0.25", f"hardware.precision={precision}")
    change = change_of_one_step(run_command, tmp_path / "norm", *clip)
    assert change.norm().item() == pytest.approx(0.25, rel=1e-3)
    by_value = ("trainer.gradient_clip_val=1e-3", "+trainer.gradient_clip_algorithm=value")
    change = change_of_one_step(run_command, tmp_path / "value", *clip, *by_value)
    assert change.abs().max().item() == pytest.approx(1e-3, rel=1e-3)


def test_gradients_are_whole_without_clipping(
    run_command: Callable[..., Any], tmp_path: Path
) -> None:
    change = change_of_one_step(run_command, tmp_path, "trainer.gradient_clip_val=null")
    assert change.norm().item() > 1
