"""The loggers of a run: metrics.csv always, and what the group `logger` names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hydra
from omegaconf import DictConfig
from pytorch_lightning.loggers import Logger

from dialogsum.tracking.metrics_csv import MetricsCsv

if TYPE_CHECKING:
    from dialogsum.tracking.wandb import WandbRun
    from dialogsum.tracking.wandb_logger import Progress


def build_loggers(
    cfg: DictConfig,
    directory: Path,
    config: dict[str, Any],
    resumed_step: int,
    progress: Progress,
) -> tuple[list[Logger], WandbRun | None]:
    """All loggers, and the W&B run among them where there is one (on the first process only).

    Args:
        directory: the run directory; loggers write below it.
        config: the plain config.
        resumed_step: the optimizer step at which a resumed run goes on.
        progress: steps, examples, tokens and seconds so far, for x axes.
    """
    loggers: list[Logger] = [MetricsCsv(directory / "metrics.csv", progress, resumed_step)]
    wandb_run = None
    for name, node in cfg.logger.items():
        if name != "wandb":
            loggers.append(hydra.utils.instantiate(node, save_dir=str(directory)))
        elif os.environ.get("RANK", "0") == "0":
            # A second to import, which runs without W&B need not pay.
            from dialogsum.tracking.wandb import WandbRun

            wandb_run = WandbRun(cfg, directory, config, progress)
            loggers.append(wandb_run.logger)
    return loggers, wandb_run
