"""Fixtures: an untied random T5, a strategy trained on it, and the table of results."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import set_seed

from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import load_backbone, load_tokenizer
from tests.strategies.contract import (
    STEPS,
    Trained,
    World,
    build_strategy,
    cross_entropy,
    logits,
    make_batches,
    read_strategy,
    train,
)


@pytest.fixture(scope="session")
def world(tiny_model_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return a base with random weights, saved so that a second process finds the same one."""
    config = ModelConfig(name="tiny", path=str(tiny_model_dir), pretrained=False)
    directory = tmp_path_factory.mktemp("base")
    model = load_backbone(config, seed=3)
    tokenizer = load_tokenizer(config)
    set_seed(3)
    # A separate head with large weights, so that rounding does not change an argmax.
    torch.nn.init.normal_(model.lm_head.weight)
    model.save_pretrained(directory)
    tokenizer.save_pretrained(directory)
    return World(directory, make_batches(tokenizer))


@pytest.fixture(scope="module")
def trained(request: pytest.FixtureRequest, world: World) -> Iterator[Trained]:
    """Train the strategy of this parameter once for all tests of the module."""
    strategy = build_strategy(request.param)
    reference = logits(world.base(), world.batches[0])
    set_seed(7)
    model = strategy.prepare(world.base(), STEPS, iter(world.batches))
    before = logits(model, world.batches[0])
    result = Trained(
        request.param, strategy, model, before, reference, cross_entropy(model, world.batches)
    )
    if strategy.capabilities.trains:
        train(result, world.batches, STEPS)
    result.last_loss = cross_entropy(model, world.batches)
    result.last_logits = logits(model, world.batches[0])
    yield result


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write splits of a few short dialogues; return their folder."""
    from tests.bundled import bundled_rows

    directory = tmp_path_factory.mktemp("data")
    for split, count in (("train", 12), ("validation", 2), ("test", 2)):
        rows = bundled_rows(split, count)
        lines = [json.dumps({k: r[k] for k in ("dialogue", "summary")}) for r in rows]
        (directory / f"{split}.jsonl").write_text("\n".join(lines))
    return directory


# The table

MARKS = {"passed": "✓", "failed": "FAIL", "skipped": "–", "error": "FAIL"}
TESTS = re.compile(r"test_(?:contract|stopped|killed)\.py::test_(\w+)\[(\w+)\]")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print each strategy's parameters and contract properties as a Markdown table."""
    results: dict[str, dict[str, str]] = defaultdict(dict)
    for outcome, mark in MARKS.items():
        for report in terminalreporter.stats.get(outcome, []):
            match = TESTS.search(report.nodeid)
            if match and (report.when == "call" or outcome != "passed"):
                results[match[2]][match[1]] = mark
    if len(results) < 2:
        return
    columns = [column for column in properties() if any(column in r for r in results.values())]
    table = [["strategy", "flan-t5-small", "flan-t5-base", *columns]]
    for name in sorted(results):
        counts = read_strategy(name).trainable
        numbers = (f"{counts.flan_t5_small:,}", f"{counts.flan_t5_base:,}")
        table.append([name, *numbers, *(results[name].get(column, "") for column in columns)])
    terminalreporter.section("strategies: ✓ passed, – declared otherwise, blank: not asked")
    for line in markdown(table):
        terminalreporter.write_line(line)


def properties() -> list[str]:
    """Return the names of the contract's tests, in the order of the files."""
    texts = [
        Path(__file__).with_name(f"test_{part}.py").read_text(encoding="utf-8")
        for part in ("contract", "stopped", "killed")
    ]
    return re.findall(r"^def test_(\w+)\(", "\n".join(texts), re.MULTILINE)


def markdown(table: list[list[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table with right-aligned numbers."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for number, row in enumerate(table):
        cells = [
            cell.rjust(width) if index in (1, 2) else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            rules = ["-" * (width - 1) + ("-", ":")[i in (1, 2)] for i, width in enumerate(widths)]
            yield f"| {' | '.join(rules)} |"
