"""Reading the config.yaml of a run directory, which may come from somebody else.

A recorded configuration is data. It was resolved when it was written, so no text in it is resolved
again: `${oc.env:HF_TOKEN}` stays these characters. The classes and functions that it names are
built only if an installed configuration names them too, or if they are strategies of dialogsum,
config classes of peft, or optimizers and schedules of torch.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from omegaconf import DictConfig
from omegaconf.errors import OmegaConfBaseException

from dialogsum.common.errors import ConfigurationError, Problem, UserError, readable
from dialogsum.config.registration import installed_config_folders
from dialogsum.config.schema import restore

CONFIG_FILE = "config.yaml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LIBRARIES = re.compile(r"(dialogsum\.strategies|peft|torch\.optim)\b(\.\w+)+")
# Arguments by which a library loads code that their value names.
_CODE_ARGUMENTS = ("trust_remote_code", "tokenizer_kwargs", "megatron_config")
_NOT_BUILT = {"logger"}  # sections that only training builds


def read_recorded(directory: Path) -> dict[str, Any]:
    """Return the config.yaml of a run directory as plain containers; builds and resolves nothing.

    Raises:
        UserError: the file is missing or is not a configuration.
    """
    path = directory / CONFIG_FILE
    try:
        config = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise UserError(f"{path}: cannot be read: {_one_line(error)}") from error
    if not isinstance(config, dict):
        raise UserError(f"{path}: is not the configuration of a run")
    return config


def load_recorded(directory: Path, trust: bool = False) -> DictConfig:
    """Return the typed configuration of a run directory.

    Args:
        directory: the run directory.
        trust: build whatever the configuration names.

    Raises:
        UserError: the file cannot be read.
        ConfigurationError: a key does not fit the schema, or a value names code that is not known.
    """
    config = read_recorded(directory)
    if not trust and (problems := list(_untrusted(config))):
        raise ConfigurationError(problems)
    try:
        return restore(config)
    except OmegaConfBaseException as error:
        where = f"{error.full_key} in {directory / CONFIG_FILE}"
        raise ConfigurationError([Problem(where, readable(error))]) from error


def is_known(target: Any) -> bool:
    """Return whether a `_target_` belongs to dialogsum, its libraries or an installed plugin.

    Imports nothing but these libraries, and only if no installed configuration names the target.
    """
    return isinstance(target, str) and (target in _installed_targets() or _is_component(target))


def unknown_targets(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield (dotted path, target) of every `_target_` below `node` that is not known."""
    for where, inner in _mappings(node):
        if "_target_" in inner and not is_known(inner["_target_"]):
            yield f"{where}._target_".lstrip("."), inner["_target_"]


def _untrusted(config: Mapping[str, Any]) -> Iterator[Problem]:
    advice = "it would run code; trust=true (weights: --trust) allows it if you trust its author"
    for where, target in unknown_targets(config):
        what = f"'{target}' is not part of dialogsum or an installed plugin: {advice}"
        yield Problem(where, what)
    for where, node in _mappings(config):
        for key in _CODE_ARGUMENTS:
            if node.get(key):
                yield Problem(f"{where}.{key}", f"loads code that its value names: {advice}")


def _mappings(node: Any, where: str = "") -> Iterator[tuple[str, Mapping[Any, Any]]]:
    """Yield every mapping below `node` with its dotted path."""
    if isinstance(node, Mapping):
        yield where, node
        for key, value in node.items():
            if where or key not in _NOT_BUILT:
                yield from _mappings(value, f"{where}.{key}" if where else str(key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _mappings(value, f"{where}[{number}]")


@cache
def _installed_targets() -> frozenset[str]:
    """Return every `_target_` in a config group of dialogsum and of installed plugins."""
    files = (
        path for _, folder in installed_config_folders() for path in folder.glob("*/**/*.yaml")
    )
    texts = (path.read_text(encoding="utf-8") for path in files)
    return frozenset(
        name for text in texts for name in re.findall(r"\b_target_['\"]?: *['\"]?([\w.]+)", text)
    )


def _is_component(target: str) -> bool:
    """Return whether a dotted name is a class of a library that computes and runs nothing else."""
    if not _LIBRARIES.fullmatch(target):
        return False
    module, _, name = target.rpartition(".")
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError):
        return False
    # Not what the module has imported, nor peft's models and loaders.
    is_own = inspect.isclass(found) and _LIBRARIES.match(f"{found.__module__}.{name}")
    return bool(is_own) and (is_dataclass(found) or not target.startswith("peft."))


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
