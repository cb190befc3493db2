"""The command of the README's first line, from the hub: no path is given anywhere."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.flan import write_model
from tests.hub import COMMIT, Hub, serve

SWEEP = ("-m", "strategy=zero_shot,full,lora", "model=flan_t5_small", "dataset=dialogsum")
LIMITS = (
    "dataset.limit.train=12",
    "dataset.limit.validation=4",
    "dataset.limit.test=8",
    "dataset.max_source_tokens=64",
    "generation.max_new_tokens=8",
    "trainer.max_epochs=1",
    "trainer.enable_progress_bar=false",
)


def write_hub_layout(authors: Path, folder: Path) -> None:
    """knkarthick/dialogsum: CSV, one row per reference of the test set."""
    folder.mkdir(parents=True)
    for name, split in (("train", "train"), ("dev", "validation"), ("test", "test")):
        lines = (authors / f"dialogsum.{name}.jsonl").read_text(encoding="utf-8").splitlines()
        with (folder / f"{split}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "dialogue", "summary", "topic"])
            for row in map(json.loads, lines):
                writer.writerows(hub_rows(row))


def hub_rows(row: dict[str, str]) -> Iterator[list[str]]:
    if "summary" in row:
        yield [row["fname"], row["dialogue"], row["summary"], row["topic"]]
        return
    for number in (1, 2, 3):
        summary, topic = row[f"summary{number}"], row[f"topic{number}"]
        yield [f"{row['fname']}_{number}", row["dialogue"], summary, topic]


@pytest.fixture(scope="module")
def hub(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, type[Hub]]]:
    root = tmp_path_factory.mktemp("hub")
    write_hub_layout(shared / "data" / "dialogsum", root / "knkarthick" / "dialogsum")
    write_model(shared / "models" / "flan-t5-small", root / "google" / "flan-t5-small")
    with serve(root) as server:
        yield server


@pytest.fixture(scope="module")
def sweep(
    hub: tuple[str, type[Hub]], run_command: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    root = tmp_path_factory.mktemp("sweep")
    done = run_command("train.py", *SWEEP, *LIMITS, *where(root), **environment(hub, root))
    assert done.returncode == 0, done.stdout + done.stderr
    (root / "screen.txt").write_text(done.stdout + done.stderr)
    return root


def where(root: Path) -> list[str]:
    return [f"output_root={root}", f"cache_dir={root / 'cache'}"]


def environment(hub: tuple[str, type[Hub]], root: Path) -> dict[str, str]:
    return {"HF_ENDPOINT": hub[0], "HF_HOME": str(root / "hf"), "HF_TOKEN": ""}


def record_of(root: Path, strategy: str) -> dict[str, Any]:
    [path] = root.glob(f"*/{strategy}-flan_t5_small-dialogsum-*/result.json")
    record: dict[str, Any] = json.loads(path.read_text())
    return record


def predictions_of(root: Path) -> list[list[Any]]:
    """Everything but the ids, which the layouts write differently."""
    [path] = root.glob("*/lora-*/predictions/test.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [[row[key] for key in ("source", "references", "prediction", "scores")] for row in rows]


def test_whole_sweep_from_the_hub(sweep: Path, hub: tuple[str, type[Hub]]) -> None:
    for strategy in ("zero_shot", "full", "lora"):
        record = record_of(sweep, strategy)
        assert record["status"] == "completed"
        assert record["data"]["revision"] == COMMIT
        assert record["environment"]["model_revision"] == COMMIT
        assert record["data"]["rows"] == {"train": 12, "validation": 4, "test": 8}
        assert record["data"]["references"]["test"] == 24
    weights = [line for line in hub[1].asked if line.startswith("GET") and ".safetensors" in line]
    assert len(weights) == 1
    assert not any("/resolve/main/" in line for line in hub[1].asked)  # what peft's export asks
    [adapter] = sweep.glob("*/lora-*/model/adapter_config.json")
    assert json.loads(adapter.read_text())["base_model_name_or_path"] == "google/flan-t5-small"
    assert "Traceback" not in (sweep / "screen.txt").read_text()


def test_authors_files_give_the_same_figures_and_the_model_stays_offline(
    sweep: Path, hub: tuple[str, type[Hub]], shared: Path, run_command: Any
) -> None:
    """The hub has 1,500 test rows, one per reference; the authors 500 rows with three each."""
    root = sweep / "authors"
    path = f"dataset.path={shared / 'data' / 'dialogsum'}"
    offline = environment(hub, sweep) | {"HF_HUB_OFFLINE": "1"}
    arguments = ("strategy=lora", *SWEEP[2:], path, *LIMITS, *where(root))
    done = run_command("train.py", *arguments, **offline)
    assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = record_of(sweep, "lora"), record_of(root, "lora")
    assert theirs["metrics"] == ours["metrics"]
    assert ours["metrics"]["test"]["rouge1"]["n"] == 8
    assert ours["metrics"]["test"]["cross_entropy"]["value"] > 0
    assert predictions_of(root) == predictions_of(sweep)


def test_all_1500_references_score_alike_in_both_layouts(
    sweep: Path, shared: Path, hub: tuple[str, type[Hub]], tmp_path: Path
) -> None:
    """Real text against all references: the first turn of each dialogue as its summary."""
    from dialogsum.commands.score import score_files

    authors = shared / "data" / "dialogsum" / "dialogsum.test.jsonl"
    rows = [json.loads(line) for line in authors.read_text(encoding="utf-8").splitlines()]
    [hub_file] = (sweep / "hf").glob("**/snapshots/*/test.csv")
    predictions = tmp_path / "predictions.jsonl"
    lines = [{"id": r["fname"], "summary": r["dialogue"].split("\n")[0]} for r in rows]
    predictions.write_text("".join(json.dumps(line) + "\n" for line in lines))
    one = score_files(predictions, [authors], "authors", tmp_path / "authors")
    other = score_files(predictions, [hub_file], "hub", tmp_path / "hub")
    assert one.n == other.n == 500
    assert one.metrics == other.metrics
    assert one.metrics["rouge1"]["value"] > 0.05
