"""Checkpoint files: reading, reducing to weights, and the states of the random generators."""

from __future__ import annotations

import logging
import random
import zlib
from pathlib import Path
from pickle import UnpicklingError
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
import torch

from dialogsum.common.files import PARTIAL, DamagedFile, publish

log = logging.getLogger(__name__)

PREVIOUS = "previous.ckpt"
# What zipfile and torch raise for damaged bytes.
_UNREADABLE = (
    BadZipFile,
    UnpicklingError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    zlib.error,
)
WEIGHTS_KEYS = (
    "state_dict",
    "strategy",
    "config",
    "epoch",
    "global_step",
    "pytorch-lightning_version",
)


def read(path: Path) -> dict[str, Any]:
    """Return the content of a checkpoint, tensors on the CPU; runs no code from the file.

    Raises:
        DamagedFile: the file is cut or its content has changed.
    """
    try:
        with ZipFile(path) as archive:  # torch writes a CRC-32 of each part and does not check it
            part = archive.testzip()
        if part is None:
            content: dict[str, Any] = torch.load(
                path, map_location="cpu", weights_only=True, mmap=True
            )
            return content
        reason = f"the checksum of {part} does not fit"
    except _UNREADABLE as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
    raise DamagedFile(f"{path}: damaged: {reason}")


def publish_last(temporary: Path, last: Path) -> None:
    """Make a complete file the last checkpoint; the one before becomes `previous.ckpt`."""
    if last.exists():
        last.replace(last.with_name(PREVIOUS))
    publish(temporary, last)


def latest(last: Path) -> tuple[Path, dict[str, Any]] | None:
    """Return path and content of the last checkpoint, of the one before if that is damaged.

    None: there is none.

    Raises:
        DamagedFile: no checkpoint is intact.
    """
    damaged: DamagedFile | None = None
    for path in (last, last.with_name(PREVIOUS)):
        if not path.exists():
            continue
        try:
            return path, read(path)
        except DamagedFile as error:
            damaged = error
            log.warning("%s", error)
    if damaged:
        raise DamagedFile(f"{damaged}; force=true repeats the run")
    return None


def refuse_damaged(path: Path) -> None:
    """Raise DamagedFile for a damaged checkpoint that nothing replaces."""
    try:
        read(path)
    except DamagedFile as error:
        raise DamagedFile(f"{error}; force=true repeats the run") from error


def load_weights(module: Any, path: Path) -> None:
    """Load the weights of `path` into a `SummarizationModule`; all keys must match."""
    content = read(path)
    module.load_state_dict(content["state_dict"], strict=True)
    module.strategy.restore(module.model, content["strategy"])


def reduce_to_weights(path: Path) -> None:
    """Drop optimizer, schedule and loop state from a checkpoint, atomically."""
    content = read(path)
    temporary = path.with_suffix(PARTIAL)
    torch.save({key: content[key] for key in WEIGHTS_KEYS if key in content}, temporary)
    publish(temporary, path)


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
