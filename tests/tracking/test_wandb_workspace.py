"""The comparison view, and the W&B sweep file."""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from dialogsum.commands import wandb as wandb_command
from dialogsum.common.errors import UserError
from dialogsum.config.schema import conf_dir, register
from dialogsum.preflight import checks as preflight
from tests.conftest import ROOT

SNAPSHOT = Path(__file__).with_name("workspace.json")

pytest.importorskip("wandb_workspaces")


def call(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    wandb_command.add_arguments(parser)
    return wandb_command.main(parser.parse_args(arguments))


def test_dry_run_prints_the_view(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("workspace", "--dry-run", "--group", "default") == 0

    assert json.loads(capsys.readouterr().out) == json.loads(SNAPSHOT.read_text())


def test_saving_needs_a_login(no_key: None) -> None:
    with pytest.raises(UserError, match="login"):
        call("workspace")


def test_panels_show_what_runs_log(sweep: tuple[Path, str]) -> None:
    """No panel stays empty because of a name that nobody logs."""
    from tests.tracking.wandb_files import parts, run_of

    [log] = parts(run_of(sweep[0], "lora"))
    known = {f"summary:{key}" for key in log.summary} | set(log.summary) | log.keys()
    known |= {f"config:{key}" for key in log.config} | {"run:displayName", "run:state"}
    spec = json.loads(SNAPSHOT.read_text())["spec"]["section"]
    shown = set(spec["runSets"][0]["runFeed"]["columnOrder"])
    for section in spec["panelBankConfig"]["sections"]:
        for panel in section["panels"]:
            config = panel["config"]
            shown |= set(config.get("metrics", [])) | {config.get("xAxis"), config.get("yAxis")}
            shown |= {column["accessor"] for column in config.get("columns", [])}

    assert {name.removesuffix(".value") for name in shown if name} - known == set()


def test_the_sweep_file_makes_commands_that_compose() -> None:
    sweep = OmegaConf.to_container(OmegaConf.load(ROOT / "sweeps" / "lora_grid.yaml"))
    assert isinstance(sweep, dict)
    choices = [
        [f"{key}={value}" for value in spec.get("values", [spec.get("value")])]
        for key, spec in sweep["parameters"].items()
    ]
    register()
    jobs = list(itertools.product(*choices))
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        configs = [compose("train", overrides=list(job)) for job in jobs]

    assert len(configs) == 12
    assert [problem for cfg in configs for problem in preflight.check(cfg)] == []
    assert sweep["command"][-1] == "${args_no_hyphens}"
    assert {cfg.strategy.peft.r for cfg in configs} == {4, 8, 16, 32}
