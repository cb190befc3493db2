"""The summary metrics as a `torchmetrics.Metric`, correct under DDP."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torchmetrics import Metric as TorchMetric
from torchmetrics.utilities import dim_zero_cat

from dialogsum.evaluation.scoring import (
    Example,
    Metric,
    mean_scores,
    score_with_best,
    without_best,
)


class SummaryMetrics(TorchMetric):
    """Means of all summary metrics over the distinct examples of all processes.

    An example is identified by its index in the split. Distributed samplers repeat examples to
    even out the shards; each index counts once, and the result is bitwise equal for every number
    of processes and every sharding.

    Each process scores its own examples. The state is text (JSON lines as bytes), so one code path
    serves every backend, sharding and additional metric, and processes without examples.

        metric.update(batch.indices, examples)
        metric.compute()   # {"rouge1": tensor(0.31, dtype=float64), ...}

    Args:
        metrics: additional metrics by name, as in `score_examples`.
        **kwargs: arguments of `torchmetrics.Metric`.
    """

    full_state_update = False
    higher_is_better = None  # several metrics; see `dialogsum.common.metric_catalog`
    is_differentiable = False

    rows: list[Tensor]

    def __init__(self, metrics: Mapping[str, Metric] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.metrics = dict(metrics or {})
        # uint8 tensors of JSON lines: [index, number of references, {metric: value}].
        # Floats written as JSON read back exactly, NaN included.
        self.add_state("rows", default=[], dist_reduce_fx="cat")

    def update(self, indices: Tensor | Sequence[int], examples: Sequence[Example]) -> None:
        """Score examples and keep their scores.

        Args:
            indices: int (b,), positions of the examples in the split.
            examples: b examples in the same order.

        Raises:
            ValueError: indices and examples differ in number.
        """
        keys = [int(index) for index in indices]
        if len(keys) != len(examples):
            raise ValueError(f"{len(keys)} indices for {len(examples)} examples")
        if not keys:
            return
        scores = score_with_best(examples, self.metrics)
        table = np.column_stack(list(scores.values())).tolist()
        lines = [
            json.dumps([key, len(example.references), dict(zip(scores, row, strict=True))])
            for key, example, row in zip(keys, examples, table, strict=True)
        ]
        text = "".join(f"{line}\n" for line in lines)
        encoded = torch.frombuffer(bytearray(text, "utf-8"), dtype=torch.uint8)
        self.rows.append(encoded.to(self.device))

    def compute(self) -> dict[str, Tensor]:
        """Return {name: float64 scalar} with the names of `score_examples`; NaN if undefined."""
        # MPS has no float64.
        dtype = torch.float32 if self.device.type == "mps" else torch.float64
        return {
            name: torch.tensor(value, dtype=dtype, device=self.device)
            for name, value in mean_scores(self.scores()).items()
        }

    def scores(self) -> dict[str, list[float]]:
        """Return the scores of this process, or of all within `compute` or `sync_context`.

        Returns:
            name -> one value per distinct example, ordered by index.
        """
        rows = _distinct_rows(self.rows)
        names = dict.fromkeys(name for _, row in rows for name in row)
        scores = {name: [row.get(name, float("nan")) for _, row in rows] for name in names}
        several = any(references > 1 for references, _ in rows)
        return scores if several else without_best(scores)

    def sync(self, *args: Any, **kwargs: Any) -> None:
        """Exchange the rows of all processes; see `torchmetrics.Metric.sync`."""
        # torchmetrics sends float32 for an empty list, which the other ranks do not expect.
        if not self.rows:
            self.rows.append(torch.empty(0, dtype=torch.uint8, device=self.device))
        super().sync(*args, **kwargs)


def _distinct_rows(encoded: list[Tensor] | Tensor) -> list[tuple[int, dict[str, float]]]:
    """Decode (number of references, scores) per example, ordered by index.

    A repeated example may have been decoded in another batch with a slightly different output.
    The line that sorts first is used, so that the result does not depend on the process order.
    """
    if isinstance(encoded, list) and not encoded:
        return []
    text = dim_zero_cat(encoded).cpu().numpy().tobytes().decode("utf-8")
    by_index: dict[int, tuple[int, dict[str, float]]] = {}
    for line in sorted(text.splitlines()):
        index, references, scores = json.loads(line)
        by_index.setdefault(index, (references, scores))
    return [by_index[index] for index in sorted(by_index)]
