"""The comparison view, and the W&B sweep file."""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from dialogsum.commands import wandb as wandb_command
from dialogsum.common.errors import UserError
from dialogsum.config.registration import conf_dir, register
from dialogsum.preflight import checks as preflight
from tests.conftest import ROOT
from tests.tracking.wandb_files import parts, run_of

pytest.importorskip("wandb_workspaces")


def call(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    wandb_command.add_arguments(parser)
    return wandb_command.main(parser.parse_args(arguments))


def test_dry_run_prints_the_view(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("workspace", "--dry-run", "--group", "first") == 0

    view = json.loads(capsys.readouterr().out)
    names = [section["name"] for section in view["sections"]]
    assert names == ["Quality", "Quality against cost", "Curves", "Predictions"]
    assert "first" in json.dumps(view["runset_settings"]["filters"])


def test_bars_and_curves_group_by_setting_so_that_a_swept_rank_is_not_a_seed() -> None:
    view = wandb_command.build_workspace("project", "me", "name")
    quality, _, curves, _ = view.sections

    assert {panel.groupby for panel in [*quality.panels, *curves.panels]} == {"config.setting_name"}
    assert [key.name for key in view.runset_settings.groupby] == ["setting_name"]


def test_saving_needs_a_login(no_key: None) -> None:
    with pytest.raises(UserError, match="login"):
        call("workspace")


def test_panels_show_what_runs_log(sweep: tuple[Path, str]) -> None:
    """No panel is empty because of a misspelled name."""
    [log] = parts(run_of(sweep[0], "lora"))
    known = {"run:displayName", "run:state"} | log.keys() | {f"config.{key}" for key in log.config}
    known |= {f"config:{key}" for key in log.config} | {f"summary:{key}" for key in log.summary}
    view = wandb_command.build_workspace("project", "me", "name")
    shown = set(view.runset_settings.pinned_columns)
    for panel in (panel for section in view.sections for panel in section.panels):
        axes = [getattr(panel, axis, None) for axis in ("x", "y")]
        metrics = [axis for axis in axes if axis is not None] + getattr(panel, "columns", [])
        shown |= {name for metric in metrics for name in names_of(metric)}
        shown |= set(getattr(panel, "metrics", []))
        shown |= {getattr(panel, "groupby", None)} - {None}

    assert shown - known == set()


def names_of(shown: Any) -> list[str]:
    """Return the names in an axis or a column: text, texts, or an object with a name."""
    if isinstance(shown, str | list):
        return [shown] if isinstance(shown, str) else shown
    metric = getattr(shown, "metric", shown)
    kind = "config:" if type(metric).__name__ == "Config" else "summary:"
    return [f"{kind}{metric.name}"]


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
