"""Full fine-tuning: every weight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dialogsum.strategies.base import Strategy

if TYPE_CHECKING:
    from torch import nn
    from transformers import PreTrainedModel


class Full(Strategy):
    """Every weight trains."""

    def prepare(
        self, model: PreTrainedModel, total_steps: int, batches: Iterable[dict[str, Any]]
    ) -> nn.Module:
        return model.requires_grad_(True)
