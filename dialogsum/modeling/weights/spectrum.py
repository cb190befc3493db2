"""Size and shape of updates: norms, singular values, ranks, and overlap of subspaces."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from dialogsum.modeling.weights.changes import Change, Place

NEGLIGIBLE = 1e-7  # of the largest singular value: a Gram matrix in float64 resolves no more


@dataclass(frozen=True)
class MeasuredUpdate:
    """Size and shape of the update of one parameter; vectors have no spectrum."""

    name: str
    place: Place
    shape: tuple[int, ...]
    relative_norm: float  # Frobenius norm of the update divided by that of the weight before
    update_norm: float
    singular_values: tuple[float, ...] = ()  # of the update, descending
    effective_rank: float | None = None  # 1: a single direction; full rank: a flat spectrum
    stable_rank: float | None = None
    rank_90: int | None = None  # number of directions with 90% of the squared norm


def measure_update(change: Change) -> MeasuredUpdate:
    """Measure the norms of an update and, for a matrix, its spectrum."""
    update = change.update
    norm = float(update.norm())
    relative = norm / max(float(change.before.norm()), 1e-12)
    measured = MeasuredUpdate(change.name, change.place, tuple(update.shape), relative, norm)
    if update.ndim < 2:
        return measured
    values = singular_values(update, change.noise_floor)
    return replace(
        measured,
        singular_values=tuple(values.tolist()),
        effective_rank=effective_rank(values),
        stable_rank=stable_rank(values),
        rank_90=rank_of_share(values, 0.9),
    )


def singular_values(matrix: Tensor, floor: float = 0.0) -> Tensor:
    """Return the singular values of `matrix`, descending, float64.

    Computed from the Gram matrix of the shorter side: a 32,128 × 768 embedding takes a second.

    Args:
        floor: values up to this one are returned as 0.
    """
    wide = matrix.flatten(1).double()
    gram = wide @ wide.T if wide.shape[0] <= wide.shape[1] else wide.T @ wide
    values = torch.linalg.eigvalsh(gram).clamp(min=0).sqrt().flip(0)
    above = values > max(NEGLIGIBLE * float(values[0]), floor)
    above[0] = True  # the matrix changed, however little
    return torch.where(above, values, 0.0)


def effective_rank(values: Tensor) -> float:
    """Return exp(entropy) of the singular values as a distribution (Roy and Vetterli, 2007)."""
    shares = values[values > 0] / values.sum()
    return float(torch.exp(-(shares * shares.log()).sum()))


def stable_rank(values: Tensor) -> float:
    """Return the squared Frobenius norm divided by the squared spectral norm."""
    return float(values.square().sum() / values[0].square())


def rank_of_share(values: Tensor, share: float) -> int:
    """Return the smallest number of directions with `share` of the squared norm."""
    energy = values.square().cumsum(0)
    return int((energy < share * energy[-1]).sum()) + 1


@dataclass(frozen=True)
class Overlap:
    """Overlap of the directions of two updates of the same matrix (Hu et al. 2021, section 7.2).

    `left` and `right` are the shares, in [0, 1], of the first update's leading `k` directions
    inside those of the second; the chances are expected of two random subspaces of this size.
    """

    name: str
    place: Place
    k: int
    left: float
    left_chance: float
    right: float
    right_chance: float
    cosine: float  # of the two updates as vectors


def overlap(first: Change, second: Change, k: int) -> Overlap:
    """Return the overlap of the leading `k` directions, fewer if an update has fewer."""
    a, b = first.update.double(), second.update.double()
    (u_a, s_a, v_a), (u_b, s_b, v_b) = (_leading(m, k) for m in (a, b))
    ranks = [int((s > c.noise_floor).sum()) for s, c in ((s_a, first), (s_b, second))]
    k = max(1, min(k, *ranks))
    left = float((u_a[:, :k].T @ u_b[:, :k]).square().sum()) / k
    right = float((v_a[:, :k].T @ v_b[:, :k]).square().sum()) / k
    cosine = float((a * b).sum() / (a.norm() * b.norm()))
    rows, columns = a.shape
    return Overlap(first.name, first.place, k, left, k / rows, right, k / columns, cosine)


def _leading(matrix: Tensor, k: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return the leading left directions, singular values and right directions."""
    tall = matrix.shape[0] >= matrix.shape[1]
    m = matrix if tall else matrix.T
    values, vectors = torch.linalg.eigh(m.T @ m)
    values, vectors = values.flip(0)[:k].clamp(min=0).sqrt(), vectors.flip(1)[:, :k]
    others = m @ vectors / values.clamp(min=1e-300)
    return (others, values, vectors) if tall else (vectors, values, others)
