"""Loading of the model of a finished run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hydra
import pytorch_lightning as pl
from omegaconf import DictConfig

from dialogsum.common.errors import UserError
from dialogsum.common.files import check_folder
from dialogsum.modeling.backbone import load_backbone


def load_trained_model(cfg: DictConfig, run: Path, merged: bool = False) -> Any:
    """Load the base of the finished run `run` and, on top of it, the export of its strategy.

    Args:
        merged: fold an adapter into the base's weights.

    Raises:
        UserError: the strategy's result cannot be merged, or a file does not fit its checksum.
    """
    check_folder(run / "model")
    pl.seed_everything(cfg.seed, workers=True, verbose=False)
    strategy = hydra.utils.instantiate(cfg.strategy, _recursive_=False)
    base = load_backbone(cfg.model, cfg.seed, **strategy.backbone_arguments())
    model = strategy.load(base, run / "model").eval()
    if not merged:
        return model
    try:
        return strategy.merge(model)
    except ValueError as error:
        raise UserError(str(error)) from error
