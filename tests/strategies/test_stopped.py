"""Tests that stopped and continued training equals uninterrupted training, bit for bit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import DictConfig

from dialogsum.config.registration import conf_dir, register
from dialogsum.run import run
from tests.strategies.contract import NAMES, QUANTIZED, World, equal_exports, run_overrides
from tests.strategies.stop import FLAG, Stopped

# One of each class and of each kind of state: in the optimizer, in the strategy, in buffers, in a
# changed base, in shapes found from the data.
FAST = [
    "adalora",
    "eva",
    "full",
    "last_blocks",
    "lora",
    "lora_fa",
    "pissa",
    "prefix_tuning",
    "vera",
]
TRAINED = [name for name in NAMES if name not in (*QUANTIZED, "zero_shot")]

register()


def configuration(name: str, world: World, data: Path, output_root: Path) -> DictConfig:
    """Compose a run that the metric `stop` can stop after one epoch, one step past a checkpoint."""
    overrides = [
        *run_overrides(world, data),
        f"strategy={name}",
        "++evaluation.metrics.stop._target_=tests.strategies.stop.metric",
        f"output_root={output_root}",
        f"cache_dir={output_root.parent / 'cache'}",
    ]
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        return compose("train", overrides=overrides)


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if n in FAST else [pytest.mark.slow]) for n in TRAINED],
)
def test_stopped(
    name: str, world: World, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(configuration(name, world, data, tmp_path / "whole"))
    cfg = configuration(name, world, data, tmp_path / "stopped")
    monkeypatch.setenv(FLAG, "1")
    with pytest.raises(Stopped):
        run(cfg)
    assert FLAG not in os.environ
    continued = run(cfg)
    assert len(continued["attempts"]) == 2
    assert continued["training"] == whole["training"]
    assert continued["metrics"] == whole["metrics"]
    assert equal_exports(tmp_path / "whole", tmp_path / "stopped")
