"""Checks of the section `hardware` against the devices of this machine."""

from __future__ import annotations

from omegaconf import DictConfig

from dialogsum.common.errors import Problem


def check_hardware(hardware: DictConfig) -> list[Problem]:
    """Return the problems of devices that this machine does not have."""
    problems = []
    if hardware.accelerator in ("gpu", "cuda"):
        problems += _check_gpus(hardware.devices)
    elif hardware.accelerator == "mps" and not _has_mps():
        problems.append(Problem("hardware.accelerator", "found no Apple GPU; use hardware=cpu"))
    return problems


def _check_gpus(devices: object) -> list[Problem]:
    import torch

    count = torch.cuda.device_count()
    if count == 0:
        return [Problem("hardware.accelerator", "found no GPU; use hardware=cpu")]
    if isinstance(devices, int) and devices > count:
        what = f"found {count} of the {devices} GPUs; lower it"
        return [Problem("hardware.devices", what)]
    return []


def _has_mps() -> bool:
    import torch

    return torch.backends.mps.is_available()
