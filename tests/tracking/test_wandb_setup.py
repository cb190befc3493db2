"""Settings, mode and state of a W&B run: decided before anything starts."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from dialogsum.preflight import checks as preflight
from dialogsum.tracking import wandb_setup
from dialogsum.tracking.wandb_setup import (
    Mode,
    WandbSettings,
    check_settings,
    decide_mode,
    open_state,
    parts,
    read_state,
    staging,
    unreachable,
    waiting_parts,
)
from tests.tracking.wandb_files import composed
from tests.tracking.wandb_server import KEY, WandbServer


def test_the_config_file_has_the_defaults() -> None:
    assert WandbSettings.from_section(composed("logger=wandb").logger.wandb) == WandbSettings()


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


def test_wandbs_environment_variables_give_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("MODE", "offline"), ("PROJECT", "p"), ("ENTITY", "e")):
        monkeypatch.setenv(f"WANDB_{name}", value)

    settings = WandbSettings.from_section(composed("logger=wandb").logger.wandb)

    assert (settings.mode, settings.project, settings.entity) == ("offline", "p", "e")


def test_every_mistake_is_reported_at_once() -> None:
    cfg = composed(
        "logger=wandb",
        "logger.wandb.mode=onlin",
        "logger.wandb.artifact=all",
        "+logger.wandb.projct=mine",
        "logger.wandb.predictions=-1",
        "logger.wandb.finish_timeout=soon",
    )

    problems = {str(problem).split(":")[0] for problem in preflight.check(cfg)}

    keys = ("mode", "artifact", "projct", "predictions", "finish_timeout")
    assert problems >= {f"logger.wandb.{key}" for key in keys}


def test_an_api_key_is_refused_and_not_printed() -> None:
    [problem] = check_settings({"api_key": "secret"})

    assert problem.where == "logger.wandb.api_key"
    assert "secret" not in str(problem)


def test_settings_and_state_of_an_earlier_version_are_read(tmp_path: Path) -> None:
    """A run that was stopped before an update continues in the same W&B run."""
    cfg = composed("logger=wandb", "+logger.wandb.watch=[x]")
    state = '{"id": "abc", "name": "n", "next_step": 3, "swept": {"swept_a": 1}, "cut": []}'
    (tmp_path / "wandb").mkdir()
    (tmp_path / "wandb" / "run.json").write_text(state)

    assert WandbSettings.from_section(cfg.logger.wandb) == WandbSettings()
    found = open_state(tmp_path, "other", {})
    assert (found.id, found.name, found.swept) == ("abc", "n", {"swept_a": 1})


def test_parts_before_an_uploaded_one_do_not_wait(tmp_path: Path) -> None:
    """A killed part is uploaded without being marked; sent again, it would reset the run."""
    state = open_state(tmp_path, "name", {})
    names = [f"offline-run-2026010{day}_000000-{state.id}" for day in (1, 2, 3)]
    for name in names:
        (tmp_path / "wandb" / name).mkdir(parents=True)
    assert [part.name for part in waiting_parts(tmp_path)] == names

    (tmp_path / "wandb" / names[1] / "run.wandb.synced").touch()

    assert [part.name for part in parts(tmp_path)] == names
    assert [part.name for part in waiting_parts(tmp_path)] == names[2:]


def test_online_parts_wait_if_their_upload_was_cut(tmp_path: Path) -> None:
    state = open_state(tmp_path, "name", {})
    names = [f"run-2026010{day}_000000-{state.id}" for day in (1, 2)]
    for name in names:
        (tmp_path / "wandb" / name).mkdir(parents=True)
    assert waiting_parts(tmp_path) == []

    state.cut.append(names[1])
    state.save(tmp_path)

    assert read_state(tmp_path) == state
    assert [part.name for part in waiting_parts(tmp_path)] == names[1:]


def test_staging_leaves_the_environment_as_it_was(tmp_path: Path) -> None:
    before = dict(os.environ)

    with staging(tmp_path):
        assert os.environ["WANDB_DATA_DIR"] == str(tmp_path / "wandb")

    assert dict(os.environ) == before


@pytest.fixture
def key(no_key: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_API_KEY", KEY)


def test_without_a_key_a_run_is_offline(no_key: None) -> None:
    mode = decide_mode("online")

    assert mode.value == "offline"
    assert "wandb login" in mode.reason


@pytest.mark.parametrize("requested", ["offline", "disabled"])
def test_other_modes_are_used_as_configured(requested: str, key: None) -> None:
    assert decide_mode(requested).value == requested


def test_with_a_key_and_a_server_a_run_is_online(
    key: None, server: WandbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_BASE_URL", server.url)

    assert decide_mode("online") == Mode("online", server.url)


def test_a_key_in_netrc_is_found(
    tmp_path, no_key: None, server: WandbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    host = server.url.removeprefix("http://")
    netrc.write_text(f"machine {host}\n  login user\n  password {KEY}\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("WANDB_BASE_URL", server.url)

    assert decide_mode("online").value == "online"


def test_a_server_that_refuses_means_offline(key: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("WANDB_BASE_URL", f"http://127.0.0.1:{port}")

    mode = decide_mode("online")

    assert mode.value == "offline"
    assert "refused" in mode.reason


def test_a_silent_server_costs_seconds_not_minutes(
    key: None, server: WandbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_BASE_URL", server.url)
    monkeypatch.setattr(wandb_setup, "PATIENCE_S", 0.5)
    server.silent.set()
    started = time.monotonic()

    mode = decide_mode("online")

    assert mode.value == "offline"
    assert "does not answer" in mode.reason
    assert time.monotonic() - started < 3


def test_an_unknown_host_is_unreachable() -> None:
    assert unreachable("http://no-such-host.invalid") is not None


def test_an_invalid_url_is_unreachable() -> None:
    assert unreachable("not a url") is not None


def test_a_malformed_key_is_reported_by_wandb_later(
    tmp_path, no_key: None, server: WandbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    host = server.url.removeprefix("http://")
    netrc.write_text(f"machine {host} login user password short\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("WANDB_BASE_URL", server.url)

    assert decide_mode("online").value == "online"
