"""Several processes of one run."""

from __future__ import annotations

import os
from typing import TypeVar

import torch.distributed as dist

T = TypeVar("T")


def rank() -> int:
    """This process's number among those of the run; torch's launcher sets it."""
    return int(os.environ.get("RANK", "0"))


def gather(rows: list[T]) -> list[T]:
    """The rows of all processes, on every process."""
    if not (dist.is_available() and dist.is_initialized()):
        return rows
    shares: list[list[T]] = [[] for _ in range(dist.get_world_size())]
    dist.all_gather_object(shares, rows)
    return [row for share in shares for row in share]
