"""The real tokenizer where it is, a small one that needs nothing, and small data sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dialogsum.config.schema import ColumnsConfig, DatasetConfig, LimitConfig, PromptConfig
from dialogsum.data.clean import Dialogue
from dialogsum.data.tokenize import Tokenized, ragged

TEMPLATE = "Summarize the following conversation.\n\n{dialogue}\n\nSummary: "


@pytest.fixture(scope="session")
def t5_tokenizer(shared: Path) -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(shared / "models" / "flan-t5-small")


@pytest.fixture(scope="session")
def token_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For the real data, which are tokenised once in a session."""
    return tmp_path_factory.mktemp("tokens")


@pytest.fixture(scope="session")
def word_tokenizer() -> Any:
    """One token per word or mark and an end token: lengths can be counted by eye."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    vocabulary = {"<pad>": 0, "</s>": 1, "<unk>": 2} | {f"w{i}": i + 3 for i in range(200)}
    backend = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizers.Whitespace()
    backend.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=backend, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    )


@pytest.fixture
def prompt() -> PromptConfig:
    return PromptConfig(name="zero_shot", template=TEMPLATE)


def dataset(path: Path | str | None, **changes: Any) -> DatasetConfig:
    """A data set config; `limit=(train, validation, test)`, `columns={...}`."""
    limit = LimitConfig(*changes.pop("limit", (None, None, None)))
    columns = ColumnsConfig(**changes.pop("columns", {}))
    where = None if path is None else str(path)
    return DatasetConfig(name="test", path=where, limit=limit, columns=columns, **changes)


def rows(count: int, prefix: str = "d") -> list[dict[str, str]]:
    return [
        {"id": f"{prefix}{i}", "dialogue": f"A: {prefix} {i}\nB: w{i}", "summary": f"w{i} w1"}
        for i in range(count)
    ]


def write_jsonl(path: Path, content: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in content), encoding="utf-8")
    return path


def write_splits(folder: Path, train: int = 20, validation: int = 6, test: int = 6) -> Path:
    folder.mkdir(exist_ok=True)
    for split, count in (("train", train), ("validation", validation), ("test", test)):
        write_jsonl(folder / f"{split}.jsonl", rows(count, f"{split}-"))
    return folder


def dialogues(texts: list[str]) -> list[Dialogue]:
    return [Dialogue(str(i), text, (f"w{i}",)) for i, text in enumerate(texts)]


def tokenized(count: int, seed: int = 0, longest: int = 60) -> Tokenized:
    """Random examples; the first id of a source is its number + 1000, so that it can be traced."""
    random = np.random.default_rng(seed)
    sources = [
        [1000 + i, *random.integers(3, 90, random.integers(1, longest))] for i in range(count)
    ]
    targets = [list(random.integers(3, 90, random.integers(1, 15))) for _ in range(count)]
    return Tokenized(
        *ragged(sources),
        *ragged(targets),
        dialogue=np.arange(count, dtype=np.int32),
        flags=np.zeros((count, 3), dtype=np.int16),
    )
