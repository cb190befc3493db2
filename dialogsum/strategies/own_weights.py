"""Strategies without an adapter: none, all, or some of the model's weights train."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import Problem, UserError
from dialogsum.strategies.base import Batches, Capabilities, Strategy

if TYPE_CHECKING:
    from torch import nn
    from transformers import PreTrainedModel

# A block counted from the end of its stack, such as `decoder.block.{-1}`.
_FROM_THE_END = re.compile(r"(encoder|decoder)(\S*?)\{-(\d+)\}")


class Frozen(Strategy):
    """Nothing trains: zero-shot and, with a few-shot prompt, in-context learning."""

    capabilities = Capabilities(trains=False)

    def prepare(self, model: PreTrainedModel, total_steps: int, batches: Batches) -> nn.Module:
        return model.requires_grad_(False)

    def export(self, model: nn.Module, directory: Path) -> None:
        """Write nothing: the result is the base model."""

    def artifact_bytes(self, model: nn.Module) -> int:
        return 0

    def load(self, base: PreTrainedModel, directory: Path) -> nn.Module:
        return base


class Full(Strategy):
    """Full fine-tuning: every weight trains."""

    def prepare(self, model: PreTrainedModel, total_steps: int, batches: Batches) -> nn.Module:
        return model.requires_grad_(True)


class Selective(Strategy):
    """Parameters whose names match train; the others are frozen.

    Args:
        patterns: regular expressions, searched in the names of `model.named_parameters()`;
            `decoder.block.{-1}.` counts blocks from the end.
        freeze: regular expressions that exclude parameters selected by `patterns`.
    """

    def __init__(
        self, name: str, patterns: list[str], freeze: list[str] | None = None, **settings: Any
    ) -> None:
        super().__init__(name, **settings)
        self.patterns = list(patterns)
        self.freeze = list(freeze or [])

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        for key in ("patterns", "freeze"):
            for expression in getattr(self, key):
                try:
                    re.compile(_FROM_THE_END.sub(r"\1\g<2>0", expression))
                except re.error as error:
                    what = f"'{expression}' is not a valid regular expression: {error}"
                    problems.append(Problem(f"strategy.{key}", what))
        return problems

    def prepare(self, model: PreTrainedModel, total_steps: int, batches: Batches) -> nn.Module:
        selected = [_resolve(pattern, model) for pattern in self.patterns]
        frozen = [_resolve(pattern, model) for pattern in self.freeze]
        for name, parameter in model.named_parameters():
            trains = any(s.search(name) for s in selected)
            parameter.requires_grad_(trains and not any(f.search(name) for f in frozen))
        if not any(p.requires_grad for p in model.parameters()):
            names = [name for name, _ in model.named_parameters()]
            raise UserError(
                f"strategy.patterns: {self.patterns} matches no parameter of this model; "
                f"its parameters are named like {names[1]} and {names[-2]}"
            )
        return model


def _resolve(pattern: str, model: PreTrainedModel) -> re.Pattern[str]:
    """Compile `pattern` with block numbers from the end made absolute for this geometry."""

    def absolute(match: re.Match[str]) -> str:
        stack, between, back = match.groups()
        config = model.config
        layers = config.num_decoder_layers if stack == "decoder" else config.num_layers
        return f"{stack}{between}{layers - int(back)}"

    return re.compile(_FROM_THE_END.sub(absolute, pattern))
