"""Loaders that resume exactly and leave the global random state untouched.

They are not `torch.utils.data.DataLoader`s: Lightning would replace the sampler of one under DDP,
and a shuffled one cannot continue within an epoch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from torch.utils.data import DataLoader, Dataset


class Batches:
    """An iterable of collated groups of examples, made in this process or in workers."""

    def __init__(
        self,
        groups: Sequence[Any],
        collate: Callable[[Any], Any],
        num_workers: int = 0,
        pin_memory: bool = False,
    ) -> None:
        self.groups = groups
        self.collate = collate
        self.num_workers = num_workers
        self.pin_memory = pin_memory

    def __len__(self) -> int:
        return len(self.groups)

    def __iter__(self) -> Iterator[Any]:
        return self._load(self.groups)

    def _load(self, groups: Sequence[Any]) -> Iterator[Any]:
        loader: DataLoader[Any] = DataLoader(
            _Collated(self.collate),
            batch_size=None,
            sampler=groups,
            num_workers=self.num_workers,
            pin_memory=self.pin_memory,
            generator=torch.Generator().manual_seed(0),  # else it draws from the global generator
        )
        yield from loader


class EpochBatches(Batches):
    """The train loader: the groups of `plan(epoch)`, resumable at any group.

    Every epoch has `length` groups. Lightning calls `set_epoch` (on `sampler`) after it has made
    the iterator, so the epoch is read when the first group is requested, not before.
    """

    def __init__(
        self,
        plan: Callable[[int], Sequence[Any]],
        length: int,
        collate: Callable[[Any], Any],
        num_workers: int = 0,
        pin_memory: bool = False,
    ) -> None:
        super().__init__((), collate, num_workers, pin_memory)
        self.plan = plan
        self.length = length
        self.epoch = 0
        self.position = 0  # groups of the epoch that were handed out
        self.resume: tuple[int, int] | None = None

    @property
    def sampler(self) -> EpochBatches:
        return self

    def set_epoch(self, epoch: int) -> None:
        self.epoch = epoch

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Any]:
        epoch, first = self.resume or (self.epoch, 0)
        if epoch != self.epoch:
            first = 0
        self.resume = None
        self.position = first
        for item in self._load(self.plan(self.epoch)[first:]):
            self.position += 1
            yield item

    def state_dict(self) -> dict[str, int]:
        """Return epoch and position of the next group; after the last one, the next epoch's start.

        Groups that workers have prepared in advance do not count.
        """
        finished, position = divmod(self.position, self.length)
        return {"epoch": self.epoch + finished, "position": position}

    def load_state_dict(self, state: dict[str, int]) -> None:
        """Continue at the group of `state_dict`."""
        self.epoch = state["epoch"]
        self.position = state["position"]
        self.resume = state["epoch"], state["position"]


class _Collated(Dataset[Any]):
    """A data set whose index is a group of examples."""

    def __init__(self, collate: Callable[[Any], Any]) -> None:
        self.collate = collate

    def __getitem__(self, group: Any) -> Any:
        return self.collate(group)
