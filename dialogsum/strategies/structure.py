"""Wrapping a model of which only the structure is there, in a moment and without memory.

A plan lets `peft` itself build the adapter on meta tensors, so that every option counts as it will
in the run. What some methods fill on the way, only to know positions, is left out here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from peft.tuners.boft import layer as boft_layer
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

boft: Any = boft_layer  # some of its names are given other values here


@contextmanager
def structure_only(config: Any) -> Iterator[None]:
    """Within it `peft.get_peft_model` on meta fills nothing; `config` is changed."""
    # The same shapes without an initialisation that reads weights.
    if isinstance(getattr(config, "init_lora_weights", None), str):
        config.init_lora_weights = True
    if hasattr(config, "mask_fn"):
        config.mask_fn = _mask
    with _NothingSearched():
        if config.peft_type == "BOFT":
            with torch.device("meta"), _no_permutations():
                yield
        else:
            yield


class _NothingSearched(TorchFunctionMode):
    """Positions that methods pick in weights are not looked for.

    FourierFT and WaveFT shuffle all of each weight's to take a few: minutes on xxl.
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
    """As many entries as SHiRA's masks choose."""
    return _positions(r * (layer.in_features + layer.out_features))


@contextmanager
def _no_permutations() -> Iterator[None]:
    """BOFT fills square matrices from Python, number by number: 10 GB and minutes on xxl."""
    kept = boft.BOFTLayer.perm2mat, boft.BOFTLayer.block_butterfly_perm
    boft.BOFTLayer.perm2mat = lambda _, indices: torch.empty(len(indices), len(indices))
    boft.BOFTLayer.block_butterfly_perm = lambda _, size, *__: torch.arange(size)
    try:
        yield
    finally:
        boft.BOFTLayer.perm2mat, boft.BOFTLayer.block_butterfly_perm = kept


def no_extension_without_gpu() -> None:
    """Keep peft from building BOFT's CUDA extension where no GPU could run it.

    It would try again for every layer, each time under a lock file that outlives a killed process.
    """
    if not torch.cuda.is_available():
        boft._FBD_CUDA = False
