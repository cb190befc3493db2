"""The data of a run: loaded, tokenized, and handed out in batches."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytorch_lightning as pl
import torch

from dialogsum.data.batching import (
    Collator,
    StepCollator,
    epoch_steps,
    pack,
    resolve_tokens_per_batch,
)
from dialogsum.data.clean import Dialogue
from dialogsum.data.load import load_splits
from dialogsum.data.locate import SPLITS
from dialogsum.data.report import DataReport
from dialogsum.data.resumable_loader import Batches, EpochBatches
from dialogsum.data.token_cache import tokenize_splits
from dialogsum.data.tokenize import Tokenized

if TYPE_CHECKING:
    from omegaconf import DictConfig
    from transformers import PreTrainedTokenizerBase


class DialogueDataModule(pl.LightningDataModule):
    """Loaders over the splits of one data set.

    Args:
        cfg: a run's configuration; the order of training follows from its `seed`.
        tokenizer: the model's.
        splits: splits to tokenize; evaluation of the test split needs no other.
        read: splits to load (None: the same), because the content of a split may depend on the
            others: a single file is divided, and examples for prompts come from train.
        validation_examples: dialogues of validation to generate for, evenly spaced (None: all).

    Attributes:
        dialogues: the dialogues of each loaded split, after `prepare_splits`.
        tokenized: the examples of each tokenized split, after `prepare_splits`.
        report: counts of both.
    """

    def __init__(
        self,
        cfg: DictConfig,
        tokenizer: PreTrainedTokenizerBase,
        *,
        splits: Sequence[str] = SPLITS,
        read: Sequence[str] | None = None,
        validation_examples: int | None = None,
    ) -> None:
        super().__init__()
        # a rank may have no example of a small evaluation set
        self.allow_zero_length_dataloader_with_multiple_devices = True
        self.cfg = cfg
        self.tokenizer = tokenizer
        self.splits = tuple(splits)
        self.read = SPLITS if cfg.prompt.shots else tuple(read or splits)
        self.validation_examples = validation_examples
        self.num_workers = cfg.hardware.num_workers
        self.report = DataReport()
        self.dialogues: dict[str, list[Dialogue]] = {}
        self.tokenized: dict[str, Tokenized] = {}

    def prepare_splits(self) -> None:
        """Load and tokenize the splits; a second call does nothing.

        Raises:
            DataError: see `load_splits` and `tokenize_splits`.
        """
        if self.tokenized:
            return
        self.dialogues, self.report = load_splits(self.cfg.dataset, self.read)
        is_first_rank = self.rank_and_world_size[0] == 0
        if is_first_rank:
            self.report.log_cleaning()
        self.tokenized = tokenize_splits(
            self.dialogues,
            self.tokenizer,
            self.cfg.dataset,
            self.cfg.prompt,
            Path(self.cfg.cache_dir),
            self.splits,
        )
        self.report.tokens = {split: data.statistics() for split, data in self.tokenized.items()}
        if is_first_rank:
            self.report.log_truncation()

    def setup(self, stage: str) -> None:
        self.prepare_splits()

    @property
    def num_train_examples(self) -> int:
        return len(self.tokenized["train"])

    @property
    def steps_per_epoch(self) -> int:
        """Optimizer steps of an epoch; the last one may be smaller."""
        return -(-self.num_train_examples // self.cfg.batching.batch_size)

    def train_dataloader(self, whole: bool = False) -> EpochBatches:
        """Return a loader with one item of `StepCollator` per optimizer step; resumes exactly.

        With `whole`, every rank gets the complete steps instead of its share, for computations that
        must start equal everywhere.
        """
        data = self.tokenized["train"]
        plan = partial(
            epoch_steps,
            self.cfg.seed,
            lengths=data.source_lengths + data.target_lengths,
            batch_size=self.cfg.batching.batch_size,
            shuffle=self.cfg.batching.shuffle,
        )
        rank, world_size = (0, 1) if whole else self.rank_and_world_size
        collate = StepCollator(self._collator("train"), self.budget, rank, world_size)
        pin_memory = self.device_type == "cuda"
        return EpochBatches(plan, self.steps_per_epoch, collate, self.num_workers, pin_memory)

    def val_dataloader(self) -> list[Batches]:
        """Return the loader for the loss on all of validation, and the one to generate from."""
        count = len(self.dialogues["validation"])
        wanted = min(self.validation_examples or count, count)
        chosen = [i * count // wanted for i in range(wanted)]
        return [
            self.loss_dataloader("validation"),
            self.generation_dataloader("validation", chosen),
        ]

    def generation_dataloader(self, split: str, chosen: Sequence[int] | None = None) -> Batches:
        """Return a loader of `indices`, `input_ids` and `attention_mask`, longest first.

        Args:
            split: train, validation or test; of train, each dialogue occurs once.
            chosen: indices of dialogues (None: all). The ranks share them without repeating any;
                their numbers of batches may differ by one.
        """
        data = self.tokenized[split]
        _, first_examples = np.unique(data.dialogue, return_index=True)
        if chosen is not None:
            first_examples = first_examples[np.asarray(chosen, dtype=np.int64)]
        groups = pack(
            self._share_of_rank(first_examples, data),
            data.source_lengths,
            data.target_lengths,
            budget=None,
            max_examples=self.cfg.generation.batch_size,
        )
        return Batches(groups, self._collator(split).generation, self.num_workers)

    def loss_dataloader(self, split: str) -> Batches:
        """Return a loader of `indices`, `input_ids`, `attention_mask` and `labels`, longest first.

        The ranks share the examples without repeating any.
        """
        data = self.tokenized[split]
        groups = pack(
            self._share_of_rank(np.arange(len(data)), data),
            data.source_lengths,
            data.target_lengths,
            self.budget,
            self.multiple,
            max_examples=None if self.budget else self.cfg.batching.batch_size,
        )
        return Batches(groups, self._collator(split).loss, self.num_workers)

    def _share_of_rank(self, examples: np.ndarray, data: Tokenized) -> np.ndarray:
        """Return every world-size-th example of those sorted by length: equal work, none twice."""
        rank, world_size = self.rank_and_world_size
        by_length = examples[np.argsort(-data.source_lengths[examples], kind="stable")]
        return by_length[rank::world_size]

    def _collator(self, split: str) -> Collator:
        pad_token_id = self.tokenizer.pad_token_id
        if pad_token_id is None:
            raise ValueError(f"the tokenizer {self.tokenizer.name_or_path} has no padding token")
        return Collator(self.tokenized[split], pad_token_id, self.multiple)

    @property
    def rank_and_world_size(self) -> tuple[int, int]:
        """From the trainer if there is one, else from the launcher's environment."""
        if self.trainer is not None:
            return self.trainer.global_rank, self.trainer.world_size
        return int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))

    @property
    def device_type(self) -> str:
        if self.trainer is not None:
            return self.trainer.strategy.root_device.type
        return "cuda" if torch.cuda.is_available() else "cpu"

    @property
    def budget(self) -> int | None:
        """Padded tokens of a micro-batch; None: no limit."""
        return resolve_tokens_per_batch(self.cfg.batching.tokens_per_batch, self.device_type)

    @property
    def multiple(self) -> int:
        """Lengths are padded to multiples of 8 for tensor cores, and in bf16 on a CPU.

        A CPU compiles a bf16 kernel for each new shape: fewer shapes made training steps 9% faster.
        """
        bf16 = self.trainer is not None and str(self.trainer.precision).startswith("bf16")
        return 8 if bf16 or self.device_type == "cuda" else 1
