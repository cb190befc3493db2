"""Dry instantiation of cheap components, so that their own validation errors surface early.

Everything that is built here is discarded.
"""

from __future__ import annotations

import inspect
import re
import warnings
from collections.abc import Callable
from typing import Any

import hydra
from hydra.errors import HydraException
from omegaconf import DictConfig

from dialogsum.common.errors import ConfigurationError, Problem, UserError


def trainer(settings: dict[str, Any]) -> list[Problem]:
    """Build Lightning's Trainer from the section `trainer`."""
    import pytorch_lightning as pl

    from dialogsum.common.log_noise import silence_libraries

    silence_libraries()
    ours: dict[str, Any] = {
        "logger": False,
        "enable_checkpointing": False,
        "enable_model_summary": False,
    }
    ours |= {"accelerator": "cpu", "devices": 1, "enable_progress_bar": False}
    return _refusal("trainer", lambda: pl.Trainer(**settings | ours))


def factory(section: str, cfg: DictConfig) -> list[Problem]:
    """Build the optimizer, or the schedule, on one parameter."""
    import torch

    parameter = torch.nn.Parameter(torch.zeros(2, 2))
    if section == "schedule":
        given: Any = torch.optim.SGD([parameter])
        arguments = {"total_steps": 100}
    else:
        learning_rate = cfg.strategy.get("learning_rate")
        if not isinstance(learning_rate, int | float) or learning_rate <= 0:
            return []  # reported by the strategy, or nothing trains
        given, arguments = [parameter], {}
    return _refusal(section, lambda: hydra.utils.instantiate(cfg[section])(given, **arguments))


def peft(node: dict[str, Any]) -> list[Problem]:
    """Build a config class of peft."""
    if "total_step" in inspect.signature(hydra.utils.get_class(node["_target_"])).parameters:
        node = {"total_step": 1000} | node  # known when the data are
    return _refusal("strategy.peft", lambda: hydra.utils.instantiate(node, _convert_="all"))


def structure(where: str, cfg: DictConfig) -> list[Problem]:
    """Prepare the model's structure for training, without weights."""
    from dialogsum.modeling.backbone import meta_backbone

    def build() -> None:
        strategy = hydra.utils.instantiate(cfg.strategy, _recursive_=False)
        if not strategy.count(meta_backbone(cfg.model), total_steps=1000).trainable:
            raise ValueError("no parameter of the model would train")

    return _refusal(where, build)


def _refusal(where: str, build: Callable[[], object]) -> list[Problem]:
    """Return the error of `build` as a problem of `where`, or of the key that it begins with."""
    from lightning_fabric.utilities.exceptions import MisconfigurationException

    refusals = (HydraException, MisconfigurationException, UserError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # repeated when the run builds it
            build()
    except ConfigurationError as error:
        return error.problems
    except (*refusals, ValueError, TypeError, ImportError, RuntimeError) as error:
        reason = " ".join(str(error.__cause__ or error).split())
        if found := re.fullmatch(rf"({re.escape(where)}[\w.]*): (.*)", reason):
            return [Problem(found[1], found[2])]
        return [Problem(where, f"is refused: {reason}")]
    return []
