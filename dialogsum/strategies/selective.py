"""Training a chosen part of the model's own weights."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import Problem, UserError
from dialogsum.strategies.base import Strategy

if TYPE_CHECKING:
    from torch import nn
    from transformers import PreTrainedModel

_FROM_THE_END = re.compile(r"(encoder|decoder)(\S*?)\{-(\d+)\}")


class Selective(Strategy):
    """Trains the parameters whose names match, leaves the others as they are.

    Args:
        patterns: regular expressions, searched in parameter names as `model.named_parameters()`
            gives them; `decoder.block.{-1}.` counts blocks from the end.
        freeze: regular expressions that take away from what `patterns` chose.
    """

    def __init__(
        self, name: str, patterns: list[str], freeze: list[str] | None = None, **settings: Any
    ) -> None:
        super().__init__(name, **settings)
        self.patterns = list(patterns)
        self.freeze = list(freeze or [])

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        for key, expressions in (("patterns", self.patterns), ("freeze", self.freeze)):
            for expression in expressions:
                try:
                    re.compile(_FROM_THE_END.sub(r"\1\g<2>0", expression))
                except re.error as error:
                    where = f"strategy.{key}"
                    problems.append(
                        Problem(where, f"'{expression}' is no regular expression: {error}")
                    )
        return problems

    def prepare(
        self, model: PreTrainedModel, total_steps: int, batches: Iterable[dict[str, Any]]
    ) -> nn.Module:
        chosen = [_resolve(pattern, model) for pattern in self.patterns]
        frozen = [_resolve(pattern, model) for pattern in self.freeze]
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(_any(chosen, name) and not _any(frozen, name))
        if not any(p.requires_grad for p in model.parameters()):
            names = [name for name, _ in model.named_parameters()]
            raise UserError(
                f"strategy.patterns: {self.patterns} matches no parameter of this model; "
                f"its parameters are named like {names[1]} and {names[-2]}"
            )
        return model


def _any(expressions: list[re.Pattern[str]], name: str) -> bool:
    return any(expression.search(name) for expression in expressions)


def _resolve(pattern: str, model: PreTrainedModel) -> re.Pattern[str]:
    """Compile `pattern` with block numbers from the end made absolute for this geometry."""

    def absolute(match: re.Match[str]) -> str:
        stack, between, back = match.groups()
        config = model.config
        layers = config.num_decoder_layers if stack == "decoder" else config.num_layers
        return f"{stack}{between}{layers - int(back)}"

    return re.compile(_FROM_THE_END.sub(absolute, pattern))
