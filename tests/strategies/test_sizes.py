"""Tests of arguments that depend on the layers' sizes, and of the sizes of exports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import hydra
import pytest
from omegaconf import OmegaConf
from peft import BOFTConfig
from torch import nn

from dialogsum.common.errors import ConfigurationError, UserError
from dialogsum.modeling.backbone import published_backbone
from dialogsum.preflight.checks import check
from dialogsum.run import run
from dialogsum.strategies import Peft
from dialogsum.strategies.peft_methods import METHODS
from tests.strategies.contract import World, build_strategy, read_strategy
from tests.strategies.test_stopped import configuration

# Strategy -> argument, a value that does not divide flan-t5-small's layers (512 x 384), and what
# the message proposes.
INVALID = {
    "boft": ("boft_block_size", 10, "use 8 or 16"),
    "c3a": ("block_size", 100, "use 64 or 128"),
    "gralora": ("gralora_k", 3, "use 2 or 4"),
    "oft": ("oft_block_size", 1000, "use 512"),
    "road": ("group_size", 100, "use 96 or 128"),
    "vblora": ("vector_length", 200, "use 128"),
}


def strategy_with(name: str, **changes: Any) -> Peft:
    cfg = OmegaConf.merge(read_strategy(name), changes)
    return hydra.utils.instantiate(cfg, _recursive_=False)


@pytest.mark.parametrize("name", INVALID)
def test_values_that_do_not_divide_are_refused(name: str) -> None:
    """Never replaced: the message names the valid values nearest to the given one."""
    key, value, advice = INVALID[name]
    changes = {key: value} | ({"r": 33} if name == "gralora" else {})
    strategy = strategy_with(name, peft=changes)
    with pytest.raises(ConfigurationError) as caught:
        strategy.count(published_backbone("flan_t5_small"), 10)
    [problem] = caught.value.problems
    assert problem.where == f"strategy.peft.{key}"
    assert str(value) in problem.what and problem.what.endswith(advice)


def test_every_size_is_tested() -> None:
    assert {size.key for m in METHODS.values() for size in m.sizes} - {"r"} == {
        key for key, _, _ in INVALID.values()
    }


def test_fit_lowers_its_own_value_only() -> None:
    backbone = published_backbone("flan_t5_small")
    fitted = strategy_with("oft", fit={"oft_block_size": 100}, peft={"oft_block_size": 100})
    assert fitted.build_config(backbone, 10).oft_block_size == 64
    assert fitted.effective == {"strategy.peft.oft_block_size": 64}
    overridden = strategy_with("oft", fit={"oft_block_size": 100}, peft={"oft_block_size": 90})
    with pytest.raises(ConfigurationError, match=r"90 does not divide"):
        overridden.build_config(backbone, 10)
    plain = strategy_with("oft", peft={"oft_block_size": 64})
    assert plain.build_config(backbone, 10).oft_block_size == 64
    assert plain.effective == {}


def test_value_in_effect_is_recorded(world: World, data: Path, tmp_path: Path) -> None:
    """In the record and in the export; the configuration keeps what was asked for."""
    cfg = configuration("c3a", world, data, tmp_path)
    record = run(cfg)
    [exported] = tmp_path.glob("*/*/model/adapter_config.json")
    used = json.loads(exported.read_text())["block_size"]
    assert record["parameters"]["effective"] == {"strategy.peft.block_size": used}
    assert 0 < used < cfg.strategy.peft.block_size == 128


def test_preflight_refuses_before_anything_is_loaded(
    world: World, data: Path, tmp_path: Path
) -> None:
    cfg = configuration("boft", world, data, tmp_path)
    cfg.strategy.peft.boft_block_size = 10
    [problem] = check(cfg)
    assert problem.where == "strategy.peft.boft_block_size" and "does not divide" in problem.what
    cfg = configuration("c3a", world, data, tmp_path)
    cfg.strategy.fit = {"blocks": 8}
    assert [p.where for p in check(cfg)] == ["strategy.fit.blocks"]


def test_several_butterfly_factors_are_not_replaced_by_one() -> None:
    """Without its CUDA extension peft would train one factor and say nothing in the record."""
    strategy = strategy_with("boft", peft={"boft_n_butterfly_factor": 2})
    with pytest.raises(UserError, match=r"strategy\.peft\.boft_n_butterfly_factor: 2"):
        strategy.count(published_backbone("flan_t5_small"), 10)


def test_boft_is_counted_without_permutations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards the two methods of peft that are replaced while counting."""
    from peft.tuners.boft import layer

    def fill(*_: Any) -> None:
        raise AssertionError("permutation matrices are filled")

    for method in ("perm2mat", "block_butterfly_perm"):
        monkeypatch.setattr(layer.BOFTLayer, method, fill)
    build_strategy("boft").count(published_backbone("flan_t5_small"), 10)
    monkeypatch.setattr(layer, "get_fbd_cuda", lambda: False)
    with pytest.raises(AssertionError, match="permutation"):
        layer.Linear(nn.Linear(8, 8), "default", BOFTConfig(boft_block_size=4))


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
