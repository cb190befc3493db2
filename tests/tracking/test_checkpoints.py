"""The best checkpoint, where the monitored metric has no value in some validations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import pytorch_lightning as pl
import torch
from pytorch_lightning.demos.boring_classes import BoringModel

from dialogsum.tracking.callbacks import Checkpoints
from dialogsum.tracking.meters import Clocks

NAN = float("nan")


@pytest.mark.parametrize(
    ("values", "best"),
    [
        ([None, None], (None, 4)),
        ([NAN, 3.0, NAN], (3.0, 4)),
        ([3.0, NAN, 2.0, 5.0], (2.0, 6)),
    ],
)
def test_validation_without_the_monitored_metric(
    tmp_path: Path, values: list[float | None], best: tuple[float | None, int]
) -> None:
    class Model(BoringModel):
        def on_validation_epoch_end(self) -> None:
            value = values[self.current_epoch]
            if value is not None:
                self.log("validation/x", torch.tensor(value))

    checkpoints = Checkpoints(tmp_path, "x", True, None, Clocks())
    settings: dict[str, Any] = {"limit_train_batches": 2, "limit_val_batches": 1}
    trainer = pl.Trainer(
        accelerator="cpu",
        callbacks=[checkpoints],
        max_epochs=len(values),
        num_sanity_val_steps=0,
        default_root_dir=tmp_path,
        logger=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        **settings,
    )
    trainer.fit(Model())
    assert (checkpoints.best_value, checkpoints.best_step) == best
    assert torch.load(checkpoints.best, weights_only=True)["global_step"] == best[1]
