"""In-context learning end to end: real dialogues, real tokenizer, train.py and evaluate.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.flan import write_model


@pytest.fixture(scope="module")
def sweep(
    shared: Path, run_command: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[str]]:
    """zero_shot with no, one and three examples by one command."""
    root = tmp_path_factory.mktemp("in_context")
    write_model(shared / "models" / "flan-t5-small", root / "flan")
    arguments = [
        *("strategy=zero_shot", "model=flan_t5_small", f"model.path={root / 'flan'}"),
        *("dataset=dialogsum", f"dataset.path={shared / 'data' / 'dialogsum'}"),
        *("dataset.limit.train=30", "dataset.limit.validation=2", "dataset.limit.test=6"),
        *("generation.max_new_tokens=4", "trainer.enable_progress_bar=false"),
        *(f"output_root={root}", f"cache_dir={root / 'cache'}"),
    ]
    done = run_command("train.py", "-m", "prompt=zero_shot,one_shot,few_shot", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "default", arguments


def records(folder: Path) -> dict[str, dict[str, Any]]:
    found = [json.loads(path.read_text()) for path in folder.glob("*/result.json")]
    return {record["prompt"]: record for record in found}


def test_examples_stand_before_the_dialogue(sweep: tuple[Path, list[str]]) -> None:
    by_prompt = records(sweep[0])
    assert set(by_prompt) == {"zero_shot", "one_shot", "few_shot"}
    tokens = {name: r["data"]["tokens"]["test"]["source"] for name, r in by_prompt.items()}
    assert tokens["zero_shot"] < tokens["one_shot"] < tokens["few_shot"]
    shots = {name: r["data"]["mean_shots"]["test"] for name, r in by_prompt.items()}
    assert shots["zero_shot"] == 0
    assert shots["one_shot"] == 1
    assert 1 < shots["few_shot"] <= 3  # a long dialogue loses examples before it is cut
    assert by_prompt["few_shot"]["data"]["truncated"]["source"]["test"] == 0
    losses = {r["metrics"]["test"]["cross_entropy"]["value"] for r in by_prompt.values()}
    assert len(losses) == 3


def test_evaluate_adds_examples_to_a_finished_run(
    sweep: tuple[Path, list[str]], run_command: Any
) -> None:
    """What a run with prompt=few_shot measured, evaluate.py measures on the run without."""
    [run] = [
        p.parent for p in sweep[0].glob("*/result.json") if '"prompt": "zero_shot"' in p.read_text()
    ]
    done = run_command("evaluate.py", f"run={run}", "prompt=few_shot")
    assert done.returncode == 0, done.stdout + done.stderr
    [path] = run.glob("evaluations/dialogsum-test-few_shot-*/result.json")
    again = json.loads(path.read_text())
    direct = records(sweep[0])["few_shot"]
    for name in ("cross_entropy", "rouge1", "length_ratio"):
        assert again["metrics"]["test"][name] == pytest.approx(direct["metrics"]["test"][name])


def test_train_is_not_evaluated_with_examples_of_its_own(
    sweep: tuple[Path, list[str]], run_command: Any
) -> None:
    done = run_command("evaluate.py", f"run={sweep[0]}", "prompt=one_shot", "split=train")
    assert done.returncode == 2
    assert done.stderr.splitlines()[1:] == [
        "  split: the examples of the prompt come from train; for train itself use prompt=zero_shot"
    ]


def test_a_token_budget_drops_examples_first(
    sweep: tuple[Path, list[str]], run_command: Any, tmp_path: Path
) -> None:
    arguments = [*sweep[1], "prompt=few_shot", "dataset.max_source_tokens=420"]
    done = run_command("train.py", *arguments, f"output_root={tmp_path}")
    assert done.returncode == 0, done.stdout + done.stderr
    [record] = records(tmp_path / "default").values()
    data, whole = record["data"], records(sweep[0])["few_shot"]["data"]
    assert data["mean_shots"]["test"] < whole["mean_shots"]["test"]
    assert data["tokens"]["test"]["source"] <= 6 * 420
