"""Exact resume, with a real Lightning trainer around a toy module."""

from __future__ import annotations

import warnings
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytorch_lightning as pl
import torch
from pytorch_lightning.callbacks import ModelCheckpoint

from dialogsum.data.batching import Collator, StepCollator, epoch_steps, pack
from dialogsum.data.resumable_loader import Batches, EpochBatches

from .conftest import tokenized

DATA = tokenized(42)
BATCH = 8  # 6 steps per epoch, the last of 2 examples
EPOCHS = 3
STEPS = 6


def train_loader(num_workers: int = 0, seed: int = 5) -> EpochBatches:
    lengths = DATA.source_lengths + DATA.target_lengths
    collate = StepCollator(Collator(DATA, 0), budget=150, rank=0, world_size=1)
    plan = partial(epoch_steps, seed, lengths=lengths, batch_size=BATCH)
    return EpochBatches(plan, STEPS, collate, num_workers)


def seen(step: dict[str, Any]) -> list[int]:
    """The examples of a step, in the order of its micro-batches."""
    return [int(i) for batch in step["micro_batches"] for i in batch["input_ids"][:, 0]]


class Data(pl.LightningDataModule):
    def __init__(self, num_workers: int) -> None:
        super().__init__()
        self.num_workers = num_workers

    def train_dataloader(self) -> EpochBatches:
        return train_loader(self.num_workers)

    def val_dataloader(self) -> Batches:
        lengths = DATA.source_lengths, DATA.target_lengths
        return Batches(pack(range(12), *lengths, budget=200), Collator(DATA, 0).loss)


class Toy(pl.LightningModule):
    """Adds up embeddings; dropout uses the global random state, as a real model would."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.embedding = torch.nn.Embedding(1100, 4)
        self.seen: list[tuple[int, list[int]]] = []
        self.automatic_optimization = False

    def training_step(self, batch: dict[str, Any], batch_index: int) -> None:
        optimizer = self.optimizers()
        optimizer.zero_grad()
        for micro in batch["micro_batches"]:
            loss = self.embedding(micro["input_ids"]).sum(1).square().sum()
            self.manual_backward(loss / batch["label_tokens"] / 1e3)
        optimizer.step()
        self.seen.append((self.current_epoch, seen(batch)))

    def validation_step(self, batch: dict[str, Any], batch_index: int) -> None:
        self.log("examples", float(len(batch["indices"])), batch_size=1)

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.AdamW(self.parameters(), lr=0.01)


class Crash(pl.Callback):
    """Fails at the start of a step, or at the end of an epoch's validation."""

    def __init__(self, step: int) -> None:
        self.step = step

    def on_train_batch_start(self, trainer: Any, module: Any, batch: Any, index: int) -> None:
        if trainer.global_step == self.step:
            raise RuntimeError("power cut")


def fit(
    folder: Path, workers: int, crash_at: int | None, checkpoint: ModelCheckpoint, resume: bool
) -> Toy:
    callbacks: list[pl.Callback] = [checkpoint]
    if crash_at is not None:
        callbacks.append(Crash(crash_at))
    trainer = pl.Trainer(
        accelerator="cpu",
        max_epochs=EPOCHS,
        callbacks=callbacks,
        logger=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        num_sanity_val_steps=2,
        default_root_dir=folder,
    )
    module = Toy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = folder / "last.ckpt" if resume else None
        trainer.fit(module, datamodule=Data(workers), ckpt_path=path)
    return module


def every_step(folder: Path) -> ModelCheckpoint:
    return ModelCheckpoint(
        folder, filename="last", every_n_train_steps=1, enable_version_counter=False
    )


def every_epoch(folder: Path) -> ModelCheckpoint:
    """After the epoch's validation."""
    return ModelCheckpoint(folder, filename="last", every_n_epochs=1, enable_version_counter=False)


def every_epoch_end(folder: Path) -> ModelCheckpoint:
    return ModelCheckpoint(
        folder,
        filename="last",
        every_n_epochs=1,
        save_on_train_epoch_end=True,
        enable_version_counter=False,
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    folder = tmp_path_factory.mktemp("whole")
    return fit(folder, 0, None, every_step(folder), resume=False)


@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.parametrize(
    ("crash_at", "checkpoint"),
    [
        (2, every_step),  # mid-epoch
        (5, every_step),  # before the last step
        (6, every_step),  # the checkpoint of an epoch's last step
        (7, every_step),
        (12, every_step),
        (15, every_step),
        (8, every_epoch),  # two steps are lost and repeated
        (6, every_epoch_end),
        (14, every_epoch_end),
    ],
)
def test_resumed_run_is_the_uninterrupted_one(
    whole: Toy, tmp_path: Path, workers: int, crash_at: int, checkpoint: Any
) -> None:
    with pytest.raises(RuntimeError, match="power cut"):
        fit(tmp_path, workers, crash_at, checkpoint(tmp_path), resume=False)
    resumed = fit(tmp_path, workers, None, checkpoint(tmp_path), resume=True)
    assert resumed.seen == whole.seen[len(whole.seen) - len(resumed.seen) :]
    assert len(resumed.seen) == EPOCHS * STEPS - (
        crash_at if checkpoint is every_step else crash_at // STEPS * STEPS
    )
    for name, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[name]), name


def test_each_epoch_has_every_example_once_in_another_order(whole: Toy) -> None:
    epochs = [[i for e, s in whole.seen if e == epoch for i in s] for epoch in range(EPOCHS)]
    for epoch in epochs:
        assert sorted(epoch) == [1000 + i for i in range(42)]
    assert epochs[0] != epochs[1] != epochs[2]
    assert [len(s) for e, s in whole.seen if e == 1] == [8, 8, 8, 8, 8, 2]


def test_the_global_random_state_is_not_touched() -> None:
    torch.manual_seed(7)
    before = torch.get_rng_state()
    loader = train_loader()
    list(loader)
    list(train_loader(num_workers=1))
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("position", range(STEPS + 1))
def test_state_without_a_trainer(position: int) -> None:
    loader = train_loader()
    stream = iter(loader)
    for _ in range(position):
        next(stream)
    state = loader.state_dict()
    other = train_loader(num_workers=1)
    other.load_state_dict(state)
    rest = [seen(step) for step in other]
    if position < STEPS:
        assert state == {"epoch": 0, "position": position}
        assert rest == [seen(step) for step in stream]
    else:
        assert state == {"epoch": 1, "position": 0}
        loader.set_epoch(1)
        assert rest == [seen(step) for step in loader]


def test_workers_prefetch_but_the_state_counts_what_was_handed_out() -> None:
    loader = train_loader(num_workers=2)
    next(iter(loader))
    assert loader.state_dict() == {"epoch": 0, "position": 1}
