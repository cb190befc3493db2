"""What a run is called and filtered by in W&B."""

from __future__ import annotations

from typing import Any

from omegaconf import DictConfig

from dialogsum.config.job_label import swept_settings
from dialogsum.config.schema import fingerprint, run_name

LONGEST = 128  # W&B refuses longer names


def display_name(cfg: DictConfig) -> str:
    """`<strategy>-<model>-<dataset>[-<what was swept>]-seed<N>`."""
    parts = [cfg.strategy.name, cfg.model.name, cfg.dataset.name]
    parts += [f"{key.rpartition('.')[2]}={value}" for key, value in swept_settings(cfg).items()]
    return "-".join([*map(str, parts), f"seed{cfg.seed}"])[:LONGEST]


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
    return {f"swept_{key.replace('.', '_')}": value for key, value in swept_settings(cfg).items()}


def parameter_config(parameters: dict[str, Any]) -> dict[str, Any]:
    """The same for the counts, known once the model is built."""
    return {
        "trainable_parameters": parameters["trainable"],
        "total_parameters": parameters["total"],
        "trainable_percent": parameters["percent"],
    }
