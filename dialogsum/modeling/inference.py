"""Lightning module for evaluation: the loss of each example, and generated summaries."""

from __future__ import annotations

from typing import Any

import pytorch_lightning as pl
from torch import Tensor, nn
from torch.nn import functional

from dialogsum.modeling.generation import Generated, Generator

Batch = dict[str, Any]


class InferenceModule(pl.LightningModule):
    """Evaluates a prepared or loaded model with Lightning's devices, precision and progress bar.

    Args:
        model: an encoder-decoder, adapted or not.
        generator: generates texts for a batch of sources.
    """

    def __init__(self, model: nn.Module, generator: Generator) -> None:
        super().__init__()
        self.model = model
        self.generator = generator

    def predict_step(self, batch: Batch, batch_idx: int, dataloader_idx: int = 0) -> list[Any]:
        """Return per example `(index, summed loss, label tokens)` (loader 0) or `Generated` (1)."""
        if dataloader_idx == 1:
            return self.generate(batch)
        columns = (batch["indices"], *self.losses(batch))
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def losses(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return per example the summed cross-entropy (fp32) and the number of label tokens."""
        inputs = {key: batch[key] for key in ("input_ids", "attention_mask", "labels")}
        return token_losses(self.model(**inputs).logits, batch["labels"])

    def generate(self, batch: Batch) -> list[Generated]:
        """Return `(index in the split, text, truncated)` for each source of the batch."""
        texts = self.generator(self.model, batch["input_ids"], batch["attention_mask"])
        return [(i, *text) for i, text in zip(batch["indices"].tolist(), texts, strict=True)]


def token_losses(logits: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Return per example the summed cross-entropy over label tokens (fp32) and their number.

    Args:
        logits: (batch, tokens, vocabulary), any float dtype.
        labels: (batch, tokens) int64 with -100 on padding.
    """
    losses = functional.cross_entropy(
        logits.float().transpose(1, 2), labels, ignore_index=-100, reduction="none"
    )
    return losses.sum(1), (labels != -100).sum(1)
