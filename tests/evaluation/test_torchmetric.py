"""SummaryMetrics in one process and in two real ones (gloo), for several shardings."""

import json
import os
import pickle
import socket
from pathlib import Path

import pytest
import torch
import torch.distributed as dist
import torch.multiprocessing as mp

from dialogsum.evaluation.scoring import Example, mean_scores, score_examples
from dialogsum.evaluation.torchmetric import SummaryMetrics

NAMES = ("Anna", "Tom", "Zoë", "Igor")


def characters(examples):
    return [float(len(example.prediction)) for example in examples]


def several(examples):
    return {"vowels": [float(sum(c in "aeiou" for c in e.prediction)) for e in examples]}


def make_examples(count: int) -> list[Example]:
    return [
        Example(
            id=f"d{number}",
            dialogue=f"{NAMES[number % 4]}: I fly to Rome on Friday at {number}.\nMax: Ask Lee",
            references=tuple(
                f"{NAMES[number % 4]} flies to Rome on Friday. Lee waits {extra}."
                for extra in range(1 + number % 3)
            ),
            prediction="" if number == 5 else f"Lee and {NAMES[number % 4]} fly " * (number % 7),
            truncated=number % 4 == 0,
        )
        for number in range(count)
    ]


def updated(indices: list[int], examples: list[Example], batch: int = 3) -> SummaryMetrics:
    metric = SummaryMetrics({"characters": characters, "several": several})
    for start in range(0, len(indices), batch):
        chosen = indices[start : start + batch]
        metric.update(torch.tensor(chosen), [examples[index] for index in chosen])
    return metric


SHARDINGS = {
    "alternating, padded by repeating": ([0, 2, 4, 6, 8, 10], [1, 3, 5, 7, 9, 0]),
    "uneven": (list(range(9)), [9, 10]),
    "an empty rank": (list(range(11)), []),
    "an empty first rank": ([], list(range(10, -1, -1))),
    "all twice": (list(range(11)), list(range(10, -1, -1))),
}


def work(rank: int, port: int, shards: tuple[list[int], list[int]], target: str) -> None:
    os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    torch.set_num_threads(1)
    dist.init_process_group("gloo", rank=rank, world_size=2)
    examples = make_examples(11)
    results = []
    for indices in shards:
        metric = updated(indices[rank], examples, batch=2 + rank)
        first = metric.compute()
        metric.reset()
        results.append({name: value.item() for name, value in first.items()})
    Path(f"{target}.{rank}").write_text(json.dumps(results))
    dist.destroy_process_group()


def test_two_processes_give_the_value_of_one(tmp_path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    target = str(tmp_path / "result")
    mp.spawn(work, (port, tuple(SHARDINGS.values()), target), nprocs=2)
    single = updated(list(range(11)), make_examples(11)).compute()
    expected = {name: value.item() for name, value in single.items()}
    for rank in range(2):
        results = json.loads((tmp_path / f"result.{rank}").read_text())
        for sharding, result in zip(SHARDINGS, results, strict=True):
            assert result.keys() == expected.keys(), sharding
            for name, value in expected.items():
                assert repr(result[name]) == repr(value), (sharding, name)


def test_equals_scoring_all_examples_at_once() -> None:
    examples = make_examples(11)
    plugins = {"characters": characters, "several": several}
    expected = mean_scores(score_examples(examples, plugins))
    got = updated([*range(11), 3, 3], examples).compute()
    assert {name: value.item() for name, value in got.items()} == pytest.approx(
        expected, abs=1e-15, nan_ok=True
    )
    assert list(got) == list(expected)
    assert all(value.dtype == torch.float64 for value in got.values())


def test_best_of_references_only_where_there_are_several() -> None:
    metric = SummaryMetrics()
    metric.update([0], [Example("a", "", ("one reference",), "one")])
    assert "rouge1_best" not in metric.compute()
    metric.update([1], [Example("b", "", ("one reference", "another"), "another one")])
    result = metric.compute()
    assert result["rouge1_best"] > result["rouge1"]


def test_repeated_example_with_another_text_counts_once_in_any_order() -> None:
    twins = [Example("a", "", ("the cat sat",), text) for text in ("the cat", "the cat sat")]
    values = []
    for order in (twins, twins[::-1]):
        metric = SummaryMetrics()
        metric.update([7, 7], order)
        values.append(metric.compute()["rouge1"].item())
    assert values[0] == values[1]


def test_empty_reset_forward_and_pickle() -> None:
    metric = SummaryMetrics()
    assert metric.scores() == {}
    examples = make_examples(4)
    metric.update([], [])
    step = metric(torch.arange(2), examples[:2])
    assert step["rouge1"] == pytest.approx(score_examples(examples[:2])["rouge1"].mean())
    metric.update(torch.arange(2, 4), examples[2:])
    again = pickle.loads(pickle.dumps(metric))
    assert again.compute()["rouge1"] == metric.compute()["rouge1"]
    assert metric.compute()["rouge1"] == pytest.approx(score_examples(examples)["rouge1"].mean())
    metric.reset()
    assert metric.scores() == {}


def test_refuses_indices_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="2 indices for 1 examples"):
        SummaryMetrics().update([0, 1], make_examples(1))
