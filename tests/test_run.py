"""A run as a user starts it: its directory, its record, its second start, its failures."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
import torch

PHASES = {"load", "tokenize", "fit", "validate", "generate", "score", "save"}
KEYS = {
    "base",
    "files",
    "sha256",
    *("schema_version", "status", "error", "fingerprint", "name", "strategy", "model", "dataset"),
    *("prompt", "seed", "parameters", "metrics", "training", "time_s", "throughput"),
    *("memory_bytes", "artifact_bytes", "data", "environment", "wandb", "attempts"),
    *("started_at", "finished_at"),
}


@pytest.fixture(scope="module")
def sweep(run_command, tiny_run_in, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """zero_shot, full and lora by one multirun command; returns the folder of the runs."""
    root = tmp_path_factory.mktemp("sweep")
    done = run_command("train.py", "-m", "strategy=zero_shot,full,lora", *tiny_run_in(root))
    assert done.returncode == 0, done.stdout + done.stderr
    (root / "screen.txt").write_text(done.stdout)
    return root / "default"


@pytest.fixture(scope="module")
def bf16_sweep(run_command, tiny_run_in, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """full and lora in bf16, from weights whose logits are far enough apart to round."""
    root = tmp_path_factory.mktemp("bf16")
    model = ("model=tiny", "hardware.precision=bf16-mixed")
    arguments = [a for a in tiny_run_in(root) if not a.startswith("model.")]
    done = run_command("train.py", "-m", "strategy=full,lora", *arguments, *model)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "default"


def run_of(sweep: Path, strategy: str) -> Path:
    [directory] = sweep.glob(f"{strategy}-*")
    return directory


def record_of(run: Path) -> dict:
    return json.loads((run / "result.json").read_text())


def test_directory_holds_what_the_contract_names(sweep: Path) -> None:
    for strategy in ("full", "lora"):
        run = run_of(sweep, strategy)
        names = {str(path.relative_to(run)) for path in run.rglob("*") if path.is_file()}
        assert {"config.yaml", "train.log", "metrics.csv", "result.json"} <= names
        assert {"predictions/validation.jsonl", "predictions/test.jsonl"} <= names
        assert "checkpoints/best.ckpt" in names
        assert "checkpoints/last.ckpt" not in names
        best = torch.load(run / "checkpoints" / "best.ckpt", weights_only=True)
        assert "optimizer_states" not in best
        assert best["config"]["strategy"]["name"] == strategy
    assert (run_of(sweep, "lora") / "model" / "adapter_model.safetensors").exists()
    assert (run_of(sweep, "full") / "model" / "model.safetensors").exists()
    assert not (run_of(sweep, "zero_shot") / "model").exists()
    assert "validation/rouge1" in (run_of(sweep, "zero_shot") / "metrics.csv").read_text()
    assert not (run_of(sweep, "zero_shot") / "checkpoints").exists()


def test_record_is_complete(sweep: Path) -> None:
    for strategy in ("zero_shot", "full", "lora"):
        record = record_of(run_of(sweep, strategy))
        assert set(record) == KEYS
        assert record["status"] == "completed"
        assert record["error"] is None
        assert set(record["time_s"]) == PHASES
        assert record["data"]["rows"] == {"train": 24, "validation": 4, "test": 4}
        assert record["environment"]["dtype"] == "float32"
        assert record["environment"]["scorer"].startswith("rouge-score")
        for split in ("validation", "test"):
            assert record["metrics"][split]["rouge1"]["n"] == 4
            assert record["metrics"][split]["cross_entropy"]["value"] > 0
        assert record["memory_bytes"]["process_peak_rss"] > 1e8
        assert record["memory_bytes"]["fit_peak_allocated"] is None


def test_what_did_not_happen_is_null_and_not_zero(sweep: Path) -> None:
    zero_shot, full = (record_of(run_of(sweep, name)) for name in ("zero_shot", "full"))
    assert zero_shot["throughput"] is None
    assert zero_shot["artifact_bytes"] is None
    assert zero_shot["training"] is None
    assert zero_shot["parameters"]["trainable"] == 0
    assert zero_shot["time_s"]["fit"] == 0
    assert full["throughput"]["examples"] == 48
    assert full["time_s"]["fit"] > 0
    assert full["training"]["steps"] == 12


def test_predictions_carry_scores_whose_mean_is_the_figure(sweep: Path) -> None:
    run = run_of(sweep, "full")
    lines = (run / "predictions" / "test.jsonl").read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    assert len({row["id"] for row in rows}) == 4
    assert all(row["source"] and row["references"] for row in rows)
    figure = record_of(run)["metrics"]["test"]["length_ratio"]["value"]
    assert sum(row["scores"]["length_ratio"] for row in rows) / 4 == pytest.approx(figure)


def test_metrics_csv_has_each_epoch(sweep: Path) -> None:
    with (run_of(sweep, "full") / "metrics.csv").open() as file:
        rows = list(csv.DictReader(file))
    epochs = [row for row in rows if row["validation/cross_entropy"]]
    assert len(epochs) == 2
    assert float(epochs[1]["validation/cross_entropy"]) < float(
        epochs[0]["validation/cross_entropy"]
    )


def test_comparison_is_printed_and_stands_beside_the_runs(sweep: Path) -> None:
    screen = (sweep.parent / "screen.txt").read_text()
    for text in ("zero_shot", "lora", "full", "ROUGE-1", "dialogsum compare"):
        assert text in screen
    assert (sweep / "comparison.md").exists()
    assert (sweep / "report.html").exists()
    commands = json.loads((sweep / "sweep.json").read_text())["commands"]
    [jobs] = [command["jobs"] for command in commands.values()]
    assert [name.split("-")[0] for name in jobs] == ["zero_shot", "full", "lora"]


def test_finished_jobs_are_not_run_again(sweep: Path, run_command, tiny_run_in) -> None:
    before = {run: (run / "result.json").stat().st_mtime_ns for run in sweep.glob("[a-z]*-seed0-*")}
    again = run_command("train.py", "-m", "strategy=full,lora", *tiny_run_in(sweep.parent))
    assert again.returncode == 0
    assert again.stdout.count("is completed already") == 2
    after = {run: (run / "result.json").stat().st_mtime_ns for run in sweep.glob("[a-z]*-seed0-*")}
    assert after == before


@pytest.mark.parametrize(
    ("runs", "strategies"),
    [("sweep", ("zero_shot", "full", "lora")), ("bf16_sweep", ("full", "lora"))],
)
def test_evaluate_gives_the_run_s_own_figures_again(
    runs: str,
    strategies: tuple[str, ...],
    request: pytest.FixtureRequest,
    run_command,
    tmp_path: Path,
) -> None:
    """Exported and loaded again in another process, a model says what it said in its run."""
    copy = tmp_path / "runs"
    shutil.copytree(request.getfixturevalue(runs), copy)
    done = run_command("evaluate.py", f"run={copy}")
    assert done.returncode == 0, done.stdout + done.stderr
    for strategy in strategies:
        run = run_of(copy, strategy)
        [evaluation] = run.glob("evaluations/*/result.json")
        figures = json.loads(evaluation.read_text())["metrics"]["test"]
        original = record_of(run)["metrics"]["test"]
        assert figures["cross_entropy"]["value"] == pytest.approx(
            original["cross_entropy"]["value"], abs=1e-6
        )
        assert figures["rouge1"] == original["rouge1"]


def test_evaluate_on_other_decoding_and_split_overwrites_nothing(
    sweep: Path, run_command, tmp_path: Path
) -> None:
    run = tmp_path / "lora"
    shutil.copytree(run_of(sweep, "lora"), run)
    before = (run / "result.json").read_bytes()
    for arguments in (["generation.num_beams=2"], ["split=validation"]):
        done = run_command("evaluate.py", f"run={run}", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    assert len(list(run.glob("evaluations/*/predictions.jsonl"))) == 2
    assert (run / "result.json").read_bytes() == before


def test_failed_run_says_so_and_the_others_go_on(run_command, tiny_run_in, tmp_path: Path) -> None:
    broken = "dataset.max_source_tokens=4"
    done = run_command(
        "train.py", "-m", "strategy=layer_norm", broken, "seed=0,1", *tiny_run_in(tmp_path)
    )
    assert done.returncode == 1
    runs = list((tmp_path / "default").glob("layer_norm-*"))
    assert len(runs) == 2
    for run in runs:
        record = record_of(run)
        assert record["status"] == "failed"
        assert "tokens of the instruction alone" in record["error"]
        assert "tokens of the instruction alone" in (run / "train.log").read_text()
    assert "Traceback" not in done.stdout + done.stderr
    assert "failed" in done.stdout


def test_divergence_is_told_in_one_sentence(run_command, tiny_run) -> None:
    done = run_command("train.py", "strategy=full", "strategy.learning_rate=1e30", *tiny_run)
    assert done.returncode == 1
    assert "strategy.learning_rate: training diverged" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_changed_data_is_refused_and_force_repeats(
    run_command, tiny_run_in, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    rows = [{"dialogue": f"A: number {i}\nB: yes", "summary": f"A says {i}."} for i in range(12)]
    for split in ("train", "validation", "test"):
        lines = [json.dumps(row | {"id": f"{split}-{i}"}) for i, row in enumerate(rows)]
        (data / f"{split}.jsonl").write_text("\n".join(lines))
    arguments = [*tiny_run_in(tmp_path), "strategy=lora", "dataset=custom", f"dataset.path={data}"]
    assert run_command("train.py", *arguments).returncode == 0
    text = (data / "train.jsonl").read_text().replace("number 1", "number 7")
    (data / "train.jsonl").write_text(text)
    refused = run_command("train.py", *arguments)
    assert refused.returncode == 1
    assert "has changed since" in refused.stdout
    forced = run_command("train.py", *arguments, "force=true")
    assert forced.returncode == 0, forced.stdout + forced.stderr
    names = [path.name for path in (tmp_path / "default").glob("lora-*")]
    assert sum(name.endswith(".replaced-1") for name in names) == 1
    assert len(names) == 2
