"""Labels that distinguish the jobs of a command: the settings that were swept."""

from __future__ import annotations

from typing import Any

from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.overrides_parser import OverridesParser
from omegaconf import DictConfig, OmegaConf

from dialogsum.common.sweep_file import current_command
from dialogsum.config.run_names import run_name

# Named in every label and run name, or without influence on the result.
_NAMED = {"strategy", "model", "dataset", "seed", "name", "logger", "output_root", "force"}
_SHORT = {"learning_rate": "lr", "max_epochs": "epochs", "num_beams": "beams"}
_LONGEST_VALUE = 24  # characters; a swept path or prompt would fill the line


def swept_keys(command: DictConfig) -> list[str]:
    """Return the keys that a command gives several values, in an experiment or on its command line.

    Args:
        command: the composed command with Hydra's own node.
    """
    params = command.hydra.sweeper.get("params") or {}
    texts = [f"{key}={value}" for key, value in params.items()]
    texts += list(command.hydra.overrides.task)
    overrides = OverridesParser.create().parse_overrides(texts)
    return list(dict.fromkeys(o.key_or_group for o in overrides if o.is_sweep_override()))


def swept_settings(cfg: DictConfig, swept: list[str] | None = None) -> dict[str, Any]:
    """Return this job's values of the swept settings, dotted key -> value.

    What is part of every job's name (strategy, model, dataset, seed) is left out.

    Args:
        cfg: the job's configuration.
        swept: the keys with several values; by default those of the command that this process
            belongs to.
    """
    values = {}
    for key in _swept_keys_now() if swept is None else swept:
        value = None if key in _NAMED else _value(cfg, key)
        if value is not None:
            values[key] = value
    return values


def job_label(cfg: DictConfig, swept: list[str] | None = None) -> str:
    """Return a short name of a job: its strategy, what was swept, its seed.

    Example: `lora lr=1e-3 seed 0`. Arguments as of `swept_settings`.
    """
    swept = _swept_keys_now() if swept is None else swept
    parts = [str(cfg.strategy.get("name"))]
    parts += [cfg[group].name for group in ("model", "dataset") if group in swept]
    for key, value in swept_settings(cfg, swept).items():
        name = key.rpartition(".")[2]
        parts.append(f"{_SHORT.get(name, name)}={_format_value(value)}")
    return " ".join([*parts, f"seed {cfg.seed}"])


def log_prefix(*, _root_: DictConfig) -> str:
    """Return the start of each log line of a job, for the format string of a logging config.

    Empty unless the command has several jobs, which may run at the same time on one screen.
    """
    command = current_command()
    if command is None or (command["planned"] is not None and len(command["planned"]) < 2):
        return ""
    planned, name = command["planned"] or [], run_name(_root_)
    position = f"{planned.index(name) + 1}/{len(planned)} " if name in planned else ""
    return f"[{position}{job_label(_root_)}] ".replace("%", "%%")


def _swept_keys_now() -> list[str]:
    command = current_command()
    return command.get("swept", []) if command else []


def register_log_prefix() -> None:
    """Make `${log_prefix:}` known, which `conf/hydra/job_logging/` uses. Idempotent."""
    OmegaConf.register_new_resolver("log_prefix", log_prefix, replace=True)


def _value(cfg: DictConfig, key: str) -> Any:
    """Return one setting; of a config group, the option that was chosen."""
    value = OmegaConf.select(cfg, key.replace("/", "."))
    if isinstance(value, DictConfig):
        value = value.get("name")
    if value is None and HydraConfig.initialized():
        value = HydraConfig.get().runtime.choices.get(key)
    return value


def _format_value(value: Any) -> str:
    """Format 0.001 as 1e-3, true as in YAML, and shorten long texts."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and 0 < abs(value) < 0.01:
        digits, _, exponent = f"{value:.3e}".partition("e")
        return f"{digits.rstrip('0').rstrip('.')}e{int(exponent)}"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
