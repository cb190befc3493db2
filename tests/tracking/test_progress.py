"""Log lines of generation, under a real trainer without a progress bar."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
import pytorch_lightning as pl
import torch

from dialogsum.data.resumable_loader import Batches
from dialogsum.tracking.progress import LogLines


class Silent(pl.LightningModule):
    """Does nothing with its batches."""

    def predict_step(self, *_: Any) -> list[Any]:
        return []

    def validation_step(self, *_: Any) -> None:
        return None


def collate(group: list[int]) -> dict[str, torch.Tensor]:
    return {"input_ids": torch.zeros(len(group), 5)}


def generated(
    phase: str, lines: LogLines, folder: Path, caplog: pytest.LogCaptureFixture
) -> list[str]:
    """Run a phase over a loss loader and a generating loader of 5 dialogues; return the lines."""
    caplog.set_level(logging.INFO, logger="dialogsum.tracking.progress")
    trainer = pl.Trainer(
        accelerator="cpu",
        logger=False,
        callbacks=[lines],
        enable_progress_bar=False,
        enable_checkpointing=False,
        enable_model_summary=False,
        default_root_dir=folder,
    )
    loaders = [Batches([[0, 1]], collate), Batches([[0, 1], [2, 3], [4]], collate)]
    getattr(trainer, phase)(Silent(), loaders)
    own = "dialogsum.tracking.progress"
    return [record.getMessage() for record in caplog.records if record.name == own]


@pytest.mark.parametrize(("phase", "split"), [("predict", "test"), ("validate", "validation")])
def test_generation_reports_dialogues_and_remaining_time(
    phase: str, split: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lines = generated(phase, LogLines(seconds=0, split="test"), tmp_path, caplog)

    counts = [line.split(" dialogues")[0] for line in lines]
    assert counts == [f"{split}: 2/5", f"{split}: 4/5", f"{split}: 5/5"]
    assert all("left" in line for line in lines)


def test_short_generation_reports_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert generated("predict", LogLines(), tmp_path, caplog) == []
