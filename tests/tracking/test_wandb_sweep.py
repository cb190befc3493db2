"""A sweep under Hydra's own launcher: what its three W&B runs hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dialogsum.common.metric_catalog import COSTS
from dialogsum.tracking.wandb_setup import waiting_parts
from tests.tracking.wandb_files import OfflineLog, parts, run_of

Sweep = tuple[Path, str]


@pytest.fixture(scope="module")
def lora(sweep: Sweep) -> OfflineLog:
    [log] = parts(run_of(sweep[0], "lora"))
    return log


@pytest.fixture(scope="module")
def zero_shot(sweep: Sweep) -> OfflineLog:
    [log] = parts(run_of(sweep[0], "zero_shot"))
    return log


@pytest.fixture(scope="module")
def broken(sweep: Sweep) -> OfflineLog:
    [log] = parts(run_of(sweep[0], "broken"))
    return log


def result(sweep: Sweep, strategy: str) -> dict:
    return json.loads((run_of(sweep[0], strategy) / "result.json").read_text())


def test_each_job_is_its_own_run(
    lora: OfflineLog, zero_shot: OfflineLog, broken: OfflineLog
) -> None:
    logs = (lora, zero_shot, broken)

    assert len({log.run["run_id"] for log in logs}) == 3
    assert {log.run["run_group"] for log in logs} == {"tracked"}
    assert {log.run["job_type"] for log in logs} == {"train"}
    assert {log.run["project"] for log in logs} == {"dialogsum"}
    assert lora.run["display_name"] == "lora-tiny-bundled-seed0"
    assert zero_shot.run["display_name"] == "zero_shot-tiny-bundled-seed0"
    assert lora.run["notes"] == "a test"
    assert set(lora.run["tags"]) == {"lora", "tiny", "bundled", "zero_shot", "mine"}


def test_runs_end_with_the_exit_codes_of_their_jobs(
    sweep: Sweep, lora: OfflineLog, zero_shot: OfflineLog, broken: OfflineLog
) -> None:
    assert (zero_shot.exit_code, broken.exit_code, lora.exit_code) == (0, 1, 0)
    assert broken.summary["status"] == result(sweep, "broken")["status"] == "failed"
    assert "broken on purpose" in broken.summary["error"]


def test_the_config_is_nested_and_has_flat_keys(sweep: Sweep, lora: OfflineLog) -> None:
    config, record = lora.config, result(sweep, "lora")

    assert config["strategy"]["peft"]["r"] == 8
    assert config["trainer"]["max_epochs"] == 2
    flat = ("strategy_name", "model_name", "dataset_name", "prompt_name", "seed", "batch_size")
    assert [config[key] for key in flat] == ["lora", "tiny", "bundled", "zero_shot", 0, 4]
    assert config["base"].startswith("tiny (") and "random weights" in config["base"]
    assert config["trainable_percent"] == pytest.approx(record["parameters"]["percent"])
    assert config["trainable_parameters"] == record["parameters"]["trainable"]
    assert config["fingerprint"] == record["fingerprint"]
    assert config["setting_name"] == "lora-tiny-bundled"


def test_history_has_every_metric_on_every_axis(lora: OfflineLog) -> None:
    rows = [row for row in lora.history if "train/loss" in row]
    metrics = {"loss", "cross_entropy", "gradient_norm", "learning_rate", "tokens_per_s"}
    metrics |= {"examples_per_s", "padded_fraction", "memory_process"}

    assert [row["step"] for row in rows] == [2, 4, 6, 8, 10, 12]
    assert all({f"train/{name}" for name in metrics} <= row.keys() for row in rows)
    assert [row["examples"] for row in rows] == [8, 16, 24, 32, 40, 48]
    for axis in ("tokens", "seconds"):
        values = [row[axis] for row in rows]
        assert values == sorted(values)
        assert values[0] > 0
    assert all(row["_step"] == row["step"] for row in lora.history)


def test_validation_rows_are_at_the_end_of_epochs_with_intervals(lora: OfflineLog) -> None:
    rows = [row for row in lora.history if "validation/rougeL" in row]

    assert [row["step"] for row in rows] == [6, 12]
    for row in rows:
        low, value, high = (row[f"validation/rougeL{end}"] for end in ("_ci_low", "", "_ci_high"))
        assert low <= value <= high
        assert row["seconds"] > 0


def test_axes_and_best_values_are_defined(lora: OfflineLog) -> None:
    metrics = lora.metrics

    for axis in ("step", "examples", "tokens", "seconds"):
        assert metrics[axis]["options"]["hidden"]
    assert metrics["train/*"]["step_metric"] == "step"
    assert metrics["validation/rougeL"]["summary"] == {"max": True}
    assert metrics["validation/cross_entropy"]["summary"] == {"min": True}
    assert not {f"validation/{cost}" for cost in COSTS} & metrics.keys()
    losses = [row["train/loss"] for row in lora.history if "train/loss" in row]
    assert lora.summary["train/loss"]["min"] == pytest.approx(min(losses))


def test_the_summary_is_the_record(sweep: Sweep, lora: OfflineLog) -> None:
    record, summary = result(sweep, "lora"), lora.summary

    for key in ("status", "fingerprint", "parameters", "metrics", "time_s", "data"):
        assert summary[key] == record[key], key
    test = record["metrics"]["test"]["rougeL"]
    assert summary["test/rougeL"] == test["value"]
    assert summary["test/rougeL_ci_high"] == test["ci_high"]
    assert summary["cost/trainable_percent"] == record["parameters"]["percent"]
    assert summary["cost/artifact_bytes"] == record["artifact_bytes"]


def test_predictions_are_tables_whose_ids_join_runs(
    sweep: Sweep, lora: OfflineLog, zero_shot: OfflineLog
) -> None:
    ids = []
    for strategy, log in (("lora", lora), ("zero_shot", zero_shot)):
        name = log.summary["predictions/test.path"]
        [part] = (run_of(sweep[0], strategy) / "wandb").glob("offline-run-*")
        table = json.loads((part / "files" / name).read_text())
        assert table["columns"][:4] == ["id", "source", "references", "prediction"]
        assert "rougeL" in table["columns"]
        ids.append([row[0] for row in table["data"]])

    assert ids[0] == ids[1]
    assert len(ids[0]) == 4


def test_the_adapter_is_an_artifact_that_names_its_data(sweep: Sweep, lora: OfflineLog) -> None:
    directory = run_of(sweep[0], "lora")
    adapter = lora.artifacts["adapter"]
    files = {entry["path"] for entry in adapter["manifest"]["contents"]}

    assert adapter["name"] == directory.name
    assert set(adapter["aliases"]) == {"latest", "best"}
    assert {"adapter_config.json", "adapter_model.safetensors", "config.yaml"} <= files
    metadata, record = json.loads(adapter["metadata"]), result(sweep, "lora")
    assert metadata["data_hash"] == record["data"]["hash"]
    assert metadata["model"] == "tiny"
    assert metadata["metrics"]["test"] == record["metrics"]["test"]


def test_zero_shot_has_no_weights_to_upload(zero_shot: OfflineLog) -> None:
    assert "adapter" not in zero_shot.artifacts
    assert "model" not in zero_shot.artifacts


def test_every_artifact_file_is_inside_the_run_directory(sweep: Sweep, lora: OfflineLog) -> None:
    directory = run_of(sweep[0], "lora")
    entries = [e for a in lora.of("artifact") for e in a["manifest"]["contents"]]

    assert entries
    assert all(Path(entry["local_path"]).is_relative_to(directory) for entry in entries)
    assert all(Path(entry["local_path"]).is_file() for entry in entries)


def test_the_log_names_mode_reason_and_upload_command(sweep: Sweep) -> None:
    folder, printed = sweep

    assert printed.count("W&B: offline (no API key found") == 3
    for strategy in ("zero_shot", "broken", "lora"):
        directory = run_of(folder, strategy)
        assert len(waiting_parts(directory)) == 1
        assert f"W&B: to upload: dialogsum wandb sync {directory}" in printed
    assert f"Upload:    dialogsum wandb sync {folder}" in printed


def test_the_record_names_the_run(sweep: Sweep, lora: OfflineLog) -> None:
    assert result(sweep, "lora")["wandb"] == {
        "id": lora.run["run_id"],
        "mode": "offline",
        "url": None,
    }


def test_no_key_reaches_the_disk(sweep: Sweep) -> None:
    config = (run_of(sweep[0], "lora") / "config.yaml").read_text()

    assert "api_key" not in config


def test_the_comparison_is_a_run_of_the_group(sweep: Sweep) -> None:
    [log] = parts(sweep[0] / ".comparison")

    assert log.run["run_group"] == "tracked"
    assert log.run["job_type"] == "compare"
    keys = log.keys()
    for name in ("table", "report"):
        assert any(key.startswith(f"comparison/{name}") for key in keys), keys
    assert log.exit_code == 0
