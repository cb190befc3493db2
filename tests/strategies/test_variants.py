"""Tests of single strategies beyond the contract, and of the list of strategies."""

from __future__ import annotations

import re
from functools import partial

import peft
import pytest
import torch
from hydra import compose, initialize_config_dir

from dialogsum.commands.strategies import list_strategies, main, strategy_files
from dialogsum.common.errors import UserError
from dialogsum.config.registration import conf_dir, register
from dialogsum.modeling.backbone import published_backbone
from dialogsum.strategies.data_driven import reads_source
from tests.strategies.contract import NAMES, ROOT, STEPS, Trained, World, build_strategy

register()
OPTIMIZER = partial(torch.optim.AdamW, lr=1e-3, weight_decay=0.1)


SELECTED = {
    "attention": r"Attention\.[qkvo]\.weight$",
    "cross_attention": r"EncDecAttention\.[qkvo]\.weight$",
    "decoder_only": r"^decoder\.(block|final_layer_norm)\.",
    "encoder_only": r"^encoder\.(block|final_layer_norm)\.",
    "feed_forward": r"DenseReluDense\.w(i_0|i_1|o)\.weight$",
    "head_only": r"^lm_head\.weight$",
    "last_blocks": r"^decoder\.(block\.[67]|final_layer_norm)\.",  # of eight
    "layer_norm": r"layer_norm\.weight$",
    "without_embeddings": r"^(en|de)coder\.(block|final_layer_norm)\.",
}


@pytest.mark.parametrize(("name", "expected"), SELECTED.items())
def test_selected(name: str, expected: str) -> None:
    """Exactly the expected parameters of flan-t5-small train; the contract only counts them."""
    model = build_strategy(name).prepare(published_backbone("flan_t5_small"), STEPS, ())
    for parameter_name, parameter in model.named_parameters():
        assert parameter.requires_grad is bool(re.search(expected, parameter_name)), parameter_name


def test_lora_plus_learns_b_faster(world: World) -> None:
    strategy = build_strategy("lora_plus")
    model = strategy.prepare(world.base(), STEPS, ())
    rates = {
        id(p): group.get("lr", 1e-3)
        for group in strategy.parameter_groups(model, OPTIMIZER)
        for p in group["params"]
    }
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            assert rates[id(parameter)] == (16e-3 if ".lora_B." in name else 1e-3)


def test_no_decay_on_vectors(world: World) -> None:
    strategy = build_strategy("dora")
    model = strategy.prepare(world.base(), STEPS, ())
    for parameters in strategy.parameter_groups(model, OPTIMIZER):
        for parameter in parameters["params"]:
            assert parameters["weight_decay"] == (0.1 if parameter.ndim >= 2 else 0.0)


def test_lora_fa_keeps_a(world: World) -> None:
    strategy = build_strategy("lora_fa")
    model = strategy.prepare(world.base(), STEPS, ())
    trained = [n for n, p in model.named_parameters() if p.requires_grad]
    assert trained and all(".lora_B." in name for name in trained)
    optimizer = strategy.build_optimizer(model, OPTIMIZER)
    assert type(optimizer).__name__ == "LoraFAOptimizer"
    assert all(group["weight_decay"] == 0.1 for group in optimizer.param_groups)


@pytest.mark.parametrize("trained", ["adalora"], indirect=True)
def test_adalora_reaches_its_budget(trained: Trained, tmp_path) -> None:
    """The export is a LoRA with target_r per layer on average, moved between layers."""
    trained.strategy.export(trained.model, tmp_path)
    config = peft.PeftConfig.from_pretrained(str(tmp_path))
    assert config.peft_type == "LORA"
    layers = [m for m in trained.model.modules() if hasattr(m, "lora_E")]
    ranks = list(config.rank_pattern.values())
    assert len(set(ranks)) > 1
    total = sum(ranks) + config.r * (len(layers) - len(ranks))
    assert total == pytest.approx(config.r * len(layers), abs=len(layers) / 4)


def test_eva_moves_ranks(world: World) -> None:
    strategy = build_strategy("eva")
    model = strategy.prepare(world.base(), STEPS, iter(world.batches))
    pattern = model.peft_config["default"].rank_pattern
    assert pattern and max(pattern.values()) <= 16
    assert model.training


def test_eva_refuses_too_few_tokens(world: World) -> None:
    few = [{key: value[:1, :3] for key, value in world.batches[0].items()}]
    with pytest.raises(UserError, match=r"strategy\.examples"):
        build_strategy("eva").prepare(world.base(), STEPS, few)


@pytest.mark.parametrize("name", ["lora_ga", "corda", "eva"])
def test_data_decide_the_start(name: str, world: World) -> None:
    """Other batches, other first weights; the model is left in train mode."""
    first = {}
    for part in (world.batches[:2], world.batches[2:]):
        torch.manual_seed(0)
        model = build_strategy(name).prepare(world.base(), STEPS, iter(part))
        assert model.training
        [weight] = [
            p
            for n, p in model.named_parameters()
            if n.endswith("decoder.block.0.layer.0.SelfAttention.q.lora_A.default.weight")
        ]
        first[id(part)] = weight.detach().clone()
    a, b = first.values()
    assert a.shape != b.shape or not torch.allclose(a, b)


def test_which_positions_a_layer_reads() -> None:
    assert reads_source("base_model.model.encoder.block.0.layer.0.SelfAttention.q")
    assert reads_source("decoder.block.0.layer.1.EncDecAttention.k")
    assert not reads_source("decoder.block.0.layer.1.EncDecAttention.q")
    assert not reads_source("model.decoder.layers.0.self_attn.k_proj")
    assert reads_source("model.decoder.layers.0.encoder_attn.v_proj")


# Listing


def test_list() -> None:
    rows = {row.name: row for row in list_strategies()}
    assert list(rows) == NAMES
    assert rows["lora"].trainable == (1_277_952, 3_391_488)
    assert (rows["lora"].merge, rows["prefix_tuning"].merge, rows["zero_shot"].merge) == (
        "yes",
        "no",
        "",
    )
    assert rows["lora"].origin == "dialogsum"
    assert list(strategy_files()) == NAMES


def test_page_is_up_to_date() -> None:
    """docs/strategies.md shows the counts, merge support and papers of the files."""
    page = (ROOT / "docs" / "strategies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", page, re.MULTILINE)
    shown = {
        row[0]: [cell.strip() for cell in row[1].split("|")]
        for row in rows
        if row[1].count("|") == 5
    }
    for row in list_strategies():
        small, base, _, merge, _, paper = shown.pop(row.name)
        assert [small, base] == [f"{count:,}" for count in row.trainable]
        assert (merge, paper) == (row.merge or "–", row.paper)
    assert not shown


def test_list_refuses_a_missing_folder(tmp_path) -> None:
    from argparse import Namespace

    with pytest.raises(UserError, match="there is no directory"):
        main(Namespace(config_dir=str(tmp_path / "none"), names=True))


def experiment(name: str, *overrides: str):
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        return compose(
            "train", overrides=[f"experiment={name}", *overrides], return_hydra_config=True
        )


def test_merge_capable_is_complete() -> None:
    swept = experiment("merge_capable").hydra.sweeper.params.strategy
    declared = [row.name for row in list_strategies() if row.merge == "yes"]
    assert "".join(swept.split()).split(",") == declared
    assert experiment("merge_capable", "strategy=boft").optimizer.lr == 1e-3
    assert experiment("merge_capable", "strategy.tuning.factor=10").optimizer.lr == 1e-2


# Tuning


def test_five_rates_around_each_file() -> None:
    """Each strategy's rates are around its own, and factors are numbers that any sweeper takes."""
    factors = experiment("tune_lr").hydra.sweeper.params["strategy.tuning.factor"].split(",")
    rates = {
        name: [
            experiment("tune_lr", f"strategy={name}", f"strategy.tuning.factor={f}").optimizer.lr
            for f in factors
        ]
        for name in ("lora", "layer_norm")
    }
    assert rates["lora"] == [1e-4, 3.16e-4, 1e-3, 3.16e-3, 1e-2]
    assert rates["layer_norm"] == [5e-4, 1.58e-3, 5e-3, 1.58e-2, 5e-2]
