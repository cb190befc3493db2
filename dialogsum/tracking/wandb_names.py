"""What a run is called and filtered by in W&B."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf

from dialogsum.common.files import read_json
from dialogsum.config.schema import fingerprint, run_name

LONGEST = 128  # W&B refuses longer names
# In the name anyway, or of no influence on the result.
_NAMED = {"strategy", "model", "dataset", "seed", "name", "logger", "output_root", "force"}


def display_name(cfg: DictConfig) -> str:
    """`<strategy>-<model>-<dataset>[-<what was swept>]-seed<N>`."""
    parts = [cfg.strategy.name, cfg.model.name, cfg.dataset.name]
    parts += [f"{key.rpartition('.')[2]}={value}" for key, value in swept(cfg).items()]
    return "-".join([*map(str, parts), f"seed{cfg.seed}"])[:LONGEST]


def swept(cfg: DictConfig) -> dict[str, Any]:
    """Dotted key -> this job's value, for what the command gave several values."""
    values = {}
    for key in swept_keys():
        value = OmegaConf.select(cfg, key)
        if isinstance(value, DictConfig):
            value = value.get("name")
        if value is None and HydraConfig.initialized():
            value = HydraConfig.get().runtime.choices.get(key)
        if value is not None:
            values[key] = value
    return values


def swept_keys() -> list[str]:
    """The keys with several values in the command that this process belongs to."""
    from dialogsum.sweep import SWEEP_FILE

    path, _, identifier = os.environ.get(SWEEP_FILE, "").rpartition("::")
    content = read_json(Path(path)) if path else None
    if not content or identifier not in content["commands"]:
        return []
    parser = OverridesParser.create()
    keys = []
    for text in content["commands"][identifier]["overrides"]:
        try:
            override = parser.parse_override(text)
        except HydraException:
            continue  # a value that only a shell could have quoted; the job itself was composed
        if override.is_sweep_override() and override.key_or_group not in _NAMED:
            keys.append(override.key_or_group)
    return keys


def tags(cfg: DictConfig, own: list[str]) -> list[str]:
    """Strategy, model, dataset and prompt, and the user's own; at most 64 characters each."""
    names = [cfg.strategy.name, cfg.model.name, cfg.dataset.name, cfg.prompt.name, *own]
    return [str(name)[:64] for name in dict.fromkeys(names)]


def flat_config(cfg: DictConfig) -> dict[str, Any]:
    """Keys without dots beside the nested config: they filter and group without ambiguity."""
    return {
        "strategy_name": cfg.strategy.name,
        "model_name": cfg.model.name,
        "dataset_name": cfg.dataset.name,
        "prompt_name": cfg.prompt.name,
        "generation_name": cfg.generation.name,
        "learning_rate": cfg.strategy.get("learning_rate"),
        "batch_size": cfg.batching.batch_size,
        "fingerprint": fingerprint(cfg),
        "run_directory": run_name(cfg),
    }


def swept_config(cfg: DictConfig) -> dict[str, Any]:
    """Flat keys of what the command swept: the columns and axes one looks for first."""
    return {f"swept_{key.replace('.', '_')}": value for key, value in swept(cfg).items()}


def parameter_config(parameters: dict[str, Any]) -> dict[str, Any]:
    """The same for the counts, known once the model is built."""
    return {
        "trainable_parameters": parameters["trainable"],
        "total_parameters": parameters["total"],
        "trainable_percent": parameters["percent"],
    }
