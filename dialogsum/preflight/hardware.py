"""The section `hardware` before anything is loaded."""

from __future__ import annotations

from typing import Any

from omegaconf import DictConfig

from dialogsum.common.errors import Problem, at_least, is_count, suggestion

PRECISIONS = ("auto", "32-true", "bf16-mixed", "bf16-true")
FP16 = ("16", "16-mixed", "16-true", "fp16")


def check_hardware(cfg: DictConfig) -> list[Problem]:
    """Devices that are not here, and what cannot be computed on them."""
    hardware, problems = cfg.hardware, []
    if str(hardware.precision) in FP16:
        what = (
            "fp16 overflows in T5's feed-forward layers and gives NaN; "
            "use bf16-mixed or 32-true (auto chooses)"
        )
        problems.append(Problem("hardware.precision", what))
    elif hardware.precision not in PRECISIONS:
        what = f"'{hardware.precision}' is unknown{suggestion(str(hardware.precision), PRECISIONS)}"
        problems.append(Problem("hardware.precision", what))
    accelerators = ("auto", "cpu", "gpu", "cuda", "mps")
    if hardware.accelerator not in accelerators:
        what = (
            f"'{hardware.accelerator}' is unknown{suggestion(hardware.accelerator, accelerators)}"
        )
        problems.append(Problem("hardware.accelerator", what))
    elif hardware.accelerator in ("gpu", "cuda"):
        problems += _check_gpus(hardware.devices)
    elif hardware.accelerator == "mps" and not _mps_is_here():
        problems.append(Problem("hardware.accelerator", "no Apple GPU is here; use hardware=cpu"))
    if hardware.devices != "auto" and not (is_count(hardware.devices) and hardware.devices > 0):
        what = f"must be a number of devices or auto, is '{hardware.devices}'"
        problems.append(Problem("hardware.devices", what))
    strategies = ("auto", "ddp")
    if hardware.strategy not in strategies:
        what = f"'{hardware.strategy}' is unknown{suggestion(hardware.strategy, strategies)}"
        problems.append(Problem("hardware.strategy", what))
    return problems + at_least(cfg, 0, "hardware.num_workers")


def _check_gpus(devices: Any) -> list[Problem]:
    import torch

    there = torch.cuda.device_count()
    if there == 0:
        return [Problem("hardware.accelerator", "no GPU is here; use hardware=cpu")]
    if isinstance(devices, int) and devices > there:
        return [Problem("hardware.devices", f"{devices} GPUs are asked for, {there} are here")]
    return []


def _mps_is_here() -> bool:
    import torch

    return torch.backends.mps.is_available()
