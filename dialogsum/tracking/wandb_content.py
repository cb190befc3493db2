"""What a W&B run holds beside its history: final figures, predictions, artifacts with lineage."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import wandb

# Not of the final record: they only make sense inside the run directory.
_LEFT_OUT = ("attempts", "wandb")
TABLE_COLUMNS = ("id", "source", "references", "prediction", "truncated", "group")


def final_summary(result: Mapping[str, Any]) -> dict[str, Any]:
    """The record under the names of result.json (`metrics.test.rougeL.value`, `time_s.fit`)."""
    return {key: value for key, value in result.items() if key not in _LEFT_OUT}


def figures_row(prefix: str, figures: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """One history row: each figure and the ends of its interval."""
    row = {}
    for name, figure in figures.items():
        if "@" in name:
            continue  # figures of groups of dialogues: they stand in the summary
        for part, suffix in (("value", ""), ("ci_low", "_ci_low"), ("ci_high", "_ci_high")):
            if (value := figure.get(part)) is not None:
                row[f"{prefix}/{name}{suffix}"] = value
    return row


def cost_row(result: Mapping[str, Any]) -> dict[str, float]:
    """What the result cost, in flat names that panels can use; what was not measured is absent."""
    memory, seconds = result["memory_bytes"] or {}, result["time_s"] or {}
    peak = memory.get("fit_peak_allocated") or memory.get("process_peak_rss")
    row = {
        "cost/trainable_percent": (result["parameters"] or {}).get("percent"),
        "cost/peak_memory_bytes": peak,
        "cost/fit_s": seconds.get("fit"),
        "cost/generate_s": seconds.get("generate"),
        "cost/artifact_bytes": result["artifact_bytes"],
    }
    return {key: value for key, value in row.items() if value is not None}


def predictions_table(path: Path, limit: int | None) -> wandb.Table | None:
    """A table of predictions, one row per dialogue; `id` joins the tables of several runs.

    Args:
        path: a file as `predictions/<split>.jsonl`.
        limit: number of rows; None: all.
    """
    if not path.is_file() or limit == 0:
        return None
    rows = list(_rows(path, limit))
    scores = list(dict.fromkeys(name for row in rows for name in row["scores"]))
    data = [
        [_cell(row.get(column)) for column in TABLE_COLUMNS]
        + [row["scores"].get(name) for name in scores]
        for row in rows
    ]
    return wandb.Table(columns=[*TABLE_COLUMNS, *scores], data=data, allow_mixed_types=True)


def _rows(path: Path, limit: int | None) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            if limit is not None and number >= limit:
                return
            yield json.loads(line)


def _cell(value: Any) -> Any:
    return "\n".join(value) if isinstance(value, list) else value


def data_artifact(dataset: Mapping[str, Any], report: Mapping[str, Any]) -> wandb.Artifact:
    """What the run was trained on: not the texts but their hash and counts, and where they are.

    Equal data give an equal artifact, so runs on the same data meet in one version.
    """
    kept = ("hash", "source", "revision", "rows", "references", "dropped", "overlap")
    facts = {key: report.get(key) for key in kept}
    artifact = wandb.Artifact(artifact_name("data", dataset["name"]), "dataset", metadata=facts)
    _add_json(artifact, "data.json", facts)
    return artifact


def base_artifact(model: Mapping[str, Any]) -> wandb.Artifact:
    """The model that an adapter belongs to: a pointer, not its weights."""
    facts = {key: model.get(key) for key in ("name", "path", "revision", "pretrained")}
    artifact = wandb.Artifact(artifact_name("base", model["name"]), "base-model", metadata=facts)
    _add_json(artifact, "base.json", facts)
    return artifact


def model_artifact(
    name: str, directory: Path, config: Path, metadata: Mapping[str, Any]
) -> wandb.Artifact:
    """A portable result (`model/`) with the configuration that made it."""
    kind = "adapter" if is_adapter(directory) else "model"
    artifact = wandb.Artifact(artifact_name(name), kind, metadata=dict(metadata))
    # The files stay as they are, inside the run directory: no second copy.
    for path in sorted(file for file in directory.rglob("*") if file.is_file()):
        name = path.relative_to(directory).as_posix()
        artifact.add_file(str(path), name=name, policy="immutable", skip_cache=True)
    artifact.add_file(str(config), name="config.yaml", policy="immutable", skip_cache=True)
    return artifact


def is_adapter(directory: Path) -> bool:
    """Whether a portable result needs its base model."""
    return (directory / "adapter_config.json").is_file()


def code_artifact(run: wandb.Run) -> None:
    """The package's source, where the run is asked to save code."""
    root = Path(__file__).resolve().parents[1]
    run.log_code(str(root), include_fn=lambda path, _=None: path.endswith((".py", ".yaml")))


def artifact_name(*parts: str) -> str:
    """Parts joined by hyphens, in the characters that W&B allows."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", "-".join(parts))[:128]


def _add_json(artifact: wandb.Artifact, name: str, content: Mapping[str, Any]) -> None:
    with artifact.new_file(name, mode="w", encoding="utf-8") as file:
        json.dump(content, file, indent=2, sort_keys=True, default=str)
