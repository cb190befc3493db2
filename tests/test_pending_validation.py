"""Runs that end between a step and the end of its validation continue as if they had not ended."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import pytorch_lightning as pl
import torch

from dialogsum.common.errors import Interrupted
from dialogsum.tracking.callbacks import CleanStop
from tests.stopping import run_here

CLOCKS = ("seconds", "train/tokens_per_s", "train/examples_per_s", "train/memory_process")


def history(run: Path) -> list[dict[str, str]]:
    with (run / "metrics.csv").open(newline="") as file:
        return [{k: v for k, v in r.items() if k not in CLOCKS} for r in csv.DictReader(file)]


def result(run: Path) -> dict[str, Any]:
    record = json.loads((run / "result.json").read_text())
    return {"training": record["training"], "metrics": record["metrics"]}


def weights(run: Path) -> dict[str, torch.Tensor]:
    path = run / "checkpoints" / "best.ckpt"
    return torch.load(path, weights_only=True)["state_dict"]


class Failure(Exception):
    """A failure outside of dialogsum."""


# Steps of an epoch: 6. Where the run ends -> the step with the validation, trainer settings.
CASES = {
    "first epoch": (6, []),
    "last epoch": (12, []),
    "within an epoch": (3, ["trainer.val_check_interval=3"]),
    "share of an epoch": (9, ["trainer.val_check_interval=0.5"]),
    "over epochs": (4, ["trainer.val_check_interval=4", "trainer.check_val_every_n_epoch=null"]),
    "at max_steps": (9, ["trainer.val_check_interval=3", "trainer.max_steps=9"]),
}


@pytest.fixture(params=CASES, ids=lambda name: name.replace(" ", "_"))
def case(request: pytest.FixtureRequest, tiny_run: list[str]) -> tuple[int, list[str]]:
    step, settings = CASES[request.param]
    arguments = [*tiny_run, "strategy=lora", "trainer.log_every_n_steps=1"]
    return step, [*arguments, *settings, "checkpoint.every_n_steps=3"]


@pytest.mark.parametrize("ending", ["signal in the step", "signal in validation", "failure"])
def test_pending_validation_is_repeated(
    case: tuple[int, list[str]], ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, arguments = case
    straight = run_here([*arguments, "name=straight"])

    with monkeypatch.context() as patch:
        if ending == "signal in the step":
            original = CleanStop.on_train_batch_start

            def receive(self: CleanStop, trainer: pl.Trainer, *rest: Any) -> None:
                original(self, trainer, *rest)
                if trainer.global_step == step - 1:
                    self.received = "SIGTERM"

            patch.setattr(CleanStop, "on_train_batch_start", receive)
        else:
            check = CleanStop.on_validation_batch_end

            def end(self: CleanStop, trainer: pl.Trainer, *rest: Any) -> None:
                if trainer.global_step == step and ending == "failure":
                    raise Failure
                if trainer.global_step == step:
                    self.received = "SIGINT"
                check(self, trainer, *rest)

            patch.setattr(CleanStop, "on_validation_batch_end", end)
        with pytest.raises((Interrupted, Failure)):
            run_here([*arguments, "name=ended"])
    ended = run_here([*arguments, "name=ended"])

    assert result(ended) == result(straight)
    assert history(ended) == history(straight)
    for name, tensor in weights(straight).items():
        torch.testing.assert_close(weights(ended)[name], tensor, rtol=0, atol=0)
