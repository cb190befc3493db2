"""Fingerprint, run name and run directory: everything that is named from a configuration."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from dialogsum.common.paths import local_path
from dialogsum.config.schema import OUTSIDE_OPEN_NODES, TrainConfig, plain


def fingerprint(cfg: DictConfig) -> str:
    """Return eight hex digits that name everything which can change the result of a run.

    Nulls are left out, so that a field added later with a null default keeps old fingerprints;
    paths that exist are made absolute, so that the same run from another folder finds itself.
    """
    relevant = _relevant(plain(cfg), TrainConfig)
    text = json.dumps(relevant, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def run_name(cfg: DictConfig) -> str:
    """Return `<strategy>-<model>-<dataset>-seed<N>-<fingerprint>`."""
    parts = [cfg.strategy.get("name"), cfg.model.name, cfg.dataset.name]
    slugs = [re.sub(r"[^A-Za-z0-9_.]+", "_", str(part)) for part in parts]
    return f"{'-'.join(slugs)}-seed{cfg.seed}-{fingerprint(cfg)}"


def run_directory(cfg: DictConfig) -> Path:
    """Return the absolute directory of a run, which depends on its config alone."""
    return Path(cfg.output_root).expanduser().absolute() / cfg.name / run_name(cfg)


def _relevant(values: dict[str, Any], schema: Any) -> dict[str, Any]:
    declared = {f.name: f for f in fields(schema)} if is_dataclass(schema) else {}
    kept: dict[str, Any] = {}
    for key, value in values.items():
        spec = declared.get(key)
        if value is None or (spec and spec.metadata.get("fingerprint") is False):
            continue
        if key == "path" and isinstance(value, str) and (path := local_path(value)):
            value = str(path)
        if isinstance(value, dict):
            inner = spec.default_factory if spec else None
            value = _relevant(value, inner if is_dataclass(inner) else None)
            outside = OUTSIDE_OPEN_NODES.get(key, set()) if schema is TrainConfig else set()
            value = {k: v for k, v in value.items() if k not in outside}
        kept[key] = value
    return kept
