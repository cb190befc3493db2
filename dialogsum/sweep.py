"""The jobs of one training command: check all of them, announce each, compare them at the end."""

from __future__ import annotations

import logging
import shlex
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hydra.types import RunMode
from omegaconf import DictConfig

from dialogsum.common.errors import ConfigurationError, Interrupted, Problem, UserError
from dialogsum.common.formatting import format_headline
from dialogsum.common.metric_catalog import LOWER_IS_BETTER
from dialogsum.common.sweep_file import append_job, jobs_of_command, start_sweep
from dialogsum.compare.runs import COMPLETED, read_run
from dialogsum.config import help, job_label
from dialogsum.config.composition import compose_jobs, prefer_command_line
from dialogsum.config.hydra_app import invocation, mark_reported, progress, report_bug
from dialogsum.config.registration import register
from dialogsum.config.run_names import run_directory, run_name
from dialogsum.preflight import checks
from dialogsum.preflight.command_line import search_path_problems

log = logging.getLogger(__name__)

# These name a run's directory; changed, train.log and result.json would lie apart.
FIXED = ("hydra.run.", "hydra.sweep.", "hydra.job.name", "hydra.job.chdir", "hydra.output_subdir")

# On import, because a job in another process unpickles `train`, which imports this module, and
# only then composes its configuration.
register()
help.register_help()
job_label.register_log_prefix()


def check_command(command: DictConfig) -> None:
    """Check every job of a command and enter the command into sweep.json; `plan=true` ends here.

    Args:
        command: as composed, with Hydra's own node.

    Raises:
        ConfigurationError: all problems of all jobs.
    """
    if command.hydra.mode == RunMode.MULTIRUN:
        prefer_command_line(command)
        jobs = compose_jobs(command)
    else:
        jobs = [command]
    progress(f"checking {f'{len(jobs)} jobs' if len(jobs) > 1 else 'the configuration'} …")
    problems = search_path_problems(command) + _directory_problems(command)
    labels = [list(job.hydra.overrides.task) for job in jobs]
    problems += checks.check_jobs(jobs, labels, _is_quick(command))
    if problems:
        raise ConfigurationError(problems)
    overrides, swept = list(command.hydra.overrides.task), job_label.swept_keys(command)
    is_search = jobs[0] is command and command.hydra.mode == RunMode.MULTIRUN
    planned = None if is_search else [run_name(job) for job in jobs]
    if command.plan or any(job.plan for job in jobs):
        from dialogsum.preflight.plan import plan_table

        print(plan_table(jobs, swept))
        sys.exit(0)
    start_sweep(run_directory(command).parent, overrides, swept, planned)


def _is_quick(command: DictConfig) -> bool:
    """Return whether a mistake can be reported before the libraries are loaded."""
    own_folders = any("command-line" in s.provider for s in command.hydra.runtime.config_sources)
    overrides = [*command.hydra.overrides.task, *command.hydra.overrides.hydra]
    return not own_folders and checks.without_libraries(overrides)


def _directory_problems(command: DictConfig) -> list[Problem]:
    """Refuse settings of Hydra's that would move a run away from where it is looked for."""
    keys = [override.lstrip("+~").partition("=")[0] for override in command.hydra.overrides.hydra]
    what = "cannot be set: run directories are <output_root>/<name>/<run>; set output_root or name"
    return [Problem(key, what) for key in keys if key.startswith(FIXED)]


@contextmanager
def announced(cfg: DictConfig) -> Iterator[None]:
    """Announce a job in the log and in sweep.json; report its failure where it happens.

    Raises:
        SystemExit: 130 after an interruption, 1 after a failure with `on_error=stop`; either ends
            the sweep. Other failures pass, flagged as reported, and Hydra runs the other jobs.
    """
    directory = run_directory(cfg)
    append_job(directory)
    log.info("run in %s", _shown(directory))
    try:
        yield
    except (Interrupted, KeyboardInterrupt):
        log.warning("interrupted; the same command continues it")
        sys.exit(130)
    except Exception as error:
        _report_failure(directory, error)
        mark_reported(error)
        if cfg.on_error == "stop":
            sys.exit(1)
        raise


def _report_failure(directory: Path, error: Exception) -> None:
    """Print a user's mistake as one sentence; of a bug, write the traceback to the log file."""
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
        _shown(directory / "train.log"),
    )


def report_result(cfg: DictConfig, record: dict[str, Any]) -> float | None:
    """Log the headline of a completed job; return the validation metric that `objective` names."""
    headline = format_headline(record["metrics"]["test"])
    log.info("test: %s  ->  %s", headline, _shown(run_directory(cfg)))
    metric = record["metrics"]["validation"].get(cfg.objective)
    return metric["value"] if metric else None


def compare_jobs() -> int:
    """Print and write the comparison of this command's jobs, from what they left on the disk.

    Returns:
        1 if the comparison failed, else 0. A failed comparison is reported in one sentence: the
        results of the runs matter more.
    """
    jobs = jobs_of_command()
    try:
        if jobs:
            _print_comparison(jobs)
            _print_next_steps(jobs)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except Exception as error:
        report_bug(error)
        return 1
    return 0


def _print_comparison(jobs: list[Path]) -> None:
    from dialogsum.compare.report import write_comparison

    folder = jobs[0].parent
    progress(f"comparing the runs of {_shown(folder)} …")
    written = write_comparison(jobs, folder)
    print(written.text)
    if len(jobs) > 1 and any((job / "wandb").is_dir() for job in jobs):
        from dialogsum.tracking.wandb_run import COMPARISON, log_comparison

        try:
            plots = written.write_plots(folder / COMPARISON / "plots")
        except UserError as error:  # without matplotlib the comparison has no plots
            log.info("W&B: %s", error)
            plots = []
        if log_comparison(folder, jobs, written.csv, written.html, plots):
            print(f"Upload:    dialogsum wandb sync {_shown(folder)}")


def _print_next_steps(jobs: list[Path]) -> None:
    print(f"Compare:   dialogsum compare {_shown(jobs[0].parent)}")
    finished = [job for job in jobs if read_run(job).status == COMPLETED]
    if len(finished) < len(jobs):
        print("Again:     the same command continues what was stopped and repeats what failed")
    if finished:
        best = _shown(best_run(finished))
        print(f"Evaluate:  {invocation('evaluate')} run={best} generation=beam4")
        print(f"Summarize: dialogsum summarize --run {best} FILE")


def best_run(finished: list[Path]) -> Path:
    """Return the trained run with the best validation value of its objective.

    Untrained runs are second choice, and so are runs without that metric.
    """

    def rank(directory: Path) -> tuple[bool, float]:
        run = read_run(directory)
        objective = run.config["objective"]
        value = run.record["metrics"]["validation"].get(objective, {}).get("value")
        sign = -1 if objective in LOWER_IS_BETTER else 1
        trained = run.record["training"] is not None and value is not None
        return trained, sign * value if trained else 0.0

    return max(finished, key=rank)


def _shown(path: Path) -> str:
    """Return a path as the user would type it from the working directory, quoted for the shell."""
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
