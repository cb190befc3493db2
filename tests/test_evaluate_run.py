"""evaluate.py: the runs it takes, their configuration, and data that a run has split itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from omegaconf import DictConfig

from dialogsum.config.registration import conf_dir
from dialogsum.preflight.evaluation_jobs import completed_runs, merge
from tests.bundled import bundled_rows
from tests.compare.factory import Factory, dialogues


def command(*overrides: str) -> DictConfig:
    """Return a command of evaluate.py as Hydra composes it."""
    GlobalHydra.instance().clear()
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        return compose("evaluate", overrides=[*overrides], return_hydra_config=True)


@pytest.fixture
def factory(tmp_path: Path) -> Factory:
    return Factory(tmp_path, dialogues(6))


def test_a_folder_of_sweeps_names_every_completed_run(factory: Factory) -> None:
    full, lora = factory.run("full"), factory.run("lora", name="other")
    factory.run("ia3", status="failed", error="Boom")
    factory.evaluation(full, "again", factory.test, 0.5)
    assert completed_runs(str(factory.root)) == sorted([full, lora])
    assert completed_runs(str(lora)) == [lora]


def test_what_force_moved_aside_is_left_alone(factory: Factory) -> None:
    run, old = factory.run("full"), factory.run("lora")
    old = old.rename(old.with_name(f"{old.name}.replaced-20260101-000000"))
    assert completed_runs(str(run.parent)) == [run]
    assert completed_runs(str(old)) == [old]


def test_one_process_evaluates_what_several_trained(factory: Factory) -> None:
    run = factory.run("full", hardware={"accelerator": "cpu", "devices": 2, "strategy": "ddp"})
    hardware = merge(run, command()).hardware
    assert (hardware.accelerator, hardware.devices, hardware.strategy) == ("cpu", 1, "auto")


def test_single_keys_change_a_section_and_options_replace_it(factory: Factory) -> None:
    run = factory.run("full", prompt={"name": "mine", "template": "{dialogue}", "shots": 2})
    prompt = merge(run, command("prompt.name=other")).prompt
    assert (prompt.name, prompt.template, prompt.shots) == ("other", "{dialogue}", 2)
    prompt = merge(run, command("prompt=zero_shot", "prompt.name=other")).prompt
    assert (prompt.name, prompt.shots) == ("other", 0)


def test_folders_are_those_of_this_machine(factory: Factory) -> None:
    run = factory.run("full", cache_dir="/elsewhere/cache", output_root="/elsewhere/outputs")
    cfg = merge(run, command("cache_dir=here"))
    assert (cfg.cache_dir, cfg.output_root) == ("here", str(run.parent.parent))


def test_several_devices_are_refused(factory: Factory, run_command: Any) -> None:
    run = factory.run("full")
    for said in ("hardware.devices=2", "hardware=cpu_ddp"):
        done = run_command("evaluate.py", f"run={run}", said)
        assert done.returncode == 2
        assert "hardware.devices: evaluate.py runs in one process" in done.stdout + done.stderr


def test_test_is_the_split_that_the_run_held_out(
    run_command: Any, tiny_run: list[str], tmp_path: Path
) -> None:
    """One file is divided by the run; as a file of its own it would be whole, train included."""
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in bundled_rows("train", 40)))
    sound = [a for a in tiny_run if not a.startswith("dataset.limit")]
    mine = ("strategy=zero_shot", "dataset=custom", f"dataset.path={file}")
    done = run_command("train.py", *sound, *mine)
    assert done.returncode == 0, done.stdout + done.stderr
    [run] = (tmp_path / "default").glob("zero_shot-*")
    done = run_command("evaluate.py", f"run={run}")
    assert done.returncode == 0, done.stdout + done.stderr
    [again] = run.glob("evaluations/*/result.json")
    first, second = (json.loads(path.read_text()) for path in (run / "result.json", again))
    assert second["metrics"]["test"] == first["metrics"]["test"]
    assert second["data"]["rows"] == first["data"]["rows"]
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(file.read_bytes())
    for path in (f"{tmp_path}/default/../mine.jsonl", copy):
        again.unlink(missing_ok=True)
        done = run_command("evaluate.py", f"run={run}", f"dataset.path={path}")
        assert done.returncode == 0, done.stdout + done.stderr
        [again] = run.glob("evaluations/*/result.json")
        assert json.loads(again.read_text())["data"]["rows"] == first["data"]["rows"]
