"""What a strategy asks for happens in a run: its data, its optimizer, its schedule."""

from __future__ import annotations

import json
from pathlib import Path

from dialogsum.run import run
from tests.strategies.contract import World
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
    """The ranks that a run exports are the budget of its file, moved between layers."""
    cfg = configuration("adalora", world, data, tmp_path)
    run(cfg)
    [exported] = tmp_path.glob("*/*/model/adapter_config.json")
    config = json.loads(exported.read_text())
    assert config["r"] == cfg.strategy.peft.target_r
    assert len(set(config["rank_pattern"].values())) > 1
    assert max(config["rank_pattern"].values()) <= cfg.strategy.peft.init_r
