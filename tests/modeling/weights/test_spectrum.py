"""Tests of norms, ranks and overlaps against known results."""

from __future__ import annotations

import math

import pytest
import torch

from dialogsum.modeling.weights.changes import Change, Place, most_moved, place_of
from dialogsum.modeling.weights.spectrum import (
    effective_rank,
    measure_update,
    overlap,
    rank_of_share,
    singular_values,
    stable_rank,
)

HERE = Place("encoder", 0, "SelfAttention.q")


def change(update: torch.Tensor, before: torch.Tensor | None = None) -> Change:
    before = torch.ones_like(update) if before is None else before
    return Change("encoder.block.0.layer.0.SelfAttention.q.weight", HERE, before, before + update)


def low_rank(rows: int, columns: int, rank: int, seed: int = 0) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(rows, rank, generator=generator) @ torch.randn(
        rank, columns, generator=generator
    )


@pytest.mark.parametrize("shape", [(30, 20), (20, 30), (25, 25)])
def test_singular_values_are_torchs(shape: tuple[int, int]) -> None:
    matrix = low_rank(*shape, rank=20)

    expected = torch.linalg.svdvals(matrix.double())
    assert torch.allclose(singular_values(matrix), expected, atol=1e-6 * float(expected[0]))


def test_an_update_of_rank_four_has_four_directions() -> None:
    values = singular_values(low_rank(64, 48, rank=4).double(), floor=1e-4)

    assert int((values > 0).sum()) == 4
    assert effective_rank(values) <= 4
    assert stable_rank(values) <= 4


def test_rounding_of_a_merge_is_below_the_noise_floor() -> None:
    before = torch.randn(64, 48, generator=torch.Generator().manual_seed(1))
    made = change(1e-4 * low_rank(64, 48, rank=4), before)
    measured = measure_update(made)

    assert sum(value > 0 for value in measured.singular_values) == 4
    assert torch.linalg.matrix_rank(made.update) > 4  # without the floor it would be full


def test_ranks_of_a_flat_and_of_a_single_direction() -> None:
    flat, single = torch.ones(10).double(), torch.tensor([3.0, 0.0, 0.0]).double()

    assert effective_rank(flat) == pytest.approx(10)
    assert stable_rank(flat) == pytest.approx(10)
    assert rank_of_share(flat, 0.9) == 9
    assert effective_rank(single) == pytest.approx(1)
    assert rank_of_share(single, 0.9) == 1


def test_relative_norm_is_of_the_update_to_the_weight() -> None:
    before = torch.full((4, 4), 2.0)
    measured = measure_update(change(torch.full((4, 4), 0.5), before))

    assert measured.relative_norm == pytest.approx(0.25)
    assert measured.effective_rank == pytest.approx(1, abs=1e-4)


def test_a_vector_has_a_norm_and_no_spectrum() -> None:
    measured = measure_update(change(torch.full((8,), 0.1)))

    assert measured.relative_norm == pytest.approx(0.1, rel=1e-4)
    assert measured.singular_values == ()
    assert measured.effective_rank is None


def test_an_update_overlaps_itself_completely() -> None:
    update = low_rank(40, 30, rank=6)
    found = overlap(change(update), change(2 * update), k=4)

    assert found.left == pytest.approx(1, abs=1e-4)
    assert found.right == pytest.approx(1, abs=1e-4)
    assert found.cosine == pytest.approx(1, abs=1e-4)


def test_orthogonal_updates_do_not_overlap() -> None:
    first, second = torch.zeros(10, 8), torch.zeros(10, 8)
    first[0, 0] = second[1, 1] = 1.0
    found = overlap(change(first, torch.zeros(10, 8)), change(second, torch.zeros(10, 8)), k=4)

    assert found.k == 1  # no more than the updates have
    assert found.left == pytest.approx(0, abs=1e-9)
    assert found.right == pytest.approx(0, abs=1e-9)
    assert found.cosine == 0


def test_random_updates_overlap_by_chance() -> None:
    zeros = torch.zeros(200, 100)
    pairs = [(low_rank(200, 100, 100, s), low_rank(200, 100, 100, s + 50)) for s in range(5)]
    found = [overlap(change(a, zeros), change(b, zeros), k=10) for a, b in pairs]

    left, right = (math.fsum(getattr(o, side) for o in found) / 5 for side in ("left", "right"))
    assert left == pytest.approx(found[0].left_chance, abs=0.03)
    assert right == pytest.approx(found[0].right_chance, abs=0.03)
    assert found[0].right_chance == 2 * found[0].left_chance  # half as many columns as rows


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("encoder.block.3.layer.0.SelfAttention.q.weight", Place("encoder", 3, "SelfAttention.q")),
        (
            "decoder.block.0.layer.2.DenseReluDense.wo.weight",
            Place("decoder", 0, "DenseReluDense.wo"),
        ),
        ("model.decoder.layers.5.fc1.weight", Place("decoder", 5, "fc1")),
        ("encoder.final_layer_norm.weight", Place("encoder", None, "final_layer_norm")),
        ("shared.weight", Place("model", None, "shared")),
        ("lm_head.weight", Place("model", None, "lm_head")),
    ],
)
def test_places(name: str, expected: Place) -> None:
    assert place_of(name) == expected


def test_tokens_that_moved_most_come_first() -> None:
    before = torch.ones(6, 4)
    update = torch.zeros(6, 4)
    update[2], update[4], update[5] = 0.5, -3.0, 100.0
    tokens = most_moved(change(update, before), ["a", "b", "c", "d", "e"], count=2)

    assert [t.token for t in tokens] == ["e", "c"]  # row 5 has no token
    assert tokens[0].movement == pytest.approx(3)
    assert tokens[0].cosine == pytest.approx(-1)
    assert tokens[1].cosine == pytest.approx(1)
