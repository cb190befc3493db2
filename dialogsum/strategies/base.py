"""The one interface behind which every way of adapting a model stands.

A strategy says which parameters train, how they are grouped for the optimizer, what happens after
an optimizer step, and how the result is exported, loaded and merged. Full fine-tuning is a strategy
like the others: nothing outside this package asks which one it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import Problem
from dialogsum.strategies.capabilities import Capabilities

if TYPE_CHECKING:  # listing strategies needs no torch
    from torch import Tensor, nn
    from torch.optim import Optimizer
    from transformers import PreTrainedModel


@dataclass(frozen=True)
class Counts:
    """Sizes known before anything is trained.

    Attributes:
        trainable, total: numbers of parameters of the prepared model.
        artifact_bytes: what `export` will write, in fp32; 0 if it writes nothing.
    """

    trainable: int
    total: int
    artifact_bytes: int


class Strategy:
    """Base class with working defaults; a new strategy overrides what differs, usually `prepare`.

    Args:
        name: as it stands in run names and tables.
        learning_rate: the fallback rate; `tuned/` overrides it per model.
        paper: where the method comes from.
        trainable: pinned trainable parameters per model name, checked by the tests.
        tuning: how the learning rate was found, as the `tuned/` files record it.
        capabilities: differences from what the class declares.
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
        self.paper = paper
        self.trainable = trainable
        self.tuning = tuning
        self.capabilities = replace(self.capabilities, **(capabilities or {}))

    @classmethod
    def declared(cls, node: Mapping[str, Any]) -> Capabilities:
        """The capabilities of a strategy's configuration, without building it."""
        return replace(cls.capabilities, **(node.get("capabilities") or {}))

    def validate(self, cfg: Any) -> list[Problem]:
        """What speaks against this configuration, before any model is loaded."""
        problems = []
        if self.capabilities.trains and not (self.learning_rate and self.learning_rate > 0):
            what = f"must be above 0, is {self.learning_rate}"
            problems.append(Problem("strategy.learning_rate", what))
        if not self.capabilities.beams and cfg.generation.num_beams > 1:
            what = f"{self.name} cannot be decoded with beams; use 1. {self.capabilities.why}"
            problems.append(Problem("generation.num_beams", what.strip()))
        if cfg.hardware.gradient_checkpointing and not self.capabilities.gradient_checkpointing:
            what = f"{self.name} cannot recompute activations; use false. {self.capabilities.why}"
            problems.append(Problem("hardware.gradient_checkpointing", what.strip()))
        return problems

    def backbone_arguments(self) -> dict[str, Any]:
        """Further arguments of `from_pretrained` with which the backbone is to be loaded."""
        return {}

    def prepare(
        self, model: PreTrainedModel, total_steps: int, batches: Iterable[dict[str, Any]]
    ) -> nn.Module:
        """Make `model` trainable in this strategy's way and return what is trained.

        Args:
            model: the backbone, all parameters trainable, on the CPU (or on meta for a plan).
            total_steps: optimizer steps of the whole run, for rank schedules.
            batches: training micro-batches (`input_ids`, `attention_mask`, `labels`) for
                data-driven initialisation; read lazily, so that nobody pays who does not look.
        """
        raise NotImplementedError

    def count(self, model: PreTrainedModel, total_steps: int) -> Counts:
        """Sizes of what `prepare` would make of `model`, which is on meta: no weights, no data."""
        prepared = self.prepare(model, total_steps, ())
        total = sum(p.numel() for p in prepared.parameters())
        trainable = sum(p.numel() for p in prepared.parameters() if p.requires_grad)
        return Counts(trainable, total, self.artifact_bytes(prepared))

    def artifact_bytes(self, model: nn.Module) -> int:
        """Bytes of the tensors that `export` writes: here of the whole model."""
        return sum(p.numel() * p.element_size() for p in model.parameters())

    def parameter_groups(self, model: nn.Module, optimizer: Any) -> list[dict[str, Any]]:
        """Optimizer groups: weight decay on matrices, none on norms, biases and vectors.

        Args:
            optimizer: the partial optimizer, whose keywords hold the configured decay and rate.
        """
        trained = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
        groups = {
            "decay": [p for _, p in trained if p.ndim >= 2],
            "no_decay": [p for _, p in trained if p.ndim < 2],
        }
        decay = optimizer.keywords.get("weight_decay", 0.0)
        return [
            {"name": name, "params": params, "weight_decay": decay if name == "decay" else 0.0}
            for name, params in groups.items()
            if params
        ]

    def build_optimizer(self, model: nn.Module, optimizer: Any) -> Optimizer:
        """The optimizer of `model`: the configured one over `parameter_groups`.

        Args:
            optimizer: partial that takes parameter groups.
        """
        return optimizer(self.parameter_groups(model, optimizer))

    def after_optimizer_step(self, model: nn.Module, step: int) -> None:
        """Called after optimizer step `step` (counted from 1), while its gradients are there."""

    def checkpoint_tensors(self, model: nn.Module) -> dict[str, Tensor] | None:
        """The tensors that a checkpoint holds, as they are in `model`; None: all of them.

        Fewer where the base cannot be put back into a model and is loaded anew instead.
        """
        return None

    def state(self, model: nn.Module) -> dict[str, Any]:
        """What a checkpoint must hold beside the weights; tensors and plain values only."""
        return {}

    def restore(self, model: nn.Module, state: dict[str, Any]) -> None:
        """Take back what `state` gave, after the weights are loaded."""

    def export(self, model: nn.Module, directory: Path) -> None:
        """Write the portable result: here the whole model."""
        model.save_pretrained(directory)  # type: ignore[operator]

    def load(self, base: PreTrainedModel, directory: Path) -> nn.Module:
        """The model that `export` wrote, on top of `base` where it is an adapter."""
        exported = type(base).from_pretrained(directory, dtype=base.dtype)
        # Into the base, whose kernels training used: in bf16 the library's GELU rounds otherwise.
        base.load_state_dict(exported.state_dict())
        return base

    def merge(self, model: nn.Module) -> nn.Module:
        """One plain model with the adaptation folded in.

        Raises:
            ValueError: this strategy cannot be merged.
        """
        if not self.capabilities.merge:
            raise ValueError(
                f"strategy {self.name} cannot be merged into the base model: "
                f"{self.capabilities.why}"
            )
        return model
