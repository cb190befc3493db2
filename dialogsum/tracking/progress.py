"""How far training is and how fast it goes: x axes for curves, and rates for every logger."""

from __future__ import annotations

from typing import Any

import pytorch_lightning as pl
import torch
from pytorch_lightning.callbacks import Callback

from dialogsum.tracking.callbacks import Meters
from dialogsum.tracking.meters import peak_rss
from dialogsum.tracking.record import RunRecord, sum_clocks

ON_THE_BAR = "train/tokens_per_s"


class Progress(Callback):
    """Logs `examples`, `tokens`, `seconds`, rates, padding, memory and rates of learning.

    Stands after `Meters`, which feeds clocks and throughput and carries both through checkpoints:
    the axes of a resumed run go on where it was. The counts are over all processes, taken whenever
    something is about to be logged.
    """

    def __init__(self, meters: Meters, record: RunRecord) -> None:
        self.meters = meters
        self.record = record
        self.step = 0
        self._now: tuple[float, ...] = (0, 0, 0, 0.0)

    def __call__(self) -> dict[str, float]:
        """Optimizer steps, examples, real tokens, and seconds of training steps alone."""
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
        figures = {key: value for key, value in self().items() if key != "step"}
        figures |= _rates(self._since, self._now) | _memory(trainer.strategy.root_device)
        figures |= _learning_rates(trainer.optimizers[0].param_groups)
        for key, value in figures.items():
            module.log(key, float(value), prog_bar=key == ON_THE_BAR)
        self._since = self._now

    def on_validation_start(self, *_: Any) -> None:
        self._now = self._counts()

    def _counts(self) -> tuple[float, ...]:
        """Examples, real tokens, padded tokens, seconds of the clock fit over all attempts.

        Every process must call it.
        """
        t = self.meters.throughput()
        attempts = self.record.attempts_until_now("running", self.meters.clocks.seconds)
        seconds = sum_clocks(attempts)["fit"]
        return t.examples, t.source_tokens + t.target_tokens, t.padded_tokens, seconds


def _rates(since: tuple[float, ...], now: tuple[float, ...]) -> dict[str, float]:
    examples, tokens, padded, seconds = (b - a for a, b in zip(since, now, strict=True))
    if seconds <= 0 or padded <= 0:
        return {}
    return {
        "train/examples_per_s": examples / seconds,
        "train/tokens_per_s": tokens / seconds,
        "train/padded_fraction": 1 - tokens / padded,
    }


def _memory(device: torch.device) -> dict[str, float]:
    """Peaks in bytes since training or the last validation began."""
    memory: dict[str, float] = {"train/memory_process": peak_rss()}
    if device.type == "cuda":
        memory["train/memory_allocated"] = torch.cuda.max_memory_allocated(device)
        memory["train/memory_reserved"] = torch.cuda.max_memory_reserved(device)
    return memory


def _learning_rates(groups: list[dict[str, Any]]) -> dict[str, float]:
    """One per parameter group; a single group is the module's `train/learning_rate`."""
    if len(groups) == 1:
        return {}
    return {
        f"train/learning_rate_{group.get('name', number)}": group["lr"]
        for number, group in enumerate(groups)
    }
