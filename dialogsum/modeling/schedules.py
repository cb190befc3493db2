"""Learning-rate schedules, on top of those of transformers."""

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
    """`warmup` below 1 is a share of `total_steps`, from 1 on a number of optimizer steps."""
    if warmup < 0:
        raise ValueError(f"warmup must be 0 or more, is {warmup}")
    return math.ceil(warmup * total_steps) if warmup < 1 else int(warmup)


def linear_with_warmup(optimizer: Optimizer, total_steps: int, warmup: float = 0.0) -> LambdaLR:
    """Up to the full rate in `warmup`, then linearly down to zero at `total_steps`."""
    return get_linear_schedule_with_warmup(
        optimizer, warmup_steps(warmup, total_steps), total_steps
    )


def cosine_with_warmup(optimizer: Optimizer, total_steps: int, warmup: float = 0.0) -> LambdaLR:
    """Up to the full rate in `warmup`, then half a cosine down to zero at `total_steps`."""
    return get_cosine_schedule_with_warmup(
        optimizer, warmup_steps(warmup, total_steps), total_steps
    )


def constant_with_warmup(optimizer: Optimizer, total_steps: int, warmup: float = 0.0) -> LambdaLR:
    """Up to the full rate in `warmup`, then the full rate."""
    return get_constant_schedule_with_warmup(optimizer, warmup_steps(warmup, total_steps))
