"""The one interface behind which every way of adapting a model stands.

A strategy says which parameters train, how they are grouped for the optimizer, what happens after
an optimizer step, and how the result is exported, loaded and merged. Full fine-tuning is a strategy
like the others: nothing outside this package asks which one it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from torch import nn
from transformers import PreTrainedModel

from dialogsum.problems import Problem


@dataclass(frozen=True)
class Capabilities:
    """What preflight and callers may count on.

    Attributes:
        trains: there is something to fit; false for zero-shot and in-context learning.
        merge: the result folds into the base's weights without changing its logits.
        beams: beam search works.
        gradient_checkpointing: activations may be recomputed in the backward pass.
        adds_penalty: the model's own loss holds more than cross-entropy.
    """

    trains: bool = True
    merge: bool = False
    beams: bool = True
    gradient_checkpointing: bool = True
    adds_penalty: bool = False


class Strategy:
    """Base class with working defaults; a new strategy overrides what differs, usually `prepare`.

    Args:
        name: as it stands in run names and tables.
        learning_rate: the fallback rate; `tuned/` overrides it per model.
        paper: where the method comes from.
        trainable: pinned trainable parameters per model name, checked by the tests.
        tuning: how the learning rate was found, as the `tuned/` files record it.
    """

    capabilities: ClassVar[Capabilities] = Capabilities()

    def __init__(
        self,
        name: str,
        learning_rate: float | None = None,
        paper: str | None = None,
        trainable: dict[str, int] | None = None,
        tuning: dict[str, Any] | None = None,
    ) -> None:
        self.name = name
        self.learning_rate = learning_rate
        self.paper = paper
        self.trainable = trainable
        self.tuning = tuning

    def validate(self, cfg: Any) -> list[Problem]:
        """What speaks against this configuration, before any model is loaded. None: an empty list."""
        if self.capabilities.trains and not (self.learning_rate and self.learning_rate > 0):
            return [Problem("strategy.learning_rate", f"must be above 0, is {self.learning_rate}")]
        if not self.capabilities.beams and cfg.generation.num_beams > 1:
            return [
                Problem("generation.num_beams", f"{self.name} cannot be decoded with beams; use 1")
            ]
        return []

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

    def after_optimizer_step(self, model: nn.Module, step: int) -> None:
        """Called after optimizer step `step` (counted from 1), for schedules such as AdaLoRA's."""

    def export(self, model: nn.Module, directory: Path) -> None:
        """Write the portable result: here the whole model."""
        model.save_pretrained(directory)  # type: ignore[operator]

    def exported_parameters(self, model: nn.Module) -> int:
        """How many numbers `export` writes, for a plan on meta tensors: here the whole model."""
        return sum(p.numel() for p in model.parameters())

    def load(self, base: PreTrainedModel, directory: Path) -> nn.Module:
        """The model that `export` wrote, on top of `base` where it is an adapter."""
        return type(base).from_pretrained(directory, dtype=base.dtype)

    def merge(self, model: nn.Module) -> nn.Module:
        """One plain model with the adaptation folded in.

        Raises:
            ValueError: this strategy cannot be merged.
        """
        if not self.capabilities.merge:
            raise ValueError(f"strategy {self.name} cannot be merged into the base model")
        return model
