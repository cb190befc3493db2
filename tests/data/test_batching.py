"""Steps, shares and micro-batches: everything once, within the budget, the same everywhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from dialogsum.data.batching import (
    IGNORED,
    Collator,
    StepCollator,
    divide_step,
    epoch_order,
    epoch_steps,
    pack,
    pad,
    resolve_tokens_per_batch,
)

from .conftest import tokenized

DATA = tokenized(103, seed=3)
LENGTHS = DATA.source_lengths + DATA.target_lengths


def test_order_follows_seed_and_epoch() -> None:
    # For ever: resumed runs rely on it.
    assert epoch_order(0, 0, LENGTHS[:8], 2).tolist() == [7, 5, 3, 0, 2, 6, 1, 4]
    assert epoch_order(0, 1, LENGTHS, 8).tolist() == epoch_order(0, 1, LENGTHS, 8).tolist()
    orders = {
        tuple(epoch_order(seed, epoch, LENGTHS, 8)) for seed in range(4) for epoch in range(4)
    }
    assert len(orders) == 16
    assert sorted(epoch_order(3, 2, LENGTHS, 8).tolist()) == list(range(103))
    assert sorted(epoch_order(3, 2, LENGTHS[:5], 8).tolist()) == list(range(5))


@pytest.mark.parametrize("epoch", [0, 1])
def test_steps(epoch: int) -> None:
    cut = epoch_steps(1, epoch, LENGTHS, 8)
    assert sorted(len(step) for step in cut) == [7] + [8] * 12
    permutation = epoch_order(1, epoch, LENGTHS, 8).tolist()
    if epoch == 0:
        assert LENGTHS[cut[0]].max() == LENGTHS.max()  # running out of memory happens at once
        cut = sorted(cut, key=lambda step: permutation.index(int(step[0])))
    assert np.concatenate(cut).tolist() == permutation


def test_steps_hold_examples_of_similar_length_in_random_order() -> None:
    lengths = np.random.default_rng(0).integers(10, 500, 4000)
    whole = [step for step in epoch_steps(1, 1, lengths, 8) if len(step) == 8]
    spread = np.mean([np.ptp(lengths[step]) for step in whole])
    means = np.array([lengths[step].mean() for step in whole])
    assert spread < 10  # 380 in steps of random examples
    assert abs(np.corrcoef(means[1:], means[:-1])[0, 1]) < 0.15  # no run of ever longer steps
    assert abs(means[:100].mean() - lengths.mean()) < 30  # early steps are not the short ones


def test_without_shuffling_the_data_s_order_stays() -> None:
    assert np.concatenate(epoch_steps(1, 0, LENGTHS, 8, shuffle=False)).tolist() == list(range(103))


@pytest.mark.parametrize("world_size", [1, 2, 3, 8])
def test_shares_are_complete_and_balanced(world_size: int) -> None:
    for step in epoch_steps(0, 0, LENGTHS, 24):
        shares = divide_step(step, LENGTHS, world_size)
        assert sorted(np.concatenate(shares).tolist()) == sorted(step.tolist())
        assert len(step) < world_size or all(len(part) for part in shares)
        loads = [int(LENGTHS[part].sum()) for part in shares]
        assert max(loads) - min(loads) <= LENGTHS[step].max()


def test_fewer_examples_than_ranks() -> None:
    shares = divide_step(np.array([4, 2]), LENGTHS, 3)
    assert sorted(len(part) for part in shares) == [0, 1, 1]


@pytest.mark.parametrize("multiple", [1, 8])
@pytest.mark.parametrize("budget", [None, 1, 120, 300])
@pytest.mark.parametrize("most", [None, 5])
def test_pack(budget: int | None, multiple: int, most: int | None) -> None:
    sources, targets = DATA.source_lengths, DATA.target_lengths
    batches = pack(range(103), sources, targets, budget, multiple, most)
    assert sorted(i for batch in batches for i in batch) == list(range(103))
    firsts = [int(sources[batch[0]]) for batch in batches]
    assert firsts == sorted(firsts, reverse=True)
    for batch in batches:
        tensors = Collator(DATA, 0, multiple).pairs(batch)
        size = tensors["input_ids"].numel() + tensors["labels"].numel()
        assert budget is None or size <= budget or len(batch) == 1
        assert most is None or len(batch) <= most
    if budget is None and most is None:
        assert len(batches) == 1
    if budget == 1:
        assert len(batches) == 103


def test_pack_nothing() -> None:
    assert pack([], DATA.source_lengths, DATA.target_lengths, 100) == []


def test_pad() -> None:
    rows = [np.array([1, 2, 3], np.int32), np.array([4], np.int32)]
    assert pad(rows, -100).tolist() == [[1, 2, 3], [4, -100, -100]]
    assert pad(rows, 0, 8).shape == (2, 8)
    assert pad(rows, 0).dtype == torch.int64


@pytest.mark.parametrize(
    ("value", "device", "tokens"),
    [
        (None, "cuda", None),
        ("auto", "cpu", 2048),
        ("auto", "cuda", 16384),
        ("auto", "mps", 2048),
        (7, "cpu", 7),
    ],
)
def test_resolve_tokens_per_batch(value: Any, device: str, tokens: int | None) -> None:
    assert resolve_tokens_per_batch(value, device) == tokens


@pytest.mark.parametrize("world_size", [1, 2, 3, 11])
@pytest.mark.parametrize("budget", [None, 150])
def test_a_step_is_the_same_whatever_divides_it(world_size: int, budget: int | None) -> None:
    collator = Collator(DATA, 0)
    for step in epoch_steps(4, 1, LENGTHS, 10):
        parts = [
            StepCollator(collator, budget, rank, world_size)(step) for rank in range(world_size)
        ]
        batches = [batch for part in parts for batch in part["micro_batches"]]
        real = [batch for batch in batches if batch["labels"].ne(IGNORED).any()]
        numbers = [int(i) - 1000 for batch in real for i in batch["input_ids"][:, 0]]
        assert sorted(numbers) == sorted(step.tolist())
        labels = sum(int(batch["labels"].ne(IGNORED).sum()) for batch in batches)
        assert {part["label_tokens"] for part in parts} == {labels}
        assert all(part["micro_batches"] for part in parts)
        assert sum(part["examples"] for part in parts) == len(step)
        assert sum(part["target_tokens"] for part in parts) == labels
        sources = sum(int(batch["attention_mask"].sum()) for batch in real)
        assert sum(part["source_tokens"] for part in parts) == sources
        assert sum(part["padded_tokens"] for part in parts) == sum(
            batch["input_ids"].numel() + batch["labels"].numel() for batch in batches
        )


def test_collated_tensors_hold_the_examples() -> None:
    batch = Collator(DATA, 0).loss([5, 9])
    assert batch["indices"].tolist() == [5, 9]
    for row, example in enumerate((5, 9)):
        source, target = DATA.example(example)
        length = len(source)
        assert batch["input_ids"][row, :length].tolist() == source.tolist()
        assert batch["input_ids"][row, length:].eq(0).all()
        assert batch["attention_mask"][row].tolist() == (
            [1] * length + [0] * (batch["input_ids"].shape[1] - length)
        )
        assert batch["labels"][row, : len(target)].tolist() == target.tolist()
        assert batch["labels"][row, len(target) :].eq(IGNORED).all()
