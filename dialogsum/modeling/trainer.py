"""Lightning's Trainer from the sections `trainer` and `hardware`."""

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

# Read by the module itself, because one optimizer step is several backward passes.
CLIP_KEYS = ("gradient_clip_val", "gradient_clip_algorithm")


class EpochBar(RichProgressBar):
    """Counts epochs from 1, as the log does."""

    def _get_train_description(self, current_epoch: int) -> str:
        epochs = self.trainer.max_epochs or -1  # -1: until trainer.max_steps
        text = f"Epoch {current_epoch + 1}" + (f"/{epochs}" if epochs > 0 else "")
        return text.ljust(len(self.validation_description))  # else the bar jumps while validating


def build_trainer(
    cfg: DictConfig, directory: Path, callbacks: list[Callback], loggers: list[Logger]
) -> pl.Trainer:
    """The Trainer of one run; everything it writes goes below `directory`."""
    settings = trainer_settings(cfg)
    settings.setdefault("default_root_dir", str(directory))
    # In a log file every step of a bar would be a line; LogLines tells of progress there.
    settings["enable_progress_bar"] = settings.get("enable_progress_bar", True) and (
        sys.stdout.isatty()
    )
    if settings["enable_progress_bar"]:
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
        **settings,
    )


def trainer_settings(cfg: DictConfig) -> dict[str, Any]:
    """The section `trainer` without what the module takes from it."""
    settings = OmegaConf.to_container(cfg.trainer, resolve=True)
    assert isinstance(settings, dict)
    return {str(key): value for key, value in settings.items() if key not in CLIP_KEYS}


def clip_settings(cfg: DictConfig) -> tuple[float | None, str]:
    """`(gradient_clip_val, gradient_clip_algorithm)`."""
    return cfg.trainer.get("gradient_clip_val"), cfg.trainer.get("gradient_clip_algorithm", "norm")


def total_steps(cfg: DictConfig, steps_per_epoch: int) -> int:
    """Optimizer steps of the whole run, as Lightning will count them."""
    limit = cfg.trainer.get("limit_train_batches")
    if isinstance(limit, float):
        steps_per_epoch = int(steps_per_epoch * limit)
    elif limit is not None:
        steps_per_epoch = min(steps_per_epoch, limit)
    max_steps = cfg.trainer.get("max_steps", -1)
    max_epochs = cfg.trainer.get("max_epochs")
    if max_epochs is None or max_epochs < 0:
        return max_steps
    steps = steps_per_epoch * math.ceil(max_epochs)
    return steps if max_steps < 0 else min(steps, max_steps)


def resolve_precision(precision: str, accelerator: str) -> str:
    """`auto`: bf16-mixed where the device computes in bf16 natively, else fp32."""
    if precision != "auto":
        return precision
    if accelerator in ("auto", "gpu", "cuda") and torch.cuda.is_available():
        fast = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        fast = accelerator in ("auto", "cpu") and _cpu_computes_in_bf16()
    return "bf16-mixed" if fast else "32-true"


def _cpu_computes_in_bf16() -> bool:
    """AMX or AVX512-BF16; with the latter full fine-tuning of the bundled model took 0.6 times as
    long as in fp32."""
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("amx_tile") or capabilities.get("avx512_bf16"))


def describe_device(trainer: pl.Trainer) -> dict[str, Any]:
    """Device, number of processes and the dtype that computation really uses."""
    root = trainer.strategy.root_device
    name = torch.cuda.get_device_name(root) if root.type == "cuda" else root.type
    precision = str(trainer.precision)
    # Lightning runs 16-mixed on a CPU as bfloat16 without saying so.
    half = "float16" if precision.startswith("16") and root.type == "cuda" else "bfloat16"
    return {
        "device": name,
        "world_size": trainer.world_size,
        "precision": precision,
        "dtype": "float32" if precision.startswith("32") else half,
        "threads": torch.get_num_threads(),
    }
