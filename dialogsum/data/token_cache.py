"""Cache of tokenized splits: named by content and made once under a file lock for a whole sweep."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock
from omegaconf import DictConfig, OmegaConf

from dialogsum.common.errors import DataError
from dialogsum.config.schema import DatasetConfig, PromptConfig
from dialogsum.data.clean import Dialogue
from dialogsum.data.load import load_splits
from dialogsum.data.prompt import PromptBuilder, example_pool
from dialogsum.data.tokenize import ARRAYS, Tokenized, tokenize, training_pairs, with_threads

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
    """The wanted splits (None: all) tokenised, from the cache where they are there.

    Train has one example per reference, the others one per dialogue, with its first reference.
    """
    builder = PromptBuilder(prompt, example_pool(splits) if prompt.shots else ())
    fingerprint = tokenizer_fingerprint(tokenizer)
    found = {}
    for split in splits if wanted is None else wanted:
        dialogues = splits[split]
        pairs = training_pairs(split, dialogues)
        folder = cache_folder(cache_dir, dialogues, pairs, builder, dataset, fingerprint)
        make = partial(with_threads, tokenize, split, dialogues, pairs, builder, tokenizer, dataset)
        found[split] = cached(folder, make)
    return found


def cached_statistics(
    dataset: DatasetConfig,
    prompt: PromptConfig,
    tokenizer: PreTrainedTokenizerBase,
    cache_dir: Path,
) -> dict[str, Any] | None:
    """`Tokenized.statistics()` of train where cached, else None; downloads nothing."""
    try:
        splits = offline_splits(OmegaConf.structured(dataset))
        builder = PromptBuilder(prompt, example_pool(splits) if prompt.shots else ())
    except DataError as error:
        log.debug("no statistics: %s", error)
        return None
    train = splits["train"]
    pairs = training_pairs("train", train)
    fingerprint = tokenizer_fingerprint(tokenizer)
    folder = cache_folder(cache_dir, train, pairs, builder, dataset, fingerprint)
    return read(folder).statistics() if folder.is_dir() else None


@lru_cache(maxsize=2)
def offline_splits(dataset: DictConfig) -> dict[str, list[Dialogue]]:
    """Read once for all jobs of a plan (a DictConfig is hashed by its content)."""
    return load_splits(dataset, offline=True)[0]  # type: ignore[arg-type]


def tokenizer_fingerprint(tokenizer: PreTrainedTokenizerBase) -> str:
    """A hash of what decides the tokens; not of the padding and truncation of the last call."""
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
    dialogues: Sequence[Dialogue],
    pairs: Sequence[tuple[int, str]],
    builder: PromptBuilder,
    dataset: DatasetConfig,
    fingerprint: str,
) -> Path:
    """Named by everything that decides the tokens of a split."""
    digest = hashlib.sha256(f"{VERSION} {fingerprint}".encode())
    examples = [(d.dialogue, d.references[0]) for d in builder.drawn]
    limits = [dataset.max_source_tokens, dataset.max_target_tokens]
    digest.update(json.dumps([builder.cfg.template, builder.cfg.shots, examples, limits]).encode())
    for d in dialogues:
        digest.update(json.dumps(d.dialogue).encode())
    digest.update(json.dumps(pairs).encode())
    return Path(cache_dir).expanduser() / "tokenized" / digest.hexdigest()[:32]


def cached(folder: Path, make: Callable[[], Tokenized]) -> Tokenized:
    """The arrays in `folder`, made by the first process that wants them while the others wait.

    They are written beside and renamed, so that a folder that exists is complete.
    """
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            if not folder.is_dir():
                for left in folder.parent.glob(f"{folder.name}.*/"):  # by a process that was killed
                    shutil.rmtree(left)
                write(make(), folder)
    return read(folder)


def write(tokenized: Tokenized, folder: Path) -> None:
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{folder.name}."))
    try:
        for name in ARRAYS:
            np.save(temporary / f"{name}.npy", getattr(tokenized, name))
        temporary.replace(folder)
    except OSError:
        if not folder.is_dir():  # else a machine that does not see the lock was faster
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def read(folder: Path) -> Tokenized:
    """Memory-mapped: the ranks and workers of a machine share one copy."""
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
    return Tokenized(**arrays)
