"""Which examples make a step, a rank's share of it, and the micro-batches of that share.

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
WINDOW = 64  # steps whose examples are put together by length
TOKENS_PER_BATCH = {"cpu": 2048, "cuda": 16384}


def resolve_tokens_per_batch(value: Any, device_type: str) -> int | None:
    """Padded source + target tokens of a micro-batch; `auto` by device, None: no splitting."""
    if value is None:
        return None
    if value == "auto":
        return TOKENS_PER_BATCH.get(device_type, TOKENS_PER_BATCH["cpu"])
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(
            f"batching.tokens_per_batch: must be a number, null or auto, it is {value!r}"
        )
    return value


def order(seed: int, epoch: int, lengths: np.ndarray, batch_size: int) -> np.ndarray:
    """The permutation of all examples that an epoch follows (int64).

    Within each `WINDOW` steps of the shuffled examples, those of similar length make a step, and
    the steps are shuffled again. In batches of 8 of DialogSum 10% is padding then instead of 42%,
    of SAMSum 14% instead of 53%.
    """
    rng = np.random.default_rng([seed, epoch])
    permutation = rng.permutation(len(lengths))
    whole = len(lengths) // batch_size * batch_size
    window = WINDOW * batch_size
    parts = []
    for examples in np.split(permutation[:whole], range(window, whole, window)):
        ranked = examples[np.argsort(lengths[examples], kind="stable")]
        parts.append(rng.permutation(ranked.reshape(-1, batch_size)).ravel())
    return np.concatenate([*parts, permutation[whole:]])


def steps(
    seed: int, epoch: int, lengths: np.ndarray, batch_size: int, shuffle: bool = True
) -> list[np.ndarray]:
    """The examples of each step of an epoch; the last step may be smaller.

    In the first epoch the step with the longest example comes first, so that running out of memory
    happens in the first minute. Without `shuffle` the data's own order stays, as in a curriculum.
    """
    examples = order(seed, epoch, lengths, batch_size) if shuffle else np.arange(len(lengths))
    cut = [examples[i : i + batch_size] for i in range(0, len(examples), batch_size)]
    if shuffle and epoch == 0 and len(cut) > 1:
        longest = max(range(len(cut)), key=lambda k: int(lengths[cut[k]].max()))
        cut.insert(0, cut.pop(longest))
    return cut


def share(step: np.ndarray, lengths: np.ndarray, world_size: int) -> list[np.ndarray]:
    """A step's examples dealt to the ranks, longest first, each to the rank with the least work.

    Every rank gets one if there are enough; a rank may stay empty.
    """
    if world_size == 1:
        return [step]
    shares: list[list[int]] = [[] for _ in range(world_size)]
    loads = [0] * world_size
    for example in sorted(step.tolist(), key=lambda i: (-int(lengths[i]), i)):
        rank = loads.index(min(loads))
        shares[rank].append(example)
        loads[rank] += int(lengths[example])
    return [np.array(examples, dtype=np.int64) for examples in shares]


def pack(
    examples: Iterable[int],
    source_lengths: np.ndarray,
    target_lengths: np.ndarray,
    budget: int | None,
    multiple: int = 1,
    most: int | None = None,
) -> list[list[int]]:
    """Batches of similar length, longest first, each within the budget of padded tokens.

    `budget=None`: no limit of tokens; `most`: no more examples than that in a batch. An example
    that is larger than the budget is a batch of its own.
    """
    ranked = sorted(
        (int(i) for i in examples),
        key=lambda i: (-int(source_lengths[i]), -int(target_lengths[i]), i),
    )
    batches: list[list[int]] = []
    width = tall = 0
    for i in ranked:
        wider = max(width, round_up(int(source_lengths[i]), multiple))
        taller = max(tall, round_up(int(target_lengths[i]), multiple))
        size = len(batches[-1]) + 1 if batches else 1
        too_big = budget is not None and size * (wider + taller) > budget
        if not batches or too_big or (most is not None and size > most):
            batches.append([])
            wider = round_up(int(source_lengths[i]), multiple)
            taller = round_up(int(target_lengths[i]), multiple)
        batches[-1].append(i)
        width, tall = wider, taller
    return batches


def round_up(length: int, multiple: int) -> int:
    return -(-length // multiple) * multiple


def pad(rows: Sequence[np.ndarray], value: int, multiple: int = 1) -> torch.Tensor:
    """int64 `[rows, longest]`, the longest rounded up to a multiple."""
    width = round_up(max(len(row) for row in rows), multiple)
    padded = torch.full((len(rows), width), value, dtype=torch.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = torch.from_numpy(row.astype(np.int64))
    return padded


class Collator:
    """Makes the tensors of examples of one split; every tensor is int64 `[examples, length]`."""

    def __init__(self, data: Tokenized, pad_token_id: int, multiple: int = 1) -> None:
        self.data = data
        self.pad_token_id = pad_token_id
        self.multiple = multiple

    def inputs(self, examples: Sequence[int]) -> dict[str, torch.Tensor]:
        sources = [self.data.example(i)[0] for i in examples]
        masks = [np.ones_like(source) for source in sources]
        return {
            "input_ids": pad(sources, self.pad_token_id, self.multiple),
            "attention_mask": pad(masks, 0, self.multiple),
        }

    def pairs(self, examples: Sequence[int]) -> dict[str, torch.Tensor]:
        """`inputs` and `labels`, padded with -100."""
        targets = [self.data.example(i)[1] for i in examples]
        return {**self.inputs(examples), "labels": pad(targets, IGNORED, self.multiple)}

    def generation(self, examples: Sequence[int]) -> dict[str, torch.Tensor]:
        """`indices` (int64 `[examples]`, into the split's dialogues) and `inputs`."""
        return {"indices": self.indices(examples), **self.inputs(examples)}

    def loss(self, examples: Sequence[int]) -> dict[str, torch.Tensor]:
        """`indices` and `pairs`."""
        return {"indices": self.indices(examples), **self.pairs(examples)}

    def indices(self, examples: Sequence[int]) -> torch.Tensor:
        return torch.tensor([int(self.data.dialogue[i]) for i in examples], dtype=torch.int64)


class StepCollator:
    """Makes what one rank computes of one optimizer step."""

    def __init__(self, collator: Collator, budget: int | None, rank: int, world_size: int) -> None:
        self.collator = collator
        self.budget = budget
        self.rank = rank
        self.world_size = world_size
        self.sources = collator.data.source_lengths
        self.targets = collator.data.target_lengths

    def __call__(self, step: np.ndarray) -> dict[str, Any]:
        """`micro_batches` (at least one) and plain numbers.

        `label_tokens` counts the labels of the whole step over all ranks, the denominator of the
        step's mean loss. `examples`, `source_tokens`, `target_tokens` and `padded_tokens` (source
        and target with padding) are this rank's. A rank without examples gets one micro-batch with
        a single padding token whose label is ignored, so that it takes part in the reduction.
        """
        mine = share(step, self.sources + self.targets, self.world_size)[self.rank]
        groups = pack(mine, self.sources, self.targets, self.budget, self.collator.multiple)
        batches = [self.collator.pairs(group) for group in groups] or [self.nothing()]
        return {
            "micro_batches": batches,
            "label_tokens": int(self.targets[step].sum()),
            "examples": len(mine),
            "source_tokens": int(self.sources[mine].sum()),
            "target_tokens": int(self.targets[mine].sum()),
            "padded_tokens": sum(b["input_ids"].numel() + b["labels"].numel() for b in batches),
        }

    def nothing(self) -> dict[str, torch.Tensor]:
        one = torch.ones((1, 1), dtype=torch.int64)
        return {
            "input_ids": one * self.collator.pad_token_id,
            "attention_mask": one,
            "labels": one * IGNORED,
        }
