"""Contract of every strategy: one test per property, over every file of conf/strategy."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from omegaconf import DictConfig
from peft.utils import ModulesToSaveWrapper
from torch import Tensor
from transformers import set_seed

from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import (
    GEOMETRIES,
    meta_backbone,
    published_backbone,
    recompute_activations,
)
from dialogsum.modeling.parameters import parameter_counts
from tests.strategies.contract import (
    CONF,
    NAMES,
    QUANTIZED,
    STEPS,
    Trained,
    World,
    build_strategy,
    logits,
    read_strategy,
)

each_strategy = pytest.mark.parametrize("name", NAMES)
each_trained = pytest.mark.parametrize(
    "trained", [name for name in NAMES if name not in QUANTIZED], indirect=True
)

# The same sums in another order; the logits of the test model are of size 10.
CLOSE: dict[str, float] = {"rtol": 1e-5, "atol": 1e-4}


def test_enough_strategies() -> None:
    assert len(NAMES) == 60  # as README and docs/strategies.md say


@each_strategy
def test_count(name: str) -> None:
    """The counts in the file are those of the published geometries, on meta tensors."""
    pinned = read_strategy(name).trainable
    for model in GEOMETRIES:
        counts = build_strategy(name).count(published_backbone(model), total_steps=1000)
        assert counts.trainable == pinned[model]


@each_strategy
def test_file(name: str) -> None:
    """Opens with its command, a description, and every setting with its cost; names its paper."""
    comment, _, _ = (CONF / f"{name}.yaml").read_text(encoding="utf-8").partition("_target_")
    config = read_strategy(name)
    first, second, *_ = comment.splitlines()
    assert first.startswith(f"# python train.py strategy={name}")
    assert second.startswith("# ")
    assert config.paper and config.paper not in comment
    assert set(re.findall(r"^#   (\w+)  +\S", comment, re.MULTILINE)) == set(knobs(config))
    assert config.name == name


def knobs(node: DictConfig) -> Iterator[str]:
    """Yield the settings of a strategy that a user may change, nested ones too."""
    for key, value in node.items():
        if key not in ("_target_", "name", "paper", "learning_rate", "trainable"):
            if key != "peft":
                yield str(key)
            if isinstance(value, DictConfig):
                yield from knobs(value)


@each_trained
def test_start(trained: Trained) -> None:
    """Before the first step the model is the base, unless declared otherwise."""
    if not trained.strategy.capabilities.starts_at_base:
        assert not torch.allclose(trained.first_logits, trained.base_logits, **CLOSE)
        pytest.skip("declared")
    torch.testing.assert_close(trained.first_logits, trained.base_logits, **CLOSE)


@each_trained
def test_gradient(trained: Trained) -> None:
    """Every trainable tensor, and of prompts every row, receives gradient."""
    assert bool(trained.silent) == trained.strategy.capabilities.trains
    for name, silent in trained.silent.items():
        rows = "prompt_encoder" in name and "embedding" in name
        assert not (silent.all(1).any() if rows else silent.all()), name


@each_trained
def test_learns(trained: Trained) -> None:
    """20 steps at the file's learning rate lower the cross-entropy."""
    if trained.strategy.capabilities.trains:
        assert trained.last_loss < trained.first_loss
    else:
        assert trained.last_loss == trained.first_loss


@each_trained
def test_greedy(trained: Trained, world: World) -> None:
    """Cached greedy decoding gives the argmax of the teacher-forced pass."""
    batch = world.batches[0]
    tokens = generate(trained, world, num_beams=1)
    labels = tokens[:, 1:].clone()
    ended = (labels == 1).cumsum(1) - (labels == 1).int() > 0
    labels[ended] = -100
    forced = logits(trained.model, {**batch, "labels": labels}).argmax(-1)
    assert torch.equal(forced[~ended], labels[~ended])


@each_trained
def test_beams(trained: Trained, world: World) -> None:
    if not trained.strategy.capabilities.beams:
        pytest.skip(trained.strategy.capabilities.why)
    assert generate(trained, world, num_beams=3).shape[0] == 4


def generate(trained: Trained, world: World, num_beams: int) -> Tensor:
    batch = world.batches[0]
    return trained.model.eval().generate(
        input_ids=batch["input_ids"],
        attention_mask=batch["attention_mask"],
        num_beams=num_beams,
        max_new_tokens=8,
        do_sample=False,
    )


@each_trained
def test_recompute(trained: Trained, world: World) -> None:
    """Recomputed activations give the same gradients from fewer bytes, or the file says why not."""
    capabilities = trained.strategy.capabilities
    if not capabilities.trains:
        pytest.skip("nothing trains")
    if not capabilities.gradient_checkpointing:
        assert capabilities.why
        pytest.skip(capabilities.why)
    expected, all_bytes = gradients(trained.model, world)
    recompute_activations(trained.model)
    recomputed, fewer_bytes = gradients(trained.model, world)
    trained.model.gradient_checkpointing_disable()
    assert recomputed.keys() == expected.keys()
    for name, gradient in expected.items():
        torch.testing.assert_close(recomputed[name], gradient, rtol=1e-6, atol=1e-6)
    if trained.name != "head_only":  # whose backward pass needs no activation of any block
        assert fewer_bytes < 0.7 * all_bytes


def gradients(model: Any, world: World) -> tuple[dict[str, Tensor], int]:
    """Return the gradients of one batch and the bytes of activations saved for computing them."""
    saved: dict[int, int] = {}

    def remember(tensor: Tensor) -> Tensor:
        if not isinstance(tensor, torch.nn.Parameter) and not tensor.is_sparse:
            saved[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return tensor

    set_seed(0)
    model.train().zero_grad()
    with torch.autograd.graph.saved_tensors_hooks(remember, lambda tensor: tensor):
        loss = model(**world.batches[0]).loss
    loss.backward()
    found = {n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None}
    model.zero_grad()
    return found, sum(saved.values())


@each_trained
def test_untied(trained: Trained) -> None:
    """The head is not tied to the embedding."""
    parameters = dict(trained.model.named_parameters())
    [head] = [p for name, p in parameters.items() if name.endswith("lm_head.weight")]
    [embedding] = [p for name, p in parameters.items() if name.endswith("shared.weight")]
    assert head.data_ptr() != embedding.data_ptr()
    assert not torch.equal(head, embedding)
    assert not any(isinstance(m, ModulesToSaveWrapper) for m in trained.model.modules())


@each_trained
def test_reload(trained: Trained, world: World, tmp_path: Path) -> None:
    """The export, on the same base and under another seed, gives identical logits."""
    trained.strategy.export(trained.model, tmp_path / "model")
    set_seed(99)
    loaded = build_strategy(trained.name).load(world.base(), tmp_path / "model")
    torch.testing.assert_close(logits(loaded, world.batches[0]), trained.last_logits, **CLOSE)
    torch.testing.assert_close(logits(trained.model, world.batches[0]), trained.last_logits)


@each_trained
def test_foreign(
    trained: Trained, world: World, tmp_path: Path, reader: Callable[..., Tensor]
) -> None:
    """peft and transformers alone read the export, in a process without dialogsum."""
    trained.strategy.export(trained.model, tmp_path / "model")
    if not trained.strategy.capabilities.trains:
        assert not (tmp_path / "model").exists()
        pytest.skip("nothing is exported")
    torch.save(world.batches[0], tmp_path / "batch")
    read = reader(
        export=str(tmp_path / "model"), base=str(world.directory), batch=str(tmp_path / "batch")
    )
    torch.testing.assert_close(read, trained.last_logits, **CLOSE)


@pytest.fixture(scope="session")
def reader() -> Iterator[Callable[..., Tensor]]:
    """Return a function that computes the logits of an export in a second process."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("reader.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    assert process.stdin and process.stdout

    def read(**request: str) -> Tensor:
        print(json.dumps(request), file=process.stdin, flush=True)
        answer = json.loads(process.stdout.readline())
        assert "error" not in answer, answer
        return torch.load(answer["logits"])

    yield read
    process.stdin.close()
    process.wait(timeout=30)


@each_trained
def test_size(trained: Trained, tmp_path: Path) -> None:
    """The size that a plan shows is the size of the file, up to its header."""
    trained.strategy.export(trained.model, tmp_path)
    written = sum(path.stat().st_size for path in tmp_path.glob("*.safetensors"))
    promised = trained.strategy.artifact_bytes(trained.model)
    assert written == pytest.approx(promised, rel=0.05, abs=40_000)


@each_trained
def test_plan(trained: Trained, world: World) -> None:
    """The count without weights and data is exactly that of the trained model."""
    backbone = meta_backbone(ModelConfig(name="tiny", path=str(world.directory)))
    counts = build_strategy(trained.name).count(backbone, STEPS)
    sizes = parameter_counts(trained.model, trained.strategy)
    names = dict(trained.model.named_parameters())
    ranks = sum(".ranknum." in name for name in names)  # of AdaLoRA's layers, which peft counts in
    if trained.name != "eva":  # moves ranks between layers of different sizes
        assert (counts.trainable - ranks, counts.total) == (sizes["trainable"], sizes["total"])
    if trained.name not in ("adalora", "eva"):  # ranks decide what is written
        assert counts.artifact_bytes == trained.strategy.artifact_bytes(trained.model)


@each_trained
def test_merge(trained: Trained, world: World, tmp_path: Path) -> None:
    """Merging gives a plain model with the same logits, or is refused with the reason."""
    strategy = trained.strategy
    if not strategy.capabilities.merge:
        with pytest.raises(ValueError, match="cannot be merged"):
            strategy.merge(trained.model)
        assert strategy.capabilities.why
        pytest.skip(strategy.capabilities.why)
    strategy.export(trained.model, tmp_path)
    merged = strategy.merge(build_strategy(trained.name).load(world.base(), tmp_path))
    assert type(merged).__name__ == "T5ForConditionalGeneration"
    assert {n for n, _ in merged.named_parameters()} == {
        n for n, _ in world.base().named_parameters()
    }
    # A transform back and forth rounds more than a product of matrices.
    torch.testing.assert_close(
        logits(merged, world.batches[0]), trained.last_logits, rtol=1e-5, atol=5e-4
    )
