"""Checks of a whole configuration before anything is loaded, all problems at once.

Types, ranges and choices of single fields are declared in `dialogsum.config.schema`; here are the
checks across fields and against the world: paths, devices, signatures of other libraries.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import hydra
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from dialogsum.common.errors import Problem, readable, suggestion
from dialogsum.common.files import unwritable
from dialogsum.common.hub import is_hub_name
from dialogsum.common.metric_catalog import SCORES
from dialogsum.common.paths import local_path
from dialogsum.config.run_names import run_directory
from dialogsum.config.schema import TrainConfig, constraint_problems, plain, restore
from dialogsum.modeling.hardware import check_hardware, launches_elsewhere
from dialogsum.preflight import dry_run
from dialogsum.preflight.signatures import bind
from dialogsum.preflight.trainer_settings import check_trainer, trainer_keys
from dialogsum.preflight.unknown_keys import did_you_mean, known_keys
from dialogsum.tracking.wandb_setup import check_settings

TOKENIZER_FILES = ("tokenizer.json", "spiece.model", "sentencepiece.bpe.model", "vocab.json")
_TOP_LEVEL = tuple(f.name for f in fields(TrainConfig))


def check_jobs(jobs: Sequence[DictConfig], labels: Sequence[Sequence[str]]) -> list[Problem]:
    """Return the problems of all jobs, each with the jobs it belongs to unless that is all.

    Args:
        labels: for each job the settings, or the name, that a reader recognizes it by.
    """
    found: dict[Problem, list[int]] = {}
    for number, job in enumerate(jobs):
        for problem in check(job):
            found.setdefault(problem, []).append(number)
    shared = set(labels[0]).intersection(*labels) if labels else set()
    own = [[text for text in label if text not in shared] for label in labels]
    return [
        problem
        if len(numbers) == len(jobs)
        else Problem(problem.where, f"{problem.what} ({_whose([own[n] for n in numbers], jobs)})")
        for problem, numbers in found.items()
    ]


def _whose(labels: list[list[str]], jobs: Sequence[DictConfig]) -> str:
    """Return which of the jobs have a problem, by the settings that only they have in common."""
    common = [text for text in labels[0] if all(text in label for label in labels)]
    count = f"in {len(labels)} of {len(jobs)} jobs"
    return f"{count}: {' '.join(common)}" if common else f"{count}, first {' '.join(labels[0])}"


def check(cfg: DictConfig) -> list[Problem]:
    """Return all problems of one job's configuration.

    Loads no weights. Sections are checked one after the other and all problems reported together.
    """
    try:
        ours = OmegaConf.masked_copy(cfg, [str(key) for key in cfg if key != "hydra"])
        if removed := [key for key in _TOP_LEVEL if key not in ours]:
            return [Problem(key, "cannot be removed") for key in removed]
        if missing := sorted(OmegaConf.missing_keys(ours)):
            return [Problem(key, "is missing; give it a value") for key in missing]
        values = plain(cfg)
    except OmegaConfBaseException as error:
        return [Problem(str(error.full_key), readable(error))]
    problems = constraint_problems(values)
    try:
        in_use = restore({key: values[key] for key in _TOP_LEVEL})
    except OmegaConfBaseException as error:  # an interpolation gave a value of another type
        return problems or [Problem(str(error.full_key), readable(error))]
    known = {*known_keys(ours), *trainer_keys()}
    for key in map(str, ours):
        if key not in _TOP_LEVEL:
            problems.append(Problem(key, f"unknown key{did_you_mean(key, known)}"))
    problems += _check_learning_rate(cfg)
    reported = {problem.where for problem in problems}
    found = [
        *_check_run(in_use),
        *_check_model(in_use),
        *_check_data(in_use, reported),
        *_check_lengths(in_use),
        *([] if launches_elsewhere(cfg) else check_hardware(in_use.hardware)),
        *check_trainer(values["trainer"], known),
        *_check_factories(in_use, known),
        *_check_strategy(in_use, known),
        *_check_loggers(in_use, known),
    ]
    return problems + [problem for problem in found if problem.where not in reported]


def _check_run(cfg: DictConfig) -> list[Problem]:
    problems = []
    metrics = {*SCORES, *cfg.evaluation.metrics}
    for where in ("objective", "checkpoint.monitor"):
        value = OmegaConf.select(cfg, where)
        if value not in metrics:
            what = f"unknown validation metric '{value}'{suggestion(value, metrics)}"
            problems.append(Problem(where, what))
    for key, folder in (("output_root", run_directory(cfg)), ("cache_dir", Path(cfg.cache_dir))):
        if obstacle := unwritable(folder):
            problems.append(Problem(key, f"{obstacle}; name another folder"))
    return problems


def _check_model(cfg: DictConfig) -> list[Problem]:
    path = local_path(cfg.model.path)
    if path is None:
        what = f"'{cfg.model.path}' is neither a local path nor a name of the hub"
        return [] if is_hub_name(cfg.model.path) else [Problem("model.path", what)]
    if not path.is_dir():
        return [Problem("model.path", f"no directory {path}")]
    if not (path / "config.json").is_file():
        return [Problem("model.path", f"{path} has no config.json, so it is not a model")]
    problems = [Problem("model.path", what) for what in _model_problems(path)]
    weights = any(path.glob("*.safetensors*")) or any(path.glob("pytorch_model*.bin*"))
    if cfg.model.pretrained and not weights and not cfg.plan:
        what = f"{path} has no weights; model.pretrained=false starts from random ones"
        problems.append(Problem("model.path", what))
    if cfg.model.revision is not None:
        what = f"{path} is a local directory, which has no revisions; leave it null"
        problems.append(Problem("model.revision", what))
    return problems


def _model_problems(path: Path) -> Iterator[str]:
    from transformers.models.auto.modeling_auto import MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES

    try:
        kind = json.loads((path / "config.json").read_text(encoding="utf-8")).get("model_type")
    except (ValueError, AttributeError, OSError) as error:
        yield f"{path / 'config.json'} cannot be read: {error}"
        return
    if kind is None:
        yield f"{path / 'config.json'} has no model_type"
    elif kind not in MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES:
        yield (
            f"{path} is a {kind} model; dialogsum trains encoder-decoders such as T5, FLAN-T5 "
            "or BART"
        )
    if not any((path / name).is_file() for name in TOKENIZER_FILES):
        yield f"{path} has no tokenizer ({', '.join(TOKENIZER_FILES)})"


def _check_lengths(cfg: DictConfig) -> list[Problem]:
    from dialogsum.modeling.model_limits import check_lengths

    return check_lengths(cfg)


def _check_data(cfg: DictConfig, reported: Collection[str]) -> list[Problem]:
    from dialogsum.data.check import check_dataset
    from dialogsum.data.prompt import check_template

    problems = [] if "dataset.columns.summary" in reported else check_dataset(cfg.dataset)
    if what := check_template(cfg.prompt.template):
        problems.append(Problem("prompt.template", what))
    limit = cfg.dataset.limit.train
    if limit is not None and 0 < limit <= cfg.prompt.shots:
        what = f"{cfg.prompt.shots} examples need more than the {limit} of dataset.limit.train"
        problems.append(Problem("prompt.shots", what))
    return problems


def _check_learning_rate(cfg: DictConfig) -> list[Problem]:
    """Refuse a number as the optimizer's learning rate, of which the strategy would not know."""
    problems = []
    for section in ("optimizer", "schedule"):
        lr = cfg[section].get("lr")
        unset = lr is None or OmegaConf.is_interpolation(cfg[section], "lr")
        if not unset and lr != cfg.strategy.get("learning_rate"):
            what = "is set by strategy.learning_rate; set that"
            problems.append(Problem(f"{section}.lr", what))
    return problems


def _check_factories(cfg: DictConfig, known: Collection[str]) -> list[Problem]:
    problems = []
    learning_rate = cfg.strategy.get("learning_rate")
    for section, given in (("optimizer", {"params"}), ("schedule", {"optimizer", "total_steps"})):
        node: Any = OmegaConf.to_container(cfg[section], resolve=True)
        node.pop("lr", None)
        problems += bind(section, node, known, given)
        if not node.get("_partial_"):
            problems.append(Problem(f"{section}._partial_", "must be true: it is built later"))
    if not problems and isinstance(learning_rate, int | float) and learning_rate > 0:
        problems += dry_run.optimizer(cfg)
    for name, node in plain(cfg)["evaluation"]["metrics"].items():
        problems += bind(f"evaluation.metrics.{name}", node, known)
    return problems


def _check_strategy(cfg: DictConfig, known: Collection[str]) -> list[Problem]:
    node: Any = OmegaConf.to_container(cfg.strategy, resolve=True)
    if problems := _bind_strategy(node, known):
        return problems
    strategy = hydra.utils.instantiate(cfg.strategy, _recursive_=False)
    problems = strategy.validate(cfg)
    if not problems and "peft" in node:
        problems = dry_run.peft(node["peft"])
    # A user's class need not be able to prepare a model without weights.
    adapts = {"peft", "patterns"} & node.keys()
    if adapts and not problems and local_path(cfg.model.path) and not _check_model(cfg):
        problems = dry_run.structure(f"strategy.{adapts.pop()}", cfg)
    return problems


def _bind_strategy(node: dict[Any, Any], known: Collection[str]) -> list[Problem]:
    """Check the strategy's arguments, and those of the `peft` config inside it."""
    import peft

    from dialogsum.strategies import Strategy
    from dialogsum.strategies.peft_methods import method_of

    outer = {key: value for key, value in node.items() if key != "peft"}
    given = {"peft"} & node.keys()
    base = (Strategy, "strategy: it must extend dialogsum.strategies.Strategy")
    problems = bind("strategy", outer, known, given, base)
    unusable = {problem.where for problem in problems} & {"strategy._target_", "strategy.peft"}
    if not given or unusable:
        return problems
    inner = node["peft"]
    if isinstance(inner, dict) and (why := method_of(inner).refused):
        return [*problems, Problem("strategy.peft", why)]
    return problems + bind(
        "strategy.peft", inner, known, base=(peft.PeftConfig, "peft config class")
    )


def _check_loggers(cfg: DictConfig, known: Collection[str]) -> list[Problem]:
    problems = []
    for name, node in (cfg.logger or {}).items():
        if not isinstance(node, DictConfig):
            what = f"must be the settings of a logger, got '{node}'; leave it out: logger=[]"
            problems.append(Problem(f"logger.{name}", what))
        elif name == "wandb":
            problems += check_settings(node)
        else:
            problems += bind(f"logger.{name}", OmegaConf.to_container(node), known, {"save_dir"})
    return problems
