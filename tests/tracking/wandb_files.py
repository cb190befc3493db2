"""Configurations, and W&B's offline logs read back with W&B's own reader."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from hydra import compose, initialize_config_dir
from omegaconf import DictConfig

from dialogsum.config.registration import conf_dir, register

# A fresh machine as W&B sees it: no key, no settings, nothing of the developer's.
NO_KEY = {"NETRC": "/nonexistent", "WANDB_API_KEY": "", "WANDB_MODE": "online"}


class OfflineLog:
    """The records of one part of a run, as `wandb leet inspect --json` prints them."""

    def __init__(self, part: Path) -> None:
        command = [sys.executable, "-m", "wandb", "leet", "inspect", "--json", str(part)]
        # W&B's command line leaves a folder of logs where it is called.
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=part.parent)
        self.records: list[dict[str, Any]] = [json.loads(r) for r in done.stdout.splitlines()]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [record[kind] for record in self.records if record["type"] == kind]

    @property
    def run(self) -> dict[str, Any]:
        return self.of("run")[0]

    @property
    def config(self) -> dict[str, Any]:
        config = dict(self.run["config"]["update"])
        for record in self.of("config"):
            config |= record["update"]
        return config

    @property
    def history(self) -> list[dict[str, Any]]:
        return [record["item"] for record in self.of("history")]

    @property
    def summary(self) -> dict[str, Any]:
        summary: dict[str, Any] = {}
        for record in self.of("summary"):
            summary |= record["update"]
        return summary

    @property
    def metrics(self) -> dict[str, dict[str, Any]]:
        """Defined metrics by name or pattern."""
        return {m.get("name") or m["glob_name"]: m for m in self.of("metric")}

    @property
    def artifacts(self) -> dict[str, dict[str, Any]]:
        """By type."""
        return {artifact["type"]: artifact for artifact in self.of("artifact")}

    @property
    def exit_code(self) -> int | None:
        """None where the process was killed."""
        exits = self.of("exit")
        return exits[-1].get("exit_code", 0) if exits else None

    def keys(self) -> set[str]:
        return {key for row in self.history for key in row}


def composed(*overrides: str) -> DictConfig:
    """Return the configuration of train.py with these overrides."""
    register()
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        return compose("train", overrides=["model.pretrained=false", *overrides])


def parts(directory: Path) -> list[OfflineLog]:
    """All offline parts of a run directory, oldest first."""
    folders = sorted((directory / "wandb").glob("offline-run-*"))
    return [OfflineLog(folder) for folder in folders]


def run_of(folder: Path, strategy: str) -> Path:
    """The run directory of a strategy in a sweep."""
    [found] = [d for d in folder.iterdir() if d.name.startswith(f"{strategy}-") and d.is_dir()]
    return found
