"""Which tokens' embeddings moved most."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn.functional import cosine_similarity

from dialogsum.modeling.weights.load import Change, Comparison


@dataclass(frozen=True)
class Moved:
    """One token.

    Attributes:
        token: as the tokenizer writes it.
        distance: length of the movement over the length of the embedding before.
        cosine: between the embedding before and after.
    """

    token: str
    distance: float
    cosine: float


def embedding_changes(comparison: Comparison) -> list[Change]:
    """The changed matrices with one row per token: embeddings and the head."""
    words = len(comparison.words())
    return [
        change
        for change in comparison.changes()
        if change.place.layer is None and change.before.ndim == 2 and len(change.before) >= words
    ]


def most_moved(change: Change, words: list[str], count: int) -> list[Moved]:
    """The `count` tokens whose rows moved most; rows without a token (padding) are left out."""
    before, after = change.before[: len(words)], change.after[: len(words)]
    distances = (after - before).norm(dim=1) / before.norm(dim=1).clamp(min=1e-12)
    cosines = cosine_similarity(before, after, dim=1)
    best = torch.topk(distances, min(count, len(words)))
    return [
        Moved(words[index], distance, float(cosines[index]))
        for distance, index in zip(best.values.tolist(), best.indices.tolist(), strict=True)
    ]
