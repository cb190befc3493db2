"""History rows: what Lightning logs, on axes that mean something."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import wandb
from pytorch_lightning.loggers import WandbLogger
from pytorch_lightning.utilities.rank_zero import rank_zero_only

from dialogsum.common.metric_catalog import HIGHER, LOWER, SCORES
from dialogsum.tracking.wandb_session import Session

log = logging.getLogger(__name__)

# Every history row has all of them, so any panel can use any of them as its x axis.
AXES = ("step", "examples", "tokens", "seconds")

Progress = Callable[[], Mapping[str, float]]


def define_metrics(run: wandb.Run) -> None:
    """The default x axis of every figure, and summaries that keep the best value, not the last."""
    for axis in (*AXES, "epoch"):
        run.define_metric(axis, hidden=True)
    for prefix in ("train", "validation", "test"):
        run.define_metric(f"{prefix}/*", step_metric="step")
    for name, known in SCORES.items():
        if best := {HIGHER: "max", LOWER: "min"}.get(known.better):
            run.define_metric(f"validation/{name}", step_metric="step", summary=best)
    for name in ("loss", "cross_entropy"):
        run.define_metric(f"train/{name}", step_metric="step", summary="min")
    run.define_metric("train/gradient_norm", step_metric="step", summary="max")
    run.define_metric("train/memory_*", step_metric="step", summary="max")


class WandbMetrics(WandbLogger):
    """Lightning's logger around a run that is begun and ended elsewhere.

    Args:
        session: this process's part of the W&B run.
        progress: the values of `AXES` now.
    """

    def __init__(self, session: Session, progress: Progress) -> None:
        run = session.run
        super().__init__(save_dir=str(session.directory), project=run.project, experiment=run)
        self.session = session
        self.progress = progress
        self.problem: str | None = None

    @rank_zero_only
    def log_hyperparams(self, params: Any, *_: Any, **__: Any) -> None:
        """Nothing: the run began with the whole configuration."""

    @rank_zero_only
    def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None:
        """Add a row at the optimizer step; rows of the same step are one.

        W&B's own step is the optimizer step as well. What a kill made a resumed run repeat is in
        the log already, and is left out.
        """
        axes = dict(self.progress())
        step = int(axes["step"])
        if self.problem or step < self.session.first_step:
            return
        try:
            self.session.log({**metrics, **axes}, step)
        except Exception as error:
            # Whatever breaks in W&B or its process, training goes on without it.
            self.problem = f"{type(error).__name__}: {error}"
            log.warning("W&B: logging stopped, training goes on: %s", self.problem)

    @rank_zero_only
    def finalize(self, status: str) -> None:
        """Nothing: a failure would be lost here; `WandbRun.finish` ends the run."""
