"""Tests of how the Trainer is set up."""

from __future__ import annotations

from types import SimpleNamespace

from pytorch_lightning.callbacks import RichProgressBar

from dialogsum.modeling.trainer import EpochBar


def test_epoch_bar_counts_from_one() -> None:
    """Guards the private method of Lightning that is overridden."""
    assert "_get_train_description" in vars(RichProgressBar)
    bar = EpochBar()
    bar._trainer = SimpleNamespace(max_epochs=3)
    assert bar._get_train_description(0).startswith("Epoch 1/3")
