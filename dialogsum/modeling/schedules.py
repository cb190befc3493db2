"""Learning-rate schedules of transformers, with warmup as a share or a number of steps."""

from __future__ import annotations

import math

from torch.optim import Optimizer
from torch.optim.lr_scheduler import LambdaLR
from transformers import (
    get_constant_schedule_with_warmup,
    get_cosine_schedule_with_warmup,
    get_linear_schedule_with_warmup,
)


def warmup_steps(warmup: float, total_steps: int) -> int:
    """Return warmup steps: below 1 `warmup` is a share of `total_steps`, else a number of steps."""
    if warmup < 0:
        raise ValueError(f"warmup must be at least 0, got {warmup}")
    return math.ceil(warmup * total_steps) if warmup < 1 else int(warmup)


def linear_with_warmup(optimizer: Optimizer, total_steps: int, warmup: float = 0.0) -> LambdaLR:
    """Increase linearly during `warmup`, then decrease linearly to zero at `total_steps`."""
    return get_linear_schedule_with_warmup(
        optimizer, warmup_steps(warmup, total_steps), total_steps
    )


def cosine_with_warmup(optimizer: Optimizer, total_steps: int, warmup: float = 0.0) -> LambdaLR:
    """Increase linearly during `warmup`, then follow half a cosine to zero at `total_steps`."""
    return get_cosine_schedule_with_warmup(
        optimizer, warmup_steps(warmup, total_steps), total_steps
    )


def constant_with_warmup(optimizer: Optimizer, total_steps: int, warmup: float = 0.0) -> LambdaLR:
    """Increase linearly during `warmup`, then stay constant."""
    return get_constant_schedule_with_warmup(optimizer, warmup_steps(warmup, total_steps))
