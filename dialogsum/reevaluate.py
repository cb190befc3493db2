"""The command `evaluate`: finished runs on another split, data set, prompt or decoding."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

import hydra
from hydra.experimental.callback import Callback
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from dialogsum.composition import COMPOSITION_ERRORS, explain
from dialogsum.config import conf_dir, fingerprint, register, restore
from dialogsum.preflight import check
from dialogsum.problems import ConfigurationError, Problem, UserError
from dialogsum.tracking.record import RESULT, completed

log = logging.getLogger(__name__)

SECTIONS = ("dataset", "prompt", "generation", "hardware")
SPLITS = ("train", "validation", "test")

register()


class PreflightCallback(Callback):
    """Checks the command and every run it names before the first model is loaded."""

    def on_run_start(self, config: DictConfig, **_: Any) -> None:
        # Hydra turns an exception of a callback into a warning; only an exit gets through.
        try:
            problems = [
                problem for run in find_runs(config.run) for problem in check(merge(run, config))
            ]
            if config.split not in SPLITS:
                problems.append(Problem("split", f"must be one of {', '.join(SPLITS)}"))
            if problems:
                raise ConfigurationError(problems)
        except UserError as error:
            print(error, file=sys.stderr)
            sys.exit(2)


def evaluate() -> None:
    """The command line of evaluate.py and `dialogsum evaluate`."""
    os.environ["HYDRA_FULL_ERROR"] = "1"
    main = hydra.main(version_base="1.3", config_path=str(conf_dir()), config_name="evaluate")
    try:
        main(evaluate_runs)()
    except COMPOSITION_ERRORS as error:
        print(explain(error, sys.argv[1:], "evaluate"), file=sys.stderr)
        sys.exit(2)
    except UserError as error:
        print(error, file=sys.stderr)
        sys.exit(1)


def evaluate_runs(command: DictConfig) -> None:
    """What Hydra calls: every run that `run` names, one after the other."""
    from dialogsum.evaluation.rerun import evaluate_run

    runs = find_runs(command.run)
    for number, run in enumerate(runs, start=1):
        cfg = merge(run, command)
        directory = run / "evaluations" / evaluation_key(cfg, command.split)
        if (directory / RESULT).exists():
            log.info("%d/%d %s is there already", number, len(runs), directory)
            continue
        log.info("%d/%d %s", number, len(runs), directory)
        evaluate_run(cfg, run, command.split, directory)
        if (run / "wandb").is_dir():
            from dialogsum.tracking.wandb_later import log_evaluation

            log_evaluation(run, directory)


def find_runs(path: str) -> list[Path]:
    """The completed runs that `path`, a run directory or a folder of runs, names.

    Raises:
        ConfigurationError: there is none.
    """
    folder = Path(path).expanduser().absolute()
    if not folder.is_dir():
        raise ConfigurationError([Problem("run", f"there is no directory {folder}")])
    candidates = [folder] if (folder / "config.yaml").exists() else sorted(folder.iterdir())
    runs = [run for run in candidates if (run / "config.yaml").exists() and completed(run)]
    if not runs:
        raise ConfigurationError([Problem("run", f"{folder} holds no completed run")])
    return runs


def merge(run: Path, command: DictConfig) -> DictConfig:
    """The run's configuration with what the command says otherwise.

    A section whose group was chosen (`dataset=samsum`) replaces the run's; single keys
    (`generation.num_beams=4`) change it.

    Raises:
        ConfigurationError: a key or a value does not fit.
    """
    config = OmegaConf.to_container(OmegaConf.load(run / "config.yaml"))
    assert isinstance(config, dict)
    try:
        cfg = restore(config)
        for section in SECTIONS:
            said = command[section]
            if "name" in said:
                cfg[section] = restore({section: said})[section]
            else:
                cfg[section] = OmegaConf.merge(cfg[section], said)
    except OmegaConfBaseException as error:
        what = str(error).splitlines()[0]
        raise ConfigurationError([Problem(str(error.full_key or run), what)]) from error
    return cfg


def evaluation_key(cfg: DictConfig, split: str) -> str:
    """`<dataset>-<split>-<prompt>-<decoding>-<hash>`: the folder below `evaluations/`."""
    names = (cfg.dataset.name, split, cfg.prompt.name, cfg.generation.name, fingerprint(cfg))
    return "-".join(names)
