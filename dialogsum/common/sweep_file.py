"""sweep.json: the commands that were started in a folder, what each one sweeps, and its jobs."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dialogsum.common.files import read_sealed, write_sealed
from dialogsum.common.locks import exclusive

# Child processes (joblib, submitit, ray) find their command's entry through this variable.
SWEEP_FILE = "DIALOGSUM_SWEEP"


def start_sweep(
    folder: Path, overrides: list[str], swept: list[str], planned: list[str] | None
) -> None:
    """Enter the command that this process runs into `folder/sweep.json`.

    Args:
        folder: `<output_root>/<name>`, which holds the run directories of the command's jobs.
        overrides: the command line without Hydra's own options.
        swept: the keys that have several values.
        planned: the names of all run directories, in the order of the jobs; None if a search
            chooses the jobs while it runs.
    """
    identifier = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}"
    path = folder / "sweep.json"
    os.environ[SWEEP_FILE] = f"{path}::{identifier}"
    command = {"overrides": overrides, "swept": swept, "planned": planned, "jobs": []}
    _update(path, lambda commands: commands.update({identifier: command}))


def current_command() -> dict[str, Any] | None:
    """Return the entry of the command that this process belongs to, None outside of commands."""
    path, _, identifier = os.environ.get(SWEEP_FILE, "").rpartition("::")
    content = read_sealed(Path(path)) if path else None
    return content["commands"].get(identifier) if content else None


def append_job(directory: Path) -> None:
    """Add a run directory to the command's jobs, from whichever process the job runs in."""
    path, _, identifier = os.environ[SWEEP_FILE].rpartition("::")
    _update(Path(path), lambda commands: _append_once(commands[identifier]["jobs"], directory.name))


def jobs_of_command() -> list[Path]:
    """Return the run directories of this process's command, in the order of their start."""
    folder = Path(os.environ.get(SWEEP_FILE, "").rpartition("::")[0]).parent
    command = current_command()
    return [folder / name for name in command["jobs"]] if command else []


def _append_once(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _update(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    with exclusive(path.with_name(".sweep.lock")):
        content = read_sealed(path) or {"schema_version": 1, "commands": {}}
        change(content["commands"])
        write_sealed(path, content)
