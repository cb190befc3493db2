"""The geometries of the published FLAN-T5 models, for counting without any file of theirs."""

from __future__ import annotations

from typing import Any

import torch
from transformers import PreTrainedModel, T5Config

from dialogsum.modeling.backbone import _from_config

# Chung et al. 2022, arXiv:2210.11416; the config.json of each model on the hub.
GEOMETRIES: dict[str, dict[str, Any]] = {
    "flan_t5_small": {"d_model": 512, "d_ff": 1024, "num_layers": 8, "num_heads": 6},
    "flan_t5_base": {"d_model": 768, "d_ff": 2048, "num_layers": 12, "num_heads": 12},
}


def published_backbone(name: str) -> PreTrainedModel:
    """The structure of a published model on meta, its head untied as theirs is."""
    geometry = GEOMETRIES[name]
    common: dict[str, Any] = {
        "num_decoder_layers": geometry["num_layers"],
        "d_kv": 64,
        "vocab_size": 32128,
        "feed_forward_proj": "gated-gelu",
        "tie_word_embeddings": False,
    }
    config = T5Config(**geometry, **common)
    with torch.device("meta"):
        return _from_config(config)
