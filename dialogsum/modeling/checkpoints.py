"""Reading checkpoints back: for resuming, for evaluating, and reduced once the run is completed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from pytorch_lightning import LightningModule

WEIGHTS_KEYS = ("state_dict", "config", "epoch", "global_step", "pytorch-lightning_version")


def read(path: Path) -> dict[str, Any]:
    """The content of a checkpoint, tensors on the CPU; executes no code of the file's."""
    content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    return content


def load_weights(module: LightningModule, path: Path) -> None:
    """Put the weights of `path` into `module`; every key must arrive."""
    module.load_state_dict(read(path)["state_dict"], strict=True)


def reduce_to_weights(path: Path) -> None:
    """Drop optimizer, schedule and loop state from a checkpoint, atomically."""
    content = read(path)
    temporary = path.with_suffix(".reduced")
    torch.save({key: content[key] for key in WEIGHTS_KEYS if key in content}, temporary)
    temporary.replace(path)
