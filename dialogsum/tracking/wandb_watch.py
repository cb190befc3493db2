"""Histograms of chosen weights and gradients (`logger.wandb.watch`)."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any

import pytorch_lightning as pl
import torch
import wandb
from pytorch_lightning.callbacks import Callback

from dialogsum.tracking.wandb_session import Session

log = logging.getLogger(__name__)


class WatchParameters(Callback):
    """Logs weights and gradients of trained parameters every so many optimizer steps.

    `wandb.watch` hooks into forward and backward passes; with several micro-batches per step it
    would see parts of a gradient.

    Args:
        session: this process's part of the W&B run.
        patterns: regular expressions, searched in parameter names.
        every: optimizer steps between two histograms.
    """

    def __init__(self, session: Session, patterns: Sequence[str], every: int) -> None:
        self.session = session
        self.patterns = [re.compile(pattern) for pattern in patterns]
        self.every = every
        self.watched: dict[str, torch.nn.Parameter] = {}

    def on_fit_start(self, trainer: pl.Trainer, module: pl.LightningModule) -> None:
        self.watched = {
            name.removeprefix("model."): parameter
            for name, parameter in module.named_parameters()
            if parameter.requires_grad and any(p.search(name) for p in self.patterns)
        }
        if not self.watched:
            log.warning("W&B: logger.wandb.watch matches no trained parameter")

    def on_before_optimizer_step(self, trainer: pl.Trainer, *_: Any) -> None:
        step = trainer.global_step + 1  # the step that is about to be made
        if not self.watched or step % self.every or step < self.session.first_step:
            return
        row: dict[str, Any] = {"step": step}
        for name, parameter in self.watched.items():
            row[f"weights/{name}"] = _histogram(parameter)
            if parameter.grad is not None:
                row[f"gradients/{name}"] = _histogram(parameter.grad)
        self.session.log(row, step)


def _histogram(tensor: torch.Tensor) -> wandb.Histogram:
    """64 bins over the finite values."""
    values = tensor.detach().float().flatten()
    return wandb.Histogram(values[values.isfinite()].tolist(), num_bins=64)
