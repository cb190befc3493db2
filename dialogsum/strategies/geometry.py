"""Arguments of adapters that must divide the sizes of the layers they adapt."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from torch import nn

from dialogsum.common.errors import ConfigurationError, Problem
from dialogsum.strategies.methods import Size

log = logging.getLogger(__name__)


def fit_sizes(
    config: Any, sizes: Sequence[Size], fit: Mapping[str, int], model: nn.Module
) -> dict[str, int]:
    """Check the arguments of a `peft` config that must divide the adapted layers' sizes.

    An argument whose value is the one in `fit` is lowered to the largest divisor up to it; any
    other value, as given by a user, is taken or refused, never replaced.

    Lowered arguments are set in `config` and returned with their values in effect. `model` is the
    backbone, which may be on meta.

    Raises:
        ConfigurationError: a value divides no size, with the valid values nearest to it.
    """
    lowered, problems = {}, []
    layers = list(adapted_layers(config, model)) if sizes else []
    for size in sizes:
        value = getattr(config, size.key)
        if not value or not layers:  # derived from another argument, or refused by `peft` itself
            continue
        common = math.gcd(*(getattr(layer, side) for layer in layers for side in size.sides))
        common //= 2 ** (getattr(config, size.times) if size.times else 0)
        valid = [n for n in range(1, common + 1) if common % n == 0 and not (size.even and n % 2)]
        below = max((n for n in valid if n <= value), default=None)
        if below == value:
            continue
        where = f"strategy.peft.{size.key}"
        if below and value == fit.get(size.key):
            log.info("%s: using %d, a divisor of the layers' sizes, for %d", where, below, value)
            setattr(config, size.key, below)
            lowered[size.key] = below
            continue
        above = min((n for n in valid if n > value), default=None)
        nearest = " or ".join(str(n) for n in (below, above) if n)
        advice = f"use {nearest}" if nearest else "no value is valid"
        what = f"{value} does not divide the sizes of the adapted layers; {advice}"
        problems.append(Problem(where, what))
    if problems:
        raise ConfigurationError(problems)
    return lowered


def adapted_layers(config: Any, model: nn.Module) -> Iterator[nn.Linear]:
    """Yield the linear layers that a `peft` config selects.

    All but the head where the config leaves the selection to `peft`.
    """
    from peft.tuners.tuners_utils import check_target_module_exists

    every = config.target_modules in (None, "all-linear")
    head = model.get_output_embeddings()  # type: ignore[operator]
    for name, module in model.named_modules():
        selected = every or check_target_module_exists(config, name)
        if selected and isinstance(module, nn.Linear) and module is not head:
            yield module
