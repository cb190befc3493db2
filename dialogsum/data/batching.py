"""Batch examples: the steps of an epoch, a rank's share of a step, micro-batches, and tensors.

A step is `batch_size` examples over all devices, whatever the number of devices and whatever fits
into memory: ranks and micro-batches only divide it. Everything here follows from the arguments; no
random state is read or changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import torch

from dialogsum.data.tokenize import Tokenized

IGNORED = -100  # label of a padded position
WINDOW = 64  # steps whose examples are grouped by length
TOKENS_PER_BATCH = {"cpu": 2048, "cuda": 16384}


def resolve_tokens_per_batch(value: int | str | None, device_type: str) -> int | None:
    """Return the padded source and target tokens of a micro-batch; None: steps are not split."""
    by_device = TOKENS_PER_BATCH.get(device_type, TOKENS_PER_BATCH["cpu"])
    return by_device if value == "auto" else value  # type: ignore[return-value]  # see the schema


# Examples


def epoch_order(seed: int, epoch: int, lengths: np.ndarray, batch_size: int) -> np.ndarray:
    """Return the order of the examples in an epoch, int64 `[examples]`.

    Within each `WINDOW` steps of the shuffled examples, those of similar length make a step, and
    the steps are shuffled again. In batches of 8, this reduces padding from 42% to 10% of the
    tokens of DialogSum, from 53% to 14% of SAMSum.
    """
    rng = np.random.default_rng([seed, epoch])
    permutation = rng.permutation(len(lengths))
    full = len(lengths) // batch_size * batch_size
    window = WINDOW * batch_size
    parts = []
    for examples in np.split(permutation[:full], range(window, full, window)):
        by_length = examples[np.argsort(lengths[examples], kind="stable")]
        parts.append(rng.permutation(by_length.reshape(-1, batch_size)).ravel())
    return np.concatenate([*parts, permutation[full:]])


def epoch_steps(
    seed: int, epoch: int, lengths: np.ndarray, batch_size: int, shuffle: bool = True
) -> list[np.ndarray]:
    """Return the examples of each step of an epoch; the last step may be smaller.

    In the first epoch the step with the longest example comes first, so that running out of memory
    happens in the first minute. Without `shuffle` the order of the data stays, as for curricula.
    """
    order = epoch_order(seed, epoch, lengths, batch_size) if shuffle else np.arange(len(lengths))
    steps = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
    if shuffle and epoch == 0 and len(steps) > 1:
        longest = max(range(len(steps)), key=lambda k: int(lengths[steps[k]].max()))
        steps.insert(0, steps.pop(longest))
    return steps


def divide_step(step: np.ndarray, lengths: np.ndarray, world_size: int) -> list[np.ndarray]:
    """Return each rank's examples of a step: longest first, each to the rank with the least work.

    Every rank gets an example if there are enough; otherwise some ranks get none.
    """
    if world_size == 1:
        return [step]
    shares: list[list[int]] = [[] for _ in range(world_size)]
    work = [0] * world_size
    for example in sorted(step.tolist(), key=lambda i: (-int(lengths[i]), i)):
        rank = work.index(min(work))
        shares[rank].append(example)
        work[rank] += int(lengths[example])
    return [np.array(examples, dtype=np.int64) for examples in shares]


def pack(
    examples: Iterable[int],
    source_lengths: np.ndarray,
    target_lengths: np.ndarray,
    budget: int | None,
    multiple: int = 1,
    max_examples: int | None = None,
) -> list[list[int]]:
    """Return batches of similar length, longest first.

    Args:
        examples: indices into the lengths.
        source_lengths: tokens of each prompt.
        target_lengths: tokens of each reference.
        budget: most tokens of a batch, source and target with padding; None: no limit. An example
            that is larger makes a separate batch.
        multiple: lengths are padded to a multiple of this.
        max_examples: most examples of a batch; None: no limit.
    """
    longest_first = sorted(
        (int(i) for i in examples),
        key=lambda i: (-int(source_lengths[i]), -int(target_lengths[i]), i),
    )
    batches: list[list[int]] = []
    source_width = target_width = 0  # of the last batch
    for i in longest_first:
        source = round_up(int(source_lengths[i]), multiple)
        target = round_up(int(target_lengths[i]), multiple)
        count = len(batches[-1]) + 1 if batches else 1
        width = source_width + max(target_width, target)
        too_large = budget is not None and count * width > budget
        too_many = max_examples is not None and count > max_examples
        if not batches or too_large or too_many:
            batches.append([])
            source_width, target_width = source, target
        batches[-1].append(i)
        target_width = max(target_width, target)
    return batches


def round_up(length: int, multiple: int) -> int:
    """Return the smallest multiple that is not below the length."""
    return -(-length // multiple) * multiple


# Tensors


def pad(rows: Sequence[np.ndarray], value: int, multiple: int = 1) -> torch.Tensor:
    """Return int64 `[rows, longest]`, the longest rounded up to a multiple.

    Equal to `transformers.DataCollatorForSeq2Seq`, which takes 13 times as long (2.0 ms instead of
    0.16 ms for 8 examples of DialogSum's length, 9.1 ms for 33).
    """
    width = round_up(max(len(row) for row in rows), multiple)
    padded = np.full((len(rows), width), value, dtype=np.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return torch.from_numpy(padded)


class Collator:
    """Makes the tensors of examples of one split.

    All are int64: `input_ids`, `attention_mask` and `labels` `[examples, length]`, `indices`
    `[examples]` with the index of each example's dialogue in the split.
    """

    def __init__(self, data: Tokenized, pad_token_id: int, multiple: int = 1) -> None:
        self.data = data
        self.pad_token_id = pad_token_id
        self.multiple = multiple

    def pairs(self, examples: Sequence[int]) -> dict[str, torch.Tensor]:
        """Return `input_ids`, `attention_mask` and `labels`, padded with -100."""
        targets = [self.data.example(i)[1] for i in examples]
        return {**self._inputs(examples), "labels": pad(targets, IGNORED, self.multiple)}

    def loss(self, examples: Sequence[int]) -> dict[str, torch.Tensor]:
        """Return `indices` and `pairs`."""
        return {"indices": self._indices(examples), **self.pairs(examples)}

    def generation(self, examples: Sequence[int]) -> dict[str, torch.Tensor]:
        """Return `indices`, `input_ids` and `attention_mask`."""
        return {"indices": self._indices(examples), **self._inputs(examples)}

    def _inputs(self, examples: Sequence[int]) -> dict[str, torch.Tensor]:
        sources = [self.data.example(i)[0] for i in examples]
        ones = [np.ones_like(source) for source in sources]
        return {
            "input_ids": pad(sources, self.pad_token_id, self.multiple),
            "attention_mask": pad(ones, 0, self.multiple),
        }

    def _indices(self, examples: Sequence[int]) -> torch.Tensor:
        return torch.tensor([int(self.data.dialogue[i]) for i in examples], dtype=torch.int64)


class StepCollator:
    """Makes one rank's part of an optimizer step."""

    def __init__(self, collator: Collator, budget: int | None, rank: int, world_size: int) -> None:
        self.collator = collator
        self.budget = budget
        self.rank = rank
        self.world_size = world_size
        self.sources = collator.data.source_lengths
        self.targets = collator.data.target_lengths

    def __call__(self, step: np.ndarray) -> dict[str, Any]:
        """Return `micro_batches` (at least one) and plain numbers.

        `label_tokens` counts the labels of the whole step over all ranks, the denominator of the
        step's mean loss. `examples`, `source_tokens`, `target_tokens` and `padded_tokens` (source
        and target with padding) are of this rank. A rank without examples gets one micro-batch with
        a single padding token whose label is ignored, so that it takes part in the reduction.
        """
        share = divide_step(step, self.sources + self.targets, self.world_size)[self.rank]
        groups = pack(share, self.sources, self.targets, self.budget, self.collator.multiple)
        batches = [self.collator.pairs(group) for group in groups] or [self._empty_batch()]
        return {
            "micro_batches": batches,
            "label_tokens": int(self.targets[step].sum()),
            "examples": len(share),
            "source_tokens": int(self.sources[share].sum()),
            "target_tokens": int(self.targets[share].sum()),
            "padded_tokens": sum(b["input_ids"].numel() + b["labels"].numel() for b in batches),
        }

    def _empty_batch(self) -> dict[str, torch.Tensor]:
        one = torch.ones((1, 1), dtype=torch.int64)
        return {
            "input_ids": one * self.collator.pad_token_id,
            "attention_mask": one,
            "labels": one * IGNORED,
        }
