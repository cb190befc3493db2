"""Tokens, their cache, and the facts about the real data."""

from __future__ import annotations

import json
import logging
import multiprocessing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from omegaconf import OmegaConf

from dialogsum.config.schema import DatasetConfig, PromptConfig
from dialogsum.data.clean import Dialogue
from dialogsum.data.load import load_splits
from dialogsum.data.token_cache import (
    cached_statistics,
    tokenize_splits,
    tokenizer_fingerprint,
)
from dialogsum.data.tokenize import Tokenized

from .conftest import TEMPLATE, dataset, write_splits

DATA = {
    "train": [Dialogue("1", "w5 w6", ("w7", "w8 w9")), Dialogue("2", "w5 w6 w7 w8", ("w9",))],
    "validation": [Dialogue("3", "w5", ("w6", "w7"))],
}
PROMPT = PromptConfig(name="p", template="w1 {dialogue} w2")


def tokens(
    tokenizer: Any,
    folder: Path,
    data: dict[str, list[Dialogue]] | None = None,
    prompt: PromptConfig = PROMPT,
    **changes: Any,
) -> dict[str, Tokenized]:
    return tokenize_splits(data or DATA, tokenizer, dataset(None, **changes), prompt, folder)


def ids(*words: int) -> list[int]:
    """The ids of `w<word>` and the end token."""
    return [word + 3 for word in words] + [1]


def folders(cache: Path) -> set[str]:
    return {path.name for path in (cache / "tokenized").iterdir() if path.is_dir()}


def test_examples(word_tokenizer: Any, tmp_path: Path) -> None:
    found = tokens(word_tokenizer, tmp_path)
    train = [tuple(part.tolist() for part in found["train"].example(i)) for i in range(3)]
    assert train == [
        (ids(1, 5, 6, 2), ids(7)),
        (ids(1, 5, 6, 2), ids(8, 9)),  # every reference of train
        (ids(1, 5, 6, 7, 8, 2), ids(9)),
    ]
    assert found["train"].dialogue.tolist() == [0, 0, 1]
    assert found["train"].source_lengths.tolist() == [5, 5, 7]
    assert found["train"].target_lengths.tolist() == [2, 3, 2]
    assert len(found["validation"]) == 1  # the first reference
    assert found["validation"].example(0)[1].tolist() == ids(6)


def test_cut_texts_are_counted(word_tokenizer: Any, tmp_path: Path) -> None:
    found = tokens(word_tokenizer, tmp_path, max_source_tokens=5, max_target_tokens=2)
    assert found["train"].example(2)[0].tolist() == ids(1, 5, 6, 2)
    assert found["train"].example(1)[1].tolist() == ids(8)  # cut, but it still ends
    assert found["train"].statistics() == {
        "examples": 3,
        "source_tokens": 15,
        "target_tokens": 6,
        "source_truncated": 1,
        "target_truncated": 1,
        "mean_shots": 0.0,
    }


def test_second_time_from_the_cache(
    word_tokenizer: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        first = tokens(word_tokenizer, tmp_path)
        assert "train: 3 examples tokenized" in caplog.text
        caplog.clear()
        second = tokens(word_tokenizer, tmp_path)
        assert "tokenized" not in caplog.text
    for name, array in vars(first["train"]).items():
        assert isinstance(array, np.memmap)
        assert np.array_equal(array, getattr(second["train"], name))


def test_the_cache_knows_all_that_decides_the_tokens(word_tokenizer: Any, tmp_path: Path) -> None:
    tokens(word_tokenizer, tmp_path)
    assert len(folders(tmp_path)) == 2
    other_data = {**DATA, "train": [*DATA["train"], Dialogue("9", "w3", ("w3",))]}
    tokens(word_tokenizer, tmp_path, other_data)
    assert len(folders(tmp_path)) == 3  # validation is as it was
    tokens(word_tokenizer, tmp_path, max_source_tokens=100)
    tokens(word_tokenizer, tmp_path, max_target_tokens=100)
    tokens(word_tokenizer, tmp_path, prompt=PromptConfig(name="p", template="w3 {dialogue}"))
    assert len(folders(tmp_path)) == 9
    for seed in range(6):  # of two candidates one is drawn
        few = PromptConfig(name="p", template="w1 {dialogue}", shots=1, seed=seed)
        tokens(word_tokenizer, tmp_path, prompt=few)
    assert len(folders(tmp_path)) == 13
    renamed = {"train": [Dialogue("x", d.dialogue, d.references) for d in DATA["train"]]}
    count = len(folders(tmp_path))
    tokens(word_tokenizer, tmp_path, renamed)
    assert len(folders(tmp_path)) == count  # ids do not decide tokens


def test_fingerprint_is_of_the_content(word_tokenizer: Any, tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    before = tokenizer_fingerprint(word_tokenizer)
    word_tokenizer(["w1 w2"], truncation=True, max_length=1, padding="max_length")
    assert tokenizer_fingerprint(word_tokenizer) == before
    word_tokenizer.save_pretrained(tmp_path)
    copy = AutoTokenizer.from_pretrained(tmp_path)
    assert (
        json.loads(copy.backend_tokenizer.to_str())["model"]
        == (json.loads(word_tokenizer.backend_tokenizer.to_str())["model"])
    )
    copy.add_tokens(["another"])
    assert tokenizer_fingerprint(copy) != before


def test_few_shot_prompts_are_counted(word_tokenizer: Any, tmp_path: Path) -> None:
    few = PromptConfig(name="p", template="w1 {dialogue} w2", shots=1)
    found = tokens(word_tokenizer, tmp_path, prompt=few)
    assert found["train"].statistics()["mean_shots"] == 1.0
    assert found["train"].source_lengths.min() > 7
    tight = tokens(word_tokenizer, tmp_path, prompt=few, max_source_tokens=7)
    assert tight["train"].statistics()["mean_shots"] == 0.0
    assert tight["train"].statistics()["source_truncated"] == 0


def test_cached_statistics(word_tokenizer: Any, tmp_path: Path, prompt: PromptConfig) -> None:
    cfg = OmegaConf.structured(dataset(write_splits(tmp_path / "d")))
    cache = tmp_path / "cache"
    assert cached_statistics(cfg, prompt, word_tokenizer, cache) is None
    assert not cache.exists()
    found = tokenize_splits(load_splits(cfg)[0], word_tokenizer, cfg, prompt, cache)
    assert cached_statistics(cfg, prompt, word_tokenizer, cache) == found["train"].statistics()
    nowhere = OmegaConf.structured(dataset(tmp_path / "none"))
    assert cached_statistics(nowhere, prompt, word_tokenizer, cache) is None


def job(tokenizer: Any, cfg: DatasetConfig, prompt: PromptConfig, cache: Path, told: Any) -> None:
    class Counting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.put(record.getMessage())

    logging.getLogger("dialogsum").addHandler(Counting())
    logging.getLogger("dialogsum").setLevel(logging.INFO)
    found = tokenize_splits(load_splits(cfg)[0], tokenizer, cfg, prompt, cache)
    told.put(f"sum {sum(int(part.source.sum()) for part in found.values())}")


def test_parallel_jobs_tokenise_once(
    word_tokenizer: Any, tmp_path: Path, prompt: PromptConfig
) -> None:
    cfg = dataset(write_splits(tmp_path / "d", train=3000))
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    arguments = (word_tokenizer, cfg, prompt, tmp_path / "cache", told)
    jobs = [context.Process(target=job, args=arguments) for _ in range(3)]
    for process in jobs:
        process.start()
    messages = [told.get(timeout=60) for _ in range(3 + 3)]
    for process in jobs:
        process.join(60)
        assert process.exitcode == 0
    assert len([m for m in messages if "tokenized" in m]) == 3  # once per split
    assert len({m for m in messages if m.startswith("sum")}) == 1


def test_a_failed_write_leaves_nothing(
    word_tokenizer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(np, "save", full_disk)
        with pytest.raises(OSError, match="No space left"):
            tokens(word_tokenizer, tmp_path)
    assert folders(tmp_path) == set()
    assert len(tokens(word_tokenizer, tmp_path)["train"]) == 3


def test_what_a_killed_process_left_is_removed(word_tokenizer: Any, tmp_path: Path) -> None:
    tokens(word_tokenizer, tmp_path)
    for name in folders(tmp_path):
        (tmp_path / "tokenized" / name).rename(tmp_path / "tokenized" / f"{name}.killed")
    assert len(tokens(word_tokenizer, tmp_path)["train"]) == 3
    assert not any("killed" in name for name in folders(tmp_path))


@pytest.mark.parametrize(
    ("name", "source", "target", "over_512"),
    [
        ("dialogsum", (233, 425, 1578), (41, 73, 277), 260),
        ("samsum", (158, 376, 1162), (29, 59, 94), 182),
    ],
)
def test_facts_of_the_real_data(
    shared: Path,
    t5_tokenizer: Any,
    token_cache: Path,
    name: str,
    source: tuple[int, int, int],
    target: tuple[int, int, int],
    over_512: int,
) -> None:
    """Mean, 95th percentile and maximum of train."""
    cfg = dataset(shared / "data" / name, max_source_tokens=4096, max_target_tokens=512)
    prompt = PromptConfig(name="p", template=TEMPLATE)
    data = {"train": load_splits(cfg)[0]["train"]}
    train = tokenize_splits(data, t5_tokenizer, cfg, prompt, token_cache)["train"]
    for lengths, wanted in ((train.source_lengths, source), (train.target_lengths, target)):
        found = round(lengths.mean()), int(np.percentile(lengths, 95)), int(lengths.max())
        assert found == wanted
    assert int((train.source_lengths > 512).sum()) == over_512
    assert train.statistics()["source_truncated"] == 0
    ids, labels = train.example(0)
    assert t5_tokenizer.decode(ids).endswith("Summary:</s>")
    assert labels[-1] == t5_tokenizer.eos_token_id
