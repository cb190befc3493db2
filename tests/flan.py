"""A stand-in for FLAN-T5: its real tokenizer and vocabulary on a small body."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file

from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import load_backbone
from tests.conftest import GEOMETRY


def write_model(tokenizer: Path, folder: Path) -> None:
    """Random weights in `folder`, head untied as FLAN-T5's is; `tokenizer` is its real folder."""
    shutil.copytree(tokenizer, folder)
    (folder / "config.json").write_text(json.dumps(GEOMETRY | {"vocab_size": 32128}))
    cfg = ModelConfig(name="x", path=str(folder), pretrained=False)
    model = load_backbone(cfg, seed=1)
    torch.nn.init.normal_(model.lm_head.weight, generator=torch.Generator().manual_seed(2))
    tensors = {name: p.detach().contiguous() for name, p in model.named_parameters()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
