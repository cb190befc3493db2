"""Full fine-tuning: every weight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from torch import nn
from transformers import PreTrainedModel

from dialogsum.strategies.base import Capabilities, Strategy


class Full(Strategy):
    """Every weight trains."""

    capabilities: ClassVar[Capabilities] = Capabilities(merge=True)

    def prepare(
        self, model: PreTrainedModel, total_steps: int, batches: Iterable[dict[str, Any]]
    ) -> nn.Module:
        return model.requires_grad_(True)
