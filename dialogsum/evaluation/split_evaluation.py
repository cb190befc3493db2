"""Evaluation of one split: from model and data to predictions, per-example scores and metrics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
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
from dialogsum.evaluation.scoring import (
    Example,
    Metric,
    mean_scores,
    prediction_rows,
    score_examples,
    summarize,
)
from dialogsum.evaluation.statistics import bootstrap_ratio
from dialogsum.evaluation.torchmetric import SummaryMetrics
from dialogsum.modeling.generation import Generated

Clock = Callable[[str], AbstractContextManager[None]]
"""Measures the time spent inside `with clock(phase):`."""

Loss = tuple[int, float, int]
"""Index in the split, summed cross-entropy in nats, number of label tokens."""


@dataclass(frozen=True)
class SplitEvaluation:
    """Predictions of one split and their scores, in the order of the split.

    Attributes:
        examples: one per dialogue.
        scores: name -> float64 (n,), NaN where undefined.
        metrics: name -> {value, ci_low, ci_high, n}.
    """

    examples: list[Example]
    scores: dict[str, np.ndarray]
    metrics: dict[str, dict[str, Any]]

    def write(self, path: Path) -> None:
        """Write one JSON row per dialogue: id, source, references, prediction, scores."""
        write_jsonl(path, prediction_rows(self.examples, self.scores))


def evaluate_split(
    trainer: pl.Trainer,
    module: pl.LightningModule,
    data: DialogueDataModule,
    split: str,
    metrics: Mapping[str, Metric],
    clock: Clock,
) -> SplitEvaluation:
    """Compute cross-entropy, generate and score one split; the result is equal on every rank.

    Args:
        module: an `InferenceModule`, whose `predict_step` returns `Loss` and `Generated` rows.
        split: train, validation or test.
        metrics: additional metrics by name.
        clock: measures `score`; the trainer's callbacks measure `validate` and `generate`.
    """
    data.trainer = trainer  # decides device and precision of the batches, as in `fit`
    loss_loader, generation_loader = (
        data.val_dataloader()  # generates for the subset that training monitored
        if split == "validation"
        else (data.loss_dataloader(split), data.generation_dataloader(split))
    )
    outputs = trainer.predict(module, dataloaders=[loss_loader, generation_loader]) or [[], []]
    losses, generated = (gather([row for batch in batches for row in batch]) for batches in outputs)
    with clock("score"):
        examples = to_examples(generated, data.dialogues[split])
        scores = score_examples(examples, metrics)
        summary = summarize(scores, groups=[example.group for example in examples])
        summary["cross_entropy"] = _cross_entropy(losses)
    return SplitEvaluation(examples, scores, summary)


def _cross_entropy(losses: Iterable[Loss]) -> dict[str, Any]:
    """Return the mean loss per label token; distributed samplers may have repeated examples."""
    distinct = {index: (loss, tokens) for index, loss, tokens in losses}
    table = np.array([row for _, row in sorted(distinct.items())])
    value, low, high = bootstrap_ratio(table[:, 0], table[:, 1]).tolist()
    return {"value": value, "ci_low": low, "ci_high": high, "n": len(table)}


class ValidationScorer:
    """Scores the outputs of one validation epoch over all ranks.

    Args:
        dialogues: the validation split; the generated indices refer to it.
        metrics: additional metrics by name.
        clock: measures `score`.
    """

    def __init__(
        self, dialogues: Sequence[Dialogue], metrics: Mapping[str, Metric], clock: Clock
    ) -> None:
        self.dialogues = dialogues
        self.summary = SummaryMetrics(metrics)
        self.clock = clock

    def __call__(self, generated: Sequence[Generated], device: torch.device) -> dict[str, float]:
        """Return the defined means, and `<name>_ci_low` and `<name>_ci_high` of the ROUGE metrics.

        Args:
            generated: outputs of this rank.
            device: where the ranks exchange scores. NCCL cannot send from the CPU (measured under
                `hardware=gpu_ddp`: "No backend type associated with device type cpu").
        """
        with self.clock("score"):
            self.summary.to(device).reset()
            indices = sorted({index for index, _, _ in generated})
            self.summary.update(indices, to_examples(generated, self.dialogues))
            with self.summary.sync_context():
                scores = self.summary.scores()
            means = mean_scores(scores)
            rouge = {n: np.asarray(v) for n, v in scores.items() if n.startswith("rouge")}
            intervals = summarize(rouge)
        metrics = {name: value for name, value in means.items() if not np.isnan(value)}
        for name, interval in intervals.items():
            for end in ("ci_low", "ci_high"):
                if interval[end] is not None:
                    metrics[f"{name}_{end}"] = interval[end]
        return metrics


def to_examples(generated: Iterable[Generated], dialogues: Sequence[Dialogue]) -> list[Example]:
    """Join generated texts with their dialogues in the order of the split, each index once."""
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
