"""Files of the hub: from the cache or downloaded, or one sentence on what the user can do."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path

from dialogsum.common.errors import UserError

log = logging.getLogger(__name__)

LABELS = {"model": "model", "dataset": "data set"}
COMMIT = re.compile(r"[0-9a-f]{40}")
PATIENCE_S = 15.0


class HubError(UserError):
    """Nothing could be had from the hub: what was asked for, why, and what to do."""


def fetch(
    name: str, revision: str | None, kind: str, patterns: Sequence[str], offline: bool = False
) -> Path:
    """The folder of the cache that holds the files of a repository, whose name is the commit.

    A commit that is in the cache completely is taken from there without asking anybody.

    Args:
        name: `owner/name`, or the name alone.
        revision: branch, tag or commit; None: main.
        kind: model or dataset, which is also the section of the config that names it.
        patterns: which files, of the top folder and the folder `data`.
        offline: take them from the cache or not at all.

    Raises:
        HubError: a name or revision that does not exist, missing rights, a connection that is
            missing or breaks (the next start continues the download).
    """
    import huggingface_hub
    from huggingface_hub import errors

    what = f"{LABELS[kind]} '{name}'" + (f" at revision '{revision}'" if revision else "")
    pinned = COMMIT.fullmatch(revision or "") is not None  # may be in the cache: asks nobody
    if not offline:
        log.info("%s: from the hub's cache, or downloading it", what)
    try:
        return Path(
            huggingface_hub.snapshot_download(
                name,
                repo_type=kind,
                revision=revision,
                allow_patterns=list(patterns),
                local_files_only=offline or not (pinned or _answers(name, revision, kind)),
            )
        )
    # HTTPError is also what a connection that breaks gives.
    except (errors.HFValidationError, errors.HTTPError, OSError) as error:
        raise HubError(_sentence(what, name, kind, error)) from error


def _sentence(what: str, name: str, kind: str, error: Exception) -> str:
    """Why nothing was had, and what to do.

    Args:
        what: the repository in words.
        name: its name.
        kind: model or dataset.
        error: what the hub's library raised.
    """
    from huggingface_hub import errors

    local_copy = f"or give a local copy with {kind}.path=DIR"
    match error:
        case errors.GatedRepoError():
            return (
                f"{what} needs its owner's permission: ask for it on the hub and log in with "
                f"`hf auth login`, {local_copy}"
            )
        case errors.RepositoryNotFoundError():
            return (
                f"{what} is neither a local path nor on the hub, or it is private and you are not "
                f"logged in (`hf auth login`); check {kind}.path, {local_copy}"
            )
        case errors.RevisionNotFoundError():
            return f"{what} does not exist; check {kind}.revision"
        case errors.HFValidationError():
            return f"{kind}.path: '{name}' is neither a local path nor a name of the hub"
        case errors.LocalEntryNotFoundError():
            return (
                f"{what} is not (completely) in the local cache and {_refusal(error.__cause__)}; "
                f"connect once to download it, {local_copy}"
            )
    return f"{what} could not be downloaded: {_reason(error)}, {local_copy}"


def is_hub_name(name: str) -> bool:
    """Whether the hub could have a repository of that name."""
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id

    try:
        validate_repo_id(name)
    except HFValidationError:
        return False
    return True


def _answers(name: str, revision: str | None, kind: str) -> bool:
    """Whether the hub says anything within `PATIENCE_S`, be it a refusal.

    The library sets no limit of its own here: a server that takes the connection and then says
    nothing would be waited for without end.
    """
    import huggingface_hub
    from huggingface_hub import errors

    try:
        huggingface_hub.HfApi().repo_info(
            name, repo_type=kind, revision=revision, timeout=PATIENCE_S
        )
    except errors.HfHubHTTPError:
        return True
    except (errors.HTTPError, errors.OfflineModeIsEnabled):
        return False
    return True


def commit_of(folder: Path) -> str | None:
    """The commit that a folder of `fetch` is of."""
    return folder.name if COMMIT.fullmatch(folder.name) else None


def _refusal(error: BaseException | None) -> str:
    """Why the hub gave nothing, in words."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    return f"the hub answers {status}" if status else "the hub cannot be reached"


def _reason(error: Exception) -> str:
    if getattr(error, "response", None) is not None:
        return f"{_refusal(error)}; if that is a matter of rights, log in with `hf auth login`"
    return f"{type(error).__name__}: {error}; start again to continue".replace("\n", " ")
