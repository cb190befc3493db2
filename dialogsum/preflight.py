"""Every error of a configuration at once, before anything is loaded."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import hydra
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from dialogsum.config import local_path, plain
from dialogsum.problems import Problem, nearest
from dialogsum.tracking.wandb_settings import check_settings

# Trainer arguments that another section sets, and which.
SET_ELSEWHERE = {
    "accelerator": "hardware.accelerator",
    "devices": "hardware.devices",
    "strategy": "hardware.strategy",
    "precision": "hardware.precision",
    "num_nodes": "hardware and the launcher",
    "logger": "the group logger, e.g. logger=wandb",
    "callbacks": "nothing: the run's own callbacks are fixed",
    "accumulate_grad_batches": "batching.tokens_per_batch, which splits a step by memory",
    "use_distributed_sampler": "nothing: the data module shards the examples itself",
    "enable_checkpointing": "checkpoint.every_n_steps and keep_checkpoints",
    "enable_model_summary": "nothing: the summary stands in the log",
    "num_sanity_val_steps": "nothing: validation is checked before training anyway",
    "plugins": "the group hardware",
}
PRECISIONS = ("auto", "32-true", "bf16-mixed", "bf16-true")
FP16 = ("16", "16-mixed", "16-true", "fp16")


def check(cfg: DictConfig) -> list[Problem]:
    """What is wrong with one job's configuration; an empty list if nothing is.

    Loads no weights and asks no network. Sections are checked one after the other and all the
    problems reported together.
    """
    try:
        plain(cfg)
    except OmegaConfBaseException as error:
        return [Problem(str(error.full_key), str(error).splitlines()[0])]
    sections: tuple[Callable[[DictConfig], list[Problem]], ...] = (
        _check_run,
        _check_model,
        _check_dataset,
        _check_prompt,
        _check_batching,
        _check_generation,
        _check_hardware,
        _check_trainer,
        _check_factories,
        _check_strategy,
        _check_loggers,
    )
    return [problem for section in sections for problem in section(cfg)]


def _check_run(cfg: DictConfig) -> list[Problem]:
    from dialogsum.evaluation.catalogue import MEASURES

    problems = []
    figures = [name for name in MEASURES if "." not in name and name != "artifact_bytes"]
    for where, value in (
        ("objective", cfg.objective),
        ("checkpoint.monitor", cfg.checkpoint.monitor),
    ):
        known = {*figures, *cfg.evaluation.metrics}
        if value not in known:
            what = f"'{value}' is no validation figure{nearest(value, known)}"
            problems.append(Problem(where, what))
    if cfg.seed < 0:
        problems.append(Problem("seed", f"must be 0 or more, is {cfg.seed}"))
    if cfg.on_error not in ("continue", "stop"):
        problems.append(Problem("on_error", f"must be continue or stop, is '{cfg.on_error}'"))
    if not cfg.name or "/" in cfg.name or cfg.name.startswith("."):
        problems.append(Problem("name", f"names a folder and a W&B group; '{cfg.name}' does not"))
    problems += _at_least(cfg, 1, "checkpoint.every_n_steps", "evaluation.validation_examples")
    return problems


def _check_model(cfg: DictConfig) -> list[Problem]:
    path = local_path(cfg.model.path)
    if path is None:
        return []
    if not path.is_dir():
        return [Problem("model.path", f"there is no directory {path}")]
    if not (path / "config.json").is_file():
        return [Problem("model.path", f"{path} has no config.json, so it is no model")]
    weights = any(path.glob("*.safetensors*")) or any(path.glob("pytorch_model*.bin*"))
    if cfg.model.pretrained and not weights and not cfg.plan:
        what = f"{path} holds no weights; model.pretrained=false starts from random ones"
        return [Problem("model.path", what)]
    return []


def _check_dataset(cfg: DictConfig) -> list[Problem]:
    from dialogsum.data.source import check_source

    return [Problem(where, what) for where, what in check_source(cfg.dataset)]


def _check_prompt(cfg: DictConfig) -> list[Problem]:
    from dialogsum.data.prompt import check_prompt

    return [Problem(where, what) for where, what in check_prompt(cfg.prompt)]


def _check_batching(cfg: DictConfig) -> list[Problem]:
    problems = _at_least(cfg, 1, "batching.batch_size")
    tokens = cfg.batching.tokens_per_batch
    if not (tokens in (None, "auto") or (isinstance(tokens, int) and tokens > 0)):
        what = f"must be a number of tokens, null or auto, is '{tokens}'"
        problems.append(Problem("batching.tokens_per_batch", what))
    return problems


def _check_generation(cfg: DictConfig) -> list[Problem]:
    keys = ("num_beams", "max_new_tokens", "batch_size")
    problems = _at_least(cfg, 1, *(f"generation.{key}" for key in keys))
    return problems + _at_least(cfg, 0, "generation.no_repeat_ngram_size")


def _check_hardware(cfg: DictConfig) -> list[Problem]:
    hardware, problems = cfg.hardware, []
    if str(hardware.precision) in FP16:
        what = (
            "fp16 overflows in T5's feed-forward layers and gives NaN; "
            "use bf16-mixed or 32-true (auto chooses)"
        )
        problems.append(Problem("hardware.precision", what))
    elif hardware.precision not in PRECISIONS:
        what = f"'{hardware.precision}' is unknown{nearest(str(hardware.precision), PRECISIONS)}"
        problems.append(Problem("hardware.precision", what))
    accelerators = ("auto", "cpu", "gpu", "cuda", "mps")
    if hardware.accelerator not in accelerators:
        what = f"'{hardware.accelerator}' is unknown{nearest(hardware.accelerator, accelerators)}"
        problems.append(Problem("hardware.accelerator", what))
    elif hardware.accelerator in ("gpu", "cuda"):
        problems += _check_gpus(hardware.devices)
    if hardware.devices != "auto" and not (
        isinstance(hardware.devices, int) and hardware.devices > 0
    ):
        what = f"must be a number of devices or auto, is '{hardware.devices}'"
        problems.append(Problem("hardware.devices", what))
    strategies = ("auto", "ddp", "fsdp")
    if hardware.strategy not in strategies:
        what = f"'{hardware.strategy}' is unknown{nearest(hardware.strategy, strategies)}"
        problems.append(Problem("hardware.strategy", what))
    return problems + _at_least(cfg, 0, "hardware.num_workers")


def _check_gpus(devices: Any) -> list[Problem]:
    import torch

    there = torch.cuda.device_count()
    if there == 0:
        return [Problem("hardware.accelerator", "no GPU is here; use hardware=cpu")]
    if isinstance(devices, int) and devices > there:
        return [Problem("hardware.devices", f"{devices} GPUs are asked for, {there} are here")]
    return []


def _check_trainer(cfg: DictConfig) -> list[Problem]:
    import pytorch_lightning as pl

    known = set(inspect.signature(pl.Trainer.__init__).parameters) - {"self", *SET_ELSEWHERE}
    problems = []
    for key in cfg.trainer:
        where = f"trainer.{key}"
        if key in SET_ELSEWHERE:
            problems.append(Problem(where, f"is set by {SET_ELSEWHERE[str(key)]}"))
        elif key not in known:
            problems.append(
                Problem(where, f"no argument of Lightning's Trainer{nearest(str(key), known)}")
            )
    if cfg.trainer.get("max_steps", -1) < 1 and (cfg.trainer.get("max_epochs") or 0) < 1:
        problems.append(
            Problem("trainer.max_epochs", "neither max_epochs nor max_steps is above 0")
        )
    return problems


def _check_factories(cfg: DictConfig) -> list[Problem]:
    problems = []
    for section, given in (("optimizer", {"params"}), ("schedule", {"optimizer", "total_steps"})):
        node = OmegaConf.to_container(cfg[section], resolve=True)
        assert isinstance(node, dict)
        problems += bind(section, node, given)
        if not node.get("_partial_"):
            problems.append(Problem(f"{section}._partial_", "must be true: it is built later"))
    for name, node in cfg.evaluation.metrics.items():
        problems += bind(f"evaluation.metrics.{name}", OmegaConf.to_container(node))
    return problems


def _check_strategy(cfg: DictConfig) -> list[Problem]:
    node = OmegaConf.to_container(cfg.strategy, resolve=True)
    assert isinstance(node, dict)
    problems = bind("strategy", node)
    if problems:
        return problems
    strategy = hydra.utils.instantiate(cfg.strategy, _recursive_=False)
    return strategy.validate(cfg)


def _check_loggers(cfg: DictConfig) -> list[Problem]:
    problems = []
    for name, node in (cfg.logger or {}).items():
        if name == "wandb":
            problems += check_settings(node)
        else:
            problems += bind(f"logger.{name}", OmegaConf.to_container(node), {"save_dir"})
    return problems


def bind(where: str, node: Any, given: set[str] = frozenset()) -> list[Problem]:  # type: ignore[assignment]
    """Hold the arguments of a `_target_` node against the signature, without calling it.

    Args:
        where: dotted path of the node.
        node: plain mapping.
        given: arguments that the caller adds.
    """
    if not isinstance(node, Mapping) or "_target_" not in node:
        return [Problem(f"{where}._target_", "is missing: the class or function to build it with")]
    try:
        target = hydra.utils.get_object(node["_target_"])
    except (ImportError, AttributeError, ValueError) as error:
        return [Problem(f"{where}._target_", _import_problem(node["_target_"], error))]
    except hydra.errors.InstantiationException as error:
        return [Problem(f"{where}._target_", str(error).splitlines()[0])]
    arguments = {str(key) for key in node if not str(key).startswith("_")} | set(given)
    problems = [
        Problem(f"{where}.{name}", what)
        for name, what in _misfits(target, arguments, node.get("_partial_", False))
    ]
    for key, value in node.items():
        if isinstance(value, Mapping) and "_target_" in value:
            problems += bind(f"{where}.{key}", value)
    return problems


def _misfits(target: Any, arguments: set[str], partial: bool) -> list[tuple[str, str]]:
    parameters = _parameters(target)
    open_ended = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    named = {n: p for n, p in parameters.items() if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)}
    label = getattr(target, "__name__", str(target))
    misfits = []
    if not open_ended:
        for name in sorted(arguments - named.keys()):
            misfits.append((name, f"no argument of {label}{nearest(name, named)}"))
    required = {n for n, p in named.items() if p.default is p.empty} - arguments
    if not partial:
        misfits += [(name, f"is missing: {label} needs it") for name in sorted(required)]
    return misfits


def _parameters(target: Any) -> dict[str, inspect.Parameter]:
    """Parameters of a callable; a class's `**settings` are those of the classes it extends."""
    if not inspect.isclass(target):
        return dict(inspect.signature(target).parameters)
    merged: dict[str, inspect.Parameter] = {}
    for cls in target.__mro__:
        if cls is object or "__init__" not in vars(cls):
            continue
        own = dict(inspect.signature(vars(cls)["__init__"]).parameters)
        own.pop("self", None)
        variadic = [name for name, p in own.items() if p.kind is p.VAR_KEYWORD]
        for name, parameter in own.items():
            if name not in variadic:
                merged.setdefault(name, parameter)
        if not variadic:
            return merged
    return dict(inspect.signature(target).parameters)


def _import_problem(target: str, error: Exception) -> str:
    reason = str(error).splitlines()[0]
    return f"'{target}' cannot be imported: {reason}"


def _at_least(cfg: DictConfig, minimum: int, *keys: str) -> list[Problem]:
    problems = []
    for key in keys:
        value = OmegaConf.select(cfg, key)
        if value is not None and value < minimum:
            problems.append(Problem(key, f"must be at least {minimum}, is {value}"))
    return problems
