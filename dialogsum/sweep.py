"""The command `train`: preflight over all its jobs, each job, and the comparison afterwards."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from hydra.experimental.callback import Callback
from omegaconf import DictConfig

from dialogsum.common.errors import ConfigurationError, Problem, UserError
from dialogsum.common.formatting import format_headline
from dialogsum.common.sweep_file import SWEEP_FILE, append_job, jobs_of_command, start_sweep
from dialogsum.config import help
from dialogsum.config.composition import compose_jobs
from dialogsum.config.hydra_app import (
    before_jobs,
    invocation,
    mark_reported,
    progress,
    report_bug,
    start,
)
from dialogsum.config.schema import register, run_directory
from dialogsum.config.search_path import search_path_problems
from dialogsum.preflight.checks import check
from dialogsum.tracking.record import completed

log = logging.getLogger(__name__)

# What names a run's directory here; elsewhere train.log and result.json would lie apart.
FIXED = ("hydra.run.", "hydra.sweep.", "hydra.job.name", "hydra.job.chdir", "hydra.output_subdir")


register()
help.register()


class PreflightCallback(Callback):
    """Checks every job of a command before the first one starts; `plan=true` ends here as well."""

    def on_run_start(self, config: DictConfig, **_: Any) -> None:
        with before_jobs("train"):
            _before_jobs(config, [config])

    def on_multirun_start(self, config: DictConfig, **_: Any) -> None:
        with before_jobs("train"):
            _before_jobs(config, compose_jobs(config))


def _before_jobs(command: DictConfig, jobs: list[DictConfig]) -> None:
    count = f"{len(jobs)} jobs" if len(jobs) > 1 else "the configuration"
    progress(f"checking {count} …")
    problems = search_path_problems(command) + _directory_problems(command)
    problems += [problem for job in jobs for problem in check(job)]
    if problems:
        raise ConfigurationError(problems)
    if command.plan or any(job.plan for job in jobs):
        from dialogsum.plan import plan_table

        print(plan_table(jobs))
        sys.exit(0)
    start_sweep(command)


def _directory_problems(command: DictConfig) -> list[Problem]:
    """Run directories are made from the configuration, so that a run finds its own again."""
    keys = [override.lstrip("+~").partition("=")[0] for override in command.hydra.overrides.hydra]
    what = "cannot be set: run directories are <output_root>/<name>/<run>; set output_root or name"
    return [Problem(key, what) for key in keys if key.startswith(FIXED)]


def job(cfg: DictConfig) -> float | None:
    """One job: what Hydra calls, in whichever process. Returns the objective for searches."""
    from dialogsum.run import run
    from dialogsum.tracking.callbacks import Interrupted

    directory = run_directory(cfg)
    append_job(directory)
    log.info("run %d: %s", len(jobs_of_command()), directory.name)
    try:
        result = run(cfg)
    except (Interrupted, KeyboardInterrupt):
        log.warning("interrupted; the same command continues it")
        sys.exit(130)
    except Exception as error:
        _report_failure(directory, error)
        mark_reported(error)
        if cfg.on_error == "stop":
            sys.exit(1)
        raise
    figures = format_headline(result["metrics"]["test"])
    log.info("test: %s  ->  %s", figures, _relative(directory))
    figure = result["metrics"]["validation"].get(cfg.objective)
    return figure["value"] if figure else None


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _report_failure(directory: Path, error: Exception) -> None:
    """The user's mistakes in a sentence; bugs with their traceback in the log alone."""
    if isinstance(error, UserError):
        log.error("%s: %s", directory.name, error)
        return
    text = "".join(traceback.format_exception(error))
    with (directory / "train.log").open("a", encoding="utf-8") as file:
        file.write(text)
    log.error(
        "%s failed: %s: %s (traceback in %s)",
        directory.name,
        type(error).__name__,
        str(error).split("\n", 1)[0],
        _relative(directory / "train.log"),
    )


def train() -> None:
    """The command line of train.py and `dialogsum train`: exit code 0, 1 (a run failed) or 2."""
    code = 1
    try:
        code = start(job, "train")
    finally:
        if SWEEP_FILE in os.environ:
            code = _last_screen_of(jobs_of_command()) or code
    sys.exit(code)


def _last_screen_of(jobs: list[Path]) -> int:
    """The last screen, which must not bury what the runs said; 1 if it could not be made."""
    try:
        _last_screen(jobs)
    except UserError as error:
        print(error, file=sys.stderr)
    except Exception as error:
        report_bug(error)
    else:
        return 0
    return 1


def _last_screen(jobs: list[Path]) -> None:
    """The comparison of this command's jobs, where it stands, and what to do next."""
    if not jobs:
        return
    from dialogsum.compare.report import write_comparison

    folder = jobs[0].parent
    progress(f"comparing the runs of {_relative(folder)} …")
    print(write_comparison(jobs, folder))
    if len(jobs) > 1 and any((job / "wandb").is_dir() for job in jobs):
        from dialogsum.tracking.wandb_compare import log_comparison

        if log_comparison(folder, jobs):
            print(f"Upload:    dialogsum wandb sync {_relative(folder)}")
    print(f"Compare:   dialogsum compare {_relative(folder)}")
    finished = [directory for directory in jobs if completed(directory)]
    if len(finished) < len(jobs):
        print("Again:     the same command continues what was stopped and repeats what failed")
    if finished:
        print(f"Evaluate:  {invocation('evaluate')} run={_relative(finished[-1])} generation=beam4")
