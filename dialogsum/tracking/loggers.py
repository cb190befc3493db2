"""The loggers of a run: metrics.csv always, and those that the group `logger` names."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hydra
from omegaconf import DictConfig
from pytorch_lightning.loggers import Logger
from pytorch_lightning.utilities.rank_zero import rank_zero_only

from dialogsum.common.files import write_text

if TYPE_CHECKING:
    from dialogsum.tracking.wandb_run import WandbRun

Progress = Callable[[], Mapping[str, float]]


class MetricsCsv(Logger):
    """The history of a run: one row per optimizer step that logged something, a column per metric.

    Each row has the axes of `progress`: a validation has a time, too. Steps are optimizer steps, as
    in checkpoints; Lightning's are one less. Lightning's CSVLogger deletes the earlier rows when a
    run is resumed.

    Args:
        path: the file.
        progress: current step, examples, tokens and seconds.
        resumed_step: rows after this optimizer step are dropped: a kill has lost that work, and
            the resumed run logs it again.
    """

    FLUSH_EVERY = 50

    def __init__(self, path: Path, progress: Progress, resumed_step: int = 0) -> None:
        super().__init__()
        self.path = path
        self.progress = progress
        self.rows: dict[int, dict[str, Any]] = {}
        if resumed_step and path.exists():
            with path.open(newline="") as file:
                rows = [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]
            self.rows = {int(r["step"]): r for r in rows if int(r["step"]) <= resumed_step}
        self._unsaved = 0

    @property
    def name(self) -> str:
        return "metrics"

    @property
    def version(self) -> str:
        return ""

    def log_hyperparams(self, params: Any, *_: Any, **__: Any) -> None:
        """Do nothing: config.yaml has them."""

    @rank_zero_only
    def log_metrics(self, metrics: dict[str, float], step: int | None = None) -> None:
        axes = dict(self.progress())
        step = axes["step"] = int(axes["step"])
        self.rows.setdefault(step, {}).update(metrics | axes)
        self._unsaved += 1
        if self._unsaved >= self.FLUSH_EVERY:
            self.write()

    def finalize(self, status: str) -> None:
        self.write()

    def write_with_next(self) -> None:
        """Write now, and again with the next row: that of the step whose checkpoint was saved.

        Lightning logs a step after its callbacks, hence after the checkpoint.
        """
        self.write()
        self._unsaved = self.FLUSH_EVERY

    @rank_zero_only
    def write(self) -> None:
        """Replace the file. Columns: step, epoch, then by name."""
        if not self.rows:
            return
        names = {name for row in self.rows.values() for name in row}
        columns = [c for c in ("step", "epoch") if c in names] + sorted(names - {"step", "epoch"})
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, columns)
        writer.writeheader()
        writer.writerows(row for _, row in sorted(self.rows.items()))
        write_text(self.path, buffer.getvalue())
        self._unsaved = 0


def build_loggers(
    cfg: DictConfig, directory: Path, resumed_step: int, progress: Progress
) -> tuple[list[Logger], WandbRun | None]:
    """Return all loggers, and the W&B run among them where there is one (first process only).

    Args:
        directory: the run directory; loggers write below it.
        resumed_step: the optimizer step from which a resumed run continues, else 0.
        progress: current step, examples, tokens and seconds: the x axes.
    """
    loggers: list[Logger] = [MetricsCsv(directory / "metrics.csv", progress, resumed_step)]
    wandb_run = None
    for name, node in cfg.logger.items():
        if name != "wandb":
            loggers.append(hydra.utils.instantiate(node, save_dir=str(directory)))
        elif os.environ.get("RANK", "0") == "0":
            # A second to import, which runs without W&B do not pay.
            from dialogsum.tracking.wandb_run import start_run

            wandb_run = start_run(cfg, directory, progress)
            loggers.append(wandb_run)
    return loggers, wandb_run
