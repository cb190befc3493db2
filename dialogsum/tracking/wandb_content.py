"""Names, config keys, rows, tables and artifacts of W&B runs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import wandb
from omegaconf import DictConfig

from dialogsum.common.metric_catalog import HIGHER, LOWER, SCORES
from dialogsum.config.base_model import named_base, recorded_base
from dialogsum.config.job_label import swept_settings
from dialogsum.config.run_names import fingerprint, run_name
from dialogsum.config.schema import plain

AXES = ("step", "examples", "tokens", "seconds")  # in every row: any panel can use any of them
TABLE_COLUMNS = ("id", "source", "references", "prediction", "truncated", "group")
LONGEST_NAME, LONGEST_TAG = 128, 64  # W&B refuses longer ones


def setting_name(cfg: DictConfig) -> str:
    """Return `<strategy>-<model>-<dataset>[-<swept>=<value>]`, common to runs of all seeds."""
    swept = [f"{key.rpartition('.')[2]}={value}" for key, value in swept_settings(cfg).items()]
    return "-".join([cfg.strategy.name, cfg.model.name, cfg.dataset.name, *swept])


def display_name(cfg: DictConfig) -> str:
    """Return the setting's name with the seed."""
    return f"{setting_name(cfg)}-seed{cfg.seed}"[:LONGEST_NAME]


def tags(cfg: DictConfig) -> list[str]:
    """Return strategy, model, dataset, prompt, and the user's own tags."""
    names = [cfg.strategy.name, cfg.model.name, cfg.dataset.name, cfg.prompt.name]
    return [str(name)[:LONGEST_TAG] for name in dict.fromkeys([*names, *cfg.logger.wandb.tags])]


def swept_config(cfg: DictConfig) -> dict[str, Any]:
    """Return the keys that only the sweeping command knows: `setting_name` and `swept_…`."""
    swept = {f"swept_{re.sub(r'[./]', '_', k)}": v for k, v in swept_settings(cfg).items()}
    return {"setting_name": setting_name(cfg), **swept}


def run_config(cfg: DictConfig, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the nested configuration, and flat keys that filter and group without ambiguity."""
    flat = {
        "strategy_name": cfg.strategy.name,
        "model_name": cfg.model.name,
        "base": named_base(cfg.model.name, recorded_base(cfg.model)),
        "dataset_name": cfg.dataset.name,
        "prompt_name": cfg.prompt.name,
        "generation_name": cfg.generation.name,
        "learning_rate": cfg.strategy.get("learning_rate"),
        "batch_size": cfg.batching.batch_size,
        "fingerprint": fingerprint(cfg),
        "run_directory": run_name(cfg),
    }
    return plain(cfg) | flat | (parameter_config(parameters) if parameters else {})


def parameter_config(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return flat keys of the parameter counts, known once the model is built."""
    return {
        "trainable_parameters": parameters["trainable"],
        "total_parameters": parameters["total"],
        "trainable_percent": parameters["percent"],
    }


def define_metrics(run: wandb.Run) -> None:
    """Set the default x axis of every metric, and summaries of the best value, not the last."""
    for axis in (*AXES, "epoch"):
        run.define_metric(axis, hidden=True)
    for prefix in ("train", "validation", "test"):
        run.define_metric(f"{prefix}/*", step_metric="step")
    best = {f"validation/{name}": score.better for name, score in SCORES.items()}
    best |= {"train/loss": LOWER, "train/cross_entropy": LOWER}
    best |= {"train/gradient_norm": HIGHER, "train/memory_*": HIGHER}
    for name, better in best.items():
        if better in (HIGHER, LOWER):
            summary = "max" if better == HIGHER else "min"
            run.define_metric(name, step_metric="step", summary=summary)


def metrics_row(prefix: str, metrics: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """Return each metric's value and the ends of its interval; groups are in the summary only."""
    suffixes = {"value": "", "ci_low": "_ci_low", "ci_high": "_ci_high"}
    return {
        f"{prefix}/{name}{suffix}": entry[key]
        for name, entry in metrics.items()
        for key, suffix in suffixes.items()
        if "@" not in name and entry.get(key) is not None
    }


def cost_row(result: Mapping[str, Any]) -> dict[str, float]:
    """Return the costs of a record under flat names that panels can use, without the unmeasured."""
    memory, seconds = result["memory_bytes"] or {}, result["time_s"] or {}
    row = {
        "cost/trainable_percent": (result["parameters"] or {}).get("percent"),
        "cost/peak_memory_bytes": memory.get("fit_peak_allocated")
        or memory.get("process_peak_rss"),
        "cost/fit_s": seconds.get("fit"),
        "cost/generate_s": seconds.get("generate"),
        "cost/artifact_bytes": result["artifact_bytes"],
    }
    return {key: value for key, value in row.items() if value is not None}


def carried_summary(earlier: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return what earlier parts add to a summary: missing keys and better best values."""
    carried = {key: value for key, value in earlier.items() if key not in now}
    for name, best in (("max", max), ("min", min)):
        for key, value in earlier.items():
            if key in now and isinstance(value, Mapping) and list(value) == [name]:
                carried[key] = {name: best(value[name], now[key][name])}
    return carried


def predictions_table(path: Path, limit: int | None) -> wandb.Table:
    """Return the first `limit` dialogues (None: all); the ids join the tables of several runs."""
    with path.open(encoding="utf-8") as file:
        examples = [json.loads(line) for line in islice(file, limit)]
    scores = list(dict.fromkeys(name for example in examples for name in example["scores"]))
    table = wandb.Table(columns=[*TABLE_COLUMNS, *scores], allow_mixed_types=True)
    for example in examples:
        example["references"] = "\n".join(example["references"])
        cells = [example.get(column) for column in TABLE_COLUMNS]
        table.add_data(*cells, *(example["scores"].get(name) for name in scores))
    return table


def csv_table(path: Path) -> wandb.Table:
    """Return a CSV file as a table, numbers as numbers."""
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    data = [[_cell(text) for text in row] for row in rows]
    return wandb.Table(columns=list[str | int](header), data=data, allow_mixed_types=True)


def _cell(text: str) -> float | str | None:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def model_artifact(directory: Path, kind: str, result: Mapping[str, Any]) -> wandb.Artifact:
    """Return `model/` of a run directory with the run's configuration.

    The metadata name base model and data (by content hash). The files are referenced where they
    are: no second copy of the weights.
    """
    keys = ("strategy", "model", "dataset", "seed", "fingerprint", "parameters", "metrics")
    metadata = {key: result[key] for key in keys} | {"data_hash": result["data"]["hash"]}
    metadata["model_revision"] = result["environment"].get("model_revision")
    artifact = wandb.Artifact(directory.name[-LONGEST_NAME:], kind, metadata=metadata)
    artifact.add_dir(str(directory / "model"), policy="immutable", skip_cache=True)
    artifact.add_file(str(directory / "config.yaml"), policy="immutable", skip_cache=True)
    return artifact
