"""One attempt at a run: its clocks, meters, checkpoints, loggers and record."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import hydra
from omegaconf import DictConfig
from pytorch_lightning.callbacks import Callback
from pytorch_lightning.loggers import Logger

from dialogsum.common.distributed import rank
from dialogsum.common.errors import Interrupted
from dialogsum.common.files import remove_partial
from dialogsum.common.metric_catalog import LOWER_IS_BETTER
from dialogsum.modeling import checkpoints
from dialogsum.tracking.callbacks import HISTORY, Checkpoints, CleanStop, Meters
from dialogsum.tracking.loggers import MetricsCsv, Row, read_history
from dialogsum.tracking.meters import Clocks, Memory
from dialogsum.tracking.progress import LogLines, TrainingProgress
from dialogsum.tracking.record import EXIT_CODES, RunRecord

if TYPE_CHECKING:
    from dialogsum.tracking.wandb_run import WandbRun  # a second to import

log = logging.getLogger(__name__)


class Attempt:
    """One attempt at a run: what measures, records and stops it, before anything is loaded.

    Args:
        cfg: the composed configuration.
        directory: the run directory.

    Attributes:
        record: the content of result.json, filled in as phases end.
        loggers: metrics.csv and those of the group `logger`, once `start_loggers` was called.
        resumed: the checkpoint that the run continues from, once `start_loggers` was called.
        wandb: the W&B run among them, on the first process only.
    """

    def __init__(self, cfg: DictConfig, directory: Path) -> None:
        self.cfg = cfg
        self.directory = directory
        self.clocks, self.memory = Clocks(), Memory()
        self.checkpoints = Checkpoints(
            directory / "checkpoints",
            monitor=cfg.checkpoint.monitor,
            lower_is_better=cfg.checkpoint.monitor in LOWER_IS_BETTER,
            every_n_steps=cfg.checkpoint.every_n_steps,
            clocks=self.clocks,
        )
        self.stop = CleanStop(self.checkpoints)
        self.record = RunRecord(cfg, directory)
        self.meters = Meters(self.clocks, self.memory, self.record)
        self.progress = TrainingProgress(self.meters, self.record)
        self.log_lines = LogLines()
        self.loggers: list[Logger] = []
        self.resumed: Path | None = None
        self.wandb: WandbRun | None = None

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """Record how the phases inside end, in result.json and in the trackers."""
        status, error = "failed", None
        self.memory.start_job()
        try:
            with self.stop:
                yield
            status = "completed"
        except (Interrupted, KeyboardInterrupt) as stop:
            status, error = "interrupted", str(stop) or "stopped by SIGINT"
            raise
        except BaseException as failure:
            if self.stop.received:
                # Of several processes, one may see the connection to a stopped one break.
                status, error = "interrupted", f"stopped by {self.stop.received}"
                raise Interrupted(error) from failure
            error = f"{type(failure).__name__}: {failure}"
            raise
        finally:
            self.clocks.stop_all()
            if rank() == 0:
                self._write_record(status, error)

    def _write_record(self, status: str, error: str | None) -> None:
        values = self.record.values
        values["memory_bytes"] = self.memory.record()
        if self.wandb:
            values["wandb"] = self.wandb.record()
        self.record.write(status, self.clocks.seconds, error)
        if status == "completed" and not self.cfg.keep_checkpoints:
            for name in (self.checkpoints.last.name, checkpoints.PREVIOUS):
                self.checkpoints.last.with_name(name).unlink(missing_ok=True)
        if self.wandb:  # after the record, which no upload may delay
            self.wandb.finish(values, EXIT_CODES[status])

    def start_loggers(self) -> None:
        """Start metrics.csv, from where a resumed run continues, and what `logger` names."""
        path = self.directory / "metrics.csv"
        rows: list[Row] = []
        if rank() == 0:
            remove_partial(self.directory)
        if found := checkpoints.latest(self.checkpoints.last):
            self.resumed, content = found
            step = int(content["global_step"])
            # Checkpoints of 0.1.0 have no rows.
            rows = content.get(HISTORY) or read_history(path, until=step)
            if self.checkpoints.best.exists():
                checkpoints.refuse_damaged(self.checkpoints.best)  # now, not after the training
            log.info("resuming at step %d from %s", step, self.resumed)
        self.loggers.append(MetricsCsv(path, self.progress, rows))
        for name, node in self.cfg.logger.items():
            if name != "wandb":
                logger = hydra.utils.instantiate(node, save_dir=str(self.directory))
                self.loggers.append(logger)
            elif rank() == 0:
                from dialogsum.tracking.wandb_run import start_run

                self.wandb = start_run(self.cfg, self.directory, self.progress)
                self.loggers.append(self.wandb)

    @property
    def callbacks(self) -> list[Callback]:
        """Return everything that observes the training."""
        return [self.meters, self.progress, self.log_lines, self.stop, self.checkpoints]
