"""What a whole command says of mistakes and of bugs, and that it starts nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT


def reported_by(run_command: Any, *arguments: str, script: str = "train.py") -> list[str]:
    """The screen of a real command that must end with 2 and without a traceback."""
    done = run_command(script, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not done.stdout
    return done.stderr.splitlines()


def test_a_command_tells_and_starts_nothing(run_command: Any, tiny_run: list[str]) -> None:
    """Sweeps too, with options behind the overrides as newcomers write them."""
    lines = reported_by(run_command, *tiny_run, "strategy=lora,lorra", "seed=0,x", "-m")
    assert lines == [
        "2 problems in the configuration; nothing was started:",
        "  strategy: unknown option 'lorra'; did you mean 'lora'?",
        "  seed: must be a whole number, got 'x'",
    ]
    [root] = [Path(a.partition("=")[2]) for a in tiny_run if a.startswith("output_root")]
    assert not list(root.glob("*/*"))


def test_a_launcher_is_a_group(run_command: Any, tiny_run: list[str]) -> None:
    lines = reported_by(run_command, *tiny_run, "-m", "hydra.launcher=joblib")
    assert lines[1:] == [
        "  hydra.launcher: is a section; choose an option with hydra/launcher=joblib"
    ]


def test_combinations_that_do_not_exist(run_command: Any, tiny_run: list[str]) -> None:
    options = ("-m", "strategy=lora,full", "strategy.peft.r=8,16")
    [_, line] = reported_by(run_command, *tiny_run, *options)
    assert line.startswith("  strategy.peft: not an argument of Full")
    assert "in 2 of 4 jobs: strategy=full; start those in a separate command" in line


@pytest.mark.parametrize(
    "mistake",
    [
        *("modle=tiny", "generation.num_beams=0", "dataset=custom dataset.path=/nothing"),
        *("model.revision=v1", "prompt.template=a(b", "strategy=lora,full", "strategy=lorra"),
    ],
)
def test_mistakes_that_need_no_library_load_none(
    tiny_run: list[str], tmp_path: Path, mistake: str
) -> None:
    command = [sys.executable, "-X", "importtime", str(ROOT / "train.py"), *mistake.split()]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert mistake.split(".")[0].split("=")[0] in done.stderr.splitlines()[-1]
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not loaded & {"torch", "transformers", "peft", "pytorch_lightning", "datasets"}


def test_broken_yaml_is_named_by_file_and_line(
    run_command: Any, tiny_run: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    (folder / "strategy").mkdir(parents=True)
    (folder / "strategy" / "broken.yaml").write_text("name: a\nb: c: d\n")
    options = ("--config-dir", str(folder), "strategy=broken")
    lines = reported_by(run_command, *options, *tiny_run)
    assert lines[1].startswith(f"  {folder}/strategy/broken.yaml:2: ")


def test_the_command_line_replaces_what_an_experiment_sweeps(
    run_command: Any, tiny_run: list[str], tmp_path: Path
) -> None:
    """Hydra's product of both would do every job three times."""
    options = ("-m", "experiment=demo", "strategy=zero_shot", "seed=3,4", "dataset.limit.test=2")
    done = run_command("train.py", *options, *tiny_run)
    assert done.returncode == 0, done.stdout + done.stderr
    [command] = json.loads((tmp_path / "default" / "sweep.json").read_text())["commands"].values()
    assert command["planned"] == command["jobs"]
    assert [name.split("-")[3] for name in command["jobs"]] == ["seed3", "seed4"]
    assert done.stdout.count("run in") == 2


def test_a_sweep_without_jobs(run_command: Any, tiny_run: list[str]) -> None:
    lines = reported_by(run_command, *tiny_run, "-m", "strategy=glob(zzz*)")
    assert lines[1:] == ["  --multirun: no job; a glob matches no option"]


@pytest.mark.parametrize(
    "key", ["hydra.run.dir", "hydra.sweep.dir", "hydra.sweep.subdir", "hydra.job.name"]
)
def test_run_directories_follow_from_the_configuration(
    run_command: Any, tiny_run: list[str], tmp_path: Path, key: str
) -> None:
    lines = reported_by(run_command, *tiny_run, f"{key}={tmp_path / 'elsewhere'}")
    assert lines[1:] == [
        f"  {key}: cannot be set: run directories are <output_root>/<name>/<run>; "
        "set output_root or name"
    ]
    assert not (tmp_path / "elsewhere").exists()


def test_missing_config_folders(run_command: Any, tiny_run: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "missing"
    lines = reported_by(run_command, "--config-dir", str(folder), *tiny_run)
    assert lines[1:] == [f"  --config-dir: no directory {folder}"]
    lines = reported_by(run_command, f"hydra.searchpath=[file://{folder}]", *tiny_run)
    assert lines[-1].startswith(f"  hydra.searchpath: cannot find file://{folder}")


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ["split=tset"],
            ["split: unknown split 'tset'; did you mean 'test'?", "run: "],
        ),
        (["run=TMP/nothing"], ["run: there is no directory"]),
        (["run=TMP"], ["holds no completed run"]),
        (["run=TMP", "generation=bem4"], ["generation: unknown option 'bem4'; did you mean"]),
        (["run=TMP", "strategy=lora"], ["strategy: unknown key"]),
        (["run=TMP", "-m"], ["--multirun: evaluate.py runs no sweeps", "holds no completed run"]),
        (["run=${nope}"], ["run: Interpolation key 'nope' not found"]),
    ],
)
@pytest.mark.slow
def test_mistakes_with_evaluate(
    run_command: Any, tmp_path: Path, arguments: list[str], lines: list[str]
) -> None:
    given = [a.replace("TMP", str(tmp_path)) for a in arguments]
    lines_found = reported_by(run_command, *given, script="evaluate.py")
    assert len(lines_found) == len(lines) + 1
    for found, line in zip(lines_found[1:], lines, strict=True):
        assert line in found


def test_bugs_before_a_run_leave_a_traceback_in_a_file(
    run_command: Any, tiny_run: list[str], tmp_path: Path
) -> None:
    """A strategy of the user's whose preflight breaks."""
    (tmp_path / "broken.py").write_text(
        "from dialogsum.strategies import Full\n\n\n"
        "class Broken(Full):\n"
        "    def validate(self, cfg):\n"
        "        return 1 / 0\n"
    )
    done = run_command(
        "train.py",
        *tiny_run,
        "strategy=full",
        "strategy._target_=broken.Broken",
        PYTHONPATH=str(tmp_path),
        DIALOGSUM_CACHE=str(tmp_path / "cache"),
    )
    assert done.returncode == 1
    [file] = (tmp_path / "cache" / "errors").iterdir()
    assert done.stderr.splitlines() == [
        "ZeroDivisionError: division by zero",
        f"This is probably a bug of dialogsum; the traceback is in {file}",
    ]
    assert "line 6, in validate\n    return 1 / 0" in file.read_text()


def test_bugs_in_a_run_stand_in_its_log(
    run_command: Any, tiny_run: list[str], tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text(
        "from dialogsum.strategies import Full\n\n\n"
        "class Broken(Full):\n"
        "    def prepare(self, model, total_steps, batches):\n"
        "        return [][1]\n"
    )
    overrides = ("strategy=full", "strategy._target_=broken.Broken")
    done = run_command("train.py", *tiny_run, *overrides, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    [log] = (tmp_path / "default").glob("full-*/train.log")
    assert "Traceback (most recent call last)" in log.read_text()
    [line] = [line for line in done.stdout.splitlines() if "traceback in" in line]
    assert line.endswith(f"list index out of range (traceback in {log})")
