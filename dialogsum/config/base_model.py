"""The base of a run: which weights it starts from. The model's name does not say it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from dialogsum.common.files import file_digest
from dialogsum.common.paths import local_path

WEIGHTS = ("*.safetensors", "*.bin")


def base_record(cfg: DictConfig) -> dict[str, Any]:
    """Return the base of a run for its record.

    `path` is the hub id, or the name of the local folder, because its location says nothing;
    `parent` the run whose exported model it is; `hash` covers local weights.
    """
    model = cfg.model
    folder = local_path(model.path)
    return {
        **recorded_base(model),
        "hash": weights_hash(folder) if folder and model.pretrained else None,
    }


def recorded_base(model: Mapping[str, Any]) -> dict[str, Any]:
    """Return the base that the section `model` of a configuration names, without the weights."""
    path = Path(str(model.get("path")))
    is_hub_id = len(path.parts) == 2 and not path.is_absolute() and path.parts[0] not in (".", "..")
    exported = path.name == "model" and bool(re.search(r"-seed\d+-[0-9a-f]{8}$", path.parent.name))
    return {
        "path": str(path) if is_hub_id else path.parent.name if exported else path.name,
        "revision": model.get("revision"),
        "pretrained": model.get("pretrained") is not False,
        "parent": path.parent.name if exported else None,
    }


def weights_hash(folder: Path) -> str | None:
    """Return a hash of the content of a local model's weights; None without weights."""
    files = sorted(file for pattern in WEIGHTS for file in folder.glob(pattern))
    digest = hashlib.blake2b(digest_size=16)
    for file in files:
        digest.update(f"{file.name} {file_digest(file)}".encode())
    return digest.hexdigest() if files else None


def named_base(model: str, base: Mapping[str, Any]) -> str:
    """Return the model's name, followed by whatever makes its base another one than expected.

    `flan_t5_small (random weights)`, `flan_t5_small (from full-flan_t5_small-samsum-seed0-…)`.
    """
    path = str(base.get("path"))
    usual = _letters(path.rsplit("/", 1)[-1]) == _letters(model)
    facts = []
    if base.get("parent"):
        facts.append(f"from {base['parent']}")
    elif not usual and path != "None":
        facts.append(path)
    if base.get("revision") not in (None, "main"):
        facts.append(f"revision {str(base['revision'])[:12]}")
    if base.get("pretrained") is False:
        facts.append("random weights")
    return f"{model} ({', '.join(facts)})" if facts else model


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
