"""Every error of a configuration at once, before anything is loaded."""

from __future__ import annotations

import inspect
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import hydra
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from dialogsum.common.errors import Problem, at_least, is_count, readable, suggestion
from dialogsum.common.hub import is_hub_name
from dialogsum.common.paths import local_path
from dialogsum.config.schema import TrainConfig, plain, restore
from dialogsum.config.signatures import bind, wrong_types
from dialogsum.preflight import dry_run as trials
from dialogsum.preflight.hardware import check_hardware
from dialogsum.tracking.wandb_setup import check_settings

_WHOLE = "it would leave dialogues out of the figures"
# Arguments of Lightning's Trainer that cannot be given here, and why or what to give instead.
NOT_HERE = {
    "accelerator": "is set by hardware.accelerator",
    "devices": "is set by hardware.devices",
    "strategy": "is set by hardware.strategy",
    "precision": "is set by hardware.precision",
    "num_nodes": "is set by hardware and the launcher",
    "plugins": "is set by the group hardware",
    "logger": "is set by the group logger, e.g. logger=wandb",
    "accumulate_grad_batches": "is set by batching.tokens_per_batch, which splits a step by memory",
    "enable_checkpointing": "is set by checkpoint.every_n_steps and keep_checkpoints",
    "limit_val_batches": f"is set by dataset.limit.validation: {_WHOLE}",
    "limit_test_batches": f"is set by dataset.limit.test: {_WHOLE}",
    "limit_predict_batches": f"is set by dataset.limit.test: {_WHOLE}",
    "overfit_batches": "is set by dataset.limit.train, in dialogues",
    "fast_dev_run": "saves no checkpoint to evaluate; use trainer.max_steps and dataset.limit",
    "barebones": "saves no checkpoint to evaluate; use trainer.max_steps and dataset.limit",
    "callbacks": "cannot be set: the run's own callbacks are fixed",
    "use_distributed_sampler": "cannot be set: the data module shards the examples itself",
    "enable_model_summary": "cannot be set: the summary stands in the log",
    "num_sanity_val_steps": "cannot be set: preflight checks what it would",
}
TOKENIZER_FILES = ("tokenizer.json", "spiece.model", "sentencepiece.bpe.model", "vocab.json")
_KNOWN_KEYS = tuple(f.name for f in fields(TrainConfig))


def check(cfg: DictConfig) -> list[Problem]:
    """What is wrong with one job's configuration; an empty list if nothing is.

    Loads no weights and asks no network. Sections are checked one after the other and all the
    problems reported together.
    """
    try:
        ours = OmegaConf.masked_copy(cfg, [str(key) for key in cfg if key != "hydra"])
        if gone := [key for key in _KNOWN_KEYS if key not in ours]:
            return [Problem(key, "cannot be taken away") for key in gone]
        if missing := sorted(OmegaConf.missing_keys(ours)):
            return [Problem(key, "is missing; give it a value") for key in missing]
        values = plain(cfg)
        # What an interpolation gives is held against the schema only now.
        restore({key: values[key] for key in values if key in _KNOWN_KEYS})
    except OmegaConfBaseException as error:
        return [Problem(str(error.full_key), readable(error))]
    sections: tuple[Callable[[DictConfig], list[Problem]], ...] = (
        _check_run,
        _check_model,
        _check_dataset,
        _check_prompt,
        _check_batching,
        _check_generation,
        check_hardware,
        _check_trainer,
        _check_factories,
        _check_strategy,
        _check_loggers,
    )
    return [problem for section in sections for problem in section(cfg)]


def _check_run(cfg: DictConfig) -> list[Problem]:
    from dialogsum.common.metric_catalog import SCORES

    problems = []
    known = {*SCORES, *cfg.evaluation.metrics}
    for where, value in (
        ("objective", cfg.objective),
        ("checkpoint.monitor", cfg.checkpoint.monitor),
    ):
        if value not in known:
            what = f"'{value}' is no validation figure{suggestion(value, known)}"
            problems.append(Problem(where, what))
    if not 0 <= cfg.seed < 2**32:  # Lightning would take 0 for what numpy refuses
        problems.append(Problem("seed", f"must be from 0 to {2**32 - 1}, is {cfg.seed}"))
    if cfg.on_error not in ("continue", "stop"):
        problems.append(Problem("on_error", f"must be continue or stop, is '{cfg.on_error}'"))
    for key in cfg:
        if key not in (*_KNOWN_KEYS, "hydra"):
            what = f"there is no such key{suggestion(str(key), _KNOWN_KEYS)}"
            problems.append(Problem(str(key), what))
    for key in ("output_root", "cache_dir"):
        if obstacle := _unwritable(Path(cfg[key]).expanduser().absolute()):
            problems.append(Problem(key, obstacle))
    if not cfg.name or "/" in cfg.name or cfg.name.startswith("."):
        problems.append(Problem("name", f"names a folder and a W&B group; '{cfg.name}' does not"))
    problems += at_least(cfg, 1, "checkpoint.every_n_steps", "evaluation.validation_examples")
    return problems


def _check_model(cfg: DictConfig) -> list[Problem]:
    path = local_path(cfg.model.path)
    if path is None:
        what = f"'{cfg.model.path}' is neither a local path nor a name of the hub"
        return [] if is_hub_name(cfg.model.path) else [Problem("model.path", what)]
    if not path.is_dir():
        return [Problem("model.path", f"there is no directory {path}")]
    if not (path / "config.json").is_file():
        return [Problem("model.path", f"{path} has no config.json, so it is no model")]
    problems = [Problem("model.path", what) for what in _model_problems(path)]
    weights = any(path.glob("*.safetensors*")) or any(path.glob("pytorch_model*.bin*"))
    if cfg.model.pretrained and not weights and not cfg.plan:
        what = f"{path} holds no weights; model.pretrained=false starts from random ones"
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
        yield f"{path / 'config.json'} names no model_type"
    elif kind not in MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES:
        yield (
            f"{path} is a {kind} model; dialogsum trains encoder-decoders such as T5, FLAN-T5 "
            "or BART"
        )
    if not any((path / name).is_file() for name in TOKENIZER_FILES):
        yield f"{path} has no tokenizer ({', '.join(TOKENIZER_FILES)})"


def _check_dataset(cfg: DictConfig) -> list[Problem]:
    from dialogsum.data.check import check_dataset

    return check_dataset(cfg.dataset)


def _check_prompt(cfg: DictConfig) -> list[Problem]:
    from dialogsum.data.prompt import check_prompt

    problems = check_prompt(cfg.prompt)
    limit = cfg.dataset.limit.train
    if limit is not None and 0 < limit <= cfg.prompt.shots:
        what = f"{cfg.prompt.shots} examples need more than the {limit} of dataset.limit.train"
        problems.append(Problem("prompt.shots", what))
    return problems


def _check_batching(cfg: DictConfig) -> list[Problem]:
    problems = at_least(cfg, 1, "batching.batch_size")
    tokens = cfg.batching.tokens_per_batch
    if not (tokens in (None, "auto") or (is_count(tokens) and tokens > 0)):
        what = f"must be a number of tokens, null or auto, is '{tokens}'"
        problems.append(Problem("batching.tokens_per_batch", what))
    return problems


def _check_generation(cfg: DictConfig) -> list[Problem]:
    keys = ("num_beams", "max_new_tokens", "batch_size")
    problems = at_least(cfg, 1, *(f"generation.{key}" for key in keys))
    return problems + at_least(cfg, 0, "generation.no_repeat_ngram_size")


def _check_trainer(cfg: DictConfig) -> list[Problem]:
    import pytorch_lightning as pl

    known = set(inspect.signature(pl.Trainer.__init__).parameters) - {"self", *NOT_HERE}
    settings = {str(k): v for k, v in OmegaConf.to_container(cfg.trainer).items()}  # type: ignore[union-attr]
    problems = []
    for key in settings:
        where = f"trainer.{key}"
        if key in NOT_HERE:
            problems.append(Problem(where, NOT_HERE[key]))
        elif key not in known:
            what = f"no argument of Lightning's Trainer{suggestion(key, known)}"
            problems.append(Problem(where, what))
    problems += [Problem(f"trainer.{k}", what) for k, what in wrong_types(pl.Trainer, settings)]
    if not problems:  # Lightning would divide by them
        problems = at_least(cfg, 0, "trainer.gradient_clip_val")
        intervals = ("log_every_n_steps", "check_val_every_n_epoch", "val_check_interval")
        counts = [key for key in intervals if is_count(settings.get(key))]
        problems += at_least(cfg, 1, *(f"trainer.{key}" for key in counts))
    if problems:
        return problems
    if (settings.get("max_steps") or -1) < 1 and (settings.get("max_epochs") or 0) < 1:
        what = "neither max_epochs nor max_steps is above 0"
        return [Problem("trainer.max_epochs", what)]
    return trials.trainer(settings)


def _check_factories(cfg: DictConfig) -> list[Problem]:
    problems = []
    for section, given in (("optimizer", {"params"}), ("schedule", {"optimizer", "total_steps"})):
        node = OmegaConf.to_container(cfg[section], resolve=True)
        assert isinstance(node, dict)
        if "lr" in node and node["lr"] == cfg.strategy.get("learning_rate"):
            del node["lr"]  # checked where it is written
        found = bind(section, node, given)
        if not node.get("_partial_"):
            found.append(Problem(f"{section}._partial_", "must be true: it is built later"))
        if node.get("lr") == 0:  # which torch takes
            found.append(Problem(f"{section}.lr", "must be above 0, is 0"))
        problems += found
    rate = cfg.strategy.get("learning_rate")
    if not problems and isinstance(rate, int | float) and rate > 0:
        problems += trials.optimizer(cfg)
    for name, node in plain(cfg.evaluation.metrics).items():
        problems += bind(f"evaluation.metrics.{name}", node)
    return problems


def _check_strategy(cfg: DictConfig) -> list[Problem]:
    node = OmegaConf.to_container(cfg.strategy, resolve=True)
    assert isinstance(node, dict)
    problems = _bind_strategy(node)
    if problems:
        return problems
    strategy = hydra.utils.instantiate(cfg.strategy, _recursive_=False)
    problems = strategy.validate(cfg)
    if not problems and "peft" in node:
        problems = trials.peft(node["peft"])
    # A class of the user's need not be able to prepare a model without weights.
    known = {"peft", "patterns"} & node.keys()
    if known and not problems and local_path(cfg.model.path) and not _check_model(cfg):
        problems = trials.structure(f"strategy.{known.pop()}", cfg)
    return problems


def _bind_strategy(node: dict[Any, Any]) -> list[Problem]:
    """The strategy's arguments, and those of the `peft` config inside it."""
    from dialogsum.strategies import Strategy
    from dialogsum.strategies.methods import method_of

    outer = {key: value for key, value in node.items() if key != "peft"}
    given = {"peft"} & node.keys()
    kind = (Strategy, "strategy: it must extend dialogsum.strategies.Strategy")
    problems = bind("strategy", outer, given, kind)
    if not given or any(
        problem.where in ("strategy._target_", "strategy.peft") for problem in problems
    ):
        return problems
    inner = node["peft"]
    if isinstance(inner, dict) and (why := method_of(inner).refused):
        return [*problems, Problem("strategy.peft", why)]
    import peft

    return problems + bind("strategy.peft", inner, kind=(peft.PeftConfig, "config class of peft"))


def _check_loggers(cfg: DictConfig) -> list[Problem]:
    problems = []
    for name, node in (cfg.logger or {}).items():
        if not isinstance(node, DictConfig):
            what = f"must be the settings of a logger, is '{node}'; leave it out: logger=[]"
            problems.append(Problem(f"logger.{name}", what))
        elif name == "wandb":
            problems += check_settings(node)
        else:
            problems += bind(f"logger.{name}", OmegaConf.to_container(node), {"save_dir"})
    return problems


def _unwritable(path: Path) -> str | None:
    """Why nothing can be written below a directory that need not exist yet."""
    there = next(p for p in (path, *path.parents) if p.exists())
    if not there.is_dir():
        return f"{there} is no directory"
    return None if os.access(there, os.W_OK) else f"{there} cannot be written to"
