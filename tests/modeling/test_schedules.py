"""Learning-rate schedules: no step without learning, and earlier runs as they were."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
from transformers import (
    get_constant_schedule_with_warmup,
    get_cosine_schedule_with_warmup,
    get_linear_schedule_with_warmup,
)

from dialogsum.modeling.schedules import (
    constant_with_warmup,
    cosine_with_warmup,
    linear_with_warmup,
)

STEPS = 20


def rates(build: Callable, *arguments: object, **settings: object) -> list[float]:
    """The learning rate of each step."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = build(optimizer, *arguments, **settings)
    found = []
    for _ in range(STEPS):
        found.append(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()
    return found


@pytest.mark.parametrize("build", [linear_with_warmup, cosine_with_warmup, constant_with_warmup])
@pytest.mark.parametrize("warmup", [0, 0.06, 5])
def test_every_step_has_a_learning_rate(build: Callable, warmup: float) -> None:
    found = rates(build, STEPS, warmup=warmup, warmup_from_zero=False)
    count = warmup if warmup >= 1 else math.ceil(warmup * STEPS)
    assert min(found) > 0 and found[count] == max(found) == 1
    assert found[:count] == [(k + 1) / (count + 1) for k in range(count)]


@pytest.mark.parametrize("warmup", [0, 5])
def test_earlier_runs_keep_the_schedules_of_transformers(warmup: int) -> None:
    for ours, theirs, totals in (
        (linear_with_warmup, get_linear_schedule_with_warmup, [STEPS]),
        (cosine_with_warmup, get_cosine_schedule_with_warmup, [STEPS]),
        (constant_with_warmup, get_constant_schedule_with_warmup, []),
    ):
        expected = rates(theirs, warmup, *totals)
        assert rates(ours, STEPS, warmup=warmup) == pytest.approx(expected, rel=1e-12)
