"""What watches a fit: clocks and meters, checkpoints, a clean stop, and lines for the log."""

from __future__ import annotations

import logging
import signal
import threading
import time
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytorch_lightning as pl
import torch
from pytorch_lightning.callbacks import Callback, Checkpoint

from dialogsum.common.distributed import gather
from dialogsum.tracking.meters import Clocks, Memory, Throughput
from dialogsum.tracking.metrics_csv import MetricsCsv
from dialogsum.tracking.record import RunRecord

log = logging.getLogger(__name__)


class Interrupted(Exception):
    """The user or the cluster asked to stop; what was done is saved."""


class Meters(Callback):
    """Feeds the clocks fit, validate and generate, the throughput and the memory peaks.

    Its state travels in checkpoints, so that after a kill the time of the lost process, up to its
    last checkpoint, still counts.
    """

    _PHASES = ("validate", "generate")

    def __init__(self, clocks: Clocks, memory: Memory, record: RunRecord) -> None:
        self.clocks = clocks
        self.record = record
        self._earlier = Throughput()  # of attempts before, all processes
        self._here = Throughput()  # of this attempt and process
        self.memory = memory

    def on_train_batch_start(self, *_: Any) -> None:
        self.clocks.start("fit")

    def on_train_batch_end(self, trainer: Any, module: Any, out: Any, batch: Any, *_: Any) -> None:
        self.clocks.stop("fit")
        self._here.add(batch["micro_batches"])

    def on_validation_start(self, *_: Any) -> None:
        self.memory.measure_fit()
        self.memory.start_phase()

    def on_validation_end(self, *_: Any) -> None:
        self.memory.start_phase()

    # The last argument of the batch hooks is the loader: 0 gives losses, 1 generates.

    def on_validation_batch_start(self, *arguments: Any) -> None:
        self._start(arguments[-1])

    def on_validation_batch_end(self, *arguments: Any) -> None:
        self._stop(arguments[-1])

    def on_predict_batch_start(self, *arguments: Any) -> None:
        self._start(arguments[-1])

    def on_predict_batch_end(self, *arguments: Any) -> None:
        self._stop(arguments[-1])

    def _start(self, loader: int) -> None:
        if loader == 1:
            # The losses before it hold more: 2.1 GB were recorded beside weights of 0.3 GB.
            self.memory.start_phase()
        self.clocks.start(self._PHASES[loader])

    def _stop(self, loader: int) -> None:
        self.clocks.stop(self._PHASES[loader])
        if loader == 1:
            self.memory.measure_generate()

    def on_train_end(self, *_: Any) -> None:
        self.memory.measure_fit()

    def state_dict(self) -> dict[str, Any]:
        attempts = self.record.attempts_until_now("killed", self.clocks.seconds)
        return {"attempts": attempts, "throughput": vars(self.throughput())}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        self.record.restore_attempts(state_dict["attempts"])
        self._earlier = Throughput(**state_dict["throughput"])

    def throughput(self) -> Throughput:
        """Over all attempts and processes; every process must call it."""
        return sum(gather([self._here]), self._earlier)


class Checkpoints(Checkpoint):
    """`last.ckpt` every so many steps and after each epoch, `best.ckpt` when validation improves.

    Both hold the full resume state. A plain pair of files instead of Lightning's ModelCheckpoint:
    their names are the contract, and both triggers of `last` are wanted at once.

    Args:
        directory: where both files stand.
        monitor: name of the validation figure.
        lower_is_better: its direction.
        every_n_steps: optimizer steps between two `last.ckpt`; None: after epochs only.
        clocks: the clock "save" is fed.
    """

    _STATE = ("best_value", "best_step", "validated_step")

    def __init__(
        self,
        directory: Path,
        monitor: str,
        lower_is_better: bool,
        every_n_steps: int | None,
        clocks: Clocks,
    ) -> None:
        self.last = directory / "last.ckpt"
        self.best = directory / "best.ckpt"
        self.monitor = monitor
        self.sign = 1.0 if lower_is_better else -1.0
        self.every_n_steps = every_n_steps
        self.clocks = clocks
        self.best_value: float | None = None
        self.best_step: int | None = None
        self.validated_step: int | None = None

    def on_train_batch_end(self, trainer: pl.Trainer, *_: Any) -> None:
        if self.every_n_steps and trainer.global_step % self.every_n_steps == 0:
            self.save(trainer, self.last)

    def on_validation_end(self, trainer: pl.Trainer, *_: Any) -> None:
        if trainer.state.fn == "fit":
            self.consider(trainer)

    def consider(self, trainer: pl.Trainer) -> None:
        """Save `best.ckpt` if the validation that just ended is the best so far."""
        self.validated_step = trainer.global_step
        value = float(trainer.callback_metrics[f"validation/{self.monitor}"])
        if self.best_value is None or self.sign * value < self.sign * self.best_value:
            self.best_value, self.best_step = value, trainer.global_step
            self.save(trainer, self.best)

    def on_train_epoch_end(self, trainer: pl.Trainer, *_: Any) -> None:
        self.save(trainer, self.last)

    def on_train_end(self, trainer: pl.Trainer, *_: Any) -> None:
        self.save(trainer, self.last)

    def save(self, trainer: pl.Trainer, path: Path) -> None:
        """Write a full checkpoint (Lightning moves it into place when it is complete)."""
        with self.clocks("save"):
            path.parent.mkdir(parents=True, exist_ok=True)
            trainer.save_checkpoint(path)
            for logger in trainer.loggers:
                if isinstance(logger, MetricsCsv):
                    # What is before the checkpoint is not logged again after a kill.
                    logger.write()
                    logger.write_after_next()

    def state_dict(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in self._STATE}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        for key in self._STATE:
            setattr(self, key, state_dict[key])


class CleanStop(Callback):
    """The first Ctrl-C or SIGTERM ends the run after the current step, with a checkpoint.

    Lightning's own handling ends the process from within the step and swallows the exception. A
    second signal does what it always does.
    """

    def __init__(self, checkpoints: Checkpoints) -> None:
        self.checkpoints = checkpoints
        self.received: str | None = None
        self._previous: dict[int, Any] = {}

    def __enter__(self) -> CleanStop:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._previous[number] = signal.signal(number, self._receive)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self.received = signal.Signals(number).name
        log.warning("%s: stopping after this step; once more to stop at once", self.received)
        signal.signal(number, self._previous[number])

    def check(self) -> None:
        """Raise where a signal has come.

        Raises:
            Interrupted: between two phases or batches.
        """
        if self.received:
            raise Interrupted(f"stopped by {self.received}")

    def on_train_batch_end(self, trainer: pl.Trainer, *_: Any) -> None:
        # All ranks must leave the loop after the same step, or the others wait forever.
        if trainer.strategy.reduce_boolean_decision(self.received is not None, all=False):
            self.checkpoints.save(trainer, self.checkpoints.last)
            # Lightning logs a step only after its callbacks.
            trainer._logger_connector.update_train_step_metrics()
            raise Interrupted(f"stopped by {self.received or 'a signal to another process'}")

    def on_validation_batch_end(self, *_: Any) -> None:
        self.check()

    def on_predict_batch_end(self, *_: Any) -> None:
        self.check()


class LogLines(Callback):
    """One line per validated epoch, and one every `seconds` for logs without a progress bar."""

    def __init__(self, seconds: float = 30.0) -> None:
        self.seconds = seconds
        self._validated = False
        self._started = self._last = time.monotonic()
        self._first_step = 0

    def on_train_start(self, trainer: pl.Trainer, module: pl.LightningModule) -> None:
        self._started = self._last = time.monotonic()
        self._first_step = trainer.global_step

    def on_train_batch_end(self, trainer: pl.Trainer, *_: Any) -> None:
        now = time.monotonic()
        if now - self._last < self.seconds:
            return
        self._last = now
        total = int(trainer.estimated_stepping_batches)
        done = trainer.global_step - self._first_step
        left = (total - trainer.global_step) * (now - self._started) / max(done, 1)
        loss = trainer.callback_metrics.get("train/loss", torch.tensor(float("nan")))
        log.info(
            "step %d/%d  loss %.3f  about %s left",
            trainer.global_step,
            total,
            float(loss),
            timedelta(seconds=round(left)),
        )

    def on_validation_end(self, *_: Any) -> None:
        self._validated = True

    def on_train_epoch_end(self, trainer: pl.Trainer, module: pl.LightningModule) -> None:
        if not self._validated:  # trainer.check_val_every_n_epoch; the figures are old ones
            return
        self._validated = False
        figures = {
            name.removeprefix("validation/"): float(value)
            for name, value in trainer.callback_metrics.items()
            if name.startswith("validation/")
        }
        shown = [
            f"{k} {figures[k]:.4f}" for k in ("cross_entropy", "rouge1", "rougeL") if k in figures
        ]
        log.info(
            "epoch %d/%s  step %d  validation: %s",
            trainer.current_epoch + 1,
            trainer.max_epochs,
            trainer.global_step,
            ", ".join(shown),
        )
