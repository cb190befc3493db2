"""The loggers of a run: metrics.csv always, and what the group `logger` names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hydra
from omegaconf import DictConfig
from pytorch_lightning.loggers import Logger

from dialogsum.tracking.metrics_csv import MetricsCsv
from dialogsum.tracking.wandb import WandbRun


def build_loggers(
    cfg: DictConfig, directory: Path, config: dict[str, Any], resumed_step: int
) -> tuple[list[Logger], WandbRun | None]:
    """All loggers, and the W&B run among them where there is one.

    Args:
        directory: the run directory; loggers write below it.
        config: the plain config.
        resumed_step: the optimizer step at which a resumed run goes on.
    """
    loggers: list[Logger] = [MetricsCsv(directory / "metrics.csv", resumed_step)]
    wandb_run = None
    for name, node in cfg.logger.items():
        if name == "wandb":
            wandb_run = WandbRun(cfg, directory, config)
            loggers.append(wandb_run.logger)
        else:
            loggers.append(hydra.utils.instantiate(node, save_dir=str(directory)))
    return loggers, wandb_run
