"""Runs that are killed as a process, and started again by the same command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.strategies.contract import ROOT, World, equal_exports, run_overrides

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["full", "lora", "adalora", "prefix_tuning"])
def test_killed(name: str, world: World, data: Path, tmp_path: Path) -> None:
    """SIGKILL between two optimizer steps, another process continues: the same to the last bit."""
    command = [
        *(sys.executable, str(ROOT / "train.py"), f"strategy={name}"),
        *run_overrides(world, data),
        "trainer.max_epochs=40",
        "evaluation.validation_examples=1",
        f"cache_dir={tmp_path / 'cache'}",
    ]
    finish([*command, f"output_root={tmp_path / 'whole'}"])
    killed = [*command, f"output_root={tmp_path / 'killed'}"]
    kill_when_saved(killed, tmp_path / "killed")
    assert not list((tmp_path / "killed").glob("*/*/result.json"))
    log = finish(killed)
    assert "resuming at step" in log
    assert equal_exports(tmp_path / "whole", tmp_path / "killed")


def finish(command: list[str]) -> str:
    """What a command that must succeed printed."""
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    assert result.returncode == 0, result.stderr
    return result.stdout + result.stderr


def kill_when_saved(command: list[str], output_root: Path) -> None:
    """Start a command and kill it, all at once, soon after it has saved its state."""
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)
    deadline = time.monotonic() + 120
    while not list(output_root.glob("*/*/checkpoints/last.ckpt")):
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
