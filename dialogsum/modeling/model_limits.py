"""Lengths of the configuration against the positions that a model has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from omegaconf import DictConfig
from transformers import AutoConfig, PretrainedConfig

from dialogsum.common.errors import Problem, UserError
from dialogsum.common.hub import fetch
from dialogsum.common.paths import local_path

# T5 and its kin have relative positions, and M2M-100 computes as many as it needs.
UNLIMITED = {"t5", "mt5", "umt5", "longt5", "switch_transformers", "m2m_100", "nllb-moe"}
# Methods of peft whose virtual tokens precede the decoder's own; those of others, the encoder's.
IN_THE_DECODER = ("Prefix", "Cartridge")


def check_lengths(cfg: DictConfig) -> list[Problem]:
    """Return the lengths that exceed the model's positions, "index out of range" in its first step.

    A model of the hub is checked when its config.json is in the cache, at the latest by the job.
    """
    try:
        folder = local_path(cfg.model.path) or fetch(
            cfg.model.path, cfg.model.revision, "model", ("config.json",), offline=True
        )
        config = AutoConfig.from_pretrained(folder, trust_remote_code=False)
    except (UserError, OSError, ValueError, KeyError):
        return []  # not downloaded, or no model: reported where it is read
    return list(_too_long(cfg, config))


def _too_long(cfg: DictConfig, config: PretrainedConfig) -> Iterator[Problem]:
    peft: Any = cfg.strategy.get("peft") or {}
    virtual = peft.get("num_virtual_tokens") or 0
    in_decoder = any(name in peft.get("_target_", "") for name in IN_THE_DECODER)
    for side, lengths in (
        ("encoder", {"dataset.max_source_tokens": cfg.dataset.max_source_tokens}),
        (
            "decoder",
            {
                "dataset.max_target_tokens": cfg.dataset.max_target_tokens,
                "generation.max_new_tokens": cfg.generation.max_new_tokens,
            },
        ),
    ):
        positions = positions_of(config, side)
        extra = virtual if in_decoder == (side == "decoder") else 0
        for key, length in lengths.items():
            if positions is not None and length + extra > positions:
                beside = f" beside {extra} virtual tokens" if extra else ""
                what = (
                    f"is {length}, but the {side} of {config.model_type} has {positions} positions"
                    f"{beside}; use at most {positions - extra}"
                )
                yield Problem(key, what)


def positions_of(config: PretrainedConfig, side: str) -> int | None:
    """Return the positions of the encoder or decoder; None: no limit."""
    part = getattr(config, side, None)  # of an EncoderDecoderModel
    if isinstance(part, PretrainedConfig):
        config = part
    if config.model_type in UNLIMITED:
        return None
    names = (f"max_{side}_position_embeddings", "max_position_embeddings")  # LED; BART, PEGASUS
    return next((value for n in names if (value := getattr(config, n, None)) is not None), None)
