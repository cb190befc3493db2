"""Building cheap parts of a run before it starts, because libraries check values only then.

What is built here is thrown away.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from typing import Any

import hydra
from hydra.errors import HydraException
from omegaconf import DictConfig

from dialogsum.common.errors import ConfigurationError, Problem, UserError


def trainer(settings: dict[str, Any]) -> list[Problem]:
    """What Lightning says of the values of the section `trainer`."""
    return _refusal("trainer", lambda: _build_trainer(settings))


def optimizer(cfg: DictConfig) -> list[Problem]:
    """What the optimizer's and the schedule's classes say of their values."""
    import torch

    parameter = torch.nn.Parameter(torch.zeros(2, 2))

    def build_schedule() -> None:
        built = torch.optim.SGD([parameter])
        hydra.utils.instantiate(cfg.schedule)(built, total_steps=100)

    return [
        *_refusal("optimizer", lambda: hydra.utils.instantiate(cfg.optimizer)([parameter])),
        *_refusal("schedule", build_schedule),
    ]


def peft(node: dict[str, Any]) -> list[Problem]:
    """What a `peft` config class says of its values."""
    known_later = {}
    if "total_step" in inspect.signature(hydra.utils.get_object(node["_target_"])).parameters:
        known_later = {"total_step": 1000}
    node = known_later | node
    return _refusal("strategy.peft", lambda: hydra.utils.instantiate(node, _convert_="all"))


def structure(where: str, cfg: DictConfig) -> list[Problem]:
    """What is said when the model's structure is prepared for training, without weights."""
    from dialogsum.modeling.backbone import meta_backbone

    def build() -> None:
        strategy = hydra.utils.instantiate(cfg.strategy, _recursive_=False)
        if not strategy.count(meta_backbone(cfg.model), total_steps=1000).trainable:
            raise ValueError("nothing of the model would train")

    return _refusal(where, build)


def _build_trainer(settings: dict[str, Any]) -> None:
    import pytorch_lightning as pl

    from dialogsum.common.library_noise import silence_libraries

    silence_libraries()
    ours = {"logger": False, "enable_checkpointing": False, "enable_model_summary": False}
    pl.Trainer(accelerator="cpu", devices=1, **settings | ours | {"enable_progress_bar": False})


def _refusal(where: str, build: Callable[[], object]) -> list[Problem]:
    from lightning_fabric.utilities.exceptions import MisconfigurationException

    refusals = (HydraException, MisconfigurationException)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # said again when it is built in earnest
            build()
    except ConfigurationError as error:
        return error.problems
    except (*refusals, UserError, ValueError, TypeError, ImportError, RuntimeError) as error:
        reason = " ".join(str(error.__cause__ or error).split()).removeprefix(f"{where}: ")
        return [Problem(where, f"is refused: {reason}")]
    return []
