"""Beginning, continuing and ending W&B runs, for training and for what comes later."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import wandb
from omegaconf import OmegaConf

from dialogsum.tracking import wandb_mode, wandb_state
from dialogsum.tracking.wandb_settings import WandbSettings

log = logging.getLogger(__name__)

INIT_TIMEOUT_S = 30.0
FLUSH_S = 2.0  # W&B's own 15 seconds lose the beginning of a run that is killed


class Session:
    """One process's part of a W&B run.

    Args:
        directory: the run directory; W&B's own files stand in `wandb/` below it.
        settings: the section `logger.wandb`.
        state: id and name of the run.
        group: W&B group.
        tags: W&B tags.
        config: the whole configuration: an uploaded part replaces that of the parts before it.
        job_type: `train` for runs, `compare` for the comparison of a sweep.

    Attributes:
        run: the W&B run.
        mode: online, offline or disabled: as decided, not as asked.
        first_step: rows before it were logged by earlier attempts.
    """

    def __init__(
        self,
        directory: Path,
        settings: WandbSettings,
        state: wandb_state.State,
        group: str,
        tags: list[str],
        config: Mapping[str, Any],
        job_type: str = "train",
    ) -> None:
        self.directory = directory
        self.settings = settings
        self.state = state
        wandb_state.trim(directory)
        self.first_step = wandb_state.first_step(directory, state)
        self._earlier = wandb_state.earlier_summary(directory)
        arguments = {
            "project": settings.project,
            "entity": settings.entity,
            "dir": str(directory),
            "id": state.id,
            "name": state.name,
            "group": group,
            "job_type": job_type,
            "tags": tags,
            "notes": settings.notes,
            "config": dict(config),
            "reinit": "create_new",  # no global run that a later job could fall into
        }
        self.run, self.mode = _begin(directory, settings, arguments)

    def log(self, row: Mapping[str, Any], step: int) -> None:
        """Add a row, after all rows of earlier attempts."""
        self.run.log(dict(row), step=max(step, self.first_step))

    def end(self, exit_code: int) -> None:
        """End the run; what is not uploaded stays on the disk, with the command that uploads it."""
        with careful("the summary of earlier attempts", self.directory):
            self._carry_summary()
        self.state.next_step = max(self.first_step, self.run.step + 1)
        self.state.save(self.directory)
        part = self.directory / "wandb" / Path(self.run.settings.sync_dir).name
        try:
            with wandb_state.staging(self.directory):
                self.run.finish(exit_code=exit_code)
        except Exception as error:
            log.warning("W&B: the upload did not end: %s: %s", type(error).__name__, error)
            self.state.cut.append(part.name)
            self.state.save(self.directory)
        waiting = wandb_state.unsynced(self.directory)
        if self.mode == wandb_mode.OFFLINE and part not in waiting:
            waiting.append(part)  # W&B may still be writing its log down
        if waiting:
            log.info("W&B: to upload: %s", wandb_state.sync_command(waiting))

    def _carry_summary(self) -> None:
        """Online the server remembers; offline each part would begin its best values anew."""
        if self.mode != wandb_mode.OFFLINE or not self._earlier:
            return
        self.run.log({}, commit=True)  # a row still open would overwrite what is set here
        now = self.run.summary
        for key, before in self._earlier.items():
            if key not in now.keys():  # noqa: SIM118 (W&B's summary is no mapping)
                now[key] = before
            elif (best := best_of(before, now[key])) is not None:
                now[key] = best


def best_of(before: Any, now: Any) -> dict[str, float] | None:
    """The best of two summaries `{"max": …}` or `{"min": …}`; None: these are no such summaries."""
    for name, choose in (("max", max), ("min", min)):
        if isinstance(before, Mapping) and list(before) == [name] and name in now.keys():  # noqa: SIM118
            return {name: choose(before[name], now[name])}
    return None


def _begin(
    directory: Path, settings: WandbSettings, arguments: dict[str, Any]
) -> tuple[wandb.Run, str]:
    """Start or continue a run, online if that works, and say which."""
    mode = wandb_mode.decide(settings.mode)
    if mode.value == wandb_mode.ONLINE and wandb_state.unsynced(directory):
        reason = "earlier parts of this run wait for their upload, which must come first"
        mode = wandb_mode.Mode(wandb_mode.OFFLINE, reason)
    try:
        run = _init(mode.value, settings, arguments)
    except Exception as error:
        if mode.value != wandb_mode.ONLINE:
            raise
        mode = wandb_mode.Mode(wandb_mode.OFFLINE, f"{type(error).__name__}: {error}")
        run = _init(mode.value, settings, arguments)
    shown = run.url if mode.value == wandb_mode.ONLINE else mode.reason
    log.info("W&B: %s (%s)", mode.value, shown)
    return run, mode.value


def _init(mode: str, settings: WandbSettings, arguments: dict[str, Any]) -> wandb.Run:
    run = wandb.init(
        mode=mode,  # type: ignore[arg-type]
        resume="allow" if mode == wandb_mode.ONLINE else None,
        settings=wandb.Settings(
            console="off",  # train.log is the log
            silent=True,
            init_timeout=INIT_TIMEOUT_S,
            finish_timeout=settings.finish_timeout,
            finish_timeout_raises=True,
            x_transaction_log_flush_interval=FLUSH_S,
        ),
        **arguments,
    )
    run._log_artifact = partial(publish_artifact, run)  # type: ignore[method-assign]
    return run


def publish_artifact(
    run: wandb.Run,
    artifact: wandb.Artifact,
    name: str | None = None,
    type: str | None = None,
    aliases: Sequence[str] | None = None,
    use_after_commit: bool = False,
    **_: Any,
) -> wandb.Artifact:
    """Hand an artifact (also that of a table) to W&B's process, and wait for nothing.

    W&B's own way asks the server first and, online, leaves the artifact out of the log on the disk:
    with the network cut a run hung for more than nine minutes, and `wandb sync` had nothing to add.

    Args:
        use_after_commit: the run takes the artifact as an input; W&B refuses to say so offline.
    """
    artifact.finalize()
    artifact.metadata = {**artifact.metadata}
    assert run._interface is not None
    run._interface.publish_artifact(
        run,
        artifact,
        ["latest", *(aliases or [])],
        is_user_created=True,
        use_after_commit=use_after_commit,
    )
    return artifact


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


def read_settings(cfg: Any) -> WandbSettings:
    """The section `logger.wandb` of a configuration, which preflight has checked."""
    node = OmegaConf.to_container(cfg.logger.wandb, resolve=True)
    assert isinstance(node, dict)
    return WandbSettings(**{str(key): value for key, value in node.items()})
