"""Cache tokenized splits: named by content, made once under a file lock for a whole sweep."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from omegaconf import DictConfig, OmegaConf

from dialogsum.common.errors import DataError
from dialogsum.common.files import DamagedFile, check_folder, publish, write_checksums
from dialogsum.common.locks import exclusive
from dialogsum.config.schema import DatasetConfig, PromptConfig
from dialogsum.data.clean import Dialogue, without_overlap
from dialogsum.data.load import load_splits
from dialogsum.data.prompt import PromptBuilder
from dialogsum.data.tokenize import Tokenized, example_references, tokenize

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

log = logging.getLogger(__name__)

VERSION = 1  # raise it when the same input gives other tokens


def tokenize_splits(
    splits: dict[str, list[Dialogue]],
    tokenizer: PreTrainedTokenizerBase,
    dataset: DatasetConfig,
    prompt: PromptConfig,
    cache_dir: Path,
    wanted: Iterable[str] | None = None,
) -> dict[str, Tokenized]:
    """Return the wanted splits (None: all) tokenized, from the cache where they are in it.

    Raises:
        DataError: a bad template, too few examples, an instruction longer than the limit.
    """
    builder = prompt_builder(splits, prompt)
    fingerprint = tokenizer_fingerprint(tokenizer)
    tokenized = {}
    for split in splits if wanted is None else wanted:
        folder = cache_folder(cache_dir, split, splits[split], builder, dataset, fingerprint)
        make = partial(tokenize, split, splits[split], builder, tokenizer, dataset)
        tokenized[split] = read_or_make(folder, make)
    return tokenized


def cached_statistics(
    dataset: DictConfig,
    prompt: PromptConfig,
    tokenizer: PreTrainedTokenizerBase,
    cache_dir: Path,
) -> dict[str, Any] | None:
    """Return `Tokenized.statistics()` of train where it is cached, else None; downloads nothing."""
    try:
        splits = local_splits(json.dumps(OmegaConf.to_container(dataset, resolve=True)))
        builder = prompt_builder(splits, prompt)
        fingerprint = tokenizer_fingerprint(tokenizer)
        folder = cache_folder(cache_dir, "train", splits["train"], builder, dataset, fingerprint)
        return read_arrays(folder).statistics() if folder.is_dir() else None
    except DataError as error:
        log.debug("no statistics: %s", error)
        return None


@lru_cache(maxsize=2)
def local_splits(dataset: str) -> dict[str, list[Dialogue]]:
    """Load the splits of a dataset section, as JSON, without the network; once for a whole plan."""
    cfg = OmegaConf.merge(OmegaConf.structured(DatasetConfig), json.loads(dataset))
    return load_splits(cfg, offline=True)[0]  # type: ignore[arg-type]


def prompt_builder(splits: dict[str, list[Dialogue]], prompt: PromptConfig) -> PromptBuilder:
    """Return the builder whose examples come from train, without what other splits have."""
    return PromptBuilder(prompt, without_overlap(splits) if prompt.shots else ())


def tokenizer_fingerprint(tokenizer: PreTrainedTokenizerBase) -> str:
    """Return a hash of what decides the tokens; not of the last call's padding and truncation."""
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        content: Any = sorted(tokenizer.get_vocab().items())
    else:
        content = json.loads(backend.to_str())
        content["padding"] = content["truncation"] = None
    names = [type(tokenizer).__name__, tokenizer.all_special_tokens, tokenizer.all_special_ids]
    return hashlib.sha256(json.dumps([names, content]).encode()).hexdigest()


def cache_folder(
    cache_dir: Path,
    split: str,
    dialogues: Sequence[Dialogue],
    builder: PromptBuilder,
    dataset: DatasetConfig | DictConfig,
    fingerprint: str,
) -> Path:
    """Return the folder of a split, named by everything that decides its tokens."""
    digest = hashlib.sha256(f"{VERSION} {fingerprint}".encode())
    shots = [(d.dialogue, d.references[0]) for d in builder.drawn]
    limits = [dataset.max_source_tokens, dataset.max_target_tokens]
    digest.update(json.dumps([builder.cfg.template, builder.cfg.shots, shots, limits]).encode())
    for d in dialogues:
        digest.update(json.dumps(d.dialogue).encode())
    digest.update(json.dumps(example_references(split, dialogues)).encode())
    return Path(cache_dir).expanduser() / "tokenized" / digest.hexdigest()[:32]


def read_or_make(folder: Path, make: Callable[[], Tokenized]) -> Tokenized:
    """Return the arrays in a folder, made by the first process while the others wait for it."""
    if (cached := _intact_arrays(folder)) is None:
        with exclusive(folder.with_suffix(".lock")):
            if (cached := _intact_arrays(folder)) is None:
                for remains in folder.parent.glob(f"{folder.name}*/"):  # of a killed process
                    shutil.rmtree(remains)
                write_arrays(make(), folder)
                cached = read_arrays(folder)
    return cached


def _intact_arrays(folder: Path) -> Tokenized | None:
    try:
        return read_arrays(folder) if folder.is_dir() else None
    except DamagedFile as error:
        log.warning("%s; the split is tokenized again", error)
        return None


def write_arrays(tokenized: Tokenized, folder: Path) -> None:
    """Write the arrays beside the folder and rename, so that an existing folder is complete."""
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{folder.name}."))
    try:
        for array in fields(Tokenized):
            np.save(temporary / f"{array.name}.npy", getattr(tokenized, array.name))
        write_checksums(temporary)
        publish(temporary, folder)
    except OSError:
        if not folder.is_dir():  # else a machine that does not see the lock was faster
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def read_arrays(folder: Path) -> Tokenized:
    """Memory-map the arrays of a folder: the ranks and workers of a machine share one copy.

    Measured on DialogSum's size: 0.02 s to open and read 1,250 examples; the same from `datasets`
    takes 1.5 s, 1.2 s of it the import.

    Raises:
        DamagedFile: a file does not fit its checksum.
    """
    check_folder(folder)
    return Tokenized(
        **{
            array.name: np.load(folder / f"{array.name}.npy", mmap_mode="r")
            for array in fields(Tokenized)
        }
    )
