"""Runs on several devices: one process each, started by torch's own launcher.

Lightning's launcher would start the ranks by executing the command line again, which inside a Hydra
sweep is the whole sweep. Here the workers see a run directory and no Hydra.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from dialogsum.common.errors import Interrupted, UserError
from dialogsum.tracking.record import read_result

log = logging.getLogger(__name__)


def process_count(cfg: DictConfig) -> int:
    """How many processes the run needs on this machine."""
    if cfg.hardware.devices != "auto":
        return int(cfg.hardware.devices)
    if cfg.hardware.accelerator == "cpu":
        return 1
    import torch

    return max(torch.cuda.device_count(), 1)


def launch(cfg: DictConfig, directory: Path) -> dict[str, Any]:
    """Start the workers on `directory/config.yaml` and wait for them; returns the record.

    Raises:
        Interrupted: a signal stopped the workers.
        UserError: a worker failed; the record and train.log say why.
    """
    count = process_count(cfg)
    log.info("starting %d processes", count)
    launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(count)]
    command = [sys.executable, *launcher, "-m", "dialogsum.run", str(directory / "config.yaml")]
    process = subprocess.Popen(command)
    try:
        process.wait()
    except KeyboardInterrupt:
        # Ctrl-C reaches the workers as well: they finish their step and write the record.
        process.wait()
    result = read_result(directory) or {"status": "failed", "error": "no record was written"}
    if result["status"] == "interrupted":
        raise Interrupted(result["error"])
    if result["status"] != "completed" or process.returncode != 0:
        raise UserError(f"{result['error']} (see {directory / 'train.log'})")
    return result
