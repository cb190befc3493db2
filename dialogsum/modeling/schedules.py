"""Learning-rate schedules with warmup as a share or a number of steps.

No step has a learning rate of 0: the k-th of n warmup steps has k / (n + 1) of the full one. Runs
recorded without `warmup_from_zero` began with a step at 0, which changed nothing but the moments.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from torch.optim import Optimizer
from torch.optim.lr_scheduler import LambdaLR


def warmup_steps(warmup: float, total_steps: int) -> int:
    """Return warmup steps: below 1 `warmup` is a share of `total_steps`, else a number of steps."""
    if warmup < 0:
        raise ValueError(f"warmup must be at least 0, got {warmup}")
    return math.ceil(warmup * total_steps) if warmup < 1 else int(warmup)


def linear_with_warmup(
    optimizer: Optimizer, total_steps: int, warmup: float = 0.0, warmup_from_zero: bool = True
) -> LambdaLR:
    """Increase linearly during `warmup`, then decrease linearly to zero at `total_steps`."""
    steps = warmup_steps(warmup, total_steps)
    return _schedule(optimizer, total_steps, steps, warmup_from_zero, lambda done: 1 - done)


def cosine_with_warmup(
    optimizer: Optimizer, total_steps: int, warmup: float = 0.0, warmup_from_zero: bool = True
) -> LambdaLR:
    """Increase linearly during `warmup`, then follow half a cosine to zero at `total_steps`."""
    steps = warmup_steps(warmup, total_steps)
    return _schedule(
        optimizer,
        total_steps,
        steps,
        warmup_from_zero,
        lambda done: 0.5 + 0.5 * math.cos(math.pi * done),
    )


def constant_with_warmup(
    optimizer: Optimizer, total_steps: int, warmup: float = 0.0, warmup_from_zero: bool = True
) -> LambdaLR:
    """Increase linearly during `warmup`, then stay constant."""
    steps = warmup_steps(warmup, total_steps)
    return _schedule(optimizer, total_steps, steps, warmup_from_zero, lambda done: 1.0)


def _schedule(
    optimizer: Optimizer,
    total_steps: int,
    warmup: int,
    from_zero: bool,
    after: Callable[[float], float],
) -> LambdaLR:
    """Build a schedule from the factor `after` the warmup, given the share of its steps done."""
    first = 0 if from_zero else 1

    def factor(step: int) -> float:
        if step < warmup:
            return (step + first) / (warmup + first)
        return after(min(1.0, (step - warmup) / max(1, total_steps - warmup)))

    return LambdaLR(optimizer, factor)
