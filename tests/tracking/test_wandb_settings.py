"""The section `logger.wandb`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir

from dialogsum.config.schema import conf_dir, register
from dialogsum.preflight import checks as preflight
from dialogsum.tracking.wandb_session import read_settings
from dialogsum.tracking.wandb_settings import WandbSettings, check_settings


def composed(*overrides: str):
    register()
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        return compose("train", overrides=["model.pretrained=false", *overrides])


def test_the_file_holds_the_defaults() -> None:
    assert read_settings(composed("logger=wandb")) == WandbSettings()


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("logger=wandb", ["wandb"]),
        ("logger=[wandb,tensorboard]", ["wandb", "tensorboard"]),
        ("logger=[]", []),
    ],
)
def test_loggers_are_a_list(given: str, names: list[str]) -> None:
    assert list(composed(given).logger) == names


def test_wandbs_own_variables_give_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MODE", "PROJECT", "ENTITY"):
        monkeypatch.setenv(f"WANDB_{name}", "offline" if name == "MODE" else name)

    settings = read_settings(composed("logger=wandb"))

    assert (settings.mode, settings.project, settings.entity) == ("offline", "PROJECT", "ENTITY")


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    cfg = composed(
        "logger=wandb",
        "logger.wandb.mode=onlin",
        "logger.wandb.artifact=all",
        "+logger.wandb.projct=mine",
        "logger.wandb.watch=['(']",
        "logger.wandb.watch_every=0",
    )

    problems = {str(problem).split(":")[0] for problem in preflight.check(cfg)}

    keys = ("mode", "artifact", "projct", "watch", "watch_every")
    assert problems >= {f"logger.wandb.{key}" for key in keys}


def test_a_key_for_the_api_is_refused() -> None:
    [problem] = check_settings({"api_key": "secret"})

    assert problem.where == "logger.wandb.api_key"
    assert "secret" not in str(problem)
