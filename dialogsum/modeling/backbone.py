"""Loading a backbone: from the hub, from a directory, or random weights from its config.json."""

from __future__ import annotations

import json
import logging
from typing import Any

import torch
from torch import nn
from transformers import (
    AutoConfig,
    AutoModelForSeq2SeqLM,
    AutoTokenizer,
    PretrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from dialogsum.config import local_path
from dialogsum.problems import UserError

log = logging.getLogger(__name__)


def load_backbone(cfg: Any, seed: int, **arguments: Any) -> PreTrainedModel:
    """The model of `cfg` (a `ModelConfig`) in fp32 on the CPU, in train mode.

    `arguments` go to `from_pretrained` as well: a strategy may want the base quantised.

    Random weights (`pretrained=false`) depend on `seed` alone, so that an exported adapter finds
    the same base again; the global generators are left as they were.

    Raises:
        UserError: the model is not an encoder-decoder, or its files cannot be read.
    """
    source, revision = _source(cfg)
    try:
        if cfg.pretrained:
            model = AutoModelForSeq2SeqLM.from_pretrained(
                source, revision=revision, dtype=torch.float32, **arguments
            )
        else:
            with torch.random.fork_rng(devices=[]):
                torch.manual_seed(seed)
                model = _from_config(_load_config(cfg))
    except (OSError, ValueError) as error:
        raise UserError(
            f"model.path: '{cfg.path}' cannot be loaded: {_first_line(error)}"
        ) from error
    # from_pretrained returns eval mode and Lightning does not change it: the backbone's dropout
    # would be off while a fresh adapter's is on, a silent bias between strategies.
    return model.train()


def load_tokenizer(cfg: Any) -> PreTrainedTokenizerBase:
    """The tokenizer that belongs to the model of `cfg`.

    Raises:
        UserError: its files cannot be read.
    """
    source, revision = _source(cfg)
    try:
        return AutoTokenizer.from_pretrained(source, revision=revision)
    except (OSError, ValueError) as error:
        raise UserError(
            f"model.path: the tokenizer of '{cfg.path}' cannot be loaded: {_first_line(error)}"
        ) from error


def meta_backbone(cfg: Any) -> PreTrainedModel:
    """The model's structure without memory for its weights; needs only its config.json."""
    try:
        config = _load_config(cfg)
    except (OSError, ValueError) as error:
        raise UserError(
            f"model.path: '{cfg.path}' cannot be loaded: {_first_line(error)}"
        ) from error
    with torch.device("meta"):
        return _from_config(config)


def _from_config(config: PretrainedConfig) -> PreTrainedModel:
    model = AutoModelForSeq2SeqLM.from_config(config, dtype=torch.float32)
    if _untied(config):
        # A T5 built from config is tied whatever its config.json says: 60,511,616 instead of
        # 76,961,152 parameters for flan-t5-small. The head starts as the scaled embedding, as a
        # tied T5's is in effect: from an unrelated one copying is learned much later.
        head = model.shared.weight.detach() * config.d_model**-0.5
        model.lm_head.weight = nn.Parameter(head)
    return model


def _untied(config: PretrainedConfig) -> bool:
    """True for FLAN-T5 and T5 v1.1.

    transformers 5 forces `tie_word_embeddings` of T5 to true; the false of a config.json survives
    only as `scale_decoder_outputs=False`.
    """
    return getattr(config, "scale_decoder_outputs", None) is False


def _load_config(cfg: Any) -> PretrainedConfig:
    source, revision = _source(cfg)
    config = AutoConfig.from_pretrained(source, revision=revision)
    if not config.is_encoder_decoder:
        raise UserError(
            f"model.path: '{cfg.path}' is a {config.model_type} model; dialogsum trains "
            "encoder-decoders such as T5, FLAN-T5 or BART"
        )
    return config


def _source(cfg: Any) -> tuple[str, str | None]:
    path = local_path(cfg.path)
    return (str(path), None) if path else (cfg.path, cfg.revision)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def parameter_counts(model: nn.Module) -> dict[str, Any]:
    """`trainable`, `total` and `percent`; a parameter shared by modules counts once."""
    total = sum(p.numel() for p in model.parameters())
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    return {"trainable": trainable, "total": total, "percent": 100 * trainable / total}


def describe(config: PretrainedConfig) -> str:
    """One line for the log."""
    keys = ("model_type", "d_model", "num_layers", "num_decoder_layers", "vocab_size")
    return json.dumps({key: getattr(config, key, None) for key in keys})
