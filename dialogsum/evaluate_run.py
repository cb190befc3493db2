"""The command `evaluate`: finished runs on another split, data set, prompt or decoding."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import hydra
from hydra.experimental.callback import Callback
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from dialogsum.common.errors import ConfigurationError, Problem, UserError, readable, suggestion
from dialogsum.common.files import write_text
from dialogsum.common.formatting import format_headline
from dialogsum.common.library_noise import silence_libraries
from dialogsum.compare.runs import CONFIG, run_directories
from dialogsum.config import help
from dialogsum.config.hydra_app import before_jobs, mark_reported, progress, report_bug, start
from dialogsum.config.schema import fingerprint, register, restore
from dialogsum.config.search_path import search_path_problems
from dialogsum.data.locate import SPLITS
from dialogsum.preflight.checks import check
from dialogsum.tracking.record import RESULT, completed

log = logging.getLogger(__name__)

SECTIONS = ("dataset", "prompt", "generation", "hardware")
ONE_PROCESS = {"devices": 1, "strategy": "auto"}

register()
help.register()


class PreflightCallback(Callback):
    """Checks the command and every run it names before the first model is loaded."""

    def on_run_start(self, config: DictConfig, **_: Any) -> None:
        with before_jobs("evaluate"):
            check_command(config)

    def on_multirun_start(self, config: DictConfig, **_: Any) -> None:
        with before_jobs("evaluate"):
            what = "evaluate.py runs no sweeps; run=DIR takes a folder of runs as well"
            raise ConfigurationError([Problem("--multirun", what)])


def check_command(command: DictConfig) -> None:
    """Raises ConfigurationError with all that is wrong with the command and its runs."""
    progress("checking the runs …")
    problems = search_path_problems(command)
    if command.split not in SPLITS:
        what = f"'{command.split}' is no split{suggestion(str(command.split), SPLITS)}"
        problems.append(Problem("split", what))
    if command.hardware.get("devices", 1) not in (1, "auto"):
        what = "evaluate.py runs in one process: a run on several devices is evaluated on one"
        problems.append(Problem("hardware.devices", what))
    if OmegaConf.is_missing(command, "run"):
        what = "is missing: run=DIR, a run directory or a folder of them"
        problems.append(Problem("run", what))
    else:
        problems += _run_problems(command)
    if problems:
        raise ConfigurationError(problems)


def _run_problems(command: DictConfig) -> list[Problem]:
    try:
        jobs = [merge(run, command) for run in find_runs(command.run)]
    except ConfigurationError as error:
        return error.problems
    problems = [problem for job in jobs for problem in check(job)]
    if command.split == "train" and any(job.prompt.shots for job in jobs):
        what = "the examples of the prompt come from train; for train itself use prompt=zero_shot"
        problems.append(Problem("split", what))
    return problems


def evaluate() -> None:
    """The command line of evaluate.py and `dialogsum evaluate`: exit code 0, 1 or 2."""
    sys.exit(start(evaluate_runs, "evaluate"))


def evaluate_runs(command: DictConfig) -> None:
    """What Hydra calls: every run that `run` names, one after the other."""
    runs = find_runs(command.run)
    for number, run in enumerate(runs, start=1):
        cfg = merge(run, command)
        directory = run / "evaluations" / evaluation_key(cfg, command.split)
        if (directory / RESULT).exists():
            log.info("%d/%d %s is there already", number, len(runs), directory)
            continue
        log.info("%d/%d %s", number, len(runs), directory)
        _evaluate_one(cfg, run, command.split, directory)
        if (run / "wandb").is_dir():
            from dialogsum.tracking.wandb_later import log_evaluation

            log_evaluation(run, directory)
    print(f"Compare:   dialogsum compare {command.run}")


def _evaluate_one(cfg: DictConfig, run: Path, split: str, directory: Path) -> None:
    """Evaluate; a failure is told here, once."""
    try:
        evaluate_run(cfg, run, split, directory)
    except UserError as error:
        log.error("%s: %s", run.name, error)
        mark_reported(error)
        raise
    except Exception as error:
        report_bug(error)
        mark_reported(error)
        raise


def evaluate_run(cfg: DictConfig, run: Path, split: str, directory: Path) -> dict[str, Any]:
    """Generate and score one split; everything goes into `directory`, result.json last.

    Args:
        cfg: the run's configuration with the evaluation's changes.
        run: the run directory, whose exported model is loaded.
        split: train, validation or test.
        directory: below `evaluations/` of the run; must not hold a result yet.
    """
    # Libraries of training load here, after the checks of every run.
    from dialogsum.data.datamodule import DialogueDataModule
    from dialogsum.evaluation.scoring import scoring_environment
    from dialogsum.evaluation.split_evaluation import evaluate_split
    from dialogsum.modeling.backbone import load_tokenizer
    from dialogsum.modeling.generation import Generator
    from dialogsum.modeling.inference import InferenceModule
    from dialogsum.modeling.trained import load_trained_model
    from dialogsum.modeling.trainer import build_trainer, describe_device
    from dialogsum.tracking.callbacks import Meters
    from dialogsum.tracking.meters import Clocks, Memory
    from dialogsum.tracking.record import RunRecord

    silence_libraries()
    clocks, memory = Clocks(), Memory()
    memory.start_job()
    record = RunRecord(cfg, directory)
    with clocks("tokenize"):
        tokenizer = load_tokenizer(cfg.model)
        read = SPLITS if _is_own_data(cfg, run) else (split,)
        data = DialogueDataModule.prepared(cfg, tokenizer, (split,), read=read)
    with clocks("load"):
        model = load_trained_model(cfg, run)
    module = InferenceModule(model, Generator(tokenizer, cfg.generation))
    meters = Meters(clocks, memory, record)
    trainer = build_trainer(cfg, directory, [meters], [])
    metrics = {n: hydra.utils.instantiate(node) for n, node in cfg.evaluation.metrics.items()}
    evaluation = evaluate_split(trainer, module, data, split, metrics, clocks)
    write_text(directory / "config.yaml", OmegaConf.to_yaml(cfg, resolve=True))
    evaluation.write(directory / "predictions.jsonl")
    record.values |= {
        "split": split,
        "metrics": {split: evaluation.metrics},
        "data": data.report.record(),
        "memory_bytes": memory.record(),
        "generation": OmegaConf.to_container(cfg.generation),
    }
    record.values["environment"] |= {
        **describe_device(trainer),
        **scoring_environment(),
    }
    record.write("completed", clocks.seconds)
    log.info("%s: %s", split, format_headline(evaluation.metrics))
    return record.values


def _is_own_data(cfg: DictConfig, run: Path) -> bool:
    """Whether the run was trained on this data set: its splits must be the same ones then.

    Of a file that the run has divided, the test split is a tenth, not the whole.
    """
    own = OmegaConf.load(run / "config.yaml").dataset
    return (own.name, own.path) == (cfg.dataset.name, cfg.dataset.path)


def find_runs(path: str) -> list[Path]:
    """The completed runs that `path` names: a run directory, a sweep or a folder of them.

    Raises:
        ConfigurationError: there is none.
    """
    folder = Path(path).expanduser().absolute()
    if not folder.is_dir():
        raise ConfigurationError([Problem("run", f"there is no directory {folder}")])
    runs = [run for run in run_directories(folder) if completed(run) and (run / CONFIG).exists()]
    if not runs:
        raise ConfigurationError([Problem("run", f"{folder} holds no completed run")])
    return runs


def merge(run: Path, command: DictConfig) -> DictConfig:
    """The run's configuration with what the command says otherwise.

    A section whose group was chosen (`dataset=samsum`) replaces the run's; single keys
    (`generation.num_beams=4`) change it. One process evaluates, however many have trained:
    Lightning would start others by executing this command again in each of them.

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
        cfg.hardware = OmegaConf.merge(cfg.hardware, ONE_PROCESS)
    except OmegaConfBaseException as error:
        problem = Problem(str(error.full_key or run), readable(error))
        raise ConfigurationError([problem]) from error
    return cfg


def evaluation_key(cfg: DictConfig, split: str) -> str:
    """`<dataset>-<split>-<prompt>-<decoding>-<hash>`: the folder below `evaluations/`."""
    names = (cfg.dataset.name, split, cfg.prompt.name, cfg.generation.name, fingerprint(cfg))
    return "-".join(names)
