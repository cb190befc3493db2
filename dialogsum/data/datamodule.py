"""The data of a run: read, cleaned, tokenised, and handed out in batches."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytorch_lightning as pl
import torch

from dialogsum.config.schema import BatchingConfig, DatasetConfig, PromptConfig
from dialogsum.data.batch import Collator, StepCollator, pack, resolve_tokens_per_batch, steps
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

log = logging.getLogger(__name__)


class DialogueDataModule(pl.LightningDataModule):
    """Loaders over the splits of one data set.

    `seed` decides the order of training. `splits` are the ones that are needed: evaluation of the
    test split alone tokenises that alone; `read` (None: the same) are read, because what a split
    holds may depend on the others. `validation_examples` dialogues of validation, evenly spaced,
    are generated each epoch (None: all).
    """

    def __init__(
        self,
        dataset: DatasetConfig,
        prompt: PromptConfig,
        batching: BatchingConfig,
        tokenizer: PreTrainedTokenizerBase,
        *,
        seed: int,
        cache_dir: Path,
        num_workers: int = 0,
        generation_batch_size: int = 16,
        validation_examples: int | None = None,
        splits: Sequence[str] = SPLITS,
        read: Sequence[str] | None = None,
    ) -> None:
        super().__init__()
        # a rank may have no example of a small evaluation set
        self.allow_zero_length_dataloader_with_multiple_devices = True
        self.dataset = dataset
        self.prompt = prompt
        self.batching = batching
        self.tokenizer = tokenizer
        self.seed = seed
        self.cache_dir = Path(cache_dir).expanduser()
        self.num_workers = num_workers
        self.generation_batch_size = generation_batch_size
        self.validation_examples = validation_examples
        self.splits = tuple(splits)
        # Examples come from train, without what the other splits have: the same for all of them.
        self.read = SPLITS if prompt.shots else tuple(read or splits)
        self.report = DataReport()
        self.dialogues: dict[str, list[Dialogue]] = {}
        self.tokenized: dict[str, Tokenized] = {}

    @classmethod
    def prepared(
        cls,
        cfg: DictConfig,
        tokenizer: PreTrainedTokenizerBase,
        splits: Sequence[str] = SPLITS,
        validation_examples: int | None = None,
        read: Sequence[str] | None = None,
    ) -> DialogueDataModule:
        """The data of a run's configuration, read, cleaned and tokenised."""
        data = cls(
            cfg.dataset,
            cfg.prompt,
            cfg.batching,
            tokenizer,
            seed=cfg.seed,
            cache_dir=Path(cfg.cache_dir),
            num_workers=cfg.hardware.num_workers,
            generation_batch_size=cfg.generation.batch_size,
            validation_examples=validation_examples,
            splits=splits,
            read=read,
        )
        data.prepare_splits()
        return data

    def prepare_splits(self) -> None:
        """Reads, cleans and tokenises (tokens from the cache if there); a second call is free."""
        if self.tokenized:
            return
        self.dialogues, self.report = load_splits(self.dataset, self.read)
        first_rank = self.rank_and_world_size[0] == 0
        if first_rank:
            self.report.log_cleaning()
        self.tokenized = tokenize_splits(
            self.dialogues, self.tokenizer, self.dataset, self.prompt, self.cache_dir, self.splits
        )
        for split, tokenized in self.tokenized.items():
            self.report.add_tokens(split, tokenized.statistics())
        if first_rank:
            self.report.log_tokens()

    def setup(self, stage: str) -> None:
        self.prepare_splits()

    @property
    def num_train_examples(self) -> int:
        return len(self.tokenized["train"])

    @property
    def steps_per_epoch(self) -> int:
        """Optimizer steps; the last one may be smaller."""
        return -(-self.num_train_examples // self.batching.batch_size)

    def train_dataloader(self, whole: bool = False) -> EpochBatches:
        """One item per optimizer step: see `StepCollator`. Resumes exactly.

        `whole` gives every process the whole step, for what they must all start from.
        """
        data = self.tokenized["train"]
        plan = partial(
            steps,
            self.seed,
            lengths=data.source_lengths + data.target_lengths,
            batch_size=self.batching.batch_size,
            shuffle=self.batching.shuffle,
        )
        place = (0, 1) if whole else self.rank_and_world_size
        collate = StepCollator(self.collator("train"), self.budget, *place)
        return EpochBatches(
            plan, self.steps_per_epoch, collate, self.num_workers, self.device_type == "cuda"
        )

    def val_dataloader(self) -> list[Batches]:
        """The loss over all of validation, then the dialogues to generate for."""
        count = len(self.dialogues["validation"])
        wanted = min(self.validation_examples or count, count)
        chosen = [i * count // wanted for i in range(wanted)]
        return [
            self.loss_dataloader("validation"),
            self.generation_dataloader("validation", chosen),
        ]

    def generation_dataloader(self, split: str, chosen: Sequence[int] | None = None) -> Batches:
        """`indices`, `input_ids`, `attention_mask`; longest first; of train each dialogue once.

        `chosen` are numbers of dialogues (None: all). The ranks share them without repeating any;
        their numbers of batches may differ by one.
        """
        data = self.tokenized[split]
        _, firsts = np.unique(data.dialogue, return_index=True)  # of train: one per dialogue
        examples = firsts if chosen is None else firsts[np.asarray(chosen, dtype=np.int64)]
        groups = pack(
            self.of_this_rank(examples, data),
            data.source_lengths,
            data.target_lengths,
            budget=None,
            most=self.generation_batch_size,
        )
        return Batches(groups, self.collator(split).generation, self.num_workers)

    def loss_dataloader(self, split: str) -> Batches:
        """`indices`, `input_ids`, `attention_mask`, `labels`; longest first; split over ranks."""
        data = self.tokenized[split]
        groups = pack(
            self.of_this_rank(np.arange(len(data)), data),
            data.source_lengths,
            data.target_lengths,
            self.budget,
            self.multiple,
            most=None if self.budget else self.batching.batch_size,
        )
        return Batches(groups, self.collator(split).loss, self.num_workers)

    def of_this_rank(self, examples: np.ndarray, data: Tokenized) -> np.ndarray:
        """Every world-size-th example of those sorted by length: equal work, none twice."""
        rank, world_size = self.rank_and_world_size
        ranked = examples[np.argsort(-data.source_lengths[examples], kind="stable")]
        return ranked[rank::world_size]

    def collator(self, split: str) -> Collator:
        pad_token_id = self.tokenizer.pad_token_id
        if pad_token_id is None:
            raise ValueError(f"the tokenizer {self.tokenizer.name_or_path} has no padding token")
        return Collator(self.tokenized[split], pad_token_id, self.multiple)

    @property
    def rank_and_world_size(self) -> tuple[int, int]:
        """Of the trainer when there is one, else as the launcher says."""
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
        return resolve_tokens_per_batch(self.batching.tokens_per_batch, self.device_type)

    @property
    def multiple(self) -> int:
        """Lengths are padded to multiples of 8 for tensor cores, and in bf16 on a CPU.

        There a kernel is made for each new shape: fewer shapes made training steps 9% faster.
        """
        bf16 = self.trainer is not None and str(self.trainer.precision).startswith("bf16")
        return 8 if bf16 or self.device_type == "cuda" else 1
