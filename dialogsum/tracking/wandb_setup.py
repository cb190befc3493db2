"""Set-up of a W&B run: the section `logger.wandb`, online or offline, and the state on disk."""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from omegaconf import DictConfig, OmegaConf

from dialogsum.common.errors import Problem, suggestion
from dialogsum.common.files import read_sealed, write_sealed

log = logging.getLogger(__name__)

STATE_FILE = Path("wandb", "run.json")
MODES = ("online", "offline", "disabled")
ARTIFACTS = ("adapter", "model", None)
PATIENCE_S = 3.0  # name look-up, connection and first byte together


@dataclass(frozen=True)
class WandbSettings:
    """Values of `conf/logger/wandb.yaml`, which documents them."""

    project: str = "dialogsum"
    entity: str | None = None
    mode: Literal["online", "offline", "disabled"] = "online"
    tags: list[str] = field(default_factory=list)
    notes: str | None = None
    artifact: Literal["adapter", "model"] | None = "adapter"
    predictions: int | None = 500
    finish_timeout: float = 120.0

    @classmethod
    def from_section(cls, node: DictConfig) -> WandbSettings:
        """Read a section that preflight has checked, or that an earlier version recorded."""
        section: Any = OmegaConf.to_container(node, resolve=True)
        return cls(**_known(cls, section))


def check_settings(node: Mapping[str, Any]) -> list[Problem]:
    """Return one problem per invalid key; the values of unknown keys may be secrets: not shown."""
    known = {f.name for f in fields(WandbSettings)}
    found = {
        str(key): f"unknown key{suggestion(str(key), known)}" for key in node if key not in known
    }
    for key, allowed in (("mode", MODES), ("artifact", ARTIFACTS)):
        if key in node and node[key] not in allowed:
            choices = ", ".join(value or "null" for value in allowed)
            found[key] = f"must be one of {choices}; got '{node[key]}'"
    for key, minimum in (("predictions", 0), ("finish_timeout", 1)):
        value = node.get(key)
        if value is not None and (not isinstance(value, int | float) or value < minimum):
            found[key] = f"must be a number of at least {minimum}, got '{value}'"
    if character := re.search(r"[/\\#?%:]", str(node.get("project", ""))):
        found["project"] = (
            f"a project's name cannot contain '{character[0]}'; set a team in logger.wandb.entity"
        )
    return [Problem(f"logger.wandb.{key}", what) for key, what in found.items()]


@dataclass(frozen=True)
class Mode:
    """The mode in effect and the reason for it, as logged."""

    value: Literal["online", "offline", "disabled"]
    reason: str


def decide_mode(requested: Literal["online", "offline", "disabled"]) -> Mode:
    """Return online only where it is requested, an API key exists and the server answers.

    Left to W&B, a missing key ends the run after seconds of set-up, and a missing network blocks
    `wandb.init` for more than 100 seconds.
    """
    if requested != "online":
        return Mode(requested, "as configured")
    import wandb
    from wandb.errors import AuthenticationError

    url = server_url()
    try:
        has_key = wandb.login(prompt=False, verify=False)
    except AuthenticationError:
        has_key = True  # a malformed key: `wandb.init` reports it
    if not has_key:
        return Mode("offline", "no API key found; `wandb login` stores one")
    if problem := unreachable(url):
        return Mode("offline", f"{url} does not answer ({problem})")
    return Mode("online", url)


def server_url() -> str:
    """Return the server of the environment or of W&B's settings files."""
    import wandb  # a second that commands without W&B do not pay

    settings = wandb.setup(wandb.Settings(silent=True)).settings
    return os.environ.get("WANDB_BASE_URL") or str(settings.base_url)


def unreachable(url: str) -> str | None:
    """Return why `url` sends nothing within seconds; None if it answers, also with an error.

    A connection alone proves little: a captive portal or a dead proxy accepts it and stays silent.
    """
    outcome: list[str | None] = []

    def request() -> None:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE_S):
                outcome.append(None)
        except urllib.error.HTTPError:
            outcome.append(None)
        except (OSError, ValueError) as error:
            outcome.append(str(getattr(error, "reason", error)))

    # In a thread, because a name look-up has no timeout.
    thread = threading.Thread(target=request, daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    return outcome[0] if outcome else f"nothing within {PATIENCE_S:g} s"


@dataclass
class WandbState:
    """Everything needed to continue a W&B run later: `wandb/run.json` of a run directory.

    Attributes:
        id: id of the W&B run; `force=true` moves the file away and so starts another run.
        name: display name, as first chosen.
        swept: flat config keys of the settings that the first command swept.
        directory: absolute run directory; W&B's logs refer to artifact files by absolute paths.
        cut: folders of online parts whose upload did not finish.
    """

    id: str
    name: str
    swept: dict[str, Any] = field(default_factory=dict)
    directory: str | None = None
    cut: list[str] = field(default_factory=list)

    def save(self, directory: Path) -> None:
        write_sealed(directory / STATE_FILE, asdict(self))


def read_state(directory: Path) -> WandbState | None:
    """Return the state in a run directory; None where W&B never ran."""
    content = read_sealed(directory / STATE_FILE)
    return WandbState(**_known(WandbState, content)) if content else None


def _known(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of fields that `kind` has: an earlier version wrote more."""
    return {f.name: values[f.name] for f in fields(kind) if f.name in values}


def open_state(directory: Path, name: str, swept: Mapping[str, Any]) -> WandbState:
    """Return the state of earlier attempts, or that of a new run.

    The agent of a W&B sweep has chosen the run's id and waits for exactly that run.
    """
    agent_id = os.environ.get("WANDB_RUN_ID") if os.environ.get("WANDB_SWEEP_ID") else None
    state = read_state(directory)
    if state is None or (agent_id and state.id != agent_id):
        state = WandbState(agent_id or secrets.token_hex(4), name, dict(swept), str(directory))
        state.save(directory)
    return state


def parts(directory: Path) -> list[Path]:
    """Return the folders that W&B wrote for each attempt at a run, oldest first."""
    found = (path for path in (directory / "wandb").glob("*run-*") if not path.is_symlink())
    return sorted(found, key=lambda path: path.name.removeprefix("offline-"))


def waiting_parts(directory: Path) -> list[Path]:
    """Return the parts of a run that are not uploaded yet, oldest first.

    What precedes an uploaded part does not wait: where a kill left an incomplete record,
    `wandb sync` uploads the rest without marking it, and sending it again would reset the run.
    """
    state = read_state(directory)
    cut = state.cut if state else []
    waiting: list[Path] = []
    for part in parts(directory):
        streamed = not part.name.startswith("offline-") and part.name not in cut
        waiting = [] if streamed or any(part.glob("*.wandb.synced")) else [*waiting, part]
    return waiting


def inspect_part(part: Path) -> dict[str, Any]:
    """Return step, state, config and summary of a part as far as it was written."""
    command = [sys.executable, "-m", "wandb", "leet", "inspect", "--summary", "--json", str(part)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    content: dict[str, Any] = json.loads(printed)
    return content


@contextmanager
def staging(directory: Path) -> Iterator[None]:
    """Let W&B stage artifact files inside the run directory: elsewhere a clean-up deletes them.

    The environment variable is the only way to set it, and jobs of a sweep share a process.
    """
    before = os.environ.get("WANDB_DATA_DIR")
    os.environ["WANDB_DATA_DIR"] = str(directory / "wandb")
    try:
        yield
    finally:
        if before is None:
            del os.environ["WANDB_DATA_DIR"]
        else:
            os.environ["WANDB_DATA_DIR"] = before


@contextmanager
def log_errors(what: str) -> Iterator[None]:
    """Log any error as a warning: W&B may fail, the run that it observes may not."""
    try:
        yield
    except Exception as error:
        log.warning("W&B: could not log %s: %s: %s", what, type(error).__name__, error)
