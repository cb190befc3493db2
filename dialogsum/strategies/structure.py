"""Structure of an adapter: sizes that must divide the layers, and counting without weights.

A plan lets `peft` itself build the adapter on meta tensors, so that every option counts as in the
run. Parts that some methods compute from weights only to find positions are left out here.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from peft.tuners.boft import layer as boft_layer
from peft.tuners.tuners_utils import check_target_module_exists
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from dialogsum.common.errors import ConfigurationError, Problem, UserError
from dialogsum.strategies.peft_methods import Size

log = logging.getLogger(__name__)

boft: Any = boft_layer  # typed as Any because some of its names are replaced here


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
    every = config.target_modules in (None, "all-linear")
    head = model.get_output_embeddings()  # type: ignore[operator]
    for name, module in model.named_modules():
        selected = every or check_target_module_exists(config, name)
        if selected and isinstance(module, nn.Linear) and module is not head:
            yield module


@contextmanager
def structure_only(config: Any) -> Iterator[None]:
    """Let `peft.get_peft_model` build an adapter on meta without computing anything.

    Changes `config`: initializations that read weights are replaced by ones of the same shapes.
    """
    if isinstance(getattr(config, "init_lora_weights", None), str):
        config.init_lora_weights = True
    if hasattr(config, "mask_fn"):
        config.mask_fn = _mask
    with ExitStack() as stack:
        stack.enter_context(_NoSearch())
        if config.peft_type == "BOFT":
            stack.enter_context(torch.device("meta"))
            stack.enter_context(_no_permutations())
        yield


class _NoSearch(TorchFunctionMode):
    """Skips the search for positions in weights.

    FourierFT and WaveFT shuffle all positions of each weight to take a few: minutes on xxl.
    """

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        if func is torch.randperm:
            return _positions(args[0])
        if func is torch.where and len(args) == 1:
            return _positions(len(args[0])), _positions(len(args[0]))
        return func(*args, **(kwargs or {}))


def _positions(count: int) -> Tensor:
    return torch.empty(count, dtype=torch.int64, device="meta")


def _mask(layer: nn.Linear, r: int, **_: Any) -> Tensor:
    """Return as many positions as SHiRA's masks select."""
    return _positions(r * (layer.in_features + layer.out_features))


@contextmanager
def _no_permutations() -> Iterator[None]:
    """Skip BOFT's permutation matrices, which Python fills entry by entry.

    On xxl that takes 10 GB and minutes. `test_boft_is_counted_without_permutations` fails where
    `peft` no longer calls these two methods.
    """
    original = boft.BOFTLayer.perm2mat, boft.BOFTLayer.block_butterfly_perm
    boft.BOFTLayer.perm2mat = lambda _, indices: torch.empty(len(indices), len(indices))
    boft.BOFTLayer.block_butterfly_perm = lambda _, size, *__: torch.arange(size)
    try:
        yield
    finally:
        boft.BOFTLayer.perm2mat, boft.BOFTLayer.block_butterfly_perm = original


def no_extension_without_gpu() -> None:
    """Stop `peft` from compiling BOFT's CUDA extension where no GPU could run it.

    It would try again for every layer, each time under a lock file that outlives a killed process.
    """
    if not torch.cuda.is_available():
        boft.get_fbd_cuda = lambda: False


def refuse_replaced_factor(config: Any, model: nn.Module) -> None:
    """Refuse a number of butterfly factors that `peft` has replaced by 1.

    Raises:
        UserError: BOFT's CUDA extension, which several factors need, is not available.
    """
    asked = getattr(config, "boft_n_butterfly_factor", 1)
    if asked != 1 and any(not getattr(m, "fbd_cuda_available", True) for m in model.modules()):
        raise UserError(
            f"strategy.peft.boft_n_butterfly_factor: {asked} needs a GPU and peft's CUDA extension "
            "for BOFT, without which peft would train 1; use 1"
        )
