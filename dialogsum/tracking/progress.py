"""Progress of a run: the x axes and speeds in every logger, and lines in the log."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Any

import pytorch_lightning as pl
import torch
from pytorch_lightning.callbacks import Callback

from dialogsum.tracking.callbacks import Meters
from dialogsum.tracking.meters import peak_rss
from dialogsum.tracking.record import RunRecord, sum_clocks

log = logging.getLogger(__name__)

SHOWN = ("cross_entropy", "rouge1", "rougeL")
GENERATING = 1  # index of the loader that generates; 0 computes losses


class TrainingProgress(Callback):
    """Logs `examples`, `tokens`, `seconds`, speeds, padding, memory and learning rates.

    Must follow `Meters`, whose clocks and throughput travel in checkpoints: the axes of a resumed
    run continue. Counts are sums over all processes, taken when something is about to be logged.
    """

    def __init__(self, meters: Meters, record: RunRecord) -> None:
        self.meters = meters
        self.record = record
        self.step = 0
        self._now: tuple[float, ...] = (0, 0, 0, 0.0)

    def __call__(self) -> dict[str, float]:
        """Return optimizer steps, examples, real tokens, and seconds of training steps alone."""
        examples, tokens, _, seconds = self._now
        return {"step": self.step, "examples": examples, "tokens": tokens, "seconds": seconds}

    def on_train_start(self, trainer: pl.Trainer, *_: Any) -> None:
        self.step = trainer.global_step
        self._now = self._counts()
        self._since = self._now

    def on_train_batch_end(self, trainer: Any, module: pl.LightningModule, *_: Any) -> None:
        self.step = trainer.global_step
        if self.step % trainer.log_every_n_steps:
            return
        self._now = self._counts()
        values = {key: value for key, value in self().items() if key != "step"}
        values |= _speeds(self._since, self._now) | _memory(trainer.strategy.root_device)
        groups = trainer.optimizers[0].param_groups
        if len(groups) > 1:  # of a single group the module logs `train/learning_rate`
            for number, group in enumerate(groups):
                values[f"train/learning_rate_{group.get('name', number)}"] = group["lr"]
        for key, value in values.items():
            module.log(key, float(value), prog_bar=key == "train/tokens_per_s")
        self._since = self._now

    def on_validation_start(self, trainer: pl.Trainer, *_: Any) -> None:
        self.step = trainer.global_step  # a run that continues at its last step trains no more
        self._now = self._counts()

    def _counts(self) -> tuple[float, ...]:
        """Return examples, real tokens, padded tokens, and seconds of the clock fit, all attempts.

        Every process must call it.
        """
        t = self.meters.throughput()
        attempts = self.record.attempts_until_now("running", self.meters.clocks.seconds)
        seconds = sum_clocks(attempts)["fit"]
        return t.examples, t.source_tokens + t.target_tokens, t.padded_tokens, seconds


def _speeds(since: tuple[float, ...], now: tuple[float, ...]) -> dict[str, float]:
    examples, tokens, padded, seconds = (b - a for a, b in zip(since, now, strict=True))
    if seconds <= 0 or padded <= 0:
        return {}
    return {
        "train/examples_per_s": examples / seconds,
        "train/tokens_per_s": tokens / seconds,
        "train/padded_fraction": 1 - tokens / padded,
    }


def _memory(device: torch.device) -> dict[str, float]:
    """Return peaks in bytes since the start of training or the last validation."""
    memory: dict[str, float] = {"train/memory_process": peak_rss()}
    if device.type == "cuda":
        memory["train/memory_allocated"] = torch.cuda.max_memory_allocated(device)
        memory["train/memory_reserved"] = torch.cuda.max_memory_reserved(device)
    return memory


class LogLines(Callback):
    """One line per validated epoch, and one every `seconds` of training and of generation.

    Attributes:
        split: name of the split that `trainer.predict` generates for.
    """

    def __init__(self, seconds: float = 30.0, split: str = "validation") -> None:
        self.seconds = seconds
        self.split = split
        self._validated = False

    def on_train_start(self, trainer: pl.Trainer, *_: Any) -> None:
        self._training = _Pace(self.seconds)
        self._first_step = trainer.global_step

    def on_train_batch_end(self, trainer: pl.Trainer, *_: Any) -> None:
        if not self._training.is_due():
            return
        step, total = trainer.global_step, int(trainer.estimated_stepping_batches)
        remaining = self._training.remaining(step - self._first_step, total - step)
        loss = trainer.callback_metrics.get("train/loss", torch.tensor(float("nan")))
        log.info("step %d/%d  loss %.3f  about %s left", step, total, float(loss), remaining)

    # Batch hooks of validation and prediction end with batch, its number, and the loader's index.

    def on_validation_batch_start(self, *arguments: Any) -> None:
        batch_number, loader = arguments[-2:]
        if loader == GENERATING and batch_number == 0:
            self._generation = _Pace(self.seconds)
            self._generated = 0

    on_predict_batch_start: Any = on_validation_batch_start

    def on_validation_batch_end(self, trainer: pl.Trainer, *arguments: Any) -> None:
        batch, _, loader = arguments[-3:]
        if loader != GENERATING:
            return
        predicting = trainer.predicting
        split = self.split if predicting else "validation"
        loaders: Any = trainer.predict_dataloaders if predicting else trainer.val_dataloaders
        self._generated += len(batch["input_ids"])
        if self._generation.is_due():
            total = sum(len(group) for group in loaders[GENERATING].groups)  # of this process
            remaining = self._generation.remaining(self._generated, total - self._generated)
            counts = f"{self._generated}/{total}"
            log.info("%s: %s dialogues generated, about %s left", split, counts, remaining)

    on_predict_batch_end: Any = on_validation_batch_end

    def on_validation_end(self, *_: Any) -> None:
        self._validated = True

    def on_train_epoch_end(self, trainer: pl.Trainer, *_: Any) -> None:
        if not self._validated:  # trainer.check_val_every_n_epoch: the metrics are old ones
            return
        self._validated = False
        metrics = {name: trainer.callback_metrics.get(f"validation/{name}") for name in SHOWN}
        log.info(
            "epoch %d/%s  step %d  validation: %s",
            trainer.current_epoch + 1,
            trainer.max_epochs,
            trainer.global_step,
            ", ".join(f"{k} {float(v):.4f}" for k, v in metrics.items() if v is not None),
        )


class _Pace:
    """Time since a start: when the next line is due, and how long the rest will take."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.started = self.last = time.monotonic()

    def is_due(self) -> bool:
        now = time.monotonic()
        if now - self.last < self.seconds:
            return False
        self.last = now
        return True

    def remaining(self, done: int, rest: int) -> timedelta:
        """Return the time for `rest` units at the pace of those `done` so far."""
        elapsed = time.monotonic() - self.started
        return timedelta(seconds=round(rest * elapsed / max(done, 1)))
