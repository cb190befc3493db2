"""Weights of a finished run compared with those of its base."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hydra
import torch
from torch import Tensor, nn
from torch.nn.functional import cosine_similarity

from dialogsum.common.errors import UserError
from dialogsum.config.recorded import load_recorded
from dialogsum.modeling.backbone import load_backbone, load_tokenizer
from dialogsum.modeling.trained import load_trained_model

_BLOCK = re.compile(r"(?P<stack>encoder|decoder)\.(?:block|layers?)\.(?P<layer>\d+)\.(?P<rest>.+)")


@dataclass(frozen=True)
class Place:
    """Position of a parameter in the model."""

    stack: str  # encoder, decoder or model
    layer: int | None  # number of the block; None outside of blocks
    module: str  # the same in every block, such as SelfAttention.q

    @property
    def kind(self) -> str:
        return f"{self.stack} {self.module}"


@dataclass(frozen=True)
class Change:
    """One parameter before and after training, fp32 on the CPU."""

    name: str
    place: Place
    before: Tensor
    after: Tensor

    @property
    def update(self) -> Tensor:
        return self.after - self.before

    @property
    def noise_floor(self) -> float:
        """Bound of the spectral norm of rounding: singular values below it are not learning.

        A merged adapter of rank 8 has full rank in fp32, because each weight was rounded.
        """
        largest = float(torch.maximum(self.before.abs().max(), self.after.abs().max()))
        return 2**-24 * largest * sum(math.sqrt(size) for size in self.before.shape)


@dataclass(frozen=True)
class MovedToken:
    """Movement of the embedding of one token."""

    token: str
    movement: float  # its length divided by the length of the embedding before
    cosine: float  # between the embedding before and after


class WeightChanges:
    """Parameters of a completed run, adapters merged into them, and of its base.

    Args:
        directory: the run directory.
        trust: build whatever its configuration names.

    Raises:
        UserError: the run trains nothing, or its strategy changes no weights.
    """

    def __init__(self, directory: Path, trust: bool = False) -> None:
        self.directory = directory
        self.cfg: Any = load_recorded(directory, trust)
        self.label = f"{self.cfg.strategy.name} seed {self.cfg.seed}"
        strategy = hydra.utils.instantiate(self.cfg.strategy, _recursive_=False)
        if not strategy.capabilities.trains:
            raise UserError(f"{directory}: {strategy.name} changes no weights")
        if not strategy.capabilities.merge:
            raise UserError(
                f"{directory}: {strategy.name} trains parameters beside the weights, which it "
                "does not change"
            )
        self.before = _parameters(load_backbone(self.cfg.model, self.cfg.seed))
        self.after = _parameters(strategy.merge(load_trained_model(self.cfg, directory)))

    def changes(self) -> Iterator[Change]:
        """Yield every parameter that differs from the base."""
        for name, before in self.before.items():
            after = self.after[name]
            if not before.equal(after):
                yield Change(name, place_of(name), before, after)

    def embedding_changes(self) -> Iterator[Change]:
        """Yield the changed matrices with one row per token: embeddings and the head."""
        tokens = len(self.tokens())
        for change in self.changes():
            matrix = change.place.layer is None and change.before.ndim == 2
            if matrix and len(change.before) >= tokens:
                yield change

    def tokens(self) -> list[str]:
        """Return the tokens by id; `▁` marks the beginning of a word."""
        tokenizer = load_tokenizer(self.cfg.model)
        return list(map(str, tokenizer.convert_ids_to_tokens(list(range(len(tokenizer))))))


def place_of(name: str) -> Place:
    """Return the position of the parameter called `name` in a T5- or BART-like model."""
    name = name.removesuffix(".weight")
    match = _BLOCK.search(name)
    if match is None:
        stack = next((s for s in ("encoder", "decoder") if f"{s}." in f"{name}."), "model")
        return Place(stack, None, name.rpartition(f"{stack}.")[2])
    module = re.sub(r"^layer\.\d+\.", "", match["rest"])
    return Place(match["stack"], int(match["layer"]), module)


def most_moved(change: Change, tokens: list[str], count: int) -> list[MovedToken]:
    """Return the `count` tokens whose rows moved most; padding rows without a token are skipped."""
    before, after = change.before[: len(tokens)], change.after[: len(tokens)]
    movements = (after - before).norm(dim=1) / before.norm(dim=1).clamp(min=1e-12)
    cosines = cosine_similarity(before, after, dim=1)
    best = torch.topk(movements, min(count, len(tokens))).indices.tolist()
    return [MovedToken(tokens[i], float(movements[i]), float(cosines[i])) for i in best]


def _parameters(model: nn.Module) -> dict[str, Tensor]:
    return {name: p.detach().float() for name, p in model.named_parameters()}
