"""Killed, interrupted, repeated and evaluated: always the run that it is."""

from __future__ import annotations

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

from dialogsum.tracking import wandb_state
from dialogsum.tracking.wandb_logger import define_metrics
from dialogsum.tracking.wandb_session import Session
from dialogsum.tracking.wandb_settings import WandbSettings
from tests.conftest import ROOT
from tests.tracking.wandb_files import NO_KEY, OfflineLog, parts, run_of
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
    """Until W&B's log on the disk holds a row at or after `step`; returns the run directory."""
    for _ in range(3000):
        time.sleep(0.2)
        for state in root.glob("*/*/wandb/run.json"):
            directory = state.parents[1]
            if wandb_state.first_step(directory, wandb_state.State("", "")) > step:
                return directory
    raise AssertionError("the run did not get that far")


def steps(logs: list[OfflineLog]) -> list[int]:
    return [row["step"] for log in logs for row in log.history if "train/loss" in row]


def test_best_values_span_the_parts_of_a_run(
    tmp_path: Path, no_key: None, server: WandbServer
) -> None:
    state = wandb_state.load_or_begin(tmp_path, "name", {})
    log_part(tmp_path, state, [3.0, 1.0, 2.0])
    log_part(tmp_path, state, [5.0, 4.0])
    first, second = parts(tmp_path)

    assert [row["_step"] for log in (first, second) for row in log.history] == [0, 1, 2, 3, 4]
    assert second.summary["train/loss"] == {"min": 1.0}
    assert upload(tmp_path, server).returncode == 0
    assert server.runs[state.id]["summary"]["train/loss"] == {"min": 1.0}


def test_a_part_that_a_kill_cut_short_is_uploaded_with_the_next(
    tmp_path: Path, no_key: None, server: WandbServer
) -> None:
    state = wandb_state.load_or_begin(tmp_path, "name", {})
    log_part(tmp_path, state, [3.0, 2.0, 1.0])
    cut_short(tmp_path)
    log_part(tmp_path, state, [0.5, 0.4])

    assert upload(tmp_path, server).returncode == 0
    assert server.runs[state.id]["exit_code"] == 0
    assert [row["step"] for row in server.history(state.id)] == [0, 1, 2, 3, 4]
    assert wandb_state.unsynced(tmp_path) == []


def log_part(directory: Path, state: wandb_state.State, losses: list[float]) -> None:
    session = Session(directory, WandbSettings(mode="offline"), state, "group", [], {})
    define_metrics(session.run)
    for step, loss in enumerate(losses, start=session.first_step):
        session.log({"train/loss": loss, "step": step}, step)
    session.end(0)
    time.sleep(1)  # W&B names parts by the second


def cut_short(directory: Path) -> None:
    """As a kill leaves the log: without its end, inside a record."""
    [part] = wandb_state.parts(directory)
    [log] = wandb_state.logs(part)
    os.truncate(log, log.stat().st_size - 3)


def upload(directory: Path, server: WandbServer) -> subprocess.CompletedProcess[bytes]:
    arguments = wandb_state.sync_arguments(wandb_state.unsynced(directory))
    environment = os.environ | {"WANDB_BASE_URL": server.url, "WANDB_API_KEY": KEY}
    command = [sys.executable, "-m", "wandb", *arguments]
    return subprocess.run(command, env=environment, cwd=directory, capture_output=True, check=False)


@pytest.mark.slow
def test_a_killed_run_goes_on_in_its_own_run(
    tmp_path: Path, tiny_run: list[str], server: WandbServer
) -> None:
    process = start(tiny_run)
    directory = wait_for_step(tmp_path, 4)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    first_id = wandb_state.load(directory)

    again = start(tiny_run)
    printed, _ = again.communicate(timeout=900)
    assert again.returncode == 0, printed
    logs = parts(directory)

    assert [log.exit_code for log in logs] == [None, 0]
    assert {log.run["run_id"] for log in logs} == {first_id.id if first_id else None}
    assert {log.run["display_name"] for log in logs} == {"lora-tiny-bundled-seed0"}
    logged = steps(logs)
    assert logged == sorted(set(logged))  # nothing twice, nothing out of order
    assert logged[-1] == 240
    assert logs[0].history[-1]["seconds"] < logs[1].history[0]["seconds"]
    _assert_sync_is_whole(directory, server, first_id.id if first_id else "", logged)


def _assert_sync_is_whole(
    directory: Path, server: WandbServer, run_id: str, logged: list[int]
) -> None:
    """Both parts, uploaded together, are one run on the server with the whole history."""
    done = upload(directory, server)
    assert done.returncode == 0, done.stderr

    assert list(server.runs) == [run_id]
    rows = server.history(run_id)
    assert [row["step"] for row in rows if "train/loss" in row] == logged
    assert server.runs[run_id]["exit_code"] == 0
    losses = [row["train/loss"] for row in rows if "train/loss" in row]
    assert server.runs[run_id]["summary"]["train/loss"]["min"] == pytest.approx(min(losses))


@pytest.mark.slow
def test_an_interrupted_run_ends_so_and_goes_on(tmp_path: Path, tiny_run: list[str]) -> None:
    process = start(tiny_run)
    directory = wait_for_step(tmp_path, 2)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=900)
    assert process.returncode == 130, printed
    [log] = parts(directory)

    assert log.exit_code == 130
    assert log.summary["status"] == "interrupted"


@pytest.mark.slow
def test_force_begins_another_run(
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
    figures = json.loads((evaluation / "result.json").read_text())["metrics"]["test"]
    added = parts(directory)[-1]

    assert len(parts(directory)) == len(before) + 1
    assert added.run["run_id"] == before[0].run["run_id"]
    assert added.exit_code == 0
    [row] = added.history
    assert row["_step"] > before[-1].history[-1]["_step"]
    name = f"evaluations/{evaluation.name}/test/rougeL"
    assert row[name] == figures["rougeL"]["value"]
    assert f"predictions/{evaluation.name}.path" in row
    # The parts of a run replace each other's summary and config on the server.
    assert added.summary["metrics"]["test"] == before[0].summary["metrics"]["test"]
    assert added.summary["train/loss"] == before[0].summary["train/loss"]
    assert added.config["strategy"]["peft"]["r"] == 8
    assert added.config["trainable_percent"] == before[0].config["trainable_percent"]
