"""What must survive a process so that its W&B run can go on: `wandb/run.json`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import wandb.env
from wandb.sdk.lib.runid import generate_id

from dialogsum.common.files import read_json, write_json
from dialogsum.tracking import wandb_log

STATE = Path("wandb", "run.json")


@dataclass
class State:
    """Of one run directory.

    Attributes:
        id: the same for every attempt; `force=true` moves the file away and so begins another.
        name: as first chosen, whatever a later command line sweeps.
        next_step: where rows after the run (evaluations) go on.
        swept: flat config keys of what the command swept, which only it knows.
        cut: online parts whose upload did not end.
    """

    id: str
    name: str
    next_step: int = 0
    swept: dict[str, Any] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)

    def save(self, directory: Path) -> None:
        write_json(directory / STATE, asdict(self))


def load(directory: Path) -> State | None:
    """The state in a run directory, None where W&B never ran."""
    content = read_json(directory / STATE)
    return State(**content) if content else None


def load_or_begin(directory: Path, name: str, swept: dict[str, Any]) -> State:
    """The state of an earlier attempt, or a new one.

    In a W&B sweep the agent chose the id and waits for exactly that run.
    """
    agent_id = os.environ.get("WANDB_RUN_ID") if os.environ.get("WANDB_SWEEP_ID") else None
    state = load(directory)
    if state is None or (agent_id and state.id != agent_id):
        state = State(id=agent_id or generate_id(), name=name, swept=swept)
        state.save(directory)
    return state


def parts(directory: Path) -> list[Path]:
    """The folders that attempts at this run left, online and offline, oldest first."""
    found = [folder for folder in (directory / "wandb").glob("*run-*") if not folder.is_symlink()]
    readable = [f for f in found if any(not wandb_log.is_empty(log) for log in logs(f))]
    return sorted(readable, key=lambda folder: folder.name.removeprefix("offline-"))


def unsynced(directory: Path) -> list[Path]:
    """The parts of a run that have not been uploaded, oldest first."""
    state = load(directory)
    cut = state.cut if state else []
    waiting = [p for p in parts(directory) if p.name.startswith("offline-") or p.name in cut]
    return [part for part in waiting if not is_synced(part)]


def is_synced(part: Path) -> bool:
    """Whether `wandb sync` has marked a part as uploaded."""
    return any(part.glob("*.wandb.synced"))


def logs(part: Path) -> list[Path]:
    """The transaction logs of a part (there is one)."""
    return sorted(part.glob("*.wandb"))


def trim(directory: Path) -> None:
    """Let every part end with a whole record; nobody may be writing one."""
    for part in parts(directory):
        for log in logs(part):
            wandb_log.trim(log)


def first_step(directory: Path, state: State) -> int:
    """The first step that no earlier attempt has logged."""
    steps = [wandb_log.last_step(log) for part in parts(directory) for log in logs(part)]
    return max([state.next_step, *(step + 1 for step in steps if step is not None)])


def earlier_summary(directory: Path) -> dict[str, Any]:
    """What earlier attempts said last, as far as it is on the disk."""
    summary: dict[str, Any] = {}
    for part in parts(directory):
        for log in logs(part):
            summary |= wandb_log.summary(log)
    return summary


def sync_arguments(folders: list[Path]) -> list[str]:
    """`wandb sync` leaves out what was begun online unless it is told."""
    online = any(not folder.name.startswith("offline-") for folder in folders)
    return ["sync", *(["--include-online"] if online else []), *map(str, folders)]


def sync_command(folders: list[Path]) -> str:
    """What to type; paths relative to the working directory where they lie below it."""
    here = Path.cwd()
    shown = [path.relative_to(here) if path.is_relative_to(here) else path for path in folders]
    return shlex.join(["wandb", *sync_arguments(shown)])


@contextmanager
def staging(directory: Path) -> Iterator[None]:
    """Have W&B stage artifact files inside the run directory, for as long as this lasts.

    Outside it they would be missing from a copy of the run. The variable is the only way to say
    so, and jobs of a sweep share a process.
    """
    before = os.environ.get(wandb.env.DATA_DIR)
    os.environ[wandb.env.DATA_DIR] = str(directory / "wandb")
    try:
        yield
    finally:
        if before is None:
            del os.environ[wandb.env.DATA_DIR]
        else:
            os.environ[wandb.env.DATA_DIR] = before
