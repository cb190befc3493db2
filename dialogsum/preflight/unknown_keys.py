"""Suggestions for keys that do not exist: the key that the user probably wanted."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from omegaconf import DictConfig, OmegaConf

from dialogsum.common.errors import suggestion
from dialogsum.config.schema import TrainConfig

# Names that other tools use -> the last parts of our key.
ALIASES = {
    "batch_size": "batching.batch_size",
    "beams": "num_beams",
    "epochs": "max_epochs",
    "lr": "learning_rate",
    "num_train_epochs": "max_epochs",
    "per_device_train_batch_size": "batching.batch_size",
    "rank": "r",
}
# Arguments of Lightning's Trainer that conf/trainer does not set: importing it takes seconds.
TRAINER_KEYS = tuple(
    f"trainer.{name}"
    for name in (
        *("max_steps", "min_epochs", "min_steps", "val_check_interval"),
        *("check_val_every_n_epoch", "gradient_clip_algorithm", "limit_train_batches"),
        *("log_every_n_steps", "benchmark", "deterministic", "detect_anomaly", "profiler"),
    )
)
SEVERAL = 3  # more keys of the same name than that are no suggestion


def known_keys(cfg: DictConfig) -> list[str]:
    """Return the dotted keys of a composed configuration, Hydra's own included.

    Sections that are empty because evaluate.py takes them from the run have the keys of the schema.
    """
    found = list(_nested_keys(OmegaConf.to_container(cfg, resolve=False)))
    for spec in fields(TrainConfig):
        if spec.name in cfg and is_dataclass(section := spec.default_factory):
            found += [f"{spec.name}.{key.name}" for key in fields(section)]
    return list(dict.fromkeys(found))


def did_you_mean(key: str, known: Collection[str]) -> str:
    """Return `"; did you mean 'section.key'?"` for a dotted key that does not exist.

    The last part of the key, or the name it is an alias of, is looked up in all sections. If
    none has it, the nearest key of the same section is suggested, then the nearest of all.
    """
    parent, _, name = key.rpartition(".")
    known = [other for other in sorted(known) if not f"{other}.".startswith(f"{key}.")]
    if not key.startswith("hydra."):
        known = [other for other in sorted(known) if not other.startswith("hydra.")]
        wanted = ALIASES.get(name, name)
        same = [other for other in known if f".{other}".endswith(f".{wanted}")]
        if 0 < len(same) <= SEVERAL:
            return f"; did you mean {' or '.join(map(repr, same))}?"
    parts = [other.rpartition(".") for other in known]
    beside = [last for section, _, last in parts if section == parent and last[0] != "_"]
    hint = suggestion(name, beside)
    if "did you mean" in hint:
        return hint.replace("'", f"'{parent}.", 1) if parent else hint
    names = {other.rpartition(".")[2]: other for other in known}
    if near := difflib.get_close_matches(name, names, n=1, cutoff=0.75):
        return f"; did you mean '{names[near[0]]}'?"
    return hint


def _nested_keys(values: Mapping[Any, Any] | Any, prefix: str = "") -> Iterator[str]:
    if isinstance(values, Mapping):
        for name, value in values.items():
            yield f"{prefix}{name}"
            yield from _nested_keys(value, f"{prefix}{name}.")
