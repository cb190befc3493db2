"""Checks of the section `hardware` against the devices of this machine."""

from __future__ import annotations

import os

from omegaconf import DictConfig, OmegaConf

from dialogsum.common.errors import Problem

# Launchers of Hydra that start jobs on this machine; submitit and others know other machines.
LOCAL_LAUNCHERS = ("basic", "joblib", "submitit_local")


def launches_elsewhere(cfg: DictConfig) -> bool:
    """Return whether the launcher of a composed command may run the jobs on other machines.

    Then only the job can check its devices.
    """
    launcher = OmegaConf.select(cfg, "hydra.runtime.choices.hydra/launcher")
    return launcher is not None and launcher not in LOCAL_LAUNCHERS


def check_hardware(hardware: DictConfig) -> list[Problem]:
    """Return the problems of devices that this machine does not have."""
    import torch

    gpus = torch.cuda.device_count()
    if hardware.accelerator == "mps":
        if torch.backends.mps.is_available():
            return []
        return [Problem("hardware.accelerator", "found no Apple GPU; use hardware=cpu")]
    if hardware.accelerator in ("gpu", "cuda") and gpus == 0:
        return [Problem("hardware.accelerator", "found no GPU; use hardware=cpu")]
    devices = hardware.devices
    if hardware.accelerator == "cpu" or gpus == 0:
        # 99 processes on 2 cores froze a machine; any machine may try two with hardware=cpu_ddp.
        count, kind = max(os.cpu_count() or 1, 2), "CPU cores"
    else:
        count, kind = gpus, "GPUs"
    if isinstance(devices, int) and devices > count:
        what = f"must be at most the {count} {kind} of this machine, got {devices}"
        return [Problem("hardware.devices", what)]
    return []
