"""Whether a run is logged to W&B's server or to the disk: decided once, early, with a reason.

W&B itself finds out late: without a key it stops after seconds of training set-up, and with a key
but no network `wandb.init` blocks for more than 100 seconds.
"""

from __future__ import annotations

import os
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

import wandb
from wandb.errors import AuthenticationError

ONLINE, OFFLINE, DISABLED = "online", "offline", "disabled"
PATIENCE_S = 3.0  # for the name look-up, the connection and the first byte together


@dataclass(frozen=True)
class Mode:
    """`value` as W&B takes it; `reason` is what the user is told."""

    value: str
    reason: str


def decide(asked: str) -> Mode:
    """Online only if that was asked for, a key exists and the server answers."""
    if asked != ONLINE:
        return Mode(asked, "as asked")
    url = base_url()
    if not has_key():
        return Mode(OFFLINE, "no API key is there; `wandb login` stores one")
    if problem := unreachable(url):
        return Mode(OFFLINE, f"{url} does not answer ({problem})")
    return Mode(ONLINE, url)


def base_url() -> str:
    """The server, from the environment or from W&B's settings files."""
    return os.environ.get("WANDB_BASE_URL") or str(_settings().base_url)


def has_key() -> bool:
    """An API key or identity token in the environment, W&B's settings or the netrc file."""
    variables = ("WANDB_API_KEY", "WANDB_IDENTITY_TOKEN_FILE")
    if any(os.environ.get(name) for name in variables) or _settings().api_key:
        return True
    from wandb.sdk.lib.wbauth import read_netrc_auth

    try:
        return read_netrc_auth(host=base_url()) is not None
    except AuthenticationError:
        return True  # a malformed key: beginning the run says what is wrong with it


def unreachable(url: str, patience: float = PATIENCE_S) -> str | None:
    """Why `url` cannot be reached within `patience` seconds; None if anything answers.

    A connection alone proves little: behind a captive portal or a dead proxy it is accepted and
    then nothing comes. An error status is an answer.
    """
    outcome: list[str | None] = []

    def ask() -> None:
        try:
            with urllib.request.urlopen(url, timeout=patience):
                outcome.append(None)
        except urllib.error.HTTPError:
            outcome.append(None)
        except (OSError, ValueError) as error:
            outcome.append(str(getattr(error, "reason", error)))

    # In a thread, because a name look-up has no timeout of its own.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(patience)
    return outcome[0] if outcome else f"nothing within {patience:g} s"


def _settings() -> Any:
    return wandb.setup().settings
