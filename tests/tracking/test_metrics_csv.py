"""metrics.csv: optimizer steps, and all axes in each row."""

from __future__ import annotations

import csv
from pathlib import Path

from dialogsum.tracking.loggers import MetricsCsv, read_history


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_rows_have_the_optimizer_step_and_every_axis(tmp_path: Path) -> None:
    """Lightning counts steps from 0: the checkpoint, the log and W&B have 10 where it has 9."""
    now = {"step": 10, "examples": 80, "tokens": 900, "seconds": 2.5}
    history = MetricsCsv(tmp_path / "metrics.csv", lambda: now)
    history.log_metrics({"train/loss": 3.0}, step=9)
    now = now | {"step": 13, "examples": 100, "tokens": 1200, "seconds": 3.5}
    history.log_metrics({"validation/rougeL": 0.2}, step=12)
    history.write()

    found = rows(tmp_path / "metrics.csv")

    assert [row["step"] for row in found] == ["10", "13"]
    assert [row["seconds"] for row in found] == ["2.5", "3.5"]
    assert [row["examples"] for row in found] == ["80", "100"]
    assert found[0]["validation/rougeL"] == "" and found[1]["train/loss"] == ""


def test_resuming_drops_rows_after_the_checkpoint(tmp_path: Path) -> None:
    step = 0
    history = MetricsCsv(tmp_path / "metrics.csv", lambda: {"step": step})
    for step in (5, 10, 15):
        history.log_metrics({"train/loss": float(step)})
    history.write()

    earlier = read_history(tmp_path / "metrics.csv", until=10)
    again = MetricsCsv(tmp_path / "metrics.csv", lambda: {"step": 20}, earlier)
    again.log_metrics({"train/loss": 20.0})
    again.write()

    assert [row["step"] for row in rows(tmp_path / "metrics.csv")] == ["5", "10", "20"]
