"""The section `logger.wandb`, checked before anything starts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from dialogsum.common.errors import Problem, suggestion

MODES = ("online", "offline", "disabled")
ARTIFACTS = ("adapter", "model", "merged")


@dataclass(frozen=True)
class WandbSettings:
    """What `conf/logger/wandb.yaml` may hold.

    Attributes:
        project: W&B project.
        entity: team or user; null: the key's default.
        mode: online (falls back to offline aloud), offline, disabled.
        tags: added to the run's own tags (strategy, model, dataset, prompt).
        notes: free text.
        artifact: what is uploaded: `adapter` (a small portable result, never whole weights),
            `model` (whatever the run exported, also whole weights), `merged` (the adapter folded
            into the base), null (nothing).
        predictions: rows of the predictions tables; null: all, 0: no table.
        watch: regular expressions; histograms of weights and gradients of the trained parameters
            that match are logged every `watch_every` steps.
        watch_every: optimizer steps between two histograms.
        save_code: upload the package's source with the run.
        finish_timeout: seconds that the end of a run waits for its uploads; what is left stays on
            the disk.
    """

    project: str = "dialogsum"
    entity: str | None = None
    mode: str = "online"
    tags: list[str] = field(default_factory=list)
    notes: str | None = None
    artifact: str | None = "adapter"
    predictions: int | None = 500
    watch: list[str] = field(default_factory=list)
    watch_every: int = 100
    save_code: bool = False
    finish_timeout: float = 120.0


def check_settings(node: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a `logger.wandb` section."""
    known = {f.name for f in fields(WandbSettings)}
    problems = [
        Problem(f"logger.wandb.{key}", f"there is no such key{suggestion(str(key), known)}")
        for key in node
        if key not in known
    ]
    for key, allowed in (("mode", MODES), ("artifact", ARTIFACTS)):
        value = node.get(key, allowed[0])
        if value not in allowed and not (key == "artifact" and value is None):
            what = f"must be one of {', '.join(allowed)}, is '{value}'"
            problems.append(Problem(f"logger.wandb.{key}", what))
    if found := re.search(r"[/\\#?%:]", str(node.get("project", ""))):
        what = f"a project's name cannot hold '{found[0]}'; a team goes into logger.wandb.entity"
        problems.append(Problem("logger.wandb.project", what))
    problems += _check_numbers(node)
    for expression in node.get("watch") or []:
        try:
            re.compile(expression)
        except re.error as error:
            what = f"'{expression}' is no regular expression: {error}"
            problems.append(Problem("logger.wandb.watch", what))
    return problems


def _check_numbers(node: Mapping[str, Any]) -> list[Problem]:
    problems = []
    for key, minimum in (("predictions", 0), ("watch_every", 1), ("finish_timeout", 1)):
        value = node.get(key)
        if value is not None and (not isinstance(value, int | float) or value < minimum):
            what = f"must be a number of at least {minimum}, is '{value}'"
            problems.append(Problem(f"logger.wandb.{key}", what))
    return problems
