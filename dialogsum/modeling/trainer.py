"""Lightning's Trainer, built from the sections `trainer` and `hardware`."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path
from typing import Any

import pytorch_lightning as pl
import torch
from omegaconf import DictConfig, OmegaConf
from pytorch_lightning.callbacks import Callback, RichProgressBar
from pytorch_lightning.loggers import Logger
from pytorch_lightning.plugins.environments import SLURMEnvironment

from dialogsum.common.errors import UserError

# Applied by SummarizationModule, because one optimizer step has several backward passes.
CLIP_KEYS = ("gradient_clip_val", "gradient_clip_algorithm")


class EpochBar(RichProgressBar):
    """Progress bar that counts epochs from 1, as the log does.

    Lightning has no public hook for this text; `test_epoch_bar_counts_from_one` guards the
    private one.
    """

    def _get_train_description(self, current_epoch: int) -> str:
        epochs = self.trainer.max_epochs or -1  # -1: until trainer.max_steps
        text = f"Epoch {current_epoch + 1}" + (f"/{epochs}" if epochs > 0 else "")
        return text.ljust(len(self.validation_description))  # bars stay aligned


def build_trainer(
    cfg: DictConfig, directory: Path, callbacks: list[Callback], loggers: list[Logger]
) -> pl.Trainer:
    """Build the Trainer of one run, which writes below `directory` only."""
    settings: Any = OmegaConf.to_container(cfg.trainer, resolve=True)
    settings = {key: value for key, value in settings.items() if key not in CLIP_KEYS}
    settings.setdefault("default_root_dir", str(directory))
    # In a log file every update of a bar would be a line; LogLines reports progress there.
    bar = settings.pop("enable_progress_bar", True) and sys.stdout.isatty()
    if bar:
        callbacks = [*callbacks, EpochBar(leave=False)]
    # On SLURM submitit requeues; Lightning's own handler would do it a second time.
    on_slurm = "SLURM_JOB_ID" in os.environ and SLURMEnvironment.detect()
    plugins: Any = [SLURMEnvironment(auto_requeue=False)] if on_slurm else None
    precision: Any = resolve_precision(cfg.hardware.precision, cfg.hardware.accelerator)
    return pl.Trainer(
        accelerator=cfg.hardware.accelerator,
        devices=cfg.hardware.devices,
        strategy=cfg.hardware.strategy,
        precision=precision,
        logger=loggers,
        callbacks=callbacks,
        plugins=plugins,
        num_sanity_val_steps=0,
        use_distributed_sampler=False,
        enable_model_summary=False,
        enable_progress_bar=bar,
        **settings,
    )


def clip_settings(cfg: DictConfig) -> tuple[float | None, str]:
    """Return `(gradient_clip_val, gradient_clip_algorithm)`."""
    return cfg.trainer.get("gradient_clip_val"), cfg.trainer.get("gradient_clip_algorithm", "norm")


def total_steps(cfg: DictConfig, steps_per_epoch: int) -> int:
    """Return the optimizer steps of the whole run, as Lightning will count them.

    Raises:
        UserError: an epoch has no step, or is shorter than the interval of validations.
    """
    limit = cfg.trainer.get("limit_train_batches")
    whole_epoch = steps_per_epoch
    if isinstance(limit, float):
        steps_per_epoch = int(steps_per_epoch * limit)
    elif limit is not None:
        steps_per_epoch = min(steps_per_epoch, limit)
    if whole_epoch and not steps_per_epoch:
        raise UserError(
            f"trainer.limit_train_batches: {limit} of {whole_epoch} steps is less than one step"
        )
    interval = cfg.trainer.get("val_check_interval")
    across_epochs = cfg.trainer.get("check_val_every_n_epoch", 1) is None
    if isinstance(interval, int) and not across_epochs and interval > steps_per_epoch > 0:
        raise UserError(
            f"trainer.val_check_interval: {interval} is above the {steps_per_epoch} steps of an "
            "epoch; lower it, or set trainer.check_val_every_n_epoch=null to count across epochs"
        )
    max_steps = cfg.trainer.get("max_steps", -1)
    max_epochs = cfg.trainer.get("max_epochs")
    if max_epochs is None or max_epochs < 0:
        return max_steps
    steps = steps_per_epoch * math.ceil(max_epochs)
    return steps if max_steps < 0 else min(steps, max_steps)


def resolve_precision(precision: str, accelerator: str) -> str:
    """Resolve `auto`: bf16-mixed on devices that compute in bf16 natively, else fp32."""
    if precision != "auto":
        return precision
    if accelerator in ("auto", "gpu", "cuda") and torch.cuda.is_available():
        fast = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        # Full fine-tuning of the bundled model took 0.6 of the time of fp32 with AVX512-BF16. With
        # AVX2 only, bf16 matrix products run at 1 GFLOP/s, fp32 ones at more than 100.
        able = torch.cpu.get_capabilities()
        native = able.get("amx_tile") or able.get("avx512_bf16")
        fast = bool(native) and accelerator in ("auto", "cpu")
    return "bf16-mixed" if fast else "32-true"


def describe_device(trainer: pl.Trainer) -> dict[str, Any]:
    """Return device, number of processes and the dtype in effect."""
    root = trainer.strategy.root_device
    name = torch.cuda.get_device_name(root) if root.type == "cuda" else root.type
    precision = str(trainer.precision)
    # Lightning silently runs 16-mixed on a CPU as bfloat16.
    half = "float16" if precision.startswith("16") and root.type == "cuda" else "bfloat16"
    return {
        "device": name,
        "world_size": trainer.world_size,
        "precision": precision,
        "dtype": "float32" if precision.startswith("32") else half,
        "threads": torch.get_num_threads(),
    }
