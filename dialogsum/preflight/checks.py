"""Checks of a whole configuration before anything is loaded, all problems at once.

Types, ranges and choices of single fields are declared in `dialogsum.config.schema`; here are the
checks across fields and against the world: paths, devices, signatures of other libraries.

They have three stages. The first needs no library, so that most mistakes are reported within a
second. The second imports torch, Lightning and peft, and builds only what comes with them and
dialogsum. The third builds what only the user's configuration names, once nothing else is wrong
with any job.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
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
from dialogsum.config.recorded import unknown_targets
from dialogsum.config.run_names import run_directory
from dialogsum.config.schema import TrainConfig, constraint_problems, plain, restore
from dialogsum.modeling.hardware import check_hardware, launches_elsewhere
from dialogsum.preflight import dry_run
from dialogsum.preflight.signatures import bind
from dialogsum.preflight.trainer_settings import check_trainer, trainer_keys
from dialogsum.preflight.unknown_keys import TRAINER_KEYS, did_you_mean, known_keys
from dialogsum.tracking.wandb_setup import check_settings

TOKENIZER_FILES = ("tokenizer.json", "spiece.model", "sentencepiece.bpe.model", "vocab.json")
# A command that sets keys of these sections is checked against the libraries, whatever was found.
LIBRARY_SECTIONS = {"strategy", "optimizer", "schedule", "trainer", "logger", "hardware"}
SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|CREDENTIAL", re.IGNORECASE)
SHORTEST_SECRET = 8  # characters; "1" or "true" in a variable would be found everywhere
_TOP_LEVEL = tuple(f.name for f in fields(TrainConfig))


def check_jobs(
    jobs: Sequence[DictConfig],
    labels: Sequence[Sequence[str]],
    quick: bool = False,
    refused: bool = False,
) -> list[Problem]:
    """Return the problems of all jobs, each with the jobs it belongs to unless that is all.

    Args:
        labels: for each job the settings, or the name, that a reader recognizes it by.
        quick: end after the stage without libraries if there is a problem.
        refused: there is one already, an override that could not be composed.
    """
    found: dict[Problem, list[int]] = {}
    reported: list[set[str]] = [set() for _ in jobs]
    for stage in (_without_libraries, _against_libraries, _with_own_code):
        is_first = stage is _without_libraries
        if (found or refused) and (stage is _with_own_code or (quick and not is_first)):
            break
        for number, job in enumerate(jobs):
            new = [problem for problem in stage(job) if problem.where not in reported[number]]
            reported[number] |= {problem.where for problem in new}
            for problem in new:
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
    named = " ".join(common) if common else f"first {' '.join(labels[0])}"
    return f"in {len(labels)} of {len(jobs)} jobs: {named}; start those in a separate command"


def check(cfg: DictConfig, quick: bool = False, refused: bool = False) -> list[Problem]:
    """Return all problems of one job's configuration; arguments as of `check_jobs`."""
    return check_jobs([cfg], [[]], quick, refused)


def without_libraries(overrides: Sequence[str]) -> bool:
    """Return whether a command's overrides can be judged without importing a library.

    Options are not in doubt, unless they come from the user's own folders.
    """
    for override in overrides:
        key = override.lstrip("+~").partition("=")[0]
        section = re.split(r"[./@]", key)[0]
        is_choice = key == section and section != "hardware"
        if section in LIBRARY_SECTIONS and not is_choice:
            return False
        if key.startswith(("evaluation.metrics", "model.path", "hydra.searchpath")):
            return False
    return True


def _without_libraries(cfg: DictConfig) -> list[Problem]:
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
    known = {*known_keys(ours), *TRAINER_KEYS}
    for key in map(str, ours):
        if key not in _TOP_LEVEL:
            problems.append(Problem(key, f"unknown key{did_you_mean(key, known)}"))
    reported = {problem.where for problem in problems}
    return [
        *problems,
        *_check_learning_rate(cfg),
        *_check_secrets(values),
        *_check_run(in_use),
        *_check_model_files(in_use),
        *_check_data(in_use, reported),
    ]


def _in_use(cfg: DictConfig) -> DictConfig | None:
    """Return the configuration as a run gets it; None if the first stage refuses it altogether."""
    try:
        values = plain(cfg)
        return restore({key: values[key] for key in _TOP_LEVEL})
    except (OmegaConfBaseException, KeyError):
        return None


def _against_libraries(cfg: DictConfig) -> list[Problem]:
    in_use = _in_use(cfg)
    if in_use is None:
        return []
    known = {*known_keys(in_use), *trainer_keys()}
    return [
        *([] if launches_elsewhere(cfg) else check_hardware(in_use.hardware)),
        *_check_model_kind(in_use),
        *_check_lengths(in_use),
        *check_trainer(plain(in_use)["trainer"], known),
        *_check_factories(in_use, known),
        *_check_strategy(in_use, known),
        *_check_loggers(in_use, known),
    ]


def _with_own_code(cfg: DictConfig) -> list[Problem]:
    in_use = _in_use(cfg)
    assert in_use is not None, "the first stage found no problem"
    problems = []
    for section in ("optimizer", "schedule"):
        if _is_own(in_use[section]):
            problems += dry_run.factory(section, in_use)
    return problems + (_build_strategy(in_use) if _is_own(in_use.strategy) else [])


def _is_own(node: DictConfig) -> bool:
    """Return whether a section names a class that only the user's configuration knows."""
    return any(unknown_targets(OmegaConf.to_container(node, resolve=True)))


def _check_secrets(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse values of secret environment variables, which records would show in clear."""
    secrets = {
        name: text
        for name, text in os.environ.items()
        if SECRET.search(name) and len(text) >= SHORTEST_SECRET and not text.startswith("/")
    }
    for where, text in _texts(values):
        for name in sorted(name for name, secret in secrets.items() if secret in text):
            what = f"has the value of the variable {name}, which config.yaml would show; remove it"
            yield Problem(where, what)


def _texts(node: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _texts(value, f"{where}.{key}" if where else str(key))
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value, where)
    elif isinstance(node, str):
        yield where, node


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


def _check_model_files(cfg: DictConfig) -> list[Problem]:
    path = local_path(cfg.model.path)
    if path is None:
        what = f"'{cfg.model.path}' is neither a local path nor a name of the hub"
        return [] if is_hub_name(cfg.model.path) else [Problem("model.path", what)]
    if not path.is_dir():
        return [Problem("model.path", f"no directory {path}")]
    if not (path / "config.json").is_file():
        return [Problem("model.path", f"{path} has no config.json, so it is not a model")]
    problems = []
    if not any((path / name).is_file() for name in TOKENIZER_FILES):
        what = f"{path} has no tokenizer ({', '.join(TOKENIZER_FILES)})"
        problems.append(Problem("model.path", what))
    weights = any(path.glob("*.safetensors*")) or any(path.glob("pytorch_model*.bin*"))
    if cfg.model.pretrained and not weights and not cfg.plan:
        what = f"{path} has no weights; model.pretrained=false starts from random ones"
        problems.append(Problem("model.path", what))
    if cfg.model.revision is not None:
        what = f"{path} is a local directory, which has no revisions; leave it null"
        problems.append(Problem("model.revision", what))
    return problems


def _check_model_kind(cfg: DictConfig) -> list[Problem]:
    from transformers.models.auto.modeling_auto import MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES

    path = local_path(cfg.model.path)
    file = path / "config.json" if path else None
    if file is None or not file.is_file():
        return []
    try:
        kind = json.loads(file.read_text(encoding="utf-8")).get("model_type")
    except (ValueError, AttributeError, OSError) as error:
        return [Problem("model.path", f"{file} cannot be read: {error}")]
    if kind is None:
        return [Problem("model.path", f"{file} has no model_type")]
    if kind not in MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES:
        what = "dialogsum trains encoder-decoders such as T5, FLAN-T5 or BART"
        return [Problem("model.path", f"{path} is a {kind} model; {what}")]
    return []


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
    for section, given in (("optimizer", {"params"}), ("schedule", {"optimizer", "total_steps"})):
        node: Any = OmegaConf.to_container(cfg[section], resolve=True)
        node.pop("lr", None)
        found = bind(section, node, known, given)
        if not node.get("_partial_"):
            found.append(Problem(f"{section}._partial_", "must be true: it is built later"))
        if not found and not _is_own(cfg[section]):
            found = dry_run.factory(section, cfg)
        problems += found
    for name, node in plain(cfg)["evaluation"]["metrics"].items():
        problems += bind(f"evaluation.metrics.{name}", node, known)
    return problems


def _check_strategy(cfg: DictConfig, known: Collection[str]) -> list[Problem]:
    node: Any = OmegaConf.to_container(cfg.strategy, resolve=True)
    problems = _bind_strategy(node, known)
    return problems if problems or _is_own(cfg.strategy) else _build_strategy(cfg)


def _build_strategy(cfg: DictConfig) -> list[Problem]:
    """Return the problems that the strategy itself finds, and those of building its parts."""
    node: Any = OmegaConf.to_container(cfg.strategy, resolve=True)
    strategy = hydra.utils.instantiate(cfg.strategy, _recursive_=False)
    problems: list[Problem] = strategy.validate(cfg)
    if not problems and "peft" in node:
        problems = dry_run.peft(node["peft"])
    # A user's class need not be able to prepare a model without weights.
    adapts = {"peft", "patterns"} & node.keys()
    is_model = not _check_model_files(cfg) and not _check_model_kind(cfg)
    if adapts and not problems and local_path(cfg.model.path) and is_model:
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
