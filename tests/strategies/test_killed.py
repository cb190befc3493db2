"""Tests of runs whose process is killed and that the same command continues."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stopping import pausing, run_here, stop
from tests.strategies.contract import ROOT, World, equal_exports, run_overrides

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["full", "lora", "adalora", "prefix_tuning"])
def test_killed(name: str, world: World, data: Path, tmp_path: Path) -> None:
    """After SIGKILL one step past a checkpoint another process continues: the same bits."""
    arguments = [
        *run_overrides(world, data),
        f"strategy={name}",
        "trainer.max_epochs=4",
        "evaluation.validation_examples=1",
        f"cache_dir={tmp_path / 'cache'}",
        *pausing(7),  # in the third epoch
    ]
    killed = [*arguments, f"output_root={tmp_path / 'killed'}"]
    log = tmp_path / "log.txt"
    assert stop(killed, signal.SIGKILL, log) == -signal.SIGKILL
    assert not list((tmp_path / "killed").glob("*/*/result.json"))
    with log.open("ab") as file:
        command = [sys.executable, str(ROOT / "train.py"), *killed]
        again = subprocess.run(command, cwd=ROOT, stdout=file, stderr=file, timeout=600)
    assert again.returncode == 0, log.read_text()
    assert "resuming at step 6 " in log.read_text()
    run_here([*arguments, f"output_root={tmp_path / 'whole'}"])
    assert equal_exports(tmp_path / "whole", tmp_path / "killed")
