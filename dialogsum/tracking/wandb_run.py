"""One Weights & Biases run per job: started or continued, logged to, ended with its exit code.

W&B observes: an error in it is logged as a warning and never ends the run that it observes.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import wandb
from omegaconf import DictConfig
from pytorch_lightning.loggers import Logger

from dialogsum.config.recorded import load_recorded
from dialogsum.tracking import wandb_content as content
from dialogsum.tracking.record import EXIT_CODES, read_result
from dialogsum.tracking.wandb_setup import (
    STATE_FILE,
    Mode,
    WandbSettings,
    WandbState,
    decide_mode,
    inspect_part,
    log_errors,
    open_state,
    parts,
    read_state,
    server_url,
    staging,
    unreachable,
    waiting_parts,
)

log = logging.getLogger(__name__)

COMPARISON = ".comparison"  # folder below a sweep; hidden, so that it is not taken for a run


class WandbRun(Logger):
    """A W&B run, opened by one process; also the Lightning logger of a job.

    Args:
        cfg: the configuration; its section `logger.wandb` has the settings.
        directory: the run directory; W&B writes into `wandb/` below it.
        state: id and name of the run.
        config: the whole configuration, because that of the last part replaces those before it.
        progress: current values of `wandb_content.AXES`, while the run logs a training.
        arguments: further arguments of `wandb.init`.

    Attributes:
        mode: online, offline or disabled: the mode in effect.
        first_step: the first step that no earlier attempt has logged.
    """

    def __init__(
        self,
        cfg: DictConfig,
        directory: Path,
        state: WandbState,
        config: Mapping[str, Any],
        progress: Callable[[], Mapping[str, float]] = dict,
        **arguments: Any,
    ) -> None:
        super().__init__()
        self.directory = directory
        self.settings = WandbSettings.from_section(cfg.logger.wandb)
        self.state = state
        self.progress = progress
        self._broken = False
        self._arguments: dict[str, Any] = {
            "project": self.settings.project,
            "entity": self.settings.entity,
            "dir": str(directory),
            "id": state.id,
            "name": state.name,
            "group": cfg.name,
            "job_type": "train",
            "tags": content.tags(cfg),
            "notes": self.settings.notes,
            "config": {**config, **state.swept},
            "resume": "allow",
            "reinit": "create_new",  # a global run would collect the rows of the next job
            **arguments,
        }
        self._open(decide_mode(self.settings.mode))

    def _open(self, mode: Mode) -> None:
        """Start a part of the run, online if that works."""
        if mode.value == "online" and waiting_parts(self.directory):
            mode = Mode("offline", "earlier parts of this run must be uploaded first")
        earlier = [inspect_part(part) for part in parts(self.directory)]
        try:
            self.run = self._init(mode)
        except Exception as error:
            if mode.value != "online":
                raise
            mode = Mode("offline", f"{type(error).__name__}: {error}")
            self.run = self._init(mode)
        self.mode = mode.value
        logged = [part["step"] + 1 for part in earlier if part["step"] is not None]
        self.first_step = max([self.run.starting_step, *logged])
        self._earlier_summary = {k: v for part in earlier for k, v in part["summary"].items()}
        content.define_metrics(self.run)
        log.info("W&B: %s (%s)", mode.value, self.url or mode.reason)

    def _init(self, mode: Mode) -> wandb.Run:
        settings = wandb.Settings(
            console="off",  # train.log is the log
            silent=True,
            init_timeout=30.0,
            finish_timeout=self.settings.finish_timeout,
            finish_timeout_raises=True,
            # With the default of 15 s a killed run loses that much of its history.
            x_transaction_log_flush_interval=2.0,
        )
        return wandb.init(mode=mode.value, settings=settings, **self._arguments)

    @property
    def name(self) -> str:
        return "wandb"

    @property
    def version(self) -> str:
        return self.state.id

    @property
    def url(self) -> str | None:
        return self.run.url if self.mode == "online" else None

    def log_hyperparams(self, params: Any, *_: Any, **__: Any) -> None:
        """Do nothing: the run started with the whole configuration."""

    def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None:
        """Add a row at the optimizer step; W&B merges rows of the same step.

        A resumed run repeats the steps since its checkpoint: those already in the log are skipped.
        """
        if self._broken or self.progress()["step"] < self.first_step:
            return
        try:
            self.log(metrics)
        except Exception as error:
            self._broken = True
            reason = f"{type(error).__name__}: {error}"
            log.warning("W&B: logging failed, training continues without it: %s", reason)

    def log(self, row: Mapping[str, Any]) -> None:
        """Add a row at the current axes, after all rows of earlier attempts."""
        axes = self.progress()
        with staging(self.directory):
            self.run.log({**row, **axes}, step=max(int(axes.get("step", 0)), self.first_step))

    def describe(self, parameters: Mapping[str, Any]) -> None:
        """Add the parameter counts to the config."""
        with log_errors("the parameter counts"):
            self.run.config.update(content.parameter_config(parameters))

    def record(self) -> dict[str, Any]:
        """Return the section `wandb` of result.json."""
        return {"id": self.state.id, "mode": self.mode, "url": self.url}

    def finish(self, result: Mapping[str, Any], exit_code: int) -> None:
        """Log the record of a job, its predictions and weights, and end the run."""
        with log_errors("the record"):
            metrics = content.metrics_row("test", result["metrics"]["test"])
            self.log(metrics | content.cost_row(result))
            inner = ("attempts", "wandb")  # of no use outside the run directory
            self.run.summary.update({k: v for k, v in result.items() if k not in inner})
        self._leave_a_silent_server(exit_code)
        if exit_code == 0:
            for path in sorted((self.directory / "predictions").glob("*.jsonl")):
                self.log_predictions(path.stem, path)
            with log_errors("the weights"), staging(self.directory):
                self._log_weights(result)
        with log_errors("the log files"):
            for path in (self.directory / "train.log", self.directory / "metrics.csv"):
                if path.is_file():
                    copied = shutil.copy(path, self.run.dir)
                    self.run.save(copied, base_path=self.run.dir, policy="now")
        self.end(exit_code)

    def log_predictions(self, name: str, path: Path) -> None:
        """Add the table `predictions/<name>`; none where the setting asks for 0 rows."""
        limit = self.settings.predictions
        if limit != 0 and path.is_file():
            with log_errors("the predictions"):
                self.log({f"predictions/{name}": content.predictions_table(path, limit)})

    def _log_weights(self, result: Mapping[str, Any]) -> None:
        model = self.directory / "model"
        if self.settings.artifact is None or not model.is_dir():
            return
        kind = "adapter" if (model / "adapter_config.json").is_file() else "model"
        if kind == "model" and self.settings.artifact == "adapter":
            log.info("W&B: whole weights are uploaded only with logger.wandb.artifact=model")
            return
        artifact = content.model_artifact(self.directory, kind, result)
        self.run.log_artifact(artifact, aliases=["latest", "best"])

    def _leave_a_silent_server(self, exit_code: int) -> None:
        """Continue offline if the server has stopped answering.

        Online, W&B asks the server about each table and artifact before it writes them to its log:
        with the network cut a run waited there for more than nine minutes.
        """
        if self.mode == "online" and (problem := unreachable(server_url())):
            self._close(exit_code)
            self._open(Mode("offline", f"{server_url()} stopped answering ({problem})"))

    def end(self, exit_code: int) -> None:
        """End the run; print the upload command for what remains on disk."""
        if self.mode == "offline" and self._earlier_summary:  # a part knows its own rows only
            with log_errors("the summary of earlier attempts"):
                self.run.log({}, commit=True)  # an open row would overwrite what is set here
                now = {key: self.run.summary[key] for key in self.run.summary.keys()}  # noqa: SIM118
                self.run.summary.update(content.carried_summary(self._earlier_summary, now))
        self._close(exit_code)
        if waiting_parts(self.directory):
            log.info("W&B: to upload: dialogsum wandb sync %s", self.directory)

    def _close(self, exit_code: int) -> None:
        try:
            with staging(self.directory):
                self.run.finish(exit_code=exit_code)
        except Exception as error:
            log.warning("W&B: the upload did not finish: %s: %s", type(error).__name__, error)
            self.state.cut.append(Path(self.run.dir).parent.name)
            self.state.save(self.directory)


def start_run(
    cfg: DictConfig, directory: Path, progress: Callable[[], Mapping[str, float]]
) -> WandbRun:
    """Start the W&B run of a job, or continue that of its earlier attempts."""
    state = open_state(directory, content.display_name(cfg), content.swept_config(cfg))
    return WandbRun(cfg, directory, state, content.run_config(cfg), progress)


@contextmanager
def continued_run(directory: Path) -> Iterator[WandbRun]:
    """Open the W&B run of a finished run for additions; it ends with the exit code of the job.

    Raises:
        FileNotFoundError: the run was not logged to W&B.
    """
    state = read_state(directory)
    if state is None:
        raise FileNotFoundError(f"{directory / STATE_FILE}: missing; was it logged to W&B?")
    cfg, result = _recorded_config(directory), read_result(directory) or {}
    run = WandbRun(cfg, directory, state, content.run_config(cfg, result.get("parameters")))
    try:
        yield run
    finally:
        run.end(EXIT_CODES[result.get("status", "failed")])


def log_evaluation(directory: Path, evaluation: Path) -> None:
    """Add an evaluation (a folder below `evaluations/`) to the W&B run of a run directory."""
    result, key = read_result(evaluation) or {}, evaluation.name
    with log_errors("the evaluation"), continued_run(directory) as run:
        for split, metrics in result["metrics"].items():
            run.log(content.metrics_row(f"evaluations/{key}/{split}", metrics))
        run.log_predictions(key, evaluation / "predictions.jsonl")
        shown = ("split", "dataset", "prompt", "generation", "metrics", "time_s", "memory_bytes")
        summary = {name: result[name] for name in shown if name in result}
        run.run.summary.update({"evaluations": {key: summary}})


def log_media(
    directory: Path,
    prefix: str,
    images: Sequence[Path] = (),
    tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Any]]]] | None = None,
    values: Mapping[str, float] | None = None,
) -> None:
    """Add images, tables (name -> columns, rows) and values below `prefix/` to a run."""
    with log_errors(prefix), continued_run(directory) as run:
        row: dict[str, Any] = {path.stem: wandb.Image(str(path)) for path in images}
        for name, (columns, rows) in (tables or {}).items():
            row[name] = wandb.Table(columns=list(columns), data=[list(cells) for cells in rows])
        row |= values or {}
        run.log({f"{prefix}/{name}": value for name, value in row.items()})


def log_comparison(
    folder: Path, jobs: Sequence[Path], table: Path, report: Path, plots: Sequence[Path]
) -> bool:
    """Log the comparison of a sweep as a separate run in the group of its jobs.

    Args:
        folder: the sweep.
        jobs: run directories; without one that was logged to W&B nothing happens.
        table: the comparison as CSV.
        report: the self-contained HTML page.
        plots: image files; those in PNG are logged.

    Returns:
        whether a part of the sweep remains to be uploaded.
    """
    logged = [job for job in jobs if read_state(job)]
    if not logged:
        return False
    directory = folder / COMPARISON
    with log_errors("the comparison"):
        cfg = _recorded_config(logged[0])
        state = open_state(directory, f"comparison of {cfg.name}", {})
        config = {"runs": [job.name for job in jobs]}
        run = WandbRun(cfg, directory, state, config, tags=["comparison"], job_type="compare")
        with log_errors("the comparison"):
            images = [path for path in plots if path.suffix == ".png"]
            row: dict[str, Any] = {path.stem: wandb.Image(str(path)) for path in images}
            row |= {"table": content.csv_table(table), "report": wandb.Html(str(report))}
            run.log({f"comparison/{name}": value for name, value in row.items()})
        run.end(0)
    return any(waiting_parts(run_directory) for run_directory in (directory, *jobs))


def _recorded_config(directory: Path) -> DictConfig:
    return load_recorded(directory, trust=True)  # only read, nothing is built from it
