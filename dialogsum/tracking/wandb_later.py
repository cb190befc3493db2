"""What is added to a W&B run after its training: evaluations, figures, the sweep's comparison."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import wandb
from omegaconf import DictConfig, OmegaConf

from dialogsum.config.schema import plain, restore
from dialogsum.tracking import wandb_content as content
from dialogsum.tracking import wandb_names, wandb_state
from dialogsum.tracking.record import read_result
from dialogsum.tracking.wandb_logger import define_metrics
from dialogsum.tracking.wandb_session import Session, careful, read_settings

log = logging.getLogger(__name__)

EXIT_CODES = {"completed": 0, "interrupted": 130, "failed": 1}


def log_evaluation(run_directory: Path, evaluation: Path) -> None:
    """Add an evaluation to the W&B run of the run that was evaluated; nothing where it has none.

    Args:
        run_directory: the run.
        evaluation: below its `evaluations/`: result.json and predictions.jsonl.
    """
    result = read_result(evaluation)
    if result is None:
        return
    with careful("the evaluation", run_directory), continued(run_directory) as session:
        if session is None:
            return
        key = evaluation.name
        row: dict[str, Any] = {}
        for split, figures in result["metrics"].items():
            row |= content.figures_row(f"evaluations/{key}/{split}", figures)
        table = content.predictions_table(
            evaluation / "predictions.jsonl", session.settings.predictions
        )
        if table is not None:
            row[f"predictions/{key}"] = table
        session.log(row, session.first_step)
        session.run.summary.update({"evaluations": {key: _evaluation_summary(result)}})


def log_figures(
    run_directory: Path,
    prefix: str,
    figures: Sequence[Path] = (),
    tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Any]]]] | None = None,
    summary: Mapping[str, float] | None = None,
) -> None:
    """Add pictures, tables (name -> columns, rows) and figures below `prefix/` to a run."""
    with careful(f"{prefix} figures", run_directory), continued(run_directory) as session:
        if session is None:
            return
        row: dict[str, Any] = {f"{prefix}/{path.stem}": wandb.Image(str(path)) for path in figures}
        for name, (columns, rows) in (tables or {}).items():
            data = [list(cells) for cells in rows]
            row[f"{prefix}/{name}"] = wandb.Table(columns=list(columns), data=data)
        row |= {f"{prefix}/{name}": value for name, value in (summary or {}).items()}
        session.log(row, session.first_step)


@contextmanager
def continued(run_directory: Path) -> Iterator[Session | None]:
    """The W&B run that belongs to a run directory, open for more; None where there is none.

    It ends with the exit code that the run itself had.
    """
    state = wandb_state.load(run_directory)
    if state is None:
        yield None
        return
    cfg = restore(OmegaConf.to_container(OmegaConf.load(run_directory / "config.yaml")))
    result = read_result(run_directory) or {}
    settings = read_settings(cfg)
    session = Session(
        run_directory,
        settings,
        state,
        group=cfg.name,
        tags=wandb_names.tags(cfg, settings.tags),
        config=_config(cfg, result, state),
    )
    try:
        define_metrics(session.run)
        yield session
    finally:
        session.end(EXIT_CODES.get(result.get("status", "failed"), 1))


def _config(cfg: DictConfig, result: Mapping[str, Any], state: wandb_state.State) -> dict[str, Any]:
    config = {**plain(cfg), **wandb_names.flat_config(cfg), **state.swept}
    if result.get("parameters"):
        config |= wandb_names.parameter_config(result["parameters"])
    return config


def _evaluation_summary(result: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("split", "dataset", "prompt", "generation", "metrics", "time_s", "memory_bytes")
    return {key: result[key] for key in kept if key in result}
