"""Size and shape of updates: norms, singular values, ranks, and overlap of subspaces."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from dialogsum.modeling.weights.load import Change, Place

NEGLIGIBLE = 1e-7  # of the largest singular value: a Gram matrix in float64 resolves no more


@dataclass(frozen=True)
class Measured:
    """What one parameter's update is like.

    Attributes:
        relative_norm: Frobenius norm of the update over that of the weight before.
        singular_values: of the update, descending; empty for vectors.
        effective_rank: exp of the entropy of the normalised singular values (Roy and Vetterli,
            2007); 1 for a single direction, full rank for a flat spectrum.
        stable_rank: squared Frobenius norm over squared spectral norm.
        rank_90: how many directions hold 90% of the squared norm.
    """

    name: str
    place: Place
    shape: tuple[int, ...]
    relative_norm: float
    update_norm: float
    singular_values: tuple[float, ...] = ()
    effective_rank: float | None = None
    stable_rank: float | None = None
    rank_90: int | None = None


def measure(change: Change) -> Measured:
    """Norms of an update, and for a matrix its spectrum."""
    update = change.update
    norm = float(update.norm())
    relative = norm / max(float(change.before.norm()), 1e-12)
    shape = tuple(update.shape)
    if update.ndim < 2:
        return Measured(change.name, change.place, shape, relative, norm)
    values = singular_values(update, change.rounding)
    return Measured(
        change.name,
        change.place,
        shape,
        relative,
        norm,
        tuple(values.tolist()),
        effective_rank(values),
        stable_rank(values),
        rank_of_share(values, 0.9),
    )


def singular_values(matrix: Tensor, floor: float = 0.0) -> Tensor:
    """Descending, float64.

    From the Gram matrix of the shorter side: the spectrum of a 32,128 × 768 embedding in a second.

    Args:
        floor: values up to here are given as 0.
    """
    wide = matrix.flatten(1).double()
    gram = wide @ wide.T if wide.shape[0] <= wide.shape[1] else wide.T @ wide
    values = torch.linalg.eigvalsh(gram).clamp(min=0).sqrt().flip(0)
    kept = values > max(NEGLIGIBLE * float(values[0]), floor)
    kept[0] = True  # something changed, however little
    return torch.where(kept, values, 0.0)


def effective_rank(values: Tensor) -> float:
    """exp(entropy) of singular values as a distribution."""
    shares = values[values > 0] / values.sum()
    return float(torch.exp(-(shares * shares.log()).sum()))


def stable_rank(values: Tensor) -> float:
    """Squared Frobenius norm over squared spectral norm."""
    return float(values.square().sum() / values[0].square())


def rank_of_share(values: Tensor, share: float) -> int:
    """The fewest directions that hold `share` of the squared norm."""
    energy = values.square().cumsum(0)
    return int((energy < share * energy[-1]).sum()) + 1


@dataclass(frozen=True)
class Overlap:
    """How far two updates of the same matrix point the same way.

    Attributes:
        left: share of the first update's `k` left directions inside those of the second, in [0, 1]
            (Hu et al. 2021, section 7.2).
        right: the same for right directions.
        left_chance, right_chance: what two random subspaces of this size share.
        cosine: of the two updates as vectors.
    """

    name: str
    place: Place
    k: int
    left: float
    left_chance: float
    right: float
    right_chance: float
    cosine: float


def overlap(first: Change, second: Change, k: int) -> Overlap:
    """Overlap of the leading `k` directions, fewer where an update has fewer."""
    a, b = first.update.double(), second.update.double()
    (u_a, s_a, v_a), (u_b, s_b, v_b) = (_leading(m, k) for m in (a, b))
    ranks = [int((s > c.rounding).sum()) for s, c in ((s_a, first), (s_b, second))]
    k = max(1, min(k, *ranks))
    left = float((u_a[:, :k].T @ u_b[:, :k]).square().sum()) / k
    right = float((v_a[:, :k].T @ v_b[:, :k]).square().sum()) / k
    cosine = float((a * b).sum() / (a.norm() * b.norm()))
    rows, columns = a.shape
    return Overlap(first.name, first.place, k, left, k / rows, right, k / columns, cosine)


def _leading(matrix: Tensor, k: int) -> tuple[Tensor, Tensor, Tensor]:
    """Leading left directions, singular values and right directions."""
    tall = matrix.shape[0] >= matrix.shape[1]
    m = matrix if tall else matrix.T
    values, vectors = torch.linalg.eigh(m.T @ m)
    values, vectors = values.flip(0)[:k].clamp(min=0).sqrt(), vectors.flip(1)[:, :k]
    others = m @ vectors / values.clamp(min=1e-300)
    return (others, values, vectors) if tall else (vectors, values, others)
