"""Killed and continued runs equal uninterrupted ones, bit for bit."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from tests.stopping import pausing, run_here, stop

ROOT = Path(__file__).resolve().parents[1]


def _start(arguments: list[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as file:
        command = [sys.executable, str(ROOT / "train.py"), *arguments]
        return subprocess.Popen(command, stdout=file, stderr=file, cwd=ROOT)


def _finish(arguments: list[str], log: Path) -> Path:
    """Run to the end in another process; returns the run directory."""
    assert _start(arguments, log).wait(timeout=600) == 0, log.read_text()
    name = next(a.partition("=")[2] for a in arguments if a.startswith("name="))
    [result] = log.parent.glob(f"{name}/*/result.json")
    return result.parent


@pytest.mark.slow
@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=["kill", "ctrl-c", "sigterm"]
)
def test_stopped_run_continues_exactly(tiny_run: list[str], tmp_path: Path, number: int) -> None:
    """In the middle of the first of two epochs of 40 steps, after a checkpoint at step 30."""
    arguments = [
        *tiny_run,
        "strategy=lora",
        "dataset.limit.train=160",
        "checkpoint.every_n_steps=3",
        "trainer.log_every_n_steps=1",
        "keep_checkpoints=true",
        "logger=[]",
        *pausing(31),
    ]
    log = tmp_path / "log.txt"
    code = stop([*arguments, "name=stopped"], number, log)
    assert code == (-9 if number == signal.SIGKILL else 130), log.read_text()
    stopped = next((tmp_path / "stopped").glob("lora*"))
    if number != signal.SIGKILL:
        record = json.loads((stopped / "result.json").read_text())
        assert record["status"] == "interrupted"
        assert record["error"] == f"stopped by {signal.Signals(number).name}"
    else:
        assert not (stopped / "result.json").exists()

    continued = _finish([*arguments, "name=stopped"], log)
    straight = run_here([*arguments, "name=straight"])

    saved = 30 if number == signal.SIGKILL else 31
    assert f"resuming at step {saved} " in log.read_text()
    _assert_same_weights(continued, straight)
    records = [json.loads((run / "result.json").read_text()) for run in (continued, straight)]
    assert records[0]["metrics"] == records[1]["metrics"]
    assert records[0]["throughput"]["examples"] == records[1]["throughput"]["examples"] == 320
    first = "killed" if number == signal.SIGKILL else "interrupted"
    assert [a["status"] for a in records[0]["attempts"]] == [first, "completed"]
    assert _history(continued) == _history(straight)


def _history(run: Path) -> list[list[str]]:
    """What metrics.csv says of every step, but for its times."""
    figures = ("step", "examples", "train/loss", "train/learning_rate", "validation/cross_entropy")
    return [_column(run, name) for name in figures]


def _column(run: Path, name: str) -> list[str]:
    with (run / "metrics.csv").open(newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def _assert_same_weights(one: Path, other: Path) -> None:
    for name in ("last.ckpt", "best.ckpt"):
        states = [
            torch.load(run / "checkpoints" / name, weights_only=True)["state_dict"]
            for run in (one, other)
        ]
        assert states[0].keys() == states[1].keys()
        for key, value in states[0].items():
            assert torch.equal(value, states[1][key]), f"{name}: {key} differs"


@pytest.mark.slow
def test_two_processes_train_as_one(tiny_run: list[str], tiny_model_dir: Path, tmp_path: Path):
    """The same weights from 1 and 2 processes, with and without micro-batches (no dropout)."""
    config = json.loads((tiny_model_dir / "config.json").read_text()) | {"dropout_rate": 0.0}
    model = tmp_path / "no_dropout"
    model.mkdir()
    for file in tiny_model_dir.iterdir():
        (model / file.name).write_bytes(file.read_bytes())
    (model / "config.json").write_text(json.dumps(config))
    arguments = [*tiny_run, "strategy=full", f"model.path={model}", "dataset.limit.train=21"]
    arguments.append("trainer.log_every_n_steps=1")
    # Adam's first step is the sign of the gradient, which rounding decides where it is near 0: its
    # learning rate is 0 here, and the moments of two steps differ by rounding alone.
    arguments.append("schedule.warmup_from_zero=true")
    variants = {
        "one": ["hardware=cpu"],
        "two": ["hardware=cpu_ddp"],
        "two_micro": ["hardware=cpu_ddp", "batching.tokens_per_batch=300"],
    }
    runs = {"one": run_here([*arguments, *variants["one"], "name=one"])}
    for name in ("two", "two_micro"):
        log = tmp_path / "log.txt"
        runs[name] = _finish([*arguments, *variants[name], f"name={name}"], log)
    states = {
        name: torch.load(run / "checkpoints" / "best.ckpt", weights_only=True)["state_dict"]
        for name, run in runs.items()
    }
    records = {name: json.loads((run / "result.json").read_text()) for name, run in runs.items()}
    for name in ("two", "two_micro"):
        assert records[name]["environment"]["world_size"] == 2
        assert records[name]["throughput"]["examples"] == 42
        for key, value in states["one"].items():
            torch.testing.assert_close(states[name][key], value, rtol=0, atol=5e-6)
        counted = _column(runs[name], "examples")
        assert counted == _column(runs["one"], "examples"), "the axis counts all processes"
        assert float(counted[-1]) == 42
    values = [records[name]["metrics"]["test"]["cross_entropy"]["value"] for name in variants]
    assert values == pytest.approx([values[0]] * 3, abs=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["sigterm", "ctrl-c"])
def test_two_processes_stop_cleanly_and_continue(
    tiny_run: list[str], tmp_path: Path, number: int
) -> None:
    """The signal reaches the parent alone; its screen shows no traceback of torch's launcher."""
    limits = ["dataset.limit.train=800", "trainer.max_epochs=1", "checkpoint.every_n_steps=5"]
    arguments = [*tiny_run, "strategy=lora", "hardware=cpu_ddp", *limits, "name=stopped"]
    log = tmp_path / "log.txt"
    process = _start(arguments, log)
    while not list(tmp_path.glob("stopped/*/checkpoints/last.ckpt")):
        assert process.poll() is None, f"it ended before it could be stopped:\n{log.read_text()}"
        time.sleep(0.05)
    process.send_signal(number)
    assert process.wait(timeout=200) == 130, log.read_text()
    assert "Traceback" not in log.read_text()
    [run] = tmp_path.glob("stopped/*/")
    assert json.loads((run / "result.json").read_text())["status"] == "interrupted"

    record = json.loads((_finish(arguments, log) / "result.json").read_text())
    assert "resuming at step" in log.read_text()
    assert record["throughput"]["examples"] == 800
    assert [attempt["status"] for attempt in record["attempts"]] == ["interrupted", "completed"]


def test_same_run_is_not_written_twice(tiny_run: list[str], tmp_path: Path, run_command) -> None:
    """A second process on a run that is being written stops with one sentence."""
    arguments = [*tiny_run, "strategy=full", "dataset.limit.train=400", "name=busy"]
    log = tmp_path / "log.txt"
    first = _start(arguments, log)
    try:
        deadline = time.monotonic() + 100
        while not list(tmp_path.glob("busy/*/metrics.csv")) and time.monotonic() < deadline:
            if list(tmp_path.glob("busy/*/config.yaml")):
                break
            time.sleep(0.05)
        second = run_command("train.py", *arguments)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert second.returncode == 1
    assert "another process" in second.stdout
    assert "Traceback" not in second.stdout + second.stderr
