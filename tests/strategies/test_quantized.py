"""Tests of QLoRA: refused without bitsandbytes; with it the contract on a quantized base."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import torch
from transformers import set_seed

from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import load_backbone
from dialogsum.preflight.checks import check
from dialogsum.run import run
from tests.strategies.contract import (
    QUANTIZED,
    STEPS,
    Trained,
    World,
    build_strategy,
    cross_entropy,
    equal_exports,
    logits,
    train,
)
from tests.strategies.stop import FLAG, Stopped
from tests.strategies.test_stopped import configuration

THERE = importlib.util.find_spec("bitsandbytes") is not None
needs_it = pytest.mark.skipif(not THERE, reason="bitsandbytes is not installed")


@pytest.mark.parametrize("name", QUANTIZED)
def test_refusals(name: str, world: World, data: Path, tmp_path: Path) -> None:
    cfg = configuration(name, world, data, tmp_path)
    cfg.model.pretrained = False
    problems = [str(problem) for problem in check(cfg)]
    extra = f"strategy: {name} needs bitsandbytes: pip install 'dialogsum[quantization]'"
    assert (extra in problems) is not THERE
    assert any(problem.startswith("model.pretrained: ") for problem in problems)


@needs_it
@pytest.mark.parametrize("name", QUANTIZED)
def test_contract(name: str, world: World, tmp_path: Path) -> None:
    """Learns, gives every trainable tensor gradient, reloads to the same, refuses to merge."""
    strategy = build_strategy(name)
    model_config = ModelConfig(name="tiny", path=str(world.directory))
    base = load_backbone(model_config, 0, **strategy.backbone_arguments())
    start = logits(base, world.batches[0])
    set_seed(7)
    model = strategy.prepare(base, STEPS, iter(world.batches))
    before = cross_entropy(model, world.batches)
    trained = Trained(name, strategy, model, logits(model, world.batches[0]), start, before)
    torch.testing.assert_close(trained.first_logits, start)
    train(trained, world.batches, STEPS)
    assert cross_entropy(model, world.batches) < before
    assert not any(silent.all() for silent in trained.silent.values())
    # Before the export: reading 4-bit weights changes how bitsandbytes computes on a CPU.
    expected = logits(model, world.batches[0])
    strategy.export(model, tmp_path)
    again = load_backbone(model_config, 0, **strategy.backbone_arguments())
    loaded = strategy.load(again, tmp_path)
    torch.testing.assert_close(logits(loaded, world.batches[0]), expected)
    with pytest.raises(ValueError, match="quantise the weights again"):
        strategy.merge(model)


@needs_it
@pytest.mark.parametrize("name", QUANTIZED)
def test_stopped(
    name: str, world: World, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint holds the adapter alone, and training continues from it bit for bit."""
    run(configuration(name, world, data, tmp_path / "whole"))
    cfg = configuration(name, world, data, tmp_path / "stopped")
    monkeypatch.setenv(FLAG, "1")
    with pytest.raises(Stopped):
        run(cfg)
    [last] = (tmp_path / "stopped").glob("*/*/checkpoints/last.ckpt")
    names = torch.load(last, weights_only=True)["state_dict"]
    assert names and all(".lora_" in tensor for tensor in names)
    run(cfg)
    assert equal_exports(tmp_path / "whole", tmp_path / "stopped")
