"""Checks of the section `hardware` against the devices of this machine."""

from __future__ import annotations

from omegaconf import DictConfig

from dialogsum.common.errors import Problem


def check_hardware(hardware: DictConfig) -> list[Problem]:
    """Return the problems of devices that this machine does not have."""
    import torch

    where, what = "hardware.accelerator", None
    if hardware.accelerator == "mps" and not torch.backends.mps.is_available():
        what = "found no Apple GPU; use hardware=cpu"
    elif hardware.accelerator in ("gpu", "cuda"):
        count = torch.cuda.device_count()
        if count == 0:
            what = "found no GPU; use hardware=cpu"
        elif isinstance(hardware.devices, int) and hardware.devices > count:
            where, what = (
                "hardware.devices",
                f"found {count} of the {hardware.devices} GPUs; lower it",
            )
    return [Problem(where, what)] if what else []
