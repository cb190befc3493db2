"""Damaged files of a run: each is named or restored, none is used silently."""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from dialogsum import cli
from dialogsum.commands import weights
from dialogsum.common.errors import ConfigurationError, UserError
from dialogsum.common.files import DamagedFile, check_folder
from dialogsum.compare.curves import read_curves
from dialogsum.compare.runs import read_run
from dialogsum.config.recorded import load_recorded
from dialogsum.modeling import checkpoints
from dialogsum.modeling.trained import load_trained_model
from dialogsum.preflight.evaluation_jobs import completed_runs
from tests.stopping import run_here

VOUCHED = (
    "config.yaml",
    "metrics.csv",
    "predictions/test.jsonl",
    "predictions/validation.jsonl",
    "result.json",
)


@pytest.fixture(scope="module")
def finished(tiny_run_in: Callable, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The arguments of a run that kept its checkpoints, in the folder that is the last one."""
    root = tmp_path_factory.mktemp("finished")
    settings = ["strategy=lora", "logger=[]", "keep_checkpoints=true", "checkpoint.every_n_steps=3"]
    arguments = [*tiny_run_in(root), *settings]
    run_here(arguments)
    return arguments


@pytest.fixture
def arguments(finished: list[str], tmp_path: Path) -> list[str]:
    """The same for a copy of that run."""
    root = next(a for a in finished if a.startswith("output_root="))
    shutil.copytree(Path(root.partition("=")[2]), tmp_path, dirs_exist_ok=True)
    return [*(a for a in finished if a != root), f"output_root={tmp_path}"]


@pytest.fixture
def run(arguments: list[str], tmp_path: Path) -> Path:
    [result] = tmp_path.glob("default/*/result.json")
    return result.parent


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


@pytest.mark.parametrize("name", VOUCHED)
def test_a_flipped_bit_keeps_a_run_out_and_is_named(run: Path, name: str) -> None:
    flip(run / name, 8 * (run / name).stat().st_size // 2)
    found = read_run(run)
    assert found.status == "unreadable"
    assert name in str(found.error)
    with pytest.raises(ConfigurationError, match=name):
        completed_runs(str(run))


def test_a_damaged_run_does_not_hide_the_others(run: Path, run_command: Callable) -> None:
    other = Path(shutil.copytree(run, run.with_name("other")))
    flip(other / "result.json", 4000)
    done = run_command("evaluate.py", f"run={run.parent}", "dataset.limit.test=2")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "other is left out" in done.stdout
    assert str(other / "result.json") in done.stdout
    assert len(list(run.glob("evaluations/*/result.json"))) == 1


def test_exported_weights_are_checked_when_loaded(run: Path) -> None:
    [file] = (run / "model").glob("*.safetensors")
    flip(file, 8 * file.stat().st_size - 5)
    with pytest.raises(DamagedFile, match="safetensors"):
        check_folder(run / "model")
    parser = argparse.ArgumentParser()
    weights.add_arguments(parser)
    args = parser.parse_args([str(run), "--no-plots", "--no-wandb"])
    with pytest.raises(UserError, match="safetensors"):
        weights.main(args)


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "missing"])
def test_a_damaged_last_checkpoint_falls_back_to_the_one_before(
    arguments: list[str], run: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    expected = json.loads((run / "result.json").read_text())["metrics"]
    last = run / "checkpoints" / "last.ckpt"
    size = last.stat().st_size
    (run / "result.json").unlink()
    if damage == "missing":  # killed between two renames
        last.unlink()
    elif damage == "flipped":
        flip(last, 4 * size)
    else:
        os.truncate(last, {"empty": 0, "cut": size // 2}[damage])
    with caplog.at_level(logging.INFO):
        run_here(arguments)
    assert "previous.ckpt" in caplog.text
    assert damage == "missing" or f"{last}: damaged" in caplog.text
    assert json.loads((run / "result.json").read_text())["metrics"] == expected


@pytest.mark.parametrize("names", [["best"], ["last", "previous"]])
def test_without_an_intact_checkpoint_the_file_is_named(
    arguments: list[str], run: Path, names: list[str]
) -> None:
    (run / "result.json").unlink()
    for name in names:
        os.truncate(run / "checkpoints" / f"{name}.ckpt", 100)
    with pytest.raises(DamagedFile, match=rf"{names[-1]}\.ckpt: damaged.*force=true"):
        run_here(arguments)


def test_a_damaged_record_is_restored_from_the_checkpoint(arguments: list[str], run: Path) -> None:
    expected = json.loads((run / "result.json").read_text())["metrics"]
    flip(run / "result.json", 4000)
    run_here(arguments)
    assert json.loads((run / "result.json").read_text())["metrics"] == expected


def test_a_damaged_model_is_not_completed_already(arguments: list[str], run: Path) -> None:
    shutil.rmtree(run / "checkpoints")
    [file] = (run / "model").glob("*.safetensors")
    file.write_bytes(bytes(file.stat().st_size))  # a power loss left zeros
    with pytest.raises(UserError, match=rf"{file.name}.*force=true"):
        run_here(arguments)


@pytest.mark.slow
def test_a_flipped_bit_of_a_checkpoint_changes_nothing_silently(run: Path, tmp_path: Path) -> None:
    """Anywhere, also in the archive's structure: reported, or the same content."""
    last = run / "checkpoints" / "last.ckpt"
    expected = checkpoints.read(last)
    size, generator = last.stat().st_size, random.Random(0)
    # Half of them in the directory at the end, which no checksum covers.
    bits = [generator.randrange(8 * size) for _ in range(150)]
    bits += [8 * (size - generator.randrange(20_000)) + generator.randrange(8) for _ in range(150)]
    reported = 0
    for bit in bits:
        damaged = tmp_path / "damaged.ckpt"
        shutil.copy(last, damaged)
        flip(damaged, min(bit, 8 * size - 1))
        try:
            assert same(checkpoints.read(damaged), expected), f"bit {bit}"
        except DamagedFile:
            reported += 1
    assert reported > 150


def same(one: object, other: object) -> bool:
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and one.dtype == other.dtype and one.equal(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def test_what_a_record_vouches_for_is_on_the_disk_before_it(
    tiny_run: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file and folder is synchronized after its last change, and before the record."""
    synchronized: dict[int, int] = {}  # inode -> time of its last change
    order: list[int] = []
    fsync = os.fsync

    def recorded(descriptor: int) -> None:
        fsync(descriptor)
        entry = os.fstat(descriptor)
        synchronized[entry.st_ino] = entry.st_mtime_ns
        order.append(entry.st_ino)

    monkeypatch.setattr(os, "fsync", recorded)
    run = run_here([*tiny_run, "strategy=lora", "logger=[]", "trainer.max_epochs=1"])
    names = [*json.loads((run / "result.json").read_text())["files"], "model", "predictions"]
    entries = [run / name for name in names] + list((run / "model").iterdir())
    assert len(entries) > 8
    marker = order.index((run / "result.json").stat().st_ino)
    for entry in entries:
        state = entry.stat()
        assert synchronized.get(state.st_ino) == state.st_mtime_ns, f"{entry} may be lost"
        assert order.index(state.st_ino) < marker, f"{entry} follows the record"


@pytest.mark.slow
def test_no_flipped_bit_in_a_finished_run_is_silent(arguments: list[str], run: Path) -> None:
    """100 of them: the file is named, or what a user does with the run has the same outcome."""
    shutil.rmtree(run / "checkpoints")  # as without keep_checkpoints, where only best.ckpt is left
    expected = outcome(arguments, run)
    files = sorted(f for f in run.rglob("*") if f.is_file() and f.suffix != ".html")
    assert len(files) > 10
    generator = random.Random(17)
    unused = set()
    for number in range(100):
        file = files[number % len(files)]
        content = file.read_bytes()
        if not content:
            continue
        bit = generator.randrange(8 * len(content))
        flip(file, bit)
        found = outcome(arguments, run)
        named = any(str(file.relative_to(run)) in str(text) for text in found)
        assert named or found == expected, f"{file.relative_to(run)}: bit {bit} is silent"
        if not named:
            unused.add(file.relative_to(run).as_posix())
        file.write_bytes(content)
    # The log is never read; a bit of the word "sha256" itself changes no value.
    assert unused <= {"train.log", "result.json"}


def outcome(arguments: list[str], run: Path) -> list[object]:
    """What comes of continuing, comparing and loading a run: results, or what is reported."""

    def compared() -> object:
        found = read_run(run)
        if found.error:
            raise UserError(found.error)
        return found.record["metrics"], found.config, read_curves(run / "metrics.csv")

    def loaded() -> object:
        [name] = completed_runs(str(run))
        state = load_trained_model(load_recorded(name), name).state_dict()
        return {key: value.sum().item() for key, value in state.items()}

    def continued() -> object:
        run_here(arguments)
        return (run / "result.json").read_bytes()

    results: list[object] = []
    for action in (compared, loaded, continued):
        try:
            results.append(action())
        except UserError as error:
            results.append(str(error))
    return results


def test_a_damaged_evaluation_is_named_and_the_run_still_compared(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluation = run / "evaluations" / "again"
    evaluation.mkdir(parents=True)
    shutil.copy(run / "result.json", evaluation)
    flip(evaluation / "result.json", 4000)
    assert cli.main(["compare", str(run)]) == 1
    shown = capsys.readouterr().out
    assert "lora" in shown
    assert "ROUGE-1" in shown
    assert "unreadable" in shown


def test_damaged_tokens_are_made_again(arguments: list[str], run: Path) -> None:
    cache = Path(next(a for a in arguments if a.startswith("cache_dir=")).partition("=")[2])
    expected = json.loads((run / "result.json").read_text())["metrics"]
    for file in cache.glob("tokenized/*/*.npy"):
        flip(file, 8 * file.stat().st_size - 3)
    run_here([*arguments, "force=true"])
    assert json.loads((run / "result.json").read_text())["metrics"] == expected


@pytest.mark.parametrize("damage", ["flipped", "missing", "nonsense"])
def test_the_history_of_an_interrupted_run_is_that_of_its_checkpoint(
    arguments: list[str], run: Path, damage: str
) -> None:
    metrics = run / "metrics.csv"
    expected = read_curves(metrics)
    (run / "result.json").unlink()
    if damage == "missing":
        metrics.unlink()
    elif damage == "nonsense":
        metrics.write_bytes(b"\xff\n1,2\n")
    else:
        text = metrics.read_text().splitlines(keepends=True)
        text[1] = text[1].replace("1", "3")
        metrics.write_text("".join(text))
    run_here(arguments)
    found = read_curves(metrics)
    assert found["train/loss"]["y"][:-1] == expected["train/loss"]["y"][:-1]
    assert found["validation/rougeL"]["y"][:-1] == expected["validation/rougeL"]["y"][:-1]
