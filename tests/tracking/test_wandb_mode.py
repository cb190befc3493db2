"""Online or offline: decided at once, whatever the network does."""

from __future__ import annotations

import socket
import time

import pytest

from dialogsum.tracking import wandb_mode
from tests.tracking.wandb_server import KEY, WandbServer


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_API_KEY", KEY)


def test_without_a_key_a_run_is_offline(no_key: None) -> None:
    mode = wandb_mode.decide("online")

    assert mode.value == "offline"
    assert "wandb login" in mode.reason


@pytest.mark.parametrize("asked", ["offline", "disabled"])
def test_what_is_asked_for_is_not_questioned(asked: str, key: None) -> None:
    assert wandb_mode.decide(asked).value == asked


def test_with_a_key_and_a_server_a_run_is_online(
    key: None, server: WandbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_BASE_URL", server.url)

    assert wandb_mode.decide("online") == wandb_mode.Mode("online", server.url)


def test_a_key_in_netrc_counts(
    tmp_path, no_key: None, server: WandbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    host = server.url.removeprefix("http://")
    netrc.write_text(f"machine {host}\n  login user\n  password {KEY}\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("WANDB_BASE_URL", server.url)

    assert wandb_mode.decide("online").value == "online"


def test_a_server_that_refuses_means_offline(key: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("WANDB_BASE_URL", f"http://127.0.0.1:{port}")

    mode = wandb_mode.decide("online")

    assert mode.value == "offline"
    assert "refused" in mode.reason


def test_a_silent_server_costs_seconds_not_minutes(
    key: None, server: WandbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANDB_BASE_URL", server.url)
    monkeypatch.setattr(wandb_mode, "PATIENCE_S", 0.5)
    server.silent.set()
    started = time.monotonic()

    mode = wandb_mode.decide("online")

    assert mode.value == "offline"
    assert "does not answer" in mode.reason
    assert time.monotonic() - started < wandb_mode.PATIENCE_S + 3.5


def test_a_name_that_does_not_resolve_is_no_server() -> None:
    assert wandb_mode.unreachable("http://no-such-host.invalid") is not None


def test_nonsense_is_no_server() -> None:
    assert wandb_mode.unreachable("not a url") is not None


def test_a_malformed_key_is_left_to_the_beginning_of_the_run(
    tmp_path, no_key: None, server: WandbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    host = server.url.removeprefix("http://")
    netrc.write_text(f"machine {host} login user password short\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("WANDB_BASE_URL", server.url)

    assert wandb_mode.decide("online").value == "online"
