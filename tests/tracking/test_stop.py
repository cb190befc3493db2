"""The clean stop after a signal, within Lightning's own loops."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
import pytorch_lightning as pl
from pytorch_lightning.demos.boring_classes import BoringModel

from dialogsum.common.errors import Interrupted
from dialogsum.tracking.callbacks import Checkpoints, CleanStop
from dialogsum.tracking.meters import Clocks


@pytest.mark.parametrize("hook", ["on_train_batch_start", "on_validation_start"])
def test_sigterm_reaches_only_the_clean_stop(tmp_path: Path, hook: str) -> None:
    """Lightning's handler would broadcast from within the signal handler: two ranks hang."""

    class Signal(pl.Callback):
        pass

    setattr(Signal, hook, lambda self, *_: os.kill(os.getpid(), signal.SIGTERM))
    checkpoints = Checkpoints(tmp_path, "x", True, None, Clocks())
    stop = CleanStop(checkpoints)
    trainer = pl.Trainer(
        accelerator="cpu",
        callbacks=[checkpoints, stop, Signal()],
        max_epochs=1,
        limit_train_batches=3,
        limit_val_batches=2,
        num_sanity_val_steps=0,
        default_root_dir=tmp_path,
        logger=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(Interrupted, match="SIGTERM"), stop:
        trainer.fit(BoringModel())
    assert not trainer.received_sigterm
    assert signal.getsignal(signal.SIGTERM) == before
    assert checkpoints.last.exists()
