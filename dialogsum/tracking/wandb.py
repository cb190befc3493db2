"""Weights & Biases: one run per job, continued when the job is, ended with its true exit code.

W&B is an observer: whatever fails here is said in the log and leaves the run itself alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import wandb
from omegaconf import DictConfig, OmegaConf
from pytorch_lightning.callbacks import Callback

from dialogsum.tracking import wandb_content as content
from dialogsum.tracking import wandb_mode, wandb_names, wandb_state
from dialogsum.tracking.wandb_logger import Progress, WandbMetrics, define_metrics
from dialogsum.tracking.wandb_settings import WandbSettings
from dialogsum.tracking.wandb_watch import WatchParameters

log = logging.getLogger(__name__)

INIT_TIMEOUT_S = 30.0


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
        self.problems: list[str] = []
        self.state = wandb_state.load_or_begin(directory, wandb_names.display_name(cfg))
        self.run = begin(
            directory,
            self.settings,
            self.state,
            group=cfg.name,
            tags=wandb_names.tags(cfg, self.settings.tags),
            config={**config, **wandb_names.flat_config(cfg)},
        )
        define_metrics(self.run)
        self.logger = WandbMetrics(self.run, directory, progress)
        if self.settings.save_code:
            with self._careful("saving the code"):
                content.code_artifact(self.run)

    @property
    def mode(self) -> str:
        """online, offline or disabled: as decided, not as asked."""
        if self.run.disabled:
            return wandb_mode.DISABLED
        return wandb_mode.OFFLINE if self.run.offline else wandb_mode.ONLINE

    def describe(self, record: Mapping[str, Any]) -> None:
        """Add what is known once data and model are there: counts and lineage."""
        with self._careful("describing the run"):
            parameters = record["parameters"]
            self.run.config.update(wandb_names.parameter_config(parameters))
            self._use(content.data_artifact(self.config["dataset"], record["data"]))
            self._use(content.base_artifact(self.config["model"]))

    @property
    def callbacks(self) -> list[Callback]:
        """What watches the training loop for W&B."""
        if not self.settings.watch:
            return []
        return [WatchParameters(self.run, self.settings.watch, self.settings.watch_every)]

    def record(self) -> dict[str, Any]:
        """As in result.json."""
        url = self.run.url if self.mode == wandb_mode.ONLINE else None
        return {"id": self.run.id, "mode": self.mode, "url": url}

    @property
    def last_export(self) -> Path | None:
        """Where the last weights are to be exported for the alias `last`; None: not wanted."""
        if self.settings.artifact != "adapter" or not content.is_adapter(self.directory / "model"):
            return None
        return self.directory / "wandb" / "last"

    @property
    def merged_export(self) -> Path | None:
        """Where merged weights are to be exported; None: not asked for."""
        wanted = self.settings.artifact == "merged"
        return self.directory / "wandb" / "merged" if wanted else None

    def finish(self, result: Mapping[str, Any], exit_code: int) -> None:
        """Write what the run came to and end it, or the next job would go on in it."""
        with self._careful("the final figures"):
            self.run.summary.update(content.final_summary(result))
            self._log(content.figures_row("test", result["metrics"]["test"]))
        if exit_code == 0:
            with self._careful("the predictions"):
                self._log_predictions()
            with self._careful("the artifact"):
                self._log_models(result)
        with self._careful("the log file"):
            save_files(self.run, self.directory)
        end(self.run, self.directory, self.state, exit_code)

    def _log(self, row: Mapping[str, Any]) -> None:
        if row:
            axes = dict(self.progress())
            self.run.log({**row, **axes}, step=int(axes["step"]))

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
        name = self.directory.name
        best = (self.merged_export or model) if content.is_adapter(model) else model
        last = self.directory / "wandb" / "last"
        if last.is_dir():
            self._log_model(name, last, result, ["last"])
        self._log_model(name, best, result, ["best"] if last.is_dir() else ["best", "last"])

    def _log_model(
        self, name: str, path: Path, result: Mapping[str, Any], aliases: list[str]
    ) -> None:
        metadata = {key: result[key] for key in ("strategy", "model", "dataset", "seed")}
        metadata |= {"parameters": result["parameters"], "fingerprint": result["fingerprint"]}
        if "best" in aliases:
            metadata["metrics"] = result["metrics"]
        config = self.directory / "config.yaml"
        self.run.log_artifact(content.model_artifact(name, path, config, metadata), aliases=aliases)

    def _use(self, artifact: wandb.Artifact) -> None:
        # run.use_artifact refuses offline, and online it waits for the upload.
        self.run._log_artifact(artifact, is_user_created=True, use_after_commit=True)

    @contextmanager
    def _careful(self, what: str) -> Iterator[None]:
        with careful(what, self.directory):
            yield


@contextmanager
def careful(what: str, directory: Path) -> Iterator[None]:
    """W&B may fail, the run it observes may not: an error is logged and what it stopped left out.

    Artifacts made inside are staged in the run directory.
    """
    try:
        with wandb_state.staging(directory):
            yield
    except Exception as error:
        log.warning("W&B: %s could not be logged: %s: %s", what, type(error).__name__, error)


def read_settings(cfg: DictConfig) -> WandbSettings:
    """The section `logger.wandb`, which preflight has checked."""
    node = OmegaConf.to_container(cfg.logger.wandb, resolve=True)
    assert isinstance(node, dict)
    return WandbSettings(**{str(key): value for key, value in node.items()})


def begin(
    directory: Path,
    settings: WandbSettings,
    state: wandb_state.State,
    group: str,
    tags: list[str],
    config: dict[str, Any] | None = None,
    job_type: str = "train",
) -> wandb.Run:
    """Start or continue a run, online if that works, and say which."""
    mode = wandb_mode.decide(settings.mode)
    if mode.value == wandb_mode.ONLINE and wandb_state.unsynced(directory):
        reason = "earlier parts of this run wait for their upload, which must come first"
        mode = wandb_mode.Mode(wandb_mode.OFFLINE, reason)
    arguments: dict[str, Any] = {
        "project": settings.project,
        "entity": settings.entity,
        "dir": str(directory),
        "id": state.id,
        "name": state.name,
        "group": group,
        "job_type": job_type,
        "tags": tags,
        "notes": settings.notes,
        "config": config,
        "reinit": "create_new",  # no global run that a later job could fall into
    }
    try:
        run = _init(mode.value, settings, arguments)
    except Exception as error:
        if mode.value != wandb_mode.ONLINE:
            raise
        mode = wandb_mode.Mode(wandb_mode.OFFLINE, f"{type(error).__name__}: {error}")
        run = _init(mode.value, settings, arguments)
    shown = run.url if mode.value == wandb_mode.ONLINE else mode.reason
    log.info("W&B: %s (%s)", mode.value, shown)
    return run


def _init(mode: str, settings: WandbSettings, arguments: dict[str, Any]) -> wandb.Run:
    return wandb.init(
        mode=mode,  # type: ignore[arg-type]
        resume="allow" if mode == wandb_mode.ONLINE else None,
        settings=wandb.Settings(
            console="off",  # train.log is the log
            silent=True,
            init_timeout=INIT_TIMEOUT_S,
            finish_timeout=settings.finish_timeout,
            finish_timeout_raises=True,
        ),
        **arguments,
    )


def end(run: wandb.Run, directory: Path, state: wandb_state.State, exit_code: int) -> None:
    """End a run; what could not be uploaded stays on the disk, with the command that uploads it."""
    state.next_step = max(state.next_step, run.step + 1)
    state.save(directory)
    offline, part = run.offline, Path(run.settings.sync_dir)
    try:
        with wandb_state.staging(directory):
            run.finish(exit_code=exit_code)
    except Exception as error:
        log.warning("W&B: the upload did not end: %s: %s", type(error).__name__, error)
        log.warning("W&B: to upload: %s", wandb_state.sync_command([part]))
        return
    if offline:
        parts = wandb_state.unsynced(directory)
        log.info("W&B: offline; to upload: %s", wandb_state.sync_command(parts))


def save_files(run: wandb.Run, directory: Path) -> None:
    """Copies of the log and the history among the run's files."""
    for name in ("train.log", "metrics.csv"):
        source = directory / name
        if source.is_file():
            (Path(run.dir) / name).write_bytes(source.read_bytes())
            run.save(str(Path(run.dir) / name), base_path=run.dir, policy="now")
