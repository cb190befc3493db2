"""Nothing trains: zero-shot and, with a few-shot prompt, in-context learning."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dialogsum.strategies.base import Strategy
from dialogsum.strategies.capabilities import Capabilities

if TYPE_CHECKING:
    from torch import nn
    from transformers import PreTrainedModel


class Frozen(Strategy):
    """The base model as it is. There is no portable result of its own."""

    capabilities = Capabilities(trains=False)

    def prepare(
        self, model: PreTrainedModel, total_steps: int, batches: Iterable[dict[str, Any]]
    ) -> nn.Module:
        return model.requires_grad_(False)

    def export(self, model: nn.Module, directory: Path) -> None:
        """Writes nothing: the base model is where it came from."""

    def artifact_bytes(self, model: nn.Module) -> int:
        return 0

    def load(self, base: PreTrainedModel, directory: Path) -> nn.Module:
        return base
