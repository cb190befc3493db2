"""Weights & Biases: one run per job, continued when the job is, ended with its true exit code.

W&B is an observer: whatever fails here is said in the log and leaves the run itself alone.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import wandb
from omegaconf import DictConfig
from pytorch_lightning.callbacks import Callback

from dialogsum.tracking import wandb_content as content
from dialogsum.tracking import wandb_mode, wandb_names, wandb_state
from dialogsum.tracking.wandb_logger import Progress, WandbMetrics, define_metrics
from dialogsum.tracking.wandb_session import Session, careful, publish_artifact, read_settings
from dialogsum.tracking.wandb_watch import WatchParameters

log = logging.getLogger(__name__)


class WandbRun:
    """The W&B run of one job.

    Args:
        cfg: the composed configuration with a section `logger.wandb`.
        directory: the run directory; W&B's own files stand in `wandb/` below it.
        config: the plain config, shown in W&B.
        progress: the values of the x axes now.
    """

    def __init__(
        self, cfg: DictConfig, directory: Path, config: dict[str, Any], progress: Progress
    ) -> None:
        self.settings = read_settings(cfg)
        self.directory = directory
        self.config = config
        self.progress = progress
        state = wandb_state.load_or_begin(
            directory, wandb_names.display_name(cfg), wandb_names.swept_config(cfg)
        )
        self.session = Session(
            directory,
            self.settings,
            state,
            group=cfg.name,
            tags=wandb_names.tags(cfg, self.settings.tags),
            config={**config, **wandb_names.flat_config(cfg), **state.swept},
        )
        self.run = self.session.run
        define_metrics(self.run)
        self.logger = WandbMetrics(self.session, progress)
        if self.settings.save_code:
            with self._careful("the code"):
                content.code_artifact(self.run)

    @property
    def callbacks(self) -> list[Callback]:
        """What watches the training loop for W&B."""
        if not self.settings.watch:
            return []
        return [WatchParameters(self.session, self.settings.watch, self.settings.watch_every)]

    def describe(self, record: Mapping[str, Any]) -> None:
        """Add what is known once data and model are there: counts and lineage."""
        with self._careful("the description of the run"):
            self.run.config.update(wandb_names.parameter_config(record["parameters"]))
            self._use(content.data_artifact(self.config["dataset"], record["data"]))
            self._use(content.base_artifact(self.config["model"]))

    def record(self) -> dict[str, Any]:
        """As in result.json."""
        url = self.run.url if self.session.mode == wandb_mode.ONLINE else None
        return {"id": self.run.id, "mode": self.session.mode, "url": url}

    @property
    def last_export(self) -> Path | None:
        """Where the last weights are to be exported for the alias `last`; None: not wanted."""
        if self.settings.artifact != "adapter" or not content.is_adapter(self.directory / "model"):
            return None
        return self.directory / "wandb" / "last"

    @property
    def merged_export(self) -> Path | None:
        """Where merged weights are to be exported; None: not asked for."""
        wanted = self.settings.artifact == "merged" and content.is_adapter(self.directory / "model")
        return self.directory / "wandb" / "merged" if wanted else None

    def finish(self, result: Mapping[str, Any], exit_code: int) -> None:
        """Write what the run came to and end it, or the next job would go on in it."""
        with self._careful("the final figures"):
            figures = content.figures_row("test", result["metrics"]["test"])
            self._log(figures | content.cost_row(result))
            self.run.summary.update(content.final_summary(result))
        if exit_code == 0:
            with self._careful("the predictions"):
                self._log_predictions()
            with self._careful("the artifact"):
                self._log_models(result)
        with self._careful("the log file"):
            save_files(self.run, self.directory)
        self.session.end(exit_code)

    def _log(self, row: Mapping[str, Any]) -> None:
        if row:
            axes = dict(self.progress())
            self.session.log({**row, **axes}, step=int(axes["step"]))

    def _log_predictions(self) -> None:
        for path in sorted((self.directory / "predictions").glob("*.jsonl")):
            table = content.predictions_table(path, self.settings.predictions)
            if table is not None:
                self._log({f"predictions/{path.stem}": table})

    def _log_models(self, result: Mapping[str, Any]) -> None:
        """The best weights, and under `last` the last ones where they are others."""
        wanted, model = self.settings.artifact, self.directory / "model"
        if wanted is None or not model.is_dir():
            return
        if wanted == "adapter" and not content.is_adapter(model):
            log.info("W&B: whole weights are uploaded only with logger.wandb.artifact=model")
            return
        last = self.directory / "wandb" / "last"
        if last.is_dir():
            self._log_model(last, result, ["last"])
        best = self.merged_export or model
        self._log_model(best, result, ["best"] if last.is_dir() else ["best", "last"])

    def _log_model(self, path: Path, result: Mapping[str, Any], aliases: list[str]) -> None:
        keys = ("strategy", "model", "dataset", "seed", "fingerprint", "parameters")
        metadata = {key: result[key] for key in keys}
        if "best" in aliases:
            metadata["metrics"] = result["metrics"]
        config = self.directory / "config.yaml"
        artifact = content.model_artifact(self.directory.name, path, config, metadata)
        publish_artifact(self.run, artifact, aliases=aliases)

    def _use(self, artifact: wandb.Artifact) -> None:
        publish_artifact(self.run, artifact, use_after_commit=True)

    def _careful(self, what: str) -> AbstractContextManager[None]:
        return careful(what, self.directory)


def save_files(run: wandb.Run, directory: Path) -> None:
    """Copies of the log and the history among the run's files."""
    for name in ("train.log", "metrics.csv"):
        source = directory / name
        if source.is_file():
            (Path(run.dir) / name).write_bytes(source.read_bytes())
            run.save(str(Path(run.dir) / name), base_path=run.dir, policy="now")
