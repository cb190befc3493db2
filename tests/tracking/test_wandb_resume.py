"""One W&B run for one run directory: killed, interrupted, repeated, resumed and evaluated."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogsum.commands import wandb as wandb_command
from dialogsum.tracking.wandb_run import WandbRun
from dialogsum.tracking.wandb_setup import (
    inspect_part,
    open_state,
    read_state,
    waiting_parts,
)
from dialogsum.tracking.wandb_setup import parts as folders
from tests.conftest import ROOT
from tests.tracking.wandb_files import NO_KEY, OfflineLog, composed, parts, run_of
from tests.tracking.wandb_server import KEY, WandbServer

LONG = [
    "trainer.max_epochs=40",
    "trainer.log_every_n_steps=1",
    "checkpoint.every_n_steps=2",
    "logger=wandb",
]


def start(overrides: list[str], **extra: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "train.py"), *overrides, *LONG],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=os.environ | NO_KEY | extra,
    )


def wait_for_step(root: Path, step: int) -> Path:
    """Return the run directory once W&B's log on disk has a row at or after `step`."""
    for _ in range(600):
        time.sleep(0.5)
        for part in root.glob("*/*/wandb/offline-run-*"):
            if (inspect_part(part)["step"] or 0) >= step:
                return part.parents[1]
    raise AssertionError("the run did not get that far")


def steps(logs: list[OfflineLog]) -> list[int]:
    return [row["step"] for log in logs for row in log.history if "train/loss" in row]


def test_parts_of_a_run_are_one_run_with_one_history_and_summary(
    tmp_path: Path, no_key: None, server: WandbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_id = log_part(tmp_path, [3.0, 1.0, 2.0])
    assert log_part(tmp_path, [5.0, 4.0]) == first_id
    first, second = parts(tmp_path)

    assert [row["_step"] for log in (first, second) for row in log.history] == [0, 1, 2, 3, 4]
    assert second.summary["train/loss"] == {"min": 1.0}
    assert upload(tmp_path, server, monkeypatch) == 0
    assert list(server.runs) == [first_id]
    assert server.runs[first_id]["summary"]["train/loss"] == {"min": 1.0}
    assert [row["step"] for row in server.history(first_id)] == [0, 1, 2, 3, 4]


def test_a_resumed_run_skips_the_steps_that_it_repeats(tmp_path: Path, no_key: None) -> None:
    log_part(tmp_path, [3.0, 2.0, 1.0])
    log_part(tmp_path, [2.0, 1.0, 0.5], start=1)  # from the checkpoint of step 1

    second = parts(tmp_path)[1]

    assert [(row["_step"], row["train/loss"]) for row in second.history] == [(3, 0.5)]


def test_a_part_that_a_kill_cut_short_is_uploaded_with_the_next(
    tmp_path: Path, no_key: None, server: WandbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`wandb sync` stops at half a record and would leave out the parts that follow."""
    run_id = log_part(tmp_path, [3.0, 2.0, 1.0])
    cut_short(tmp_path)
    log_part(tmp_path, [0.5, 0.4])

    assert upload(tmp_path, server, monkeypatch) == 0
    assert server.runs[run_id]["exit_code"] == 0
    assert [row["step"] for row in server.history(run_id)] == [0, 1, 2, 3, 4]
    assert waiting_parts(tmp_path) == []
    server.operations.clear()
    assert upload(tmp_path, server, monkeypatch) == 0
    assert server.operations == []


def log_part(directory: Path, losses: list[float], start: int | None = None) -> str:
    """Log a row per loss, as one attempt does; return the id of the run."""
    state = open_state(directory, "name", {})
    now = {"step": 0.0}
    cfg = composed("logger=wandb", "logger.wandb.mode=offline")
    run = WandbRun(cfg, directory, state, config={}, progress=lambda: now)
    for step, loss in enumerate(losses, start=run.first_step if start is None else start):
        now["step"] = step
        run.log_metrics({"train/loss": loss})
    run.end(0)
    time.sleep(1)  # W&B names parts by the second
    return state.id


def cut_short(directory: Path) -> None:
    """Truncate the log within its last record, as a kill does."""
    [log] = folders(directory)[0].glob("*.wandb")
    os.truncate(log, log.stat().st_size - 3)


def upload(directory: Path, server: WandbServer, monkeypatch: pytest.MonkeyPatch) -> int:
    """Call `dialogsum wandb sync`."""
    monkeypatch.setenv("WANDB_BASE_URL", server.url)
    monkeypatch.setenv("WANDB_API_KEY", KEY)
    parser = argparse.ArgumentParser()
    wandb_command.add_arguments(parser)
    return wandb_command.main(parser.parse_args(["sync", str(directory)]))


@pytest.mark.slow
def test_a_killed_run_continues_in_the_same_run(
    tmp_path: Path,
    tiny_run: list[str],
    server: WandbServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    process = start(tiny_run)
    directory = wait_for_step(tmp_path, 4)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    state = read_state(directory)
    assert state is not None

    again = start(tiny_run)
    printed, _ = again.communicate(timeout=900)
    assert again.returncode == 0, printed
    logs = parts(directory)

    assert [log.exit_code for log in logs] == [None, 0]
    assert {log.run["run_id"] for log in logs} == {state.id}
    assert {log.run["display_name"] for log in logs} == {"lora-tiny-bundled-seed0"}
    logged = steps(logs)
    assert logged == sorted(set(logged))  # nothing twice, nothing out of order
    assert logged[-1] == 240
    assert logs[0].history[-1]["seconds"] < logs[1].history[0]["seconds"]
    assert upload(directory, server, monkeypatch) == 0
    assert list(server.runs) == [state.id]
    rows = server.history(state.id)
    assert [row["step"] for row in rows if "train/loss" in row] == logged
    assert server.runs[state.id]["exit_code"] == 0
    losses = [row["train/loss"] for row in rows if "train/loss" in row]
    assert server.runs[state.id]["summary"]["train/loss"]["min"] == pytest.approx(min(losses))


@pytest.mark.slow
def test_an_interrupted_run_ends_with_its_exit_code(tmp_path: Path, tiny_run: list[str]) -> None:
    process = start(tiny_run)
    directory = wait_for_step(tmp_path, 2)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=900)
    assert process.returncode == 130, printed
    [log] = parts(directory)

    assert log.exit_code == 130
    assert log.summary["status"] == "interrupted"


@pytest.mark.slow
def test_force_starts_another_run(
    tmp_path: Path, tiny_run: list[str], run_command: Callable
) -> None:
    for extra in ([], ["force=true"]):
        done = run_command("train.py", *tiny_run, "logger=wandb", *extra, **NO_KEY)
        assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path / "default"
    states = {path.read_text() for path in folder.glob("*/wandb/run.json")}

    assert len({json.loads(state)["id"] for state in states}) == 2


def test_an_evaluation_is_added_to_the_run_it_evaluates(
    sweep: tuple[Path, str], tmp_path: Path, run_command: Callable
) -> None:
    original = run_of(sweep[0], "lora")
    directory = Path(shutil.copytree(original, tmp_path / original.name, symlinks=True))
    before = parts(directory)
    done = run_command("evaluate.py", f"run={directory}", "generation.num_beams=2", **NO_KEY)
    assert done.returncode == 0, done.stdout + done.stderr
    [evaluation] = (directory / "evaluations").iterdir()
    metrics = json.loads((evaluation / "result.json").read_text())["metrics"]["test"]
    added = parts(directory)[-1]

    assert len(parts(directory)) == len(before) + 1
    assert added.run["run_id"] == before[0].run["run_id"]
    assert added.exit_code == 0
    [row] = added.history
    assert row["_step"] > before[-1].history[-1]["_step"]
    name = f"evaluations/{evaluation.name}/test/rougeL"
    assert row[name] == metrics["rougeL"]["value"]
    assert f"predictions/{evaluation.name}.path" in row
    # The parts of a run replace each other's summary and config on the server.
    assert added.summary["metrics"]["test"] == before[0].summary["metrics"]["test"]
    assert added.summary["train/loss"] == before[0].summary["train/loss"]
    assert added.config["strategy"]["peft"]["r"] == 8
    assert added.config["trainable_percent"] == before[0].config["trainable_percent"]
