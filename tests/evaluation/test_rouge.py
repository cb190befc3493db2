"""ROUGE: equality with rouge_score, the runtime check, and the fallback."""

import importlib
import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest
from rouge_score.rouge_scorer import RougeScorer

from dialogsum.evaluation.rouge import (
    PROBE_VALUES,
    PROBES,
    ROUGE_NAMES,
    TOLERANCE,
    fast_scorer,
    largest_difference,
    reference_scorer,
    rouge,
    scorer,
    sentence_lines,
)

module = importlib.import_module("dialogsum.evaluation.rouge")

WORDS = (
    "the a to of and is was said says going goes went running runs runner generously dying died "
    "#Person1# #Person2# Anna's don't o'clock 3.50 10:30 1,000 café naïve Zoë İstanbul K ſtrange "
    "中文 日本語 привет שלום 🙂 👩‍👩‍👧 e\u0301 ﬁne ½ x² "
    "\u200b \x00 \ud800 — … “quoted” <file_photo> "
    "agreed plastered hopefulness sensibilities skies happy happily conditional"
)
VOCABULARY = WORDS.split(" ")
SEPARATORS = (" ", " ", " ", " ", " ", ", ", ". ", "! ", "\n", "\r\n", "\t", "\u00a0", "\u2028", "")


def random_text(generator: random.Random) -> str:
    length = generator.choice((0, 0, 1, 2, 5, 10, 20, 40, 80))
    return "".join(
        generator.choice(VOCABULARY) + generator.choice(SEPARATORS) for _ in range(length)
    )


def reference_values(references: list[str], predictions: list[str]) -> np.ndarray:
    counter = RougeScorer(list(ROUGE_NAMES), use_stemmer=True)
    rows = [counter.score(*pair) for pair in zip(references, predictions, strict=True)]
    return np.array([[row[name].fmeasure for name in ROUGE_NAMES] for row in rows])


@pytest.fixture
def fresh_choice():
    scorer.cache_clear()
    yield
    scorer.cache_clear()


def test_equal_to_rouge_score_on_thousands_of_pairs() -> None:
    generator = random.Random(20)
    pairs = [(random_text(generator), random_text(generator)) for _ in range(4000)]
    pairs += [("", ""), ("", "a"), ("a", ""), (" \n ", "🙂"), ("a\n\nb", "b\r\n\r\na")]
    references, predictions = map(list, zip(*pairs, strict=True))
    expected = reference_values(sentence_lines(references), sentence_lines(predictions))
    assert np.count_nonzero(expected) > 5000
    assert np.abs(rouge(references, predictions) - expected).max() <= TOLERANCE
    raw = fast_scorer().score(references, predictions)  # without the sentence splitter
    assert np.abs(raw - reference_values(references, predictions)).max() <= TOLERANCE


def test_rouge_1_2_l_do_not_depend_on_the_splitter() -> None:
    generator = random.Random(21)
    references = [random_text(generator) for _ in range(300)]
    predictions = [random_text(generator) for _ in range(300)]
    expected = reference_values(references, predictions)
    np.testing.assert_allclose(rouge(references, predictions)[:, :3], expected[:, :3], atol=1e-9)


def test_real_summaries_and_every_word_of_the_training_data(shared: Path) -> None:
    folder = shared / "data" / "dialogsum"
    rows = [json.loads(line) for line in (folder / "dialogsum.test.jsonl").open()]
    references = [row[f"summary{number}"] for row in rows for number in (1, 2, 3)]
    predictions = [row[f"summary{number}"] for row in rows for number in (2, 3, 1)]
    expected = reference_values(sentence_lines(references), sentence_lines(predictions))
    assert np.abs(rouge(references, predictions) - expected).max() <= TOLERANCE
    words = {w for line in (folder / "dialogsum.train.jsonl").open() for w in line.split()}
    fast, slow = (package.DefaultTokenizer(True) for package in _tokenizers())
    assert len(words) > 20_000
    text = " ".join(sorted(words))
    assert fast.tokenize(text) == slow.tokenize(text)


def _tokenizers():
    return [
        importlib.import_module(f"{name}.tokenizers") for name in ("rouge_score_rs", "rouge_score")
    ]


def test_probe_values_are_those_of_rouge_score() -> None:
    references, predictions = map(list, zip(*PROBES, strict=True))
    expected = reference_values(references, predictions)
    np.testing.assert_allclose(np.array(PROBE_VALUES), expected, rtol=0, atol=1e-15)
    assert largest_difference(reference_scorer()) <= 1e-15


def test_fast_scorer_is_the_default(fresh_choice, recwarn) -> None:
    assert scorer().name.startswith("rouge-score-rs ")
    assert not recwarn.list


def test_falls_back_if_the_fast_package_is_missing(fresh_choice, monkeypatch) -> None:
    texts = ["Anna runs. Tom ran.", ""], ["Tom runs.", "Anna"]
    expected = rouge(*texts)
    scorer.cache_clear()
    monkeypatch.setitem(sys.modules, "rouge_score_rs", None)
    monkeypatch.delitem(sys.modules, "rouge_score_rs.rouge_scorer")
    with pytest.warns(UserWarning, match="rouge-score-rs is not installed"):
        assert scorer().name.startswith("rouge-score ")
    np.testing.assert_allclose(rouge(*texts), expected, rtol=0, atol=1e-15)


def test_falls_back_if_the_fast_package_differs(fresh_choice, monkeypatch) -> None:
    fast = fast_scorer()

    def wrong(references, predictions):
        return fast.score(references, predictions) + 1e-6

    monkeypatch.setattr(module, "fast_scorer", lambda: fast._replace(score=wrong))
    with pytest.warns(UserWarning, match="differs from rouge_score by 1e-06"):
        assert scorer().name.startswith("rouge-score ")


def test_edges() -> None:
    assert rouge([], []).shape == (0, 4)
    with pytest.raises(ValueError, match="1 references for 2 predictions"):
        rouge(["a"], ["a", "b"])
