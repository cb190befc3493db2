"""Counting an adapter on a model without weights, in a moment and without memory.

A plan lets `peft` itself build the adapter on meta tensors, so that every option counts as in the
run. Parts that some methods compute from weights only to find positions are left out here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from peft.tuners.boft import layer as boft_layer
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from dialogsum.common.errors import UserError

boft: Any = boft_layer  # typed as Any because some of its names are replaced here


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
