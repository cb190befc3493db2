"""Files of the hub: from the local cache or downloaded, or one sentence that says what to do."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path

from dialogsum.common.errors import UserError

log = logging.getLogger(__name__)

LABELS = {"model": "model", "dataset": "data set"}
COMMIT = re.compile(r"[0-9a-f]{40}")
TIMEOUT_S = 15.0


class HubError(UserError):
    """Files that the hub did not give; the message names them, the reason and what to do."""


def fetch(
    name: str, revision: str | None, kind: str, patterns: Sequence[str], offline: bool = False
) -> Path:
    """Return the folder of the local cache with the files of a repository; its name is the commit.

    A commit that is complete in the cache is taken from there without a request.

    Args:
        name: `owner/name`, or the name alone.
        revision: branch, tag or commit; None: main.
        kind: model or dataset, which is also the section of the config that names it.
        patterns: names of the files to fetch, as for `huggingface_hub.snapshot_download`.
        offline: take the files from the cache or not at all.

    Raises:
        HubError: unknown name or revision, missing permission, no connection or a broken one (the
            next start continues the download).
    """
    import huggingface_hub
    from huggingface_hub import errors

    repository = f"{LABELS[kind]} '{name}'" + (f" at revision '{revision}'" if revision else "")
    is_commit = COMMIT.fullmatch(revision or "") is not None  # may be in the cache: no request
    if not offline:
        log.info("%s: from the hub's cache, or downloading it", repository)
    try:
        return Path(
            huggingface_hub.snapshot_download(
                name,
                repo_type=kind,
                revision=revision,
                allow_patterns=list(patterns),
                local_files_only=offline or not (is_commit or _responds(name, revision, kind)),
            )
        )
    # HTTPError is also raised for a connection that breaks.
    except (errors.HFValidationError, errors.HTTPError, OSError) as error:
        raise HubError(_message(repository, name, kind, error)) from error


def commit_of(folder: Path) -> str | None:
    """Return the commit of a folder from `fetch`, None for any other folder."""
    return folder.name if COMMIT.fullmatch(folder.name) else None


def is_hub_name(name: str) -> bool:
    """Return whether a repository of the hub could have that name."""
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id

    try:
        validate_repo_id(name)
    except HFValidationError:
        return False
    return True


def _responds(name: str, revision: str | None, kind: str) -> bool:
    """Return whether the hub responds within `TIMEOUT_S`, be it with a refusal.

    `snapshot_download` has no timeout here: it would wait forever for a server that accepts the
    connection and sends nothing.
    """
    import huggingface_hub
    from huggingface_hub import errors

    try:
        huggingface_hub.HfApi().repo_info(
            name, repo_type=kind, revision=revision, timeout=TIMEOUT_S
        )
    except errors.HfHubHTTPError:
        return True
    except (errors.HTTPError, errors.OfflineModeIsEnabled):
        return False
    return True


def _message(repository: str, name: str, kind: str, error: Exception) -> str:
    """Return what failed and what to do.

    Args:
        repository: the repository in words.
        name: its name.
        kind: model or dataset.
        error: the error of the hub's library.
    """
    from huggingface_hub import errors

    local_copy = f"or give a local copy with {kind}.path=DIR"
    match error:
        case errors.GatedRepoError():
            return (
                f"{repository} needs its owner's permission: ask for it on the hub and log in with "
                f"`hf auth login`, {local_copy}"
            )
        case errors.RepositoryNotFoundError():
            return (
                f"{repository} is neither a local path nor on the hub, or it is private and you "
                f"are not logged in (`hf auth login`); check {kind}.path, {local_copy}"
            )
        case errors.RevisionNotFoundError():
            return f"{repository} does not exist; check {kind}.revision"
        case errors.HFValidationError():
            return f"{kind}.path: '{name}' is neither a local path nor a name of the hub"
        case errors.LocalEntryNotFoundError():
            reason = _http_status(error.__cause__) or "the hub cannot be reached"
            return (
                f"{repository} is not (completely) in the local cache and {reason}; connect once "
                f"to download it, {local_copy}"
            )
    if status := _http_status(error):
        reason = f"{status}; if permission is missing, log in with `hf auth login`"
    else:
        reason = f"{type(error).__name__}: {error}; start again to continue".replace("\n", " ")
    return f"{repository} could not be downloaded: {reason}, {local_copy}"


def _http_status(error: BaseException | None) -> str | None:
    """Return the hub's HTTP status in words, None where there was no response."""
    response = getattr(error, "response", None)
    return None if response is None else f"the hub answers {response.status_code}"
