"""The Hydra callback that checks a whole command before its first job starts."""

from __future__ import annotations

from typing import Any

import hydra
from hydra.experimental.callback import Callback
from omegaconf import DictConfig

from dialogsum.config.hydra_app import before_jobs
from dialogsum.preflight.command_line import explain


class Preflight(Callback):
    """A check of one command, with all its jobs; a problem ends the process with exit code 2.

    Args:
        check: dotted path of a function that takes the composed command, with Hydra's own node,
            and raises `ConfigurationError` with all problems.
    """

    def __init__(self, check: str) -> None:
        self.check = check

    def on_run_start(self, config: DictConfig, **_: Any) -> None:
        self._check(config)

    def on_multirun_start(self, config: DictConfig, **_: Any) -> None:
        self._check(config)

    def _check(self, command: DictConfig) -> None:
        with before_jobs(command.hydra.job.config_name, explain):
            hydra.utils.get_method(self.check)(command)
