"""The same runs, groups and names whoever starts the jobs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tracking.wandb_files import NO_KEY, parts


@pytest.mark.slow
@pytest.mark.parametrize("launcher", ["joblib", "submitit_local"])
def test_jobs_of_other_launchers_are_runs_of_the_group(
    launcher: str, tmp_path: Path, tiny_run: list[str], run_command: Callable
) -> None:
    pytest.importorskip(f"hydra_plugins.hydra_{launcher.partition('_')[0]}_launcher")
    done = run_command(
        "train.py",
        "-m",
        *tiny_run,
        f"hydra/launcher={launcher}",
        "strategy.peft.r=2,4",
        "seed=0,1",
        "name=launched",
        "logger=wandb",
        **NO_KEY,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    folders = [d for d in (tmp_path / "launched").iterdir() if (d / "result.json").exists()]
    logs = [log for folder in folders for log in parts(folder)]

    assert len({log.run["run_id"] for log in logs}) == 4
    assert {log.run["run_group"] for log in logs} == {"launched"}
    assert {log.exit_code for log in logs} == {0}
    names = {f"lora-tiny-bundled-r={r}-seed{seed}" for r in (2, 4) for seed in (0, 1)}
    assert {log.run["display_name"] for log in logs} == names
    assert {log.config["swept_strategy_peft_r"] for log in logs} == {2, 4}
