"""sweep.json: the commands that were started in a folder and the jobs of each."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock
from omegaconf import DictConfig

from dialogsum.common.files import read_json, write_json

# Child processes (joblib, submitit, ray) find the command's list of jobs through this variable.
SWEEP_FILE = "DIALOGSUM_SWEEP"


def start_sweep(command: DictConfig) -> None:
    """Enter this command into `<output_root>/<name>/sweep.json`, where its jobs will stand."""
    folder = Path(command.output_root).expanduser().absolute() / command.name
    path = folder / "sweep.json"
    identifier = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}"
    os.environ[SWEEP_FILE] = f"{path}::{identifier}"
    overrides = list(command.hydra.overrides.task)
    _update(
        path, lambda commands: commands.update({identifier: {"overrides": overrides, "jobs": []}})
    )


def append_job(directory: Path) -> None:
    """Add a run directory to the command's list, from whichever process the job runs in."""
    path, _, identifier = os.environ[SWEEP_FILE].rpartition("::")
    _update(Path(path), lambda commands: _append_once(commands[identifier]["jobs"], directory.name))


def jobs_of_command() -> list[Path]:
    """The run directories of this process's command, in the order of their start."""
    path, _, identifier = os.environ[SWEEP_FILE].rpartition("::")
    names = read_json(Path(path))["commands"][identifier]["jobs"]
    return [Path(path).parent / name for name in names]


def _append_once(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _update(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(".sweep.lock")):
        content = read_json(path) or {"schema_version": 1, "commands": {}}
        change(content["commands"])
        write_json(path, content)
