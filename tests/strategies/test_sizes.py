"""Sizes: blocks that follow from the geometry, artifacts that stay small."""

from __future__ import annotations

from types import SimpleNamespace

import hydra
import pytest
from omegaconf import OmegaConf

from dialogsum.common.errors import UserError
from dialogsum.modeling.published import published_backbone
from dialogsum.strategies.geometry import fit_sizes
from dialogsum.strategies.methods import METHODS, Size
from tests.strategies.contract import World, build_strategy, read_strategy

# What each file's sizes become on flan-t5-small, whose layers are 512 x 384, when far too large.
FITTED = {
    "boft": ("boft_block_size", 1000, 256),
    "c3a": ("block_size", 256, 128),
    "gralora": ("gralora_k", 32, 32),  # r is a multiple of it: fits already
    "oft": ("oft_block_size", 100, 64),
    "road": ("group_size", 100, 96),
    "vblora": ("vector_length", 256, 128),
}


@pytest.mark.parametrize("name", FITTED)
def test_blocks_follow_from_the_geometry(name: str) -> None:
    key, asked, fitting = FITTED[name]
    cfg = OmegaConf.merge(read_strategy(name), {"peft": {key: asked}})
    strategy = hydra.utils.instantiate(cfg, _recursive_=False)
    backbone = published_backbone("flan_t5_small")
    assert getattr(strategy.build_config(backbone, 10), key) == fitting
    assert strategy.count(backbone, 10).trainable > 0


def test_every_size_is_tested() -> None:
    assert {size.key for m in METHODS.values() for size in m.sizes} - {"r"} == {
        key for key, _, _ in FITTED.values()
    }


def test_nothing_fits(world: World) -> None:
    config = SimpleNamespace(target_modules=["q", "v"], block=1, factor=7)
    with pytest.raises(UserError, match=r"strategy\.peft\.block: nothing up to 1 divides"):
        fit_sizes(config, [Size("block", even=True)], world.base())


def test_lora_r32_on_base_is_below_15_mb() -> None:
    """The size that test_contract.py holds exports to."""
    cfg = OmegaConf.merge(read_strategy("lora_qv"), {"peft": {"r": 32}})
    strategy = hydra.utils.instantiate(cfg, _recursive_=False)
    counts = strategy.count(published_backbone("flan_t5_base"), 1000)
    assert counts.trainable == 3_538_944
    assert counts.artifact_bytes < 15e6


def test_small_exports() -> None:
    """No adapter on flan-t5-small needs more than the model's tenth, but OSF's whole layers."""
    backbone_bytes = 4 * 76_961_152
    for name in ("lora", "randlora", "vera", "prefix_tuning", "p_tuning", "pissa", "adalora"):
        counts = build_strategy(name).count(published_backbone("flan_t5_small"), 1000)
        assert counts.artifact_bytes < backbone_bytes / 10, name
        assert counts.total >= 76_961_152
