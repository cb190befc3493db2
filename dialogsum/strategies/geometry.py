"""Sizes of adapters that follow from the sizes of the layers they adapt."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from torch import nn

from dialogsum.common.errors import UserError
from dialogsum.strategies.methods import Size

log = logging.getLogger(__name__)


def fit_sizes(config: Any, sizes: Iterable[Size], model: nn.Module) -> None:
    """Lower the arguments of `config` that do not divide the layers of `model` to the next below.

    Raises:
        UserError: no valid value is left.
    """
    for size in sizes:
        asked = getattr(config, size.key)
        if not asked:  # 0 or null: the method takes it from another argument
            continue
        common = _common_divisor(config, size, model)
        fitting = _largest_divisor(common, asked, size.even)
        if fitting is None:
            raise UserError(
                f"strategy.peft.{size.key}: nothing up to {asked} divides the layers' sizes "
                f"(their common divisor is {common})"
            )
        if fitting != asked:
            log.info("%s=%d does not divide the layers' sizes; %d does", size.key, asked, fitting)
            setattr(config, size.key, fitting)


def adapted_layers(config: Any, model: nn.Module) -> Iterator[nn.Linear]:
    """The linear layers that `config` names; all but the head where it leaves them to `peft`."""
    from peft.tuners.tuners_utils import check_target_module_exists

    named = config.target_modules not in (None, "all-linear")
    head = model.get_output_embeddings()  # type: ignore[operator]
    for name, module in model.named_modules():
        if not isinstance(module, nn.Linear) or module is head:
            continue
        if not named or check_target_module_exists(config, name):
            yield module


def _common_divisor(config: Any, size: Size, model: nn.Module) -> int:
    lengths = [
        {"in": layer.in_features, "out": layer.out_features}[side]
        for layer in adapted_layers(config, model)
        for side in size.sides
    ]
    return math.gcd(*lengths) // 2 ** (getattr(config, size.times) if size.times else 0)


def _largest_divisor(number: int, limit: int, even: bool) -> int | None:
    step = 2 if even else 1
    candidates = range(min(limit, number) // step * step, 0, -step)
    return next((value for value in candidates if number % value == 0), None)


def _adamss(config: Any, layers: list[nn.Linear]) -> tuple[int, int]:
    """Per layer K matrices A of (rank, r), and B of all output rows at that rank.

    The rows of B are dealt to the K subspaces by clustering the weights; their number stays. Stored
    with them is the fixed projection (r, inputs).
    """
    rank = config.subspace_rank
    trainable = sum(
        rank * (min(config.num_subspaces, x.out_features) * _svd_rank(config, x) + x.out_features)
        for x in layers
    )
    fixed = sum(_svd_rank(config, x) * x.in_features for x in layers)
    return trainable, trainable + fixed


def _svd_rank(config: Any, layer: nn.Linear) -> int:
    return min(config.r, layer.in_features, layer.out_features)


# Config class -> (trainable, stored) numbers, for methods that read weights to find their shapes.
CLOSED_FORMS: dict[str, Callable[[Any, list[nn.Linear]], tuple[int, int]]] = {
    "AdamssConfig": _adamss,
}
