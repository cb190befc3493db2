"""result.json: the record of a run, written last and atomically; locks on run directories."""

from __future__ import annotations

import logging
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from dialogsum.common import locks
from dialogsum.common.files import (
    DamagedFile,
    check_folder,
    check_record_files,
    read_record,
    write_record,
)
from dialogsum.config.run_names import fingerprint

log = logging.getLogger(__name__)

SCHEMA_VERSION = 1
RESULT = "result.json"
EXIT_CODES = {"completed": 0, "failed": 1, "interrupted": 130}  # by status of the record
PHASES = ("load", "tokenize", "fit", "validate", "generate", "score", "save")
PACKAGES = (
    "dialogsum",
    "torch",
    "transformers",
    "peft",
    "pytorch-lightning",
    "datasets",
    "torchmetrics",
    "tokenizers",
    "hydra-core",
    "wandb",
    "rouge-score",
    "rouge-score-rs",
)


class RunRecord:
    """The record of one run, filled in as its phases end.

    Args:
        cfg: the composed configuration.
        directory: the run directory, where result.json is written.

    Attributes:
        values: the content of result.json.
        attempts: earlier attempts at this run, oldest first, each with its clocks.
    """

    def __init__(self, cfg: DictConfig, directory: Path) -> None:
        self.directory = directory
        self.started_at = now()
        self.attempts: list[dict[str, Any]] = (read_result(directory) or {}).get("attempts", [])
        self.values: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "status": None,
            "error": None,
            "fingerprint": fingerprint(cfg),
            "name": cfg.name,
            "strategy": cfg.strategy.name,
            "model": cfg.model.name,
            "base": None,
            "dataset": cfg.dataset.name,
            "prompt": cfg.prompt.name,
            "seed": cfg.seed,
            "parameters": None,
            "metrics": {"validation": {}, "test": {}},
            "training": None,
            "time_s": None,
            "throughput": None,
            "memory_bytes": None,
            "artifact_bytes": None,
            "data": None,
            "environment": environment(),
            "wandb": None,
        }

    def attempts_until_now(self, status: str, seconds: dict[str, float]) -> list[dict[str, Any]]:
        """Return all attempts, the current one as if it ended now with these clocks."""
        current = {
            "status": status,
            "started_at": self.started_at,
            "finished_at": now(),
            "time_s": {phase: round(value, 4) for phase, value in seconds.items()},
        }
        return [*self.attempts, current]

    def restore_attempts(self, attempts: list[dict[str, Any]]) -> None:
        """Add attempts that were killed before they could write their end, from a checkpoint."""
        if len(attempts) > len(self.attempts):
            self.attempts = attempts

    def write(self, status: str, seconds: dict[str, float], error: str | None = None) -> None:
        """End this attempt and write result.json.

        Args:
            status: completed, failed or interrupted.
            seconds: clocks of this attempt, phase -> seconds.
            error: the reason, unless it was completed.
        """
        attempts = self.attempts_until_now(status, seconds)
        self.values |= {
            "status": status,
            "error": error,
            "time_s": sum_clocks(attempts),
            "attempts": attempts,
            "started_at": attempts[0]["started_at"],
            "finished_at": attempts[-1]["finished_at"],
        }
        write_record(self.directory / RESULT, self.values)


def read_result(directory: Path) -> dict[str, Any] | None:
    """Return the record in `directory`, None without one.

    Raises:
        DamagedFile: the record is damaged.
    """
    return read_record(directory / RESULT)


def intact(directory: Path) -> dict[str, Any] | None:
    """Return the record of a completed run, compared with its files and its model; else None.

    A damaged record is removed where a checkpoint continues the run.

    Raises:
        DamagedFile: a file is damaged, and only the whole run would write it again.
    """
    checkpoint = any((directory / "checkpoints").glob("[lp]*.ckpt"))  # last or previous
    try:
        if result := completed(directory):
            check_record_files(directory, result)
            check_folder(directory / "model")
        return result
    except DamagedFile as error:
        if not checkpoint:
            raise DamagedFile(
                f"{error}; force=true repeats the run, keeping the old one"
            ) from error
        log.warning("%s; the run continues from its checkpoint", error)
        (directory / RESULT).unlink()
        return None


def completed(directory: Path) -> dict[str, Any] | None:
    """Return the record in `directory` if the run there is completed, else None."""
    result = read_result(directory)
    return result if result and result["status"] == "completed" else None


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Lock the run directory, so that two processes never train the same run.

    Raises:
        UserError: another process has locked it.
    """
    with locks.exclusive(directory.parent / f".{directory.name}.lock", wait=False):
        directory.mkdir(parents=True, exist_ok=True)
        yield


def set_aside(directory: Path) -> None:
    """Move the content of `directory` to `<directory>.replaced-<N>` (force=true).

    train.log is copied instead, because Hydra has opened it already.
    """
    content = [path for path in directory.iterdir() if path.name != "train.log"]
    if not content:
        return
    number = 1
    while (target := directory.with_name(f"{directory.name}.replaced-{number}")).exists():
        number += 1
    target.mkdir()
    for path in content:
        path.rename(target / path.name)
    if (directory / "train.log").exists():
        shutil.copy(directory / "train.log", target)
    log.info("force=true: the earlier run was moved to %s", target)


def now() -> str:
    """Return the current time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def environment() -> dict[str, Any]:
    """Return git commit and its changes, package versions, interpreter and machine."""
    root = Path(__file__).resolve().parents[2]
    return {
        "git": _git(root),
        "packages": {name: _version(name) for name in PACKAGES},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cpu_count": os.cpu_count(),
    }


def _git(root: Path) -> dict[str, Any] | None:
    if not (root / ".git").exists():
        return None

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    commit = git("rev-parse", "HEAD")
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        return None
    return {"commit": commit, "dirty": bool(git("status", "--porcelain", "--untracked-files=no"))}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def sum_clocks(attempts: list[dict[str, Any]]) -> dict[str, float]:
    """Return the seconds of each phase, summed over attempts."""
    return {
        phase: round(sum(attempt["time_s"][phase] for attempt in attempts), 4) for phase in PHASES
    }
