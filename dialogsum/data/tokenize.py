"""Token ids of prompts and references, as ragged arrays."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dialogsum.config.schema import DatasetConfig
from dialogsum.data.clean import Dialogue
from dialogsum.data.prompt import Encoded, PromptBuilder, encode_prompts

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

T = TypeVar("T")
log = logging.getLogger(__name__)

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
