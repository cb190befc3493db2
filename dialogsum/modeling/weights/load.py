"""The weights of a finished run beside those of its base."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hydra
import torch
from omegaconf import OmegaConf
from torch import Tensor, nn

from dialogsum.common.errors import UserError
from dialogsum.config.schema import restore
from dialogsum.modeling.backbone import load_backbone, load_tokenizer
from dialogsum.modeling.trained import load_trained_model
from dialogsum.tracking.record import completed

_BLOCK = re.compile(r"(?P<stack>encoder|decoder)\.(?:block|layers?)\.(?P<layer>\d+)\.(?P<rest>.+)")


@dataclass(frozen=True)
class Place:
    """Where a parameter stands.

    Attributes:
        stack: `encoder`, `decoder` or `model`.
        layer: number of the block; None outside of blocks.
        module: the same in every block, e.g. `SelfAttention.q`.
    """

    stack: str
    layer: int | None
    module: str


@dataclass(frozen=True)
class Change:
    """One parameter before and after, fp32 on the CPU."""

    name: str
    place: Place
    before: Tensor
    after: Tensor

    @property
    def update(self) -> Tensor:
        return self.after - self.before

    @property
    def rounding(self) -> float:
        """Singular values up to here are no learning.

        A merged adapter of rank 8 has full rank in fp32: each weight was rounded when the update
        was added. This bounds the spectral norm of that rounding.
        """
        largest = float(torch.maximum(self.before.abs().max(), self.after.abs().max()))
        return 2**-24 * largest * sum(math.sqrt(size) for size in self.before.shape)


class Comparison:
    """A finished run's model, adapters merged into it, and its base.

    Args:
        directory: the run directory.

    Raises:
        UserError: the run is not completed, trains nothing, or its result is no change of weights.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        record = completed(directory)
        if record is None:
            raise UserError(f"{directory} holds no completed run")
        self.label = f"{record['strategy']} seed {record['seed']}"
        self.cfg: Any = restore(OmegaConf.to_container(OmegaConf.load(directory / "config.yaml")))
        strategy = hydra.utils.instantiate(self.cfg.strategy, _recursive_=False)
        if not strategy.capabilities.trains:
            raise UserError(f"{directory}: {strategy.name} changes no weights")
        if not strategy.capabilities.merge:
            raise UserError(
                f"{directory}: what {strategy.name} learns stands beside the weights, not in them"
            )
        self.before = _parameters(load_backbone(self.cfg.model, self.cfg.seed))
        self.after = _parameters(strategy.merge(load_trained_model(self.cfg, directory)))

    def changes(self) -> Iterator[Change]:
        """Every parameter that has changed."""
        for name, before in self.before.items():
            after = self.after[name]
            if not before.equal(after):
                yield Change(name, place(name), before, after)

    def words(self) -> list[str]:
        """Token id -> text as a person reads it; `▁` of the tokenizer marks a beginning."""
        tokenizer = load_tokenizer(self.cfg.model)
        tokens = tokenizer.convert_ids_to_tokens(list(range(len(tokenizer))))
        return [str(token) for token in tokens]


def place(name: str) -> Place:
    """Where the parameter called `name` stands in a T5- or BART-like model."""
    name = name.removesuffix(".weight")
    match = _BLOCK.search(name)
    if match is None:
        stack = next((s for s in ("encoder", "decoder") if f"{s}." in f"{name}."), "model")
        return Place(stack, None, name.rpartition(f"{stack}.")[2])
    module = re.sub(r"^layer\.\d+\.", "", match["rest"])
    return Place(match["stack"], int(match["layer"]), module)


def _parameters(model: nn.Module) -> dict[str, Tensor]:
    return {name: p.detach().float() for name, p in model.named_parameters()}
