"""result.json: everything needed to trust, compare and repeat a run. Written last, atomically."""

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

from filelock import FileLock, Timeout
from omegaconf import DictConfig

from dialogsum.common.errors import UserError
from dialogsum.common.files import read_json, write_json
from dialogsum.config.schema import fingerprint

log = logging.getLogger(__name__)

SCHEMA_VERSION = 1
RESULT = "result.json"
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
    """The growing record of one run.

    Args:
        cfg: the composed configuration.
        directory: the run directory, where result.json is written.

    Attributes:
        values: the content of result.json; sections are filled in as phases end.
        attempts: finished attempts at this run, oldest first, each with its own clocks.
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
        """All attempts, this one's as if it ended now with `status` and the clocks `seconds`."""
        current = {
            "status": status,
            "started_at": self.started_at,
            "finished_at": now(),
            "time_s": {phase: round(value, 4) for phase, value in seconds.items()},
        }
        return [*self.attempts, current]

    def restore_attempts(self, attempts: list[dict[str, Any]]) -> None:
        """Take over what a checkpoint knows of attempts that could not write their own end."""
        if len(attempts) > len(self.attempts):
            self.attempts = attempts

    def write(self, status: str, seconds: dict[str, float], error: str | None = None) -> None:
        """End this attempt and write result.json.

        Args:
            status: completed, failed or interrupted.
            seconds: this attempt's clocks.
            error: what ended it, where it was not completed.
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
        write_json(self.directory / RESULT, self.values)


def read_result(directory: Path) -> dict[str, Any] | None:
    """The record in `directory`, or None."""
    result: dict[str, Any] | None = read_json(directory / RESULT)
    return result


def completed(directory: Path) -> dict[str, Any] | None:
    """The record in `directory` if the run there was completed."""
    result = read_result(directory)
    return result if result and result["status"] == "completed" else None


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the run directory, so that two processes never train the same run.

    Raises:
        UserError: another process holds it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    lock = FileLock(directory.parent / f".{directory.name}.lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout:
        raise UserError(f"{directory} is being written by another process; wait for it") from None


def set_aside(directory: Path) -> None:
    """Move what stands in `directory` to `<directory>.replaced-<N>` (force=true).

    train.log is copied and stays: Hydra has it open already.
    """
    kept = [path for path in directory.iterdir() if path.name != "train.log"]
    if not kept:
        return
    number = 1
    while (target := directory.with_name(f"{directory.name}.replaced-{number}")).exists():
        number += 1
    target.mkdir()
    for path in kept:
        path.rename(target / path.name)
    if (directory / "train.log").exists():
        shutil.copy(directory / "train.log", target)
    log.info("force=true: the earlier run was moved to %s", target)


def now() -> str:
    """The current time, UTC, ISO 8601, in seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def environment() -> dict[str, Any]:
    """Code and machine: git commit and whether it had changes, versions, interpreter."""
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

    def ask(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    commit = ask("rev-parse", "HEAD")
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        return None
    return {"commit": commit, "dirty": bool(ask("status", "--porcelain", "--untracked-files=no"))}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def sum_clocks(attempts: list[dict[str, Any]]) -> dict[str, float]:
    """Seconds per phase over all attempts."""
    return {
        phase: round(sum(attempt["time_s"][phase] for attempt in attempts), 4) for phase in PHASES
    }
