"""Runs that talk to a server: live, cut off, resumed, and uploaded later from a copy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogsum.tracking.record import locked
from dialogsum.tracking.wandb_setup import waiting_parts
from tests.conftest import ROOT
from tests.tracking.wandb_files import NO_KEY, run_of
from tests.tracking.wandb_server import KEY, WandbServer

Sweep = tuple[Path, str]


@pytest.fixture
def online(server: WandbServer, tmp_path: Path) -> dict[str, str]:
    """The environment of a machine with a key."""
    return {
        "WANDB_BASE_URL": server.url,
        "WANDB_API_KEY": KEY,
        "WANDB_CACHE_DIR": str(tmp_path / "wandb_cache"),
        "WANDB_MODE": "online",
    }


def dialogsum(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from dialogsum.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "wandb", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, timeout=120, check=False, cwd=ROOT
    )


def environment(extra: dict[str, str]) -> dict[str, str]:
    return {**os.environ, **extra}


def test_a_live_run_arrives_whole(
    server: WandbServer, online: dict[str, str], tiny_run: list[str], run_command: Callable
) -> None:
    done = run_command(
        "train.py", *tiny_run, "logger=wandb", "trainer.log_every_n_steps=2", **online
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"W&B: online ({server.url}/me/dialogsum/runs/" in done.stdout
    [(run_id, run)] = server.runs.items()

    assert run["exit_code"] == 0
    assert run["displayName"] == "lora-tiny-bundled-seed0"
    assert run["groupName"] == "default"
    assert [row["step"] for row in server.history(run_id) if "train/loss" in row][-1] == 12
    assert run["summary"]["status"] == "completed"
    kinds = {artifact["artifactTypeName"] for artifact in server.artifacts}
    assert kinds == {"run_table", "adapter"}
    assert all(artifact.get("committed") for artifact in server.artifacts)
    assert any(path.endswith("adapter_model.safetensors") for path in server.files)


@pytest.mark.slow
def test_a_network_cut_in_the_middle_neither_stops_nor_slows_training(
    server: WandbServer,
    online: dict[str, str],
    tiny_run: list[str],
    tmp_path: Path,
    run_command: Callable,
) -> None:
    arguments = [*tiny_run, "logger=wandb", "trainer.log_every_n_steps=1", "trainer.max_epochs=8"]
    undisturbed = _fit_seconds(
        run_command("train.py", *arguments, "name=whole", **NO_KEY), tiny_run
    )

    def cut_after_the_first_epoch() -> None:  # W&B itself sends rows every 15 s only
        while not list(tmp_path.glob("cut/*/checkpoints/last.ckpt")):
            time.sleep(0.02)
        server.silent.set()

    threading.Thread(target=cut_after_the_first_epoch, daemon=True).start()
    started = time.monotonic()
    done = run_command(
        "train.py", *arguments, "name=cut", "logger.wandb.finish_timeout=5", **online
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert server.silent.is_set()
    directory = _only_run(tiny_run, "cut")
    result = json.loads((directory / "result.json").read_text())
    cut, rest = waiting_parts(directory)

    assert (cut.name[:4], rest.name[:12]) == ("run-", "offline-run-")
    assert result["status"] == "completed"
    assert result["time_s"]["fit"] < 3 * undisturbed + 2  # the machine is shared; a stall is 60 s
    assert time.monotonic() - started < 150
    assert f"dialogsum wandb sync {directory}" in done.stdout + done.stderr

    server.silent.clear()
    synced = dialogsum("sync", str(directory), **environment(online))
    assert synced.returncode == 0, synced.stdout + synced.stderr
    [run] = server.runs.values()
    assert run["exit_code"] == 0
    assert run["summary"]["status"] == "completed"
    assert "adapter" in {artifact["artifactTypeName"] for artifact in server.artifacts}


def _only_run(overrides: list[str], name: str) -> Path:
    [root] = [text.partition("=")[2] for text in overrides if text.startswith("output_root=")]
    return run_of(Path(root) / name, "lora")


def _fit_seconds(done: subprocess.CompletedProcess[str], overrides: list[str]) -> float:
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads((_only_run(overrides, "whole") / "result.json").read_text())
    return float(result["time_s"]["fit"])


def test_offline_runs_are_uploaded_once(
    sweep: Sweep, server: WandbServer, online: dict[str, str], tmp_path: Path
) -> None:
    copy = _copy(sweep, tmp_path)
    done = dialogsum("sync", str(copy), **environment(online))
    assert done.returncode == 0, done.stdout + done.stderr

    [run_id] = server.runs
    assert [row["step"] for row in server.history(run_id) if "train/loss" in row][-1] == 12
    assert server.runs[run_id]["exit_code"] == 0
    assert all(artifact.get("committed") for artifact in server.artifacts)
    assert any(path.endswith("adapter_model.safetensors") for path in server.files)
    assert waiting_parts(copy) == []
    assert dialogsum("sync", str(copy), **environment(online)).stdout == "nothing to upload\n"


def test_a_moved_run_is_reported(
    sweep: Sweep, server: WandbServer, online: dict[str, str], tmp_path: Path
) -> None:
    """W&B records absolute paths: from elsewhere it would silently leave out the artifacts."""
    done = dialogsum("sync", "--dry-run", str(_copy(sweep, tmp_path)), **environment(online))

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{run_of(sweep[0], 'lora')}, where W&B looks for" in done.stdout


def test_a_killed_part_is_uploaded_as_far_as_it_was_written(
    sweep: Sweep, server: WandbServer, online: dict[str, str], tmp_path: Path
) -> None:
    copy = _copy(sweep, tmp_path)
    [part] = waiting_parts(copy)
    [log] = part.glob("*.wandb")
    os.truncate(log, log.stat().st_size - 3)
    done = dialogsum("sync", str(copy), **environment(online))

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{part}: incomplete" in done.stdout
    [run_id] = server.runs
    assert [row["step"] for row in server.history(run_id) if "train/loss" in row][-1] == 12


def test_runs_in_progress_are_skipped(
    sweep: Sweep, server: WandbServer, online: dict[str, str], tmp_path: Path
) -> None:
    copy = _copy(sweep, tmp_path)
    with locked(copy):
        done = dialogsum("sync", str(copy), **environment(online))

    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"{copy}: skipped, the run is in progress\nnothing to upload\n")
    assert server.operations == []


def _copy(sweep: Sweep, to: Path) -> Path:
    original = run_of(sweep[0], "lora")
    return Path(shutil.copytree(original, to / "elsewhere" / original.name, symlinks=True))


def test_an_upload_without_a_key_fails(sweep: Sweep, tmp_path: Path) -> None:
    done = dialogsum("sync", str(_copy(sweep, tmp_path)), **environment(NO_KEY))

    assert done.returncode == 1, done.stdout + done.stderr
    assert "incomplete" in done.stdout


def test_a_dry_run_lists_what_would_be_uploaded(sweep: Sweep, server: WandbServer) -> None:
    done = dialogsum("sync", "--dry-run", str(sweep[0]), **environment(NO_KEY))

    assert done.returncode == 0, done.stderr
    folders = [sweep[0] / ".comparison"]
    folders += [run_of(sweep[0], strategy) for strategy in ("zero_shot", "broken", "lora")]
    for part in (part for folder in folders for part in waiting_parts(folder)):
        assert str(part) in done.stdout
    assert server.operations == []
