"""Helpers for runs with several processes."""

from __future__ import annotations

import os
from typing import TypeVar

import torch.distributed as dist

T = TypeVar("T")


def rank() -> int:
    """Return the rank of this process, as torch's launcher sets it; 0 in a single process."""
    return int(os.environ.get("RANK", "0"))


def gather(rows: list[T]) -> list[T]:
    """Return the rows of all processes, in rank order, on every process."""
    if not (dist.is_available() and dist.is_initialized()):
        return rows
    shares: list[list[T]] = [[] for _ in range(dist.get_world_size())]
    dist.all_gather_object(shares, rows)
    return [row for share in shares for row in share]
