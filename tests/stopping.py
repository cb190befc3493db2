"""Stopping a run from outside in the middle of its training, at a step that is always the same.

The run's own schedule waits there while a file stands, so that no test races against a fast run
or waits for a slow one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from hydra import compose, initialize_config_dir
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LambdaLR

from dialogsum.config.registration import conf_dir, register
from dialogsum.config.run_names import run_directory

ROOT = Path(__file__).resolve().parents[1]
FLAG = "DIALOGSUM_TEST_PAUSE"  # names the file


def linear(optimizer: Optimizer, total_steps: int, step: int) -> LambdaLR:
    """Down to zero at `total_steps`; after optimizer step `step` it waits where FLAG is set."""

    def rate(done: int) -> float:
        if done == step and (flag := os.environ.get(FLAG)):
            Path(flag).touch()
            while Path(flag).exists():
                time.sleep(0.02)
        return 1 - done / total_steps

    return LambdaLR(optimizer, rate)


def pausing(step: int) -> list[str]:
    """Overrides of a run that can be stopped after that optimizer step."""
    return [
        "~schedule.warmup",
        "~schedule.warmup_from_zero",
        "schedule._target_=tests.stopping.linear",
        f"+schedule.step={step}",
    ]


def stop(arguments: list[str], number: int, log: Path) -> int:
    """Start train.py, send it the signal when it pauses, let it go on; returns its exit code."""
    flag = log.with_suffix(".pause")
    command = [sys.executable, str(ROOT / "train.py"), *arguments]
    with log.open("ab") as file:
        environment = os.environ | {FLAG: str(flag)}
        process = subprocess.Popen(command, stdout=file, stderr=file, cwd=ROOT, env=environment)
    while not flag.exists():
        assert process.poll() is None, f"it ended before it could be stopped:\n{log.read_text()}"
        time.sleep(0.05)
    process.send_signal(number)
    flag.unlink()
    return process.wait(timeout=300)


def run_here(arguments: list[str]) -> Path:
    """The same run to its end in this process, which spares the imports; its directory."""
    from dialogsum.run import run

    register()
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        cfg = compose("train", overrides=arguments)
    run(cfg)
    return run_directory(cfg)
