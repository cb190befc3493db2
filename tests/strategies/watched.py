"""Full fine-tuning that records its calls."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from torch import nn
from torch.optim import Optimizer
from transformers import PreTrainedModel

from dialogsum.strategies import Full


class Watched(Full):
    """Records in `seen`, per method, the arguments of its calls in the last run."""

    seen: ClassVar[dict[str, Any]] = {}

    def prepare(
        self, model: PreTrainedModel, total_steps: int, batches: Iterable[dict[str, Any]]
    ) -> nn.Module:
        self.seen.clear()
        examples = sum(len(batch["labels"]) for batch in batches)
        self.seen["prepare"] = {"total_steps": total_steps, "examples": examples}
        self.seen["after_optimizer_step"] = []
        return super().prepare(model, total_steps, ())

    def build_optimizer(self, model: nn.Module, optimizer: Any) -> Optimizer:
        self.seen["build_optimizer"] = super().build_optimizer(model, optimizer)
        return self.seen["build_optimizer"]

    def after_optimizer_step(self, model: nn.Module, step: int) -> None:
        gradients = all(p.grad is not None for p in model.parameters())
        self.seen["after_optimizer_step"].append((step, model.training, gradients))
