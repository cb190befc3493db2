"""The interface of a strategy.

A strategy decides which parameters train, how they are grouped for the optimizer, what happens
after an optimizer step, and how the result is exported, loaded and merged. Full fine-tuning is a
strategy like the others: no code outside this package depends on which strategy it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import Problem, suggestion

Batches = Iterable[dict[str, Any]]

if TYPE_CHECKING:  # listing strategies needs no torch
    from torch import Tensor, nn
    from torch.optim import Optimizer
    from transformers import PreTrainedModel


@dataclass(frozen=True)
class Capabilities:
    """Properties of a strategy that preflight, callers and the contract test rely on."""

    trains: bool = True  # false for zero-shot and in-context learning
    merge: bool = True  # the result folds into the base's weights without changing its logits
    beams: bool = True
    gradient_checkpointing: bool = True
    adds_penalty: bool = False  # the model's own loss contains more than cross-entropy
    starts_at_base: bool = True  # before the first step the model computes what the base computes
    why: str = ""  # one sentence about what is impossible, for messages

    def changed(self, changes: Mapping[str, Any] | None) -> Capabilities:
        """Return a copy with the known keys of `changes`; `Strategy.validate` reports others."""
        known = {field.name for field in fields(self)}
        return replace(self, **{k: v for k, v in (changes or {}).items() if k in known})


@dataclass(frozen=True)
class Counts:
    """Sizes that are known before training."""

    trainable: int
    total: int
    artifact_bytes: int  # that `export` will write, in fp32; 0 if it writes nothing


class Strategy:
    """Base class with working defaults; a subclass overrides what differs, usually `prepare`.

    Args:
        name: the name in run directories and tables.
        learning_rate: the fallback where no `tuned/` file sets one for the model.
        capabilities: differences from the capabilities of the class.
        paper, trainable, tuning: publication, expected trainable parameters per model name, and how
            the learning rate was found; the list, the tests and the comparison read them.

    Attributes:
        effective: values in effect, by dotted path, where they differ from the configured ones
            because the strategy file asks for that (`Peft`'s `fit`); filled in by `prepare`.
    """

    capabilities: Capabilities = Capabilities()

    def __init__(
        self,
        name: str,
        learning_rate: float | None = None,
        paper: str | None = None,
        trainable: Mapping[str, int] | None = None,
        tuning: Mapping[str, Any] | None = None,
        capabilities: Mapping[str, Any] | None = None,
    ) -> None:
        self.name = name
        self.learning_rate = learning_rate
        self.capabilities = self.capabilities.changed(capabilities)
        self.capability_changes = dict(capabilities or {})
        self.effective: dict[str, Any] = {}

    @classmethod
    def declared_capabilities(cls, node: Mapping[str, Any]) -> Capabilities:
        """Return the capabilities of a strategy's config node without building the strategy."""
        return cls.capabilities.changed(node.get("capabilities"))

    def validate(self, cfg: Any) -> list[Problem]:
        """Return the problems of a run's configuration with this strategy; loads no model."""
        able = self.capabilities
        known = [field.name for field in fields(able)]
        problems = [
            Problem(f"strategy.capabilities.{key}", f"unknown capability{suggestion(key, known)}")
            for key in self.capability_changes.keys() - set(known)
        ]
        if able.trains and not (self.learning_rate and self.learning_rate > 0):
            what = f"must be above 0, is {self.learning_rate}"
            problems.append(Problem("strategy.learning_rate", what))
        if not able.beams and cfg.generation.num_beams > 1:
            what = f"{self.name} cannot be decoded with beams; use 1. {able.why}"
            problems.append(Problem("generation.num_beams", what.strip()))
        if not able.gradient_checkpointing and cfg.hardware.gradient_checkpointing:
            what = f"{self.name} cannot recompute activations; use false. {able.why}"
            problems.append(Problem("hardware.gradient_checkpointing", what.strip()))
        return problems

    def backbone_arguments(self) -> dict[str, Any]:
        """Return extra arguments of `from_pretrained` for loading the backbone."""
        return {}

    def prepare(self, model: PreTrainedModel, total_steps: int, batches: Batches) -> nn.Module:
        """Make `model` trainable by this strategy and return the model to train.

        Args:
            model: the backbone, all parameters trainable, on the CPU (on meta for a plan).
            total_steps: optimizer steps of the whole run, for rank schedules.
            batches: training micro-batches for data-driven initialization, with `input_ids`,
                `attention_mask` and `labels`, each (batch, tokens) int64; tokenized lazily, so
                strategies that do not iterate over them pay nothing.
        """
        raise NotImplementedError

    def count(self, model: PreTrainedModel, total_steps: int) -> Counts:
        """Return the sizes of the prepared `model`, given on meta: no weights, no data."""
        prepared = self.prepare(model, total_steps, ())
        total = sum(p.numel() for p in prepared.parameters())
        trainable = sum(p.numel() for p in prepared.parameters() if p.requires_grad)
        return Counts(trainable, total, self.artifact_bytes(prepared))

    def artifact_bytes(self, model: nn.Module) -> int:
        """Return the bytes of the tensors that `export` writes; by default the whole model."""
        return sum(p.numel() * p.element_size() for p in model.parameters())

    def parameter_groups(self, model: nn.Module, optimizer: Any) -> list[dict[str, Any]]:
        """Return optimizer groups: weight decay on matrices, none on norms, biases and vectors.

        Args:
            optimizer: the configured optimizer as a `functools.partial`, whose keywords contain
                weight decay and learning rate.
        """
        trained = [p for p in model.parameters() if p.requires_grad]
        decay = optimizer.keywords.get("weight_decay", 0.0)
        matrices = {"name": "decay", "weight_decay": decay}
        vectors = {"name": "no_decay", "weight_decay": 0.0}
        groups = [
            {**matrices, "params": [p for p in trained if p.ndim >= 2]},
            {**vectors, "params": [p for p in trained if p.ndim < 2]},
        ]
        return [group for group in groups if group["params"]]

    def build_optimizer(self, model: nn.Module, optimizer: Any) -> Optimizer:
        """Return the optimizer of `model`: by default the configured one, `parameter_groups`."""
        return optimizer(self.parameter_groups(model, optimizer))

    def after_optimizer_step(self, model: nn.Module, step: int) -> None:
        """React to optimizer step `step` (counted from 1); gradients are not yet cleared."""

    def checkpoint_tensors(self, model: nn.Module) -> dict[str, Tensor] | None:
        """Return the tensors of `model` that a checkpoint stores; None stores all of them.

        A subset where the base cannot be loaded into an existing model, such as quantized weights.
        """
        return None

    def state(self, model: nn.Module) -> dict[str, Any]:
        """Return what a checkpoint must store beside the weights; tensors and plain values only."""
        return {}

    def restore(self, model: nn.Module, state: dict[str, Any]) -> None:
        """Restore the result of `state`, after the weights are loaded."""

    def export(self, model: nn.Module, directory: Path) -> None:
        """Write the portable result, by default the whole model."""
        model.save_pretrained(directory)  # type: ignore[operator]

    def load(self, base: PreTrainedModel, directory: Path) -> nn.Module:
        """Return the exported model, on top of `base` if the export is an adapter."""
        exported = type(base).from_pretrained(directory, dtype=base.dtype)
        # Into `base`, whose kernels training used: in bf16 the library's GELU rounds differently.
        base.load_state_dict(exported.state_dict())
        return base

    def merge(self, model: nn.Module) -> nn.Module:
        """Return one plain model with the adaptation folded into its weights.

        Raises:
            ValueError: this strategy cannot be merged.
        """
        if not self.capabilities.merge:
            raise ValueError(
                f"strategy {self.name} cannot be merged into the base model: "
                f"{self.capabilities.why}"
            )
        return model
