"""Tokenising once: cached by content under a file lock, so that a whole sweep does it once."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from filelock import FileLock
from omegaconf import DictConfig, OmegaConf

from dialogsum.config.schema import DatasetConfig, PromptConfig
from dialogsum.data.dialogues import Dialogue
from dialogsum.data.files import DataError
from dialogsum.data.prompt import Encoded, PromptBuilder, encode_prompts, example_pool
from dialogsum.data.source import load_splits

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

T = TypeVar("T")
log = logging.getLogger(__name__)

VERSION = 1  # raise it when the same input gives other tokens
THREADS = "TOKENIZERS_PARALLELISM"
CHOSEN = os.environ.get(THREADS)  # by the user
IMPORTED_IN = os.getpid()
CHUNK = 512  # dialogues that are tokenised at a time
ARRAYS = ("source", "source_ends", "target", "target_ends", "dialogue", "flags")


@dataclass(frozen=True)
class Tokenized:
    """The examples of one split as ragged arrays; from the cache they are memory-mapped.

    `source`, `target`: int32 ids one after the other; `*_ends`: int64, where each example ends.
    `dialogue`: int32, the dialogue of each example. `flags`: int16 `[n, 3]`, the examples in the
    prompt, whether the source was cut, whether the target was.
    """

    source: np.ndarray
    source_ends: np.ndarray
    target: np.ndarray
    target_ends: np.ndarray
    dialogue: np.ndarray
    flags: np.ndarray

    def __len__(self) -> int:
        return len(self.dialogue)

    def example(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Source and target ids, int32."""
        return (
            self.source[start(self.source_ends, index) : self.source_ends[index]],
            self.target[start(self.target_ends, index) : self.target_ends[index]],
        )

    @property
    def source_lengths(self) -> np.ndarray:
        return np.diff(self.source_ends, prepend=0)

    @property
    def target_lengths(self) -> np.ndarray:
        return np.diff(self.target_ends, prepend=0)

    def statistics(self) -> dict[str, Any]:
        """Plain numbers: examples, tokens, cut texts, mean examples in the prompt."""
        return {
            "examples": len(self),
            "source_tokens": len(self.source),
            "target_tokens": len(self.target),
            "source_truncated": int(self.flags[:, 1].sum()),
            "target_truncated": int(self.flags[:, 2].sum()),
            "mean_shots": float(self.flags[:, 0].mean()) if len(self) else 0.0,
        }


def start(ends: np.ndarray, index: int) -> int:
    return int(ends[index - 1]) if index else 0


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


@lru_cache(maxsize=2)
def offline_splits(dataset: DictConfig) -> dict[str, list[Dialogue]]:
    """Read once for all jobs of a plan (a DictConfig is hashed by its content)."""
    return load_splits(dataset, offline=True)[0]  # type: ignore[arg-type]


def with_threads(make: Callable[..., Tokenized], *arguments: Any) -> Tokenized:
    """Lets the fast tokenizer use a thread per core, unless the user has decided about that.

    Only while it tokenises and only in a process that was not forked off: its threads do not
    survive a fork and a child that waits for them hangs. Afterwards the variable says false, which
    also silences its warning about that when the workers of a loader are forked.
    """
    if CHOSEN is not None:
        return make(*arguments)
    os.environ[THREADS] = "true" if os.getpid() == IMPORTED_IN else "false"
    try:
        return make(*arguments)
    finally:
        os.environ[THREADS] = "false"


def training_pairs(split: str, dialogues: Sequence[Dialogue]) -> list[tuple[int, str]]:
    """`(index of the dialogue, reference)` per example: all references in train, else the first."""
    last = None if split == "train" else 1
    return [(i, reference) for i, d in enumerate(dialogues) for reference in d.references[:last]]


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


def tokenize(
    split: str,
    dialogues: Sequence[Dialogue],
    pairs: Sequence[tuple[int, str]],
    builder: PromptBuilder,
    tokenizer: PreTrainedTokenizerBase,
    dataset: DatasetConfig,
) -> Tokenized:
    began = time.perf_counter()
    encode = source_encoder(tokenizer)
    sources: list[Encoded] = []
    for chunk in chunks(dialogues, f"tokenising {split}"):
        texts = [d.dialogue for d in chunk]
        sources += encode_prompts(builder, texts, encode, dataset.max_source_tokens)
    targets: list[list[int]] = []
    cut: list[bool] = []
    for references in chunks([reference for _, reference in pairs], f"tokenising {split} targets"):
        for ids, was_cut in encode_targets(tokenizer, references, dataset.max_target_tokens):
            targets.append(ids)
            cut.append(was_cut)
    rows = [sources[index] for index, _ in pairs]
    seconds = time.perf_counter() - began
    log.info("%s: %d examples tokenised in %.1f s", split, len(rows), seconds)
    return Tokenized(
        *ragged([row.ids for row in rows]),
        *ragged(targets),
        dialogue=np.array([index for index, _ in pairs], dtype=np.int32),
        flags=np.array(
            [(row.shots, row.cut, c) for row, c in zip(rows, cut, strict=True)], dtype=np.int16
        ).reshape(-1, 3),
    )


def source_encoder(tokenizer: PreTrainedTokenizerBase) -> Callable[[list[str]], list[list[int]]]:
    """Texts to ids with the model's special tokens, never cut (and without a warning about it)."""

    def encode(texts: list[str]) -> list[list[int]]:
        ids: list[list[int]] = tokenizer(texts, truncation=False, verbose=False)["input_ids"]
        return ids

    return encode


def encode_targets(
    tokenizer: PreTrainedTokenizerBase, references: Sequence[str], limit: int
) -> list[tuple[list[int], bool]]:
    """Labels with their end token, and whether the reference was cut to `limit` tokens."""
    options: dict[str, Any] = {"text_target": list(references), "verbose": False}
    whole = tokenizer(**options, truncation=False)["input_ids"]
    if all(len(ids) <= limit for ids in whole):
        return [(ids, False) for ids in whole]
    short = tokenizer(**options, truncation=True, max_length=limit)["input_ids"]
    return [(cut, len(ids) > limit) for ids, cut in zip(whole, short, strict=True)]


def chunks(items: Sequence[T], title: str) -> Iterable[Sequence[T]]:
    """Slices of `CHUNK`, with a progress bar on a terminal when there are many."""
    starts: Iterable[int] = range(0, len(items), CHUNK)
    if len(items) > 2 * CHUNK and sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import track

        starts = track(starts, title, console=Console(stderr=True), transient=True)
    for begin in starts:
        yield items[begin : begin + CHUNK]


def ragged(rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """All ids in one int32 array, and the int64 ends of the rows."""
    ends = np.cumsum([len(row) for row in rows], dtype=np.int64)
    flat = np.fromiter(
        (token for row in rows for token in row), np.int32, count=int(sum(map(len, rows)))
    )
    return flat, ends


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
