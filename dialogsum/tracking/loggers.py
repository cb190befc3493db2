"""metrics.csv: the history of a run as a Lightning logger."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pytorch_lightning.loggers import Logger
from pytorch_lightning.utilities.rank_zero import rank_zero_only

from dialogsum.common.files import write_text

log = logging.getLogger(__name__)

Progress = Callable[[], Mapping[str, float]]


class MetricsCsv(Logger):
    """The history of a run: one row per optimizer step that logged something, a column per metric.

    Each row has the axes of `progress`: a validation has a time, too. Steps are optimizer steps, as
    in checkpoints; Lightning's are one less. Lightning's CSVLogger deletes the earlier rows when a
    run is resumed.

    Args:
        path: the file.
        progress: current step, examples, tokens and seconds.
        resumed_step: rows after this optimizer step are dropped: a kill has lost that work, and
            the resumed run logs it again.
        history: rows from the checkpoint, which replace those of a lost or damaged file.
    """

    FLUSH_EVERY = 50

    def __init__(
        self,
        path: Path,
        progress: Progress,
        resumed_step: int = 0,
        history: Mapping[int, dict[str, Any]] | None = None,
    ) -> None:
        super().__init__()
        self.path = path
        self.progress = progress
        self.rows: dict[int, dict[str, Any]] = {}
        if resumed_step and path.exists():
            try:
                with path.open(newline="", encoding="utf-8") as file:
                    rows = [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]
                self.rows = {int(r["step"]): r for r in rows if int(r["step"]) <= resumed_step}
            except (ValueError, TypeError, KeyError, csv.Error):
                log.warning("%s: damaged; its rows are those of the checkpoint", path)
        if history:
            # A step is logged after its checkpoint: the rest of its row is in the file alone.
            last = self.rows.get(resumed_step, {}) | history.get(resumed_step, {})
            self.rows = {**history, resumed_step: last} if last else dict(history)
        self._unsaved = 0

    @property
    def name(self) -> str:
        return "metrics"

    @property
    def version(self) -> str:
        return ""

    def log_hyperparams(self, params: Any, *_: Any, **__: Any) -> None:
        """Do nothing: config.yaml has them."""

    @rank_zero_only
    def log_metrics(self, metrics: dict[str, float], step: int | None = None) -> None:
        axes = dict(self.progress())
        step = axes["step"] = int(axes["step"])
        self.rows.setdefault(step, {}).update(metrics | axes)
        self._unsaved += 1
        if self._unsaved >= self.FLUSH_EVERY:
            self.write()

    def finalize(self, status: str) -> None:
        self.write()

    def write_with_next(self) -> None:
        """Write now, and again with the next row: that of the step whose checkpoint was saved.

        Lightning logs a step after its callbacks, hence after the checkpoint.
        """
        self.write()
        self._unsaved = self.FLUSH_EVERY

    @rank_zero_only
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
