"""metrics.csv: the history of a run, whatever other logger it has."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pytorch_lightning.loggers import Logger
from pytorch_lightning.utilities.rank_zero import rank_zero_only

from dialogsum.common.files import write_text


class MetricsCsv(Logger):
    """One row per optimizer step that logged something, one column per figure.

    Every row has the axes of `progress`, or a validation would have no time of its own. Steps are
    those of the checkpoints; Lightning's, one less, are not used. Lightning's own CSVLogger
    deletes the earlier rows when a run is resumed.

    Args:
        path: the file.
        progress: step, examples, tokens and seconds now.
        resumed_step: rows after this optimizer step belong to work that a kill has lost and are
            dropped; they will be written again.
    """

    FLUSH_EVERY = 50

    def __init__(
        self, path: Path, progress: Callable[[], Mapping[str, float]], resumed_step: int = 0
    ) -> None:
        super().__init__()
        self.path = path
        self.progress = progress
        self.rows: dict[int, dict[str, Any]] = {}
        if resumed_step and path.exists():
            with path.open(newline="") as file:
                rows = [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]
            self.rows = {int(r["step"]): r for r in rows if int(r["step"]) <= resumed_step}
        self._unsaved = 0

    @property
    def name(self) -> str:
        return "metrics"

    @property
    def version(self) -> str:
        return ""

    @rank_zero_only
    def log_hyperparams(self, params: dict[str, Any] | Namespace, *_: Any, **__: Any) -> None:
        """Nothing: config.yaml holds them."""

    @rank_zero_only
    def log_metrics(self, metrics: dict[str, float], step: int | None = None) -> None:
        axes = dict(self.progress())
        step = axes["step"] = int(axes["step"])
        self.rows.setdefault(step, {}).update(metrics | axes)
        self._unsaved += 1
        if self._unsaved >= self.FLUSH_EVERY:
            self.write()

    @rank_zero_only
    def save(self) -> None:
        """Lightning calls this after each logging step; the file is written in `write`."""

    @rank_zero_only
    def finalize(self, status: str) -> None:
        self.write()

    def write_after_next(self) -> None:
        """Write once more with the next row: that of the step at which a checkpoint was saved."""
        self._unsaved = self.FLUSH_EVERY

    def write(self) -> None:
        """Replace the file. Columns: step, epoch, then by name."""
        if not self.rows:
            return
        names = {name for row in self.rows.values() for name in row}
        columns = [c for c in ("step", "epoch") if c in names] + sorted(names - {"step", "epoch"})
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, columns)
        writer.writeheader()
        writer.writerows(row for _, row in sorted(self.rows.items()))
        write_text(self.path, buffer.getvalue())
        self._unsaved = 0
