"""metrics.csv: the history of a run as a Lightning logger."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pytorch_lightning.loggers import Logger
from pytorch_lightning.utilities.rank_zero import rank_zero_only

from dialogsum.common.files import write_text

log = logging.getLogger(__name__)

Row = dict[str, Any]
Progress = Callable[[], Mapping[str, float]]


class MetricsCsv(Logger):
    """The history of a run: one row per optimizer step that logged something, a column per metric.

    Each row has the axes of `progress`: a validation has a time, too. Steps are optimizer steps, as
    in checkpoints; Lightning's are one less. Lightning's CSVLogger deletes the earlier rows when a
    run is resumed.

    Args:
        path: the file.
        progress: current step, examples, tokens and seconds.
        rows: of the checkpoint that the run continues from. Later ones, which the file may have,
            belong to lost work, and the resumed run logs them again.
    """

    FLUSH_EVERY = 50

    def __init__(self, path: Path, progress: Progress, rows: Iterable[Row] = ()) -> None:
        super().__init__()
        self.path = path
        self.progress = progress
        self.rows: dict[int, Row] = {int(row["step"]): dict(row) for row in rows}
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

    def ordered_rows(self) -> list[Row]:
        """Return all rows by step."""
        return [row for _, row in sorted(self.rows.items())]

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
        writer.writerows(self.ordered_rows())
        write_text(self.path, buffer.getvalue())
        self._unsaved = 0


def read_history(path: Path, until: int) -> list[Row]:
    """Return the rows of a file up to an optimizer step; none of a missing or damaged file."""
    if not path.exists():
        return []
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = [{k: _number(v) for k, v in row.items() if v} for row in csv.DictReader(file)]
        return [row for row in rows if row["step"] <= until]
    except (ValueError, TypeError, KeyError, csv.Error):
        log.warning("%s: damaged; its rows before step %d are lost", path, until)
        return []


def _number(text: str) -> float:
    return int(text) if text.isdecimal() else float(text)
