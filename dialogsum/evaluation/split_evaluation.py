"""From a model and a split to predictions, per-example scores and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytorch_lightning as pl
import torch

from dialogsum.common.distributed import gather
from dialogsum.common.files import write_jsonl
from dialogsum.data.clean import Dialogue
from dialogsum.data.datamodule import DialogueDataModule
from dialogsum.evaluation.scoring import Example, prediction_rows, score_examples, summarize
from dialogsum.evaluation.torchmetric import SummaryMetrics
from dialogsum.modeling.generation import Generated
from dialogsum.tracking.meters import Clocks

# (index in the split, summed loss, label tokens)
Loss = tuple[int, float, int]


@dataclass(frozen=True)
class SplitEvaluation:
    """Predictions of one split, in the order of the split, and their scores.

    Attributes:
        examples: one per dialogue.
        scores: name -> float64 (n,), NaN where undefined.
        figures: name -> {value, ci_low, ci_high, n}.
    """

    examples: list[Example]
    scores: dict[str, np.ndarray]
    figures: dict[str, dict[str, Any]]

    def write(self, path: Path) -> None:
        """One row per dialogue: id, source, references, prediction, scores."""
        write_jsonl(path, prediction_rows(self.examples, self.scores))


def evaluate_split(
    trainer: pl.Trainer,
    module: pl.LightningModule,
    data: DialogueDataModule,
    split: str,
    metrics: Mapping[str, Any],
    clocks: Clocks,
) -> SplitEvaluation:
    """Cross-entropy, generation and scores of one split; the same on every rank.

    Args:
        metrics: metrics beside the built-in ones.
        clocks: fed with `score`, and by the trainer's callbacks with `validate` and `generate`.
    """
    data.trainer = trainer  # whose device and precision the batches fit; fit does it as well
    loss_loader, generation_loader = (
        data.val_dataloader()  # generates the subset that training watched
        if split == "validation"
        else (data.loss_dataloader(split), data.generation_dataloader(split))
    )
    outputs = trainer.predict(module, dataloaders=[loss_loader, generation_loader]) or [[], []]
    losses, generated = (gather([row for batch in batches for row in batch]) for batches in outputs)
    with clocks("score"):
        examples = to_examples(generated, data.dialogues[split])
        scores = score_examples(examples, metrics)
        figures = summarize(scores, groups=[example.group for example in examples])
        figures["cross_entropy"] = _cross_entropy(losses)
    return SplitEvaluation(examples, scores, figures)


def _cross_entropy(losses: list[Loss], resamples: int = 2000) -> dict[str, Any]:
    """Mean loss per label token with a 95% percentile bootstrap interval over examples."""
    sums = np.array([row for _, row in sorted({i: (s, c) for i, s, c in losses}.items())])
    n = len(sums)
    weights = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=resamples)
    totals = weights @ sums
    low, high = np.percentile(totals[:, 0] / totals[:, 1], [2.5, 97.5])
    value = sums[:, 0].sum() / sums[:, 1].sum()
    return {"value": float(value), "ci_low": float(low), "ci_high": float(high), "n": n}


class ValidationScorer:
    """Scores what one validation epoch generated, over all ranks.

    Args:
        dialogues: the validation split, which the generated indices point into.
        metrics: metrics beside the built-in ones.
        clocks: fed with `score`.
    """

    def __init__(
        self, dialogues: Sequence[Dialogue], metrics: Mapping[str, Any], clocks: Clocks
    ) -> None:
        self.dialogues = dialogues
        self.summary = SummaryMetrics(metrics)
        self.clocks = clocks

    def __call__(self, generated: Sequence[Generated], device: torch.device) -> dict[str, float]:
        """Means, and the ends of ROUGE's intervals; what no dialogue defines is left out.

        `device` is where the ranks meet: between GPUs nothing travels from the CPU (measured under
        `hardware=gpu_ddp`: "No backend type associated with device type cpu").
        """
        with self.clocks("score"):
            self.summary.to(device).reset()
            indices = sorted({index for index, _, _ in generated})
            self.summary.update(indices, to_examples(generated, self.dialogues))
            means = self.summary.compute()
            with self.summary.sync_context():
                scores = self.summary.scores()
            rouge = {n: np.asarray(v) for n, v in scores.items() if n.startswith("rouge")}
            intervals = summarize(rouge)
        figures = {name: float(value) for name, value in means.items() if not value.isnan()}
        for name, figure in intervals.items():
            for end in ("ci_low", "ci_high"):
                if figure[end] is not None:
                    figures[f"{name}_{end}"] = figure[end]
        return figures


def to_examples(generated: Iterable[Generated], dialogues: Sequence[Dialogue]) -> list[Example]:
    """Join generated texts with their dialogues, in the order of the split, each index once."""
    by_index = {index: (text, truncated) for index, text, truncated in generated}
    return [
        Example(
            id=dialogues[index].id,
            dialogue=dialogues[index].dialogue,
            references=dialogues[index].references,
            prediction=text,
            truncated=truncated,
            group=dialogues[index].group,
        )
        for index, (text, truncated) in sorted(by_index.items())
    ]
