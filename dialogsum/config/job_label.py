"""How a job of a sweep is recognized: by the settings that the command gave several values."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf

from dialogsum.common.files import read_json
from dialogsum.common.sweep_file import SWEEP_FILE

# Part of every job's name anyway, or without influence on the result.
_NAMED = {"strategy", "model", "dataset", "seed", "name", "logger", "output_root", "force"}


def swept_settings(cfg: DictConfig) -> dict[str, Any]:
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
