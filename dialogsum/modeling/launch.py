"""Runs on several devices: one process each, started by torch's own launcher.

Lightning's launcher would start the ranks by executing the command line again, which inside a Hydra
sweep is the whole sweep. Here the workers see a run directory and no Hydra.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from omegaconf import DictConfig

log = logging.getLogger(__name__)

# After a signal torch's launcher kills workers that have not ended in 30 s, and a long step with
# its checkpoint takes longer. The second signal ends them at once.
PATIENCE = {"TORCH_ELASTIC_SHUTDOWN_TIMEOUT": str(24 * 3600)}


def process_count(cfg: DictConfig) -> int:
    """Return how many processes a run needs on this machine."""
    if cfg.hardware.devices != "auto":
        return int(cfg.hardware.devices)
    if cfg.hardware.accelerator == "cpu":
        return 1
    import torch

    return max(torch.cuda.device_count(), 1)


def launch(count: int, directory: Path) -> tuple[int, str | None]:
    """Start `count` workers on `directory/config.yaml` and wait until all have ended.

    Ctrl-C, SIGTERM and a closed terminal stop the workers after their current step; a second
    signal stops them at once. What torch's launcher writes about either, and any error output of
    the workers, goes into train.log.

    Returns:
        the launcher's exit code, and the name of the signal that came, None without one.
    """
    log.info("starting %d processes", count)
    launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(count)]
    command = [sys.executable, *launcher, "-m", "dialogsum.run", str(directory / "config.yaml")]
    received: list[str] = []
    process: subprocess.Popen[bytes] | None = None

    def forward(number: int, frame: FrameType | None) -> None:
        received.append(signal.Signals(number).name)
        if process:
            process.terminate()

    with _handling_stops(forward), (directory / "train.log").open("ab") as errors:
        # In a session that no Ctrl-C reaches: the workers get each signal once, from here.
        process = subprocess.Popen(
            command, stderr=errors, start_new_session=True, env=os.environ | PATIENCE
        )
        if received:  # before there was a process to stop
            process.terminate()
        code = process.wait()
    return code, received[0] if received else None


@contextmanager
def _handling_stops(handler: Callable[[int, FrameType | None], Any]) -> Iterator[None]:
    """Handle the signals that stop a process, except those it was started to ignore (nohup)."""
    previous = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                previous[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, earlier in previous.items():
            signal.signal(number, earlier)
