"""Tests that a run gives a strategy its data, optimizer and schedule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from dialogsum.run import run
from tests.strategies.contract import World, build_strategy, logits
from tests.strategies.test_stopped import configuration
from tests.strategies.watched import Watched


def test_every_method_is_called(world: World, data: Path, tmp_path: Path) -> None:
    """Two epochs of three steps over twelve examples, with dropout, gradients still there."""
    cfg = configuration("full", world, data, tmp_path)
    cfg.strategy._target_ = "tests.strategies.watched.Watched"
    run(cfg)
    assert Watched.seen["prepare"] == {"total_steps": 6, "examples": 12}
    assert Watched.seen["after_optimizer_step"] == [(step, True, True) for step in range(1, 7)]
    optimizer = Watched.seen["build_optimizer"]
    assert all(state["step"] == 6 for state in optimizer.state.values()) and optimizer.state


def test_adalora_is_allocated(world: World, data: Path, tmp_path: Path) -> None:
    """The exported ranks have the budget of the file, moved between layers."""
    cfg = configuration("adalora", world, data, tmp_path)
    run(cfg)
    [exported] = tmp_path.glob("*/*/model/adapter_config.json")
    config = json.loads(exported.read_text())
    assert config["r"] == cfg.strategy.peft.target_r
    assert len(set(config["rank_pattern"].values())) > 1
    assert max(config["rank_pattern"].values()) <= cfg.strategy.peft.init_r


def test_checkpoints_hold_the_whole_model(world: World, data: Path, tmp_path: Path) -> None:
    """Checkpoints contain the base too: it may differ when the run continues."""
    cfg = configuration("lora_qv", world, data, tmp_path)
    cfg.keep_checkpoints = True
    run(cfg)
    [last] = tmp_path.glob("*/*/checkpoints/last.ckpt")
    held = torch.load(last, weights_only=True)["state_dict"]
    assert sum(".lora_" in name for name in held) > 0
    base = {name for name, _ in world.base().named_parameters()}
    assert len([name for name in held if ".lora_" not in name]) >= len(base)
    [head] = [tensor for name, tensor in held.items() if name.endswith("lm_head.weight")]
    assert torch.equal(head, world.base().lm_head.weight)


def test_pissa_is_exported_for_the_base(world: World, data: Path, tmp_path: Path) -> None:
    """A run's export, on the unchanged base, is the model that its best checkpoint holds."""
    cfg = configuration("pissa", world, data, tmp_path)
    cfg.keep_checkpoints = True
    run(cfg)
    [best] = tmp_path.glob("*/*/checkpoints/best.ckpt")
    held = torch.load(best, weights_only=True)
    trained = build_strategy("pissa").prepare(world.base(), 6, ())
    trained.load_state_dict({n.removeprefix("model."): t for n, t in held["state_dict"].items()})
    exported = build_strategy("pissa").load(world.base(), best.parents[1] / "model")
    batch = world.batches[0]
    torch.testing.assert_close(logits(exported, batch), logits(trained, batch), rtol=0, atol=1e-4)
    # Equal here also without conversion, where the SVD of the same weights is the same again.
    config = json.loads((best.parents[1] / "model" / "adapter_config.json").read_text())
    assert (config["init_lora_weights"], config["r"]) == (True, 2 * cfg.strategy.peft.r)


def test_recomputed_activations_change_no_result(world: World, data: Path, tmp_path: Path) -> None:
    """The setting is outside the fingerprint: same directory name, same losses."""
    kept = run(configuration("lora", world, data, tmp_path / "kept"))
    cfg = configuration("lora", world, data, tmp_path / "recomputed")
    cfg.hardware.gradient_checkpointing = True
    recomputed = run(cfg)
    assert recomputed["fingerprint"] == kept["fingerprint"]
    best, expected = (r["training"]["best_value"] for r in (recomputed, kept))
    assert best == pytest.approx(expected, rel=1e-6)
