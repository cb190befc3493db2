"""Tests of how the Trainer is set up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from omegaconf import OmegaConf
from pytorch_lightning.callbacks import RichProgressBar

from dialogsum.common.errors import UserError
from dialogsum.modeling.trainer import EpochBar, total_steps


def test_epoch_bar_counts_from_one() -> None:
    """Guards the private method of Lightning that is overridden."""
    assert "_get_train_description" in vars(RichProgressBar)
    bar = EpochBar()
    bar._trainer = SimpleNamespace(max_epochs=3)
    assert bar._get_train_description(0).startswith("Epoch 1/3")


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"limit_train_batches": 0.001}, "trainer.limit_train_batches"),
        ({"val_check_interval": 11}, "trainer.val_check_interval"),
        ({"val_check_interval": 5, "limit_train_batches": 4}, "trainer.val_check_interval"),
    ],
)
def test_epoch_too_short_for_its_settings_is_refused(settings: dict[str, Any], key: str) -> None:
    with pytest.raises(UserError, match=key):
        total_steps(OmegaConf.create({"trainer": settings | {"max_epochs": 2}}), 10)


def test_interval_of_validations_may_span_epochs() -> None:
    settings = {"max_epochs": 2, "val_check_interval": 11, "check_val_every_n_epoch": None}
    assert total_steps(OmegaConf.create({"trainer": settings}), 10) == 20
