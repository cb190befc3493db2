"""A sweep that is logged to W&B offline, and the loopback server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import wandb

from tests.tracking.wandb_files import NO_KEY
from tests.tracking.wandb_server import WandbServer

BROKEN = """
_target_: tests.tracking.broken.Broken
name: broken
learning_rate: 1.0e-3
"""


@pytest.fixture(scope="session")
def sweep(
    tmp_path_factory: pytest.TempPathFactory,
    tiny_run_in: Callable[[Path], list[str]],
    run_command: Callable,
) -> tuple[Path, str]:
    """The folder of zero_shot, lora and a job that fails, and what was printed."""
    root = tmp_path_factory.mktemp("wandb_sweep")
    extra = root / "conf" / "strategy" / "broken.yaml"
    extra.parent.mkdir(parents=True)
    extra.write_text(BROKEN)
    done = run_command(
        "train.py",
        "-m",
        *tiny_run_in(root),
        "strategy=zero_shot,broken,lora",
        f"hydra.searchpath=[file://{root / 'conf'}]",
        "trainer.log_every_n_steps=2",
        "name=tracked",
        "logger=wandb",
        "logger.wandb.tags=[mine]",
        "logger.wandb.notes=a test",
        **NO_KEY,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return root / "tracked", done.stdout + done.stderr


@pytest.fixture
def server() -> Iterator[WandbServer]:
    with WandbServer() as running:
        yield running


@pytest.fixture
def no_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No API key in this process; W&B's service is not inherited by later processes."""
    for name, value in NO_KEY.items():
        monkeypatch.setenv(name, value)
    yield
    wandb.teardown()
    os.environ.pop("WANDB_SERVICE", None)
