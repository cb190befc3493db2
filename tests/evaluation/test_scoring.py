"""Per-example scores, their summary, and the import cost of both."""

import subprocess
import sys

import numpy as np
import pytest

from dialogsum.common import metric_catalog
from dialogsum.evaluation.rouge import ROUGE_NAMES, rouge
from dialogsum.evaluation.scoring import (
    Example,
    mean_scores,
    score_examples,
    scoring_environment,
    summarize,
)

ONE = Example("1", "Anna: I fly to Rome.\nTom: Ok", ("Anna flies to Rome.",), "Anna flies.")
TWO = Example("2", "Tom: Hi", ("Tom greets.", "A greeting of Tom. Tom"), "Tom greets", True)
EMPTY = Example("3", "", ("They talk.",), "")


def test_several_references_average_and_best() -> None:
    scores = score_examples([ONE, TWO])
    table = rouge(["Tom greets.", "A greeting of Tom. Tom"], ["Tom greets"] * 2)
    for column, name in enumerate(ROUGE_NAMES):
        assert scores[name][1] == pytest.approx(table[:, column].mean(), abs=1e-15)
        assert scores[f"{name}_best"][1] == table[:, column].max()
        assert scores[f"{name}_best"][0] == scores[name][0]
    assert scores["length_ratio"].tolist() == [0.5, pytest.approx((1 + 2 / 5) / 2)]


def test_columns_and_undefined_values() -> None:
    scores = score_examples([ONE, EMPTY])
    assert not any(name.endswith("_best") for name in scores)
    assert all(column.shape == (2,) and column.dtype == np.float64 for column in scores.values())
    assert scores["truncated"].tolist() == [0, 0]
    assert scores["empty"].tolist() == [0, 1]
    assert scores["speaker_recall"][0] == 1
    assert np.isnan(scores["novel_ngrams"][1])
    assert score_examples([TWO])["truncated"] == [1]


def test_every_metric_has_a_direction() -> None:
    assert score_examples([ONE, TWO]).keys() <= metric_catalog.SCORES.keys()
    assert metric_catalog.measure("rouge1@unseen").label == "ROUGE-1 (unseen)"
    assert metric_catalog.measure("my_metric")[:2] == ("my metric", metric_catalog.HIGHER)


def test_plugged_in_metrics() -> None:
    def length(examples):
        return [len(example.prediction) for example in examples]

    def two(examples):
        return {"a": np.zeros(len(examples)), "b": np.ones(len(examples))}

    scores = score_examples([ONE, TWO], {"length": length, "both": two})
    assert scores["length"].tolist() == [11, 10]
    assert scores["b"].tolist() == [1, 1]
    with pytest.raises(ValueError, match=r"'length' returned shape \(\) for 'length'"):
        score_examples([ONE, TWO], {"length": lambda examples: 1.0})
    with pytest.raises(ValueError, match="'mine' returns 'rouge1'"):
        score_examples([ONE], {"mine": lambda examples: {"rouge1": [1.0]}})


def test_no_reference_is_refused() -> None:
    with pytest.raises(ValueError, match="'x' has no reference"):
        score_examples([Example("x", "", (), "a")])


def test_summarize() -> None:
    generator = np.random.default_rng(0)
    column = generator.beta(2, 3, 200)
    holes = np.where(np.arange(200) % 4 == 0, np.nan, column)
    scores = {
        "full": column,
        "holes": holes,
        "one": np.full(200, np.nan),
        "same": np.full(200, 0.3),
    }
    scores["one"][7] = 0.25
    metrics = summarize(scores)
    assert metrics["full"]["value"] == pytest.approx(column.mean(), abs=1e-15)
    half = (metrics["full"]["ci_high"] - metrics["full"]["ci_low"]) / 2
    assert half == pytest.approx(1.96 * column.std() / np.sqrt(200), rel=0.05)
    assert metrics["holes"]["n"] == 150
    assert metrics["holes"]["value"] == pytest.approx(np.nanmean(holes))
    assert metrics["one"] == {"value": 0.25, "ci_low": None, "ci_high": None, "n": 1}
    assert metrics["same"]["ci_low"] == metrics["same"]["ci_high"] == pytest.approx(0.3)
    assert metrics == summarize(scores)
    assert metrics["full"]["ci_low"] != summarize(scores, seed=1)["full"]["ci_low"]
    means = mean_scores(scores)
    assert all(means[name] == metric["value"] for name, metric in metrics.items())


def test_groups() -> None:
    scores = {"m": np.array([0.0, 1.0, 1.0, 0.5])}
    metrics = summarize(scores, groups=["seen", "unseen", "unseen", None])
    assert metrics["m"]["n"] == 4
    assert metrics["m@unseen"]["value"] == 1
    assert metrics["m@seen"] == {"value": 0.0, "ci_low": None, "ci_high": None, "n": 1}
    assert list(summarize(scores, groups=["all"] * 4)) == ["m"]


def test_nothing_to_score() -> None:
    metrics = summarize(score_examples([]))
    assert metrics["rouge1"] == {"value": None, "ci_low": None, "ci_high": None, "n": 0}
    assert summarize({}) == {}
    assert mean_scores({}) == {}


def test_scorer_and_protocol_of_the_record() -> None:
    environment = scoring_environment()
    assert environment["scorer"].startswith("rouge-score")
    assert environment["protocol"]["sentences"] == "dialogsum-sentences 1"


def test_import_loads_no_torch_and_no_nltk() -> None:
    code = (
        "import sys, dialogsum.evaluation.scoring as s, dialogsum.common.metric_catalog\n"
        "s.score_examples([s.Example('1', 'a: b', ('c',), 'c')]); s.scoring_environment()\n"
        "print({'torch', 'nltk', 'scipy', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
