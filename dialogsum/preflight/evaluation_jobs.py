"""The jobs of `evaluate.py`: finished runs, each with its configuration changed by the command."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hydra.core.hydra_config import HydraConfig
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from dialogsum.common.errors import ConfigurationError, Problem, readable, suggestion
from dialogsum.common.files import DamagedFile, check_record_files, read_record, unwritable
from dialogsum.compare.runs import COMPLETED, UNREADABLE, RecordedRun, read_run, run_directories
from dialogsum.config import help
from dialogsum.config.hydra_app import progress
from dialogsum.config.recorded import load_recorded
from dialogsum.config.registration import register
from dialogsum.config.run_names import fingerprint
from dialogsum.config.schema import TrainConfig, structured
from dialogsum.data.locate import SPLITS
from dialogsum.preflight.checks import check_jobs, without_libraries
from dialogsum.preflight.command_line import search_path_problems
from dialogsum.tracking.record import RESULT

log = logging.getLogger(__name__)

SECTIONS = ("dataset", "prompt", "generation", "hardware")
LONGEST_NAME = 60  # of a part of a folder name
ONE_PROCESS = {"devices": 1, "strategy": "auto"}

register()
help.register_help()


@dataclass(frozen=True)
class EvaluationJob:
    """One finished run, to be evaluated once more.

    Attributes:
        cfg: the run's configuration with what the command changes.
        run: the run directory.
        split: train, validation or test.
    """

    cfg: DictConfig
    run: Path
    split: str

    @property
    def directory(self) -> Path:
        """`evaluations/<dataset>-<split>-<prompt>-<decoding>-<hash>` below the run."""
        names = (self.cfg.dataset.name, self.split, self.cfg.prompt.name, self.cfg.generation.name)
        # The names may come from somebody else's run, and a path in one would lead out of this one.
        parts = [re.sub(r"[^\w.+-]+", "_", name)[:LONGEST_NAME] for name in names]
        return self.run / "evaluations" / "-".join([*parts, fingerprint(self.cfg)])

    @property
    def is_done(self) -> bool:
        """Whether the same evaluation was completed before; a damaged one is repeated."""
        try:
            record = read_record(self.directory / RESULT)
            check_record_files(self.directory, record or {})
        except DamagedFile as error:
            log.warning("%s; the evaluation is repeated", error)
            (self.directory / RESULT).unlink()
            return False
        return record is not None


def evaluation_jobs(command: DictConfig) -> list[EvaluationJob]:
    """Return one job for each completed run that the command names.

    Raises:
        ConfigurationError: no completed run is there, or a setting does not fit a run.
    """
    jobs, problems = [], []
    for run in completed_runs(command.run):
        try:
            jobs.append(EvaluationJob(merge(run, command), run, command.split))
        except ConfigurationError as error:
            problems += error.problems
    if problems:
        raise ConfigurationError(problems)
    return jobs


def check_evaluations(command: DictConfig) -> None:
    """Check a command and every run it names before the first model is loaded.

    Args:
        command: as composed, with Hydra's own node.

    Raises:
        ConfigurationError: all problems of the command and its runs.
    """
    progress("checking the runs …")
    problems = search_path_problems(command)
    if command.hydra.mode == RunMode.MULTIRUN:
        what = "evaluate.py runs no sweeps; run=DIR takes a folder of runs as well"
        problems.append(Problem("--multirun", what))
    if command.split not in SPLITS:
        what = f"unknown split '{command.split}'{suggestion(str(command.split), SPLITS)}"
        problems.append(Problem("split", what))
    if command.hardware.get("devices", 1) not in (1, "auto"):
        what = "evaluate.py runs in one process: a run on several devices is evaluated on one"
        problems.append(Problem("hardware.devices", what))
    if OmegaConf.is_missing(command, "run"):
        problems.append(Problem("run", "missing; name a run directory or a folder of them"))
    else:
        problems += _job_problems(command)
    if problems:
        raise ConfigurationError(problems)


def _job_problems(command: DictConfig) -> list[Problem]:
    try:
        jobs = evaluation_jobs(command)
    except ConfigurationError as error:
        return error.problems
    quick = without_libraries(command.hydra.overrides.task)
    problems = check_jobs([job.cfg for job in jobs], [[job.run.name] for job in jobs], quick)
    for job in jobs:
        if obstacle := unwritable(job.directory):
            problems.append(Problem("run", obstacle))
    if command.split == "train" and any(job.cfg.prompt.shots for job in jobs):
        what = "the examples of the prompt come from train; for train itself use prompt=zero_shot"
        problems.append(Problem("split", what))
    return problems


def completed_runs(path: str) -> list[Path]:
    """Return the completed runs that `path` names: a run directory, a sweep or a folder of them.

    Raises:
        ConfigurationError: no completed run is there, or the only one is damaged.
    """
    found = runs_at(path)
    runs = [run.directory for run in found if run.status == COMPLETED and run.config]
    if not runs:
        problems = [Problem("run", str(run.error)) for run in found if run.status == UNREADABLE]
        what = f"{Path(path).expanduser().absolute()} holds no completed run"
        raise ConfigurationError(problems or [Problem("run", what)])
    return runs


def damaged_runs(path: str) -> list[RecordedRun]:
    """Return the runs at `path` that are left out because a file of theirs is damaged."""
    return [run for run in runs_at(path) if run.status == UNREADABLE]


def runs_at(path: str) -> list[RecordedRun]:
    """Return all runs in and below a folder, however they ended.

    Raises:
        ConfigurationError: it does not exist.
    """
    folder = Path(path).expanduser().absolute()
    if not folder.is_dir():
        raise ConfigurationError([Problem("run", f"there is no directory {folder}")])
    return [read_run(run) for run in run_directories(folder)]


def chosen_options(command: DictConfig) -> DictConfig:
    """Return group -> the option that the command chose, null where it is as in the run."""
    hydra: Any = command.hydra if "hydra" in command else HydraConfig.get()
    choices: DictConfig = hydra.runtime.choices
    return choices


def merge(run: Path, command: DictConfig) -> DictConfig:
    """Return the run's configuration with what the command changes.

    A section whose group was chosen (`dataset=samsum`) replaces the run's; single keys
    (`generation.num_beams=4`) change it. Folders are those of this machine, and loggers are left
    out: they belong to training. One process evaluates, however many have trained: Lightning would
    start others by executing this command again in each of them.

    Raises:
        ConfigurationError: a key or a value does not fit.
    """
    cfg = load_recorded(run, command.trust)
    defaults, chosen = structured(TrainConfig), chosen_options(command)
    try:
        for section in SECTIONS:
            base = defaults if chosen[section] else cfg
            cfg[section] = OmegaConf.merge(base[section], command[section])
        cfg.hardware = OmegaConf.merge(cfg.hardware, ONE_PROCESS)
        cfg.output_root, cfg.cache_dir, cfg.logger = str(run.parent.parent), command.cache_dir, {}
    except OmegaConfBaseException as error:
        problem = Problem(str(error.full_key or run), readable(error))
        raise ConfigurationError([problem]) from error
    return cfg
