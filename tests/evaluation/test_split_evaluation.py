"""Scores of one validation epoch, and the join of generated texts with their dialogues."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import torch

from dialogsum.data.clean import Dialogue
from dialogsum.evaluation.scoring import score_examples, summarize
from dialogsum.evaluation.split_evaluation import ValidationScorer, to_examples

DIALOGUES = [
    Dialogue(f"d{n}", f"Anna: I fly to {city}.\nTom: Ok", (f"Anna flies to {city}.",), group=group)
    for n, (city, group) in enumerate([("Rome", "a"), ("Oslo", "b"), ("Lima", "a")])
]
GENERATED = [(2, "Anna flies.", True), (0, "Anna flies to Rome.", False), (2, "Other.", False)]
CPU = torch.device("cpu")


class PhaseLog:
    """A clock that only records its phases."""

    def __init__(self) -> None:
        self.phases: list[str] = []

    @contextmanager
    def __call__(self, phase: str) -> Iterator[None]:
        self.phases.append(phase)
        yield


def test_examples_are_in_the_order_of_the_split_and_each_index_counts_once() -> None:
    examples = to_examples(GENERATED, DIALOGUES)
    assert [(e.id, e.prediction, e.truncated, e.group) for e in examples] == [
        ("d0", "Anna flies to Rome.", False, "a"),
        ("d2", "Other.", False, "a"),
    ]
    assert examples[0].dialogue == DIALOGUES[0].dialogue
    assert examples[0].references == DIALOGUES[0].references


def test_validation_scores_are_those_of_all_examples() -> None:
    clock = PhaseLog()
    scorer = ValidationScorer(DIALOGUES, {"length": lambda rows: [len(rows)] * len(rows)}, clock)
    generated = GENERATED[:2]
    metrics = scorer(generated, CPU)
    expected = summarize(score_examples(to_examples(generated, DIALOGUES)))
    assert metrics["rouge1"] == pytest.approx(expected["rouge1"]["value"], abs=1e-15)
    for end in ("ci_low", "ci_high"):
        assert metrics[f"rougeLsum_{end}"] == expected["rougeLsum"][end]
    assert metrics["length"] == 2
    assert "length_ci_low" not in metrics
    assert clock.phases == ["score"]
    first_alone = scorer([(0, "Anna flies.", False)], CPU)  # the next epoch starts from nothing
    assert first_alone["length"] == 1
    assert first_alone["rouge1"] < 1
    assert "rouge1_ci_low" not in first_alone


def test_undefined_means_and_intervals_are_left_out() -> None:
    silent = [Dialogue("d0", "They talk.", ("They talk.",))]
    metrics = ValidationScorer(silent, {}, PhaseLog())([(0, "Talk.", False)], CPU)
    assert "speaker_recall" not in metrics
    assert "rouge1_ci_low" not in metrics
    assert metrics["rouge1"] > 0
    assert ValidationScorer(silent, {}, PhaseLog())([], CPU) == {}
