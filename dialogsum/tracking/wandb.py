"""Weights & Biases: one run per job, continued when the job is, ended with its true exit code."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import wandb
from omegaconf import DictConfig
from pytorch_lightning.loggers import WandbLogger

log = logging.getLogger(__name__)


class WandbRun:
    """The W&B run of one job.

    Args:
        cfg: the composed configuration; `logger.wandb` holds project, mode and more.
        directory: the run directory; W&B's own files stand in `wandb/` below it.
        config: the plain config, shown in W&B.
    """

    def __init__(self, cfg: DictConfig, directory: Path, config: dict[str, Any]) -> None:
        settings = dict(cfg.logger.wandb)
        self.directory = directory
        self.mode = decide_mode(settings.pop("mode", "online"))
        # Artifacts are staged here; outside the run directory a copied run could not be synced.
        os.environ["WANDB_DATA_DIR"] = str(directory / "wandb")
        self.logger = WandbLogger(
            save_dir=str(directory),
            name=directory.name,
            id=self._id(),
            group=cfg.name,
            job_type="train",
            config=config,
            mode=self.mode,
            resume="allow" if self.mode == "online" else None,
            **settings,
        )

    def _id(self) -> str:
        """The same id for every attempt at this run, another after force=true."""
        path = self.directory / "wandb" / "id"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wandb.util.generate_id())
        return path.read_text()

    def record(self) -> dict[str, Any]:
        """As in result.json."""
        run = self.logger.experiment
        return {"id": run.id, "mode": self.mode, "url": run.url}

    def finish(self, result: dict[str, Any], exit_code: int) -> None:
        """Write the final figures and end the run, or the next job would go on in it."""
        run = self.logger.experiment
        for split, figures in result["metrics"].items():
            for name, figure in figures.items():
                run.summary[f"{split}/{name}"] = figure["value"]
        wandb.finish(exit_code=exit_code)
        if self.mode == "offline":
            log.info("W&B: offline; to upload: wandb sync %s", run.settings.sync_dir)


def decide_mode(asked: str) -> str:
    """online only if it is asked for and a key is there; said once in the log."""
    if asked != "online":
        return asked
    if os.environ.get("WANDB_API_KEY") or wandb.Api is not None and _stored_key():
        return "online"
    log.info("W&B: no API key is there, so the run is logged offline")
    return "offline"


def _stored_key() -> str | None:
    key: str | None = wandb.api.api_key
    return key
