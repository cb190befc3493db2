"""The metrics as a `torchmetrics.Metric`, right under DDP.

Each process scores its own share; what it has to say travels as text, so that any backend, any
sharding and any metric a user plugs in are one case: a process without examples included.
"""

import json
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor
from torchmetrics import Metric as TorchMetric
from torchmetrics.utilities import dim_zero_cat

from dialogsum.evaluation.scoring import (
    BEST_NAMES,
    Example,
    Metric,
    mean_scores,
    score_all,
)


class SummaryMetrics(TorchMetric):
    """Means of all summary metrics over the distinct examples of all processes.

    An example is known by its index in the data set. Distributed samplers repeat examples to
    make the shards even; each index counts once, and the result is the same number, to the last
    bit, for every number of processes and every sharding.

        metric.update(batch.indices, examples)
        metric.compute()   # {"rouge1": tensor(0.31, dtype=float64), ...}

    Args:
        metrics: further metrics by name, as for `score_examples`.
        **kwargs: of `torchmetrics.Metric`.
    """

    full_state_update = False
    higher_is_better = None  # it holds several; see `catalogue`
    is_differentiable = False

    rows: list[Tensor]

    def __init__(self, metrics: Mapping[str, Metric] | None = None, **kwargs) -> None:
        super().__init__(**kwargs)
        self.metrics = dict(metrics or {})
        # uint8 tensors: lines of JSON, [index, number of references, {metric: value}].
        # Floats written as JSON read back exactly, NaN included.
        self.add_state("rows", default=[], dist_reduce_fx="cat")

    def update(self, indices: Tensor | Sequence[int], examples: Sequence[Example]) -> None:
        """Score some examples and keep their scores.

        Args:
            indices: int (b,), the examples' places in the data set.
            examples: as many, in that order.

        Raises:
            ValueError: indices and examples differ in number.
        """
        keys = [int(index) for index in indices]
        if len(keys) != len(examples):
            raise ValueError(f"{len(keys)} indices for {len(examples)} examples")
        if not keys:
            return
        scores = score_all(examples, self.metrics)
        table = np.column_stack(list(scores.values())).tolist()
        lines = [
            json.dumps([key, len(example.references), dict(zip(scores, row, strict=True))])
            for key, example, row in zip(keys, examples, table, strict=True)
        ]
        self.rows.append(_encode("".join(f"{line}\n" for line in lines), self.device))

    def compute(self) -> dict[str, Tensor]:
        """Return {name: float64 scalar} with the names of `score_examples`; NaN where undefined."""
        table = self.scores()
        # Float64 does not exist on MPS.
        dtype = torch.float32 if self.device.type == "mps" else torch.float64
        return {
            name: torch.tensor(value, dtype=dtype, device=self.device)
            for name, value in mean_scores(table).items()
        }

    def scores(self) -> dict[str, list[float]]:
        """Return the kept scores of this process, or of all within `compute` or `sync_context`.

        Returns:
            name -> one value per distinct example, ordered by index.
        """
        rows = _distinct(_decode(self.rows))
        names = list(dict.fromkeys(name for _, row in rows for name in row))
        if all(references == 1 for references, _ in rows):
            names = [name for name in names if name not in BEST_NAMES]
        return {name: [row.get(name, float("nan")) for _, row in rows] for name in names}

    def _sync_dist(self, *args, **kwargs) -> None:
        # For an empty list torchmetrics would send floats, which the other ranks do not expect.
        if not self.rows:
            self.rows.append(torch.empty(0, dtype=torch.uint8, device=self.device))
        super()._sync_dist(*args, **kwargs)


def _distinct(text: str) -> list[tuple[int, dict[str, float]]]:
    """Rows ordered by index, each index once.

    A repeated example could have been decoded in another batch and come out a little different;
    the line that sorts first stands, whichever process it came from.
    """
    kept: dict[int, str] = {}
    for line in sorted(text.splitlines(), reverse=True):
        kept[json.loads(line)[0]] = line
    return [tuple(json.loads(kept[index])[1:]) for index in sorted(kept)]


def _encode(text: str, device: torch.device) -> Tensor:
    return torch.frombuffer(bytearray(text, "utf-8"), dtype=torch.uint8).to(device)


def _decode(rows: list[Tensor] | Tensor) -> str:
    if isinstance(rows, list) and not rows:
        return ""
    return dim_zero_cat(rows).cpu().numpy().tobytes().decode("utf-8")
