"""Checkpoint files: reading, reducing to weights, and the states of the random generators."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import torch

WEIGHTS_KEYS = (
    "state_dict",
    "strategy",
    "config",
    "epoch",
    "global_step",
    "pytorch-lightning_version",
)


def read(path: Path) -> dict[str, Any]:
    """Return the content of a checkpoint, tensors on the CPU; runs no code from the file."""
    content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    return content


def load_weights(module: Any, path: Path) -> None:
    """Load the weights of `path` into a `SummarizationModule`; all keys must match."""
    content = read(path)
    module.load_state_dict(content["state_dict"], strict=True)
    module.strategy.restore(module.model, content["strategy"])


def reduce_to_weights(path: Path) -> None:
    """Drop optimizer, schedule and loop state from a checkpoint, atomically."""
    content = read(path)
    temporary = path.with_suffix(".reduced")
    torch.save({key: content[key] for key in WEIGHTS_KEYS if key in content}, temporary)
    temporary.replace(path)


def rng_state() -> dict[str, Any]:
    """Return the states of all global generators, in types that `weights_only=True` loads."""
    numpy_state: Any = np.random.get_state()
    kind, keys, position, has_gauss, cached = numpy_state
    state: dict[str, Any] = {
        "python": random.getstate(),
        "numpy": (kind, keys.tolist(), position, has_gauss, cached),
        "torch": torch.get_rng_state(),
    }
    if torch.cuda.is_available():
        state["cuda"] = torch.cuda.get_rng_state_all()
    return state


def set_rng_state(state: dict[str, Any]) -> None:
    """Restore all global generators from the result of `rng_state`."""
    version, internal, gauss = state["python"]
    random.setstate((version, tuple(internal), gauss))
    kind, keys, position, has_gauss, cached = state["numpy"]
    np.random.set_state((kind, np.array(keys, dtype=np.uint32), position, has_gauss, cached))
    torch.set_rng_state(state["torch"].cpu())
    if "cuda" in state and torch.cuda.is_available():
        torch.cuda.set_rng_state_all([item.cpu() for item in state["cuda"]])
