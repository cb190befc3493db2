"""The comparison of a sweep as a W&B run of its own, in the group of the runs it compares."""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import wandb
from omegaconf import DictConfig, OmegaConf

from dialogsum.config.schema import restore
from dialogsum.tracking import wandb_state
from dialogsum.tracking.wandb_session import Session, careful, read_settings

log = logging.getLogger(__name__)

FOLDER = ".comparison"  # below the sweep: hidden, so that nobody takes it for a run
MOST_RUNS = 12  # columns that a table of summaries side by side can hold
CELL = 2000  # characters


def log_comparison(folder: Path, jobs: Sequence[Path]) -> bool:
    """Add table, report, plots and summaries side by side to W&B, where the jobs were logged to it.

    Args:
        folder: the sweep, where comparison.csv and report.html stand.
        jobs: run directories.

    Returns:
        whether anything of the sweep waits for `dialogsum wandb sync`.
    """
    logged = [job for job in jobs if wandb_state.load(job)]
    if not logged:
        return False
    directory = folder / FOLDER
    directory.mkdir(exist_ok=True)
    with careful("the comparison", directory):
        cfg = _config(logged[0])
        settings = read_settings(cfg)
        state = wandb_state.load_or_begin(directory, f"comparison of {cfg.name}", {})
        config = {"runs": [job.name for job in jobs]}
        session = Session(
            directory, settings, state, cfg.name, ["comparison"], config, job_type="compare"
        )
        try:
            session.log(comparison_row(folder, jobs), session.first_step)
        finally:
            session.end(0)
    return any(wandb_state.unsynced(place) for place in (directory, *jobs))


def comparison_row(folder: Path, jobs: Sequence[Path]) -> dict[str, Any]:
    """What is there to show, as W&B media."""
    row: dict[str, Any] = {}
    if (table := folder / "comparison.csv").is_file():
        row["comparison/table"] = csv_table(table)
    if (report := folder / "report.html").is_file():
        row["comparison/report"] = wandb.Html(str(report))
    for path in _plots(folder, jobs):
        row[f"comparison/{path.stem}"] = wandb.Image(str(path))
    if (summaries := side_by_side(jobs)) is not None:
        row["comparison/summaries"] = summaries
    return row


def csv_table(path: Path) -> wandb.Table:
    """A CSV file as it is, numbers as numbers."""
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    data = [[_number(cell) for cell in row] for row in rows]
    return wandb.Table(columns=list[str | int](header), data=data, allow_mixed_types=True)


def side_by_side(jobs: Sequence[Path], split: str = "test") -> wandb.Table | None:
    """One row per dialogue, one column per run: what each system wrote."""
    texts: dict[str, dict[str, str]] = {}
    dialogues: dict[str, Mapping[str, Any]] = {}
    for job in jobs[:MOST_RUNS]:
        path = job / "predictions" / f"{split}.jsonl"
        if not path.is_file():
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            example = json.loads(line)
            dialogues.setdefault(example["id"], example)
            texts.setdefault(job.name, {})[example["id"]] = example["prediction"]
    if not texts:
        return None
    data = [
        [key, d["source"][:CELL], "\n".join(d["references"])]
        + [column.get(key) for column in texts.values()]
        for key, d in dialogues.items()
    ]
    return wandb.Table(columns=["id", "source", "references", *texts], data=data)


def _plots(folder: Path, jobs: Sequence[Path]) -> list[Path]:
    """The plots of `dialogsum compare`; none without matplotlib."""
    from dialogsum.common.errors import UserError
    from dialogsum.compare.comparison import Options, compare_runs
    from dialogsum.compare.plots import write_plots

    try:
        written = write_plots(compare_runs(list(jobs), Options()), folder / FOLDER / "plots")
    except UserError as error:
        log.info("W&B: the comparison has no plots: %s", error)
        return []
    return [path for path in written if path.suffix == ".png"]


def _number(cell: str) -> float | str | None:
    if not cell:
        return None
    try:
        return float(cell)
    except ValueError:
        return cell


def _config(job: Path) -> DictConfig:
    return restore(OmegaConf.to_container(OmegaConf.load(job / "config.yaml")))
