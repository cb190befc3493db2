"""Tokenize prompts and references into ragged arrays."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dialogsum.config.schema import DatasetConfig
from dialogsum.data.clean import Dialogue
from dialogsum.data.prompt import Encode, EncodedPrompt, PromptBuilder, encode_prompts

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

T = TypeVar("T")
log = logging.getLogger(__name__)

CHUNK = 512  # texts that are tokenized at a time
PARALLELISM = "TOKENIZERS_PARALLELISM"
USER_CHOICE = os.environ.get(PARALLELISM)
IMPORTING_PROCESS = os.getpid()


@dataclass(frozen=True)
class Tokenized:
    """Examples of one split as ragged arrays; from the cache they are memory-mapped.

    Attributes:
        source: int32 `[tokens]`, the prompts one after the other.
        source_ends: int64 `[examples]`, where each prompt ends.
        target: int32 `[tokens]`, the references one after the other.
        target_ends: int64 `[examples]`, where each reference ends.
        dialogue: int32 `[examples]`, the index of the example's dialogue in its split.
        flags: int16 `[examples, 3]`: examples in the prompt, source was cut, target was cut.
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
        """Return source and target ids of an example, int32."""
        source_start = self.source_ends[index - 1] if index else 0
        target_start = self.target_ends[index - 1] if index else 0
        return (
            self.source[source_start : self.source_ends[index]],
            self.target[target_start : self.target_ends[index]],
        )

    @property
    def source_lengths(self) -> np.ndarray:
        return np.diff(self.source_ends, prepend=0)

    @property
    def target_lengths(self) -> np.ndarray:
        return np.diff(self.target_ends, prepend=0)

    def statistics(self) -> dict[str, Any]:
        """Return counts of examples, tokens and cut texts, and the mean examples per prompt."""
        return {
            "examples": len(self),
            "source_tokens": len(self.source),
            "target_tokens": len(self.target),
            "source_truncated": int(self.flags[:, 1].sum()),
            "target_truncated": int(self.flags[:, 2].sum()),
            "mean_shots": float(self.flags[:, 0].mean()) if len(self) else 0.0,
        }


def example_references(split: str, dialogues: Sequence[Dialogue]) -> list[tuple[int, str]]:
    """Return `(index of the dialogue, reference)` of each example.

    Train has an example per reference; other splits have one per dialogue, with its first one.
    """
    last = None if split == "train" else 1
    return [(i, reference) for i, d in enumerate(dialogues) for reference in d.references[:last]]


def tokenize(
    split: str,
    dialogues: Sequence[Dialogue],
    builder: PromptBuilder,
    tokenizer: PreTrainedTokenizerBase,
    dataset: DatasetConfig,
) -> Tokenized:
    """Return the examples of a split, cut to `dataset.max_source_tokens` and `max_target_tokens`.

    Raises:
        DataError: the instruction alone is longer than the limit.
    """
    began = time.perf_counter()
    examples = example_references(split, dialogues)
    prompts: list[EncodedPrompt] = []
    targets: list[list[int]] = []
    cut: list[bool] = []
    with tokenizer_threads():
        encode = source_encoder(tokenizer)
        for chunk in chunks(dialogues, f"tokenizing {split}"):
            sources = [d.dialogue for d in chunk]
            prompts += encode_prompts(builder, sources, encode, dataset.max_source_tokens)
        references = [reference for _, reference in examples]
        for chunk_of_references in chunks(references, f"tokenizing {split} targets"):
            encoded = encode_targets(tokenizer, chunk_of_references, dataset.max_target_tokens)
            targets += [ids for ids, _ in encoded]
            cut += [was_cut for _, was_cut in encoded]
    example_prompts = [prompts[index] for index, _ in examples]
    flags = [(p.shots, p.cut, was_cut) for p, was_cut in zip(example_prompts, cut, strict=True)]
    seconds = time.perf_counter() - began
    log.info("%s: %d examples tokenized in %.1f s", split, len(examples), seconds)
    return Tokenized(
        *ragged([prompt.ids for prompt in example_prompts]),
        *ragged(targets),
        dialogue=np.array([index for index, _ in examples], dtype=np.int32),
        flags=np.array(flags, dtype=np.int16).reshape(-1, 3),
    )


@contextmanager
def tokenizer_threads() -> Iterator[None]:
    """Let the fast tokenizer use a thread per core, unless the user has set the variable.

    Only while it tokenizes, and only in a process that was not forked: its threads do not survive a
    fork, and a child that waits for them hangs. Afterwards the variable is false, which also
    silences the tokenizer's warning about forks when the workers of a loader start.
    """
    if USER_CHOICE is not None:
        yield
        return
    os.environ[PARALLELISM] = "true" if os.getpid() == IMPORTING_PROCESS else "false"
    try:
        yield
    finally:
        os.environ[PARALLELISM] = "false"


def source_encoder(tokenizer: PreTrainedTokenizerBase) -> Encode:
    """Return a function from texts to ids with the model's special tokens, never cut."""

    def encode(texts: list[str]) -> list[list[int]]:
        ids: list[list[int]] = tokenizer(texts, truncation=False, verbose=False)["input_ids"]
        return ids

    return encode


def encode_targets(
    tokenizer: PreTrainedTokenizerBase, references: Sequence[str], limit: int
) -> list[tuple[list[int], bool]]:
    """Return labels with their end token, and whether each reference was cut to `limit` tokens."""
    options: dict[str, Any] = {"text_target": list(references), "verbose": False}
    complete = tokenizer(**options, truncation=False)["input_ids"]
    if all(len(ids) <= limit for ids in complete):
        return [(ids, False) for ids in complete]
    shortened = tokenizer(**options, truncation=True, max_length=limit)["input_ids"]
    return [(ids, len(all_) > limit) for all_, ids in zip(complete, shortened, strict=True)]


def chunks(items: Sequence[T], title: str) -> Iterator[Sequence[T]]:
    """Yield slices of `CHUNK` items, with a progress bar on a terminal when there are many."""
    starts: Iterable[int] = range(0, len(items), CHUNK)
    if len(items) > 2 * CHUNK and sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import track

        starts = track(starts, title, console=Console(stderr=True), transient=True)
    for begin in starts:
        yield items[begin : begin + CHUNK]


def ragged(rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return all ids in one int32 array and the int64 ends of the rows."""
    ends = np.cumsum([len(row) for row in rows], dtype=np.int64)
    ids = (token for row in rows for token in row)
    return np.fromiter(ids, np.int32, count=sum(map(len, rows))), ends
