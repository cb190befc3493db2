"""A small base model, batches of bundled dialogues, and one strategy trained on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hydra
import torch
from omegaconf import DictConfig, OmegaConf
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import PreTrainedModel

from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import load_backbone
from dialogsum.strategies import Strategy

ROOT = Path(__file__).resolve().parents[2]
CONF = ROOT / "conf" / "strategy"
NAMES = sorted(path.stem for path in CONF.glob("*.yaml"))
# They load their base quantized: tests/strategies/test_quantized.py.
QUANTIZED = ["qlora_int8", "qlora_nf4"]
STEPS = 20

Batch = dict[str, Tensor]


def read_strategy(name: str) -> DictConfig:
    config = OmegaConf.load(CONF / f"{name}.yaml")
    assert isinstance(config, DictConfig)
    return config


def build_strategy(name: str) -> Strategy:
    return hydra.utils.instantiate(read_strategy(name), _recursive_=False)


@dataclass
class World:
    """A base model in a directory, and batches for it."""

    directory: Path
    batches: list[Batch]

    def base(self) -> PreTrainedModel:
        return load_backbone(ModelConfig(name="tiny", path=str(self.directory)), seed=0)


def make_batches(tokenizer: Any, count: int = 4, size: int = 4) -> list[Batch]:
    """Return `count` batches of `size` short examples of the bundled dialogues."""
    from tests.bundled import bundled_rows

    rows = bundled_rows("train", count * size)
    batches = []
    for first in range(0, count * size, size):
        chosen = rows[first : first + size]
        options = {"padding": True, "truncation": True, "return_tensors": "pt"}
        source = tokenizer([r["dialogue"] for r in chosen], max_length=48, **options)
        target = tokenizer([r["summary"] for r in chosen], max_length=12, **options)
        labels = target["input_ids"].masked_fill(target["attention_mask"] == 0, -100)
        batches.append(
            {
                "input_ids": source["input_ids"],
                "attention_mask": source["attention_mask"],
                "labels": labels,
            }
        )
    return batches


@dataclass
class Trained:
    """A strategy after `STEPS` steps, with logits and losses from before and after."""

    name: str
    strategy: Strategy
    model: nn.Module
    first_logits: Tensor
    base_logits: Tensor
    first_loss: float
    last_loss: float = 0.0
    last_logits: Tensor = field(default_factory=lambda: torch.empty(0))
    silent: dict[str, Tensor] = field(default_factory=dict)


def logits(model: nn.Module, batch: Batch) -> Tensor:
    with torch.no_grad():
        return model.eval()(**batch).logits


def cross_entropy(model: nn.Module, batches: list[Batch]) -> float:
    """Return the mean over label tokens, from the logits: some methods add a penalty."""
    total = torch.zeros(2)
    for batch in batches:
        output, labels = logits(model, batch), batch["labels"]
        losses = nn.functional.cross_entropy(output.transpose(1, 2), labels, reduction="sum")
        total += torch.stack([losses, (labels != -100).sum()])
    return float(total[0] / total[1])


def train(trained: Trained, batches: list[Batch], steps: int) -> None:
    """Train in the order of `SummarizationModule`; record tensors and rows without a gradient."""
    model, strategy = trained.model, trained.strategy
    partial = hydra.utils.instantiate(
        {"_target_": "torch.optim.AdamW", "_partial_": True, "lr": strategy.learning_rate}
    )
    optimizer = strategy.build_optimizer(model, partial)
    parameters = {n: p for n, p in model.named_parameters() if p.requires_grad}
    silent = {n: torch.ones(p.shape, dtype=torch.bool) for n, p in parameters.items()}
    model.train()
    for step in range(1, steps + 1):
        model(**batches[step % len(batches)]).loss.backward()
        for name, parameter in parameters.items():
            if parameter.grad is not None:
                silent[name] &= parameter.grad == 0
        optimizer.step()
        strategy.after_optimizer_step(model, step)
        optimizer.zero_grad(set_to_none=True)
    trained.silent = silent


def run_overrides(world: World, data: Path) -> list[str]:
    """Return overrides: two epochs of three steps on the CPU, resume state every second step."""
    return [
        f"model.path={world.directory}",
        "dataset=custom",
        f"dataset.path={data}",
        "dataset.max_source_tokens=48",
        "dataset.max_target_tokens=16",
        "batching.batch_size=4",
        "generation.max_new_tokens=2",
        "trainer.max_epochs=2",
        "trainer.enable_progress_bar=false",
        "checkpoint.every_n_steps=2",
        "hardware=cpu",
    ]


def equal_exports(first: Path, second: Path) -> bool:
    """Return true if two runs exported the same tensors, bit for bit."""
    [a] = first.glob("*/*/model/*.safetensors")
    [b] = second.glob("*/*/model/*.safetensors")
    left, right = load_file(a), load_file(b)
    assert left.keys() == right.keys()
    return all(torch.equal(left[key], right[key]) for key in left)
