"""Callbacks of a training: clocks and meters, checkpoints, and the clean stop after a signal."""

from __future__ import annotations

import logging
import math
import signal
import threading
from pathlib import Path
from types import FrameType
from typing import Any

import pytorch_lightning as pl
from pytorch_lightning.callbacks import Callback, Checkpoint

from dialogsum.common.distributed import gather
from dialogsum.common.errors import Interrupted
from dialogsum.common.files import PARTIAL, publish
from dialogsum.modeling import checkpoints as checkpoint_files
from dialogsum.tracking.loggers import MetricsCsv
from dialogsum.tracking.meters import Clocks, Memory, Throughput
from dialogsum.tracking.record import RunRecord

log = logging.getLogger(__name__)

HISTORY = "metrics_csv"  # key of a checkpoint: the rows of metrics.csv


class Meters(Callback):
    """Runs the clocks fit, validate and generate; measures throughput and memory peaks.

    Checkpoints contain its state: after a kill, the time of the lost process up to its last
    checkpoint still counts.
    """

    _PHASES = ("validate", "generate")  # by loader: 0 computes losses, 1 generates

    def __init__(self, clocks: Clocks, memory: Memory, record: RunRecord) -> None:
        self.clocks = clocks
        self.record = record
        self._earlier = Throughput()  # earlier attempts, all processes
        self._current = Throughput()  # this attempt and process
        self.memory = memory

    def on_train_batch_start(self, *_: Any) -> None:
        self.clocks.start("fit")

    def on_train_batch_end(self, trainer: Any, module: Any, out: Any, batch: Any, *_: Any) -> None:
        self.clocks.stop("fit")
        self._current.add(batch["micro_batches"])

    def on_validation_start(self, *_: Any) -> None:
        self.memory.measure_fit()
        self.memory.start_phase()

    def on_validation_end(self, *_: Any) -> None:
        self.memory.start_phase()

    def on_validation_batch_start(self, *arguments: Any) -> None:
        loader = arguments[-1]
        if loader == 1:
            # Without a reset the losses' peak is recorded: 2.1 GB beside weights of 0.3 GB.
            self.memory.start_phase()
        self.clocks.start(self._PHASES[loader])

    def on_validation_batch_end(self, *arguments: Any) -> None:
        loader = arguments[-1]
        self.clocks.stop(self._PHASES[loader])
        if loader == 1:
            self.memory.measure_generate()

    on_predict_batch_start: Any = on_validation_batch_start
    on_predict_batch_end: Any = on_validation_batch_end

    def on_train_end(self, *_: Any) -> None:
        self.memory.measure_fit()

    def state_dict(self) -> dict[str, Any]:
        attempts = self.record.attempts_until_now("killed", self.clocks.seconds)
        return {"attempts": attempts, "throughput": vars(self.throughput())}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        self.record.restore_attempts(state_dict["attempts"])
        self._earlier = Throughput(**state_dict["throughput"])

    def throughput(self) -> Throughput:
        """Return the sum over all attempts and processes; every process must call it."""
        return sum(gather([self._current]), self._earlier)


class Checkpoints(Checkpoint):
    """`last.ckpt` every `every_n_steps`, before each validation and after each epoch; `best.ckpt`.

    Both hold the full resume state and the rows of metrics.csv. A run that was killed or stopped
    between a step and the end of the validation after it repeats that validation: Lightning would
    go on with the next step, and the best checkpoint could be another one.

    Args:
        directory: folder of both files.
        monitor: name of the validation metric.
        lower_is_better: direction of the metric.
        every_n_steps: optimizer steps between two `last.ckpt`; None: after epochs only.
        clocks: the clock `save` runs while a file is written.
    """

    _STATE = ("best_value", "best_step", "validated_step", "due_step", "due_epoch")

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
        self.due_step: int | None = None  # the last step with a validation after it
        self.due_epoch = 0  # its epoch
        self.wanted = False  # another callback asks for a checkpoint after this step

    def on_train_start(self, trainer: pl.Trainer, *_: Any) -> None:
        """Do the validation that was due when the run was killed or stopped."""
        if self.due_step != trainer.global_step or self.validated_step == trainer.global_step:
            return
        log.info("repeating the validation after step %d", trainer.global_step)
        # The loop that Lightning runs after a step. Its epoch has ended if the step was the last.
        loop, epoch = trainer.fit_loop.epoch_loop.val_loop, trainer.fit_loop.epoch_progress.current
        now, epoch.completed = epoch.completed, self.due_epoch
        trainer.validating, loop.restarting = True, False
        loop.run()
        trainer.training, epoch.completed = True, now

    def on_train_batch_end(
        self, trainer: pl.Trainer, module: Any, out: Any, batch: Any, batch_idx: int
    ) -> None:
        due = _validation_follows(trainer, batch_idx)
        if due:
            self.due_step, self.due_epoch = trainer.global_step, trainer.current_epoch
        regular = self.every_n_steps and trainer.global_step % self.every_n_steps == 0
        if not (due or regular or self.wanted):
            return
        if trainer.global_step % trainer.log_every_n_steps == 0:  # type: ignore[attr-defined]
            # Lightning logs a step after its callbacks, and a resumed run does not log it again.
            row = {k: float(v) for k, v in trainer.logged_metrics.items() if k[:6] == "train/"}
            for history in _histories(trainer):
                history.log_metrics(row | {"epoch": trainer.current_epoch})
        self.save(trainer, self.last)

    def on_validation_end(self, trainer: pl.Trainer, *_: Any) -> None:
        if trainer.state.fn == "fit":
            self.consider(trainer)

    def consider(self, trainer: pl.Trainer) -> None:
        """Save `best.ckpt` if the validation that has just ended is the best so far.

        Until the metric has a value, the latest weights count as the best.
        """
        self.validated_step = trainer.global_step
        value = float(trainer.callback_metrics.get(f"validation/{self.monitor}", math.nan))
        if math.isnan(value):
            message = "checkpoint.monitor: %s has no value in the validation at step %d"
            log.warning(message, self.monitor, trainer.global_step)
        if self.best_value is None or self.sign * value < self.sign * self.best_value:
            self.best_value = None if math.isnan(value) else value
            self.best_step = trainer.global_step
            self.save(trainer, self.best)

    def on_train_epoch_end(self, trainer: pl.Trainer, *_: Any) -> None:
        self.save(trainer, self.last)

    on_train_end: Any = on_train_epoch_end

    def save(self, trainer: pl.Trainer, path: Path) -> None:
        """Write a full checkpoint atomically, then metrics.csv with the rows that it holds."""
        with self.clocks("save"):
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_suffix(PARTIAL)
            trainer.save_checkpoint(temporary)
            if trainer.is_global_zero:
                if path == self.last:
                    checkpoint_files.publish_last(temporary, path)
                else:
                    publish(temporary, path)
            for history in _histories(trainer):
                history.write()

    def on_save_checkpoint(self, trainer: pl.Trainer, module: Any, checkpoint: Any) -> None:
        """Add the rows of metrics.csv, whose file a kill or damage may have changed."""
        checkpoint[HISTORY] = [
            {k: v.item() if hasattr(v, "item") else v for k, v in row.items()}
            for history in _histories(trainer)
            for row in history.ordered_rows()
        ]

    def state_dict(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in self._STATE}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        vars(self).update(state_dict)


def _histories(trainer: pl.Trainer) -> list[MetricsCsv]:
    return [logger for logger in trainer.loggers if isinstance(logger, MetricsCsv)]


def _validation_follows(trainer: pl.Trainer, batch_idx: int) -> bool:
    """Return whether Lightning validates after this batch, by the trainer's settings."""
    every, interval = trainer.check_val_every_n_epoch, trainer.val_check_batch
    if not trainer.enable_validation or interval is None:
        return False
    if every is not None and (trainer.current_epoch + 1) % every:
        return False
    batches = trainer.fit_loop.total_batch_idx if every is None else batch_idx
    if interval == float("inf"):
        return batch_idx + 1 == trainer.num_training_batches
    return (batches + 1) % int(interval) == 0


class CleanStop(Callback):
    """Ends the run after the current step, with a checkpoint, at the first Ctrl-C or SIGTERM.

    Lightning's own handling ends the process within the step and swallows the exception. A second
    signal has its usual effect.
    """

    def __init__(self, checkpoints: Checkpoints) -> None:
        self.checkpoints = checkpoints
        self.received: str | None = None
        self._stopping = False  # the same on all ranks, or the others would wait forever
        self._previous: dict[int, Any] = {}

    def __enter__(self) -> CleanStop:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._previous[number] = signal.signal(number, self._receive)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)

    def on_train_start(self, *_: Any) -> None:
        """Take SIGTERM back from the trainer, which has just put its handler before this one.

        Lightning's handler broadcasts from within the signal handler. Where the ranks are at
        different collectives, each waits for the other forever: two processes hung for 200 s.
        """
        if signal.SIGTERM in self._previous and self.received is None:
            signal.signal(signal.SIGTERM, self._receive)

    on_predict_start: Any = on_train_start

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self.received = signal.Signals(number).name
        log.warning("%s: stopping after this step; repeat to stop at once", self.received)
        signal.signal(number, self._previous[number])

    def check(self) -> None:
        """Raise Interrupted if a signal has arrived."""
        if self.received or self._stopping:
            raise Interrupted(f"stopped by {self.received or 'a signal to another process'}")

    def on_train_batch_end(self, trainer: pl.Trainer, *_: Any) -> None:
        stop = self.received is not None
        self._stopping = trainer.strategy.reduce_boolean_decision(stop, all=False)
        self.checkpoints.wanted = self._stopping  # Lightning calls it after all other callbacks

    # Lightning logs a step after its `on_train_batch_end`: the run stops at whichever follows.

    def on_train_batch_start(self, *_: Any) -> None:
        if self._stopping:
            self.check()

    def on_validation_start(self, *_: Any) -> None:
        self.on_train_start()
        if self._stopping:
            self.check()

    on_train_epoch_end: Any = on_train_batch_start

    def on_validation_batch_end(self, *_: Any) -> None:
        self.check()

    on_predict_batch_end: Any = on_validation_batch_end
