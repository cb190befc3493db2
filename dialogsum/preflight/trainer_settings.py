"""Checks of the open section `trainer` against Lightning's Trainer."""

from __future__ import annotations

import inspect
from collections.abc import Collection
from typing import Any

from dialogsum.common.errors import Problem
from dialogsum.preflight import dry_run
from dialogsum.preflight.signatures import wrong_types
from dialogsum.preflight.unknown_keys import did_you_mean

_ALL_DIALOGUES = "it would leave dialogues out of the metrics"
# Arguments of Lightning's Trainer that cannot be set here, and why or what to set instead.
REFUSED = {
    "accelerator": "is set by hardware.accelerator",
    "devices": "is set by hardware.devices",
    "strategy": "is set by hardware.strategy",
    "precision": "is set by hardware.precision",
    "num_nodes": "is set by hardware and the launcher",
    "plugins": "is set by the group hardware",
    "logger": "is set by the group logger, e.g. logger=wandb",
    "accumulate_grad_batches": "is set by batching.tokens_per_batch, which splits a step by memory",
    "enable_checkpointing": "is set by checkpoint.every_n_steps and keep_checkpoints",
    "limit_val_batches": f"is set by dataset.limit.validation: {_ALL_DIALOGUES}",
    "limit_test_batches": f"is set by dataset.limit.test: {_ALL_DIALOGUES}",
    "limit_predict_batches": f"is set by dataset.limit.test: {_ALL_DIALOGUES}",
    "overfit_batches": "is set by dataset.limit.train, in dialogues",
    "max_time": "would end a run before its schedule; use trainer.max_steps or max_epochs",
    "fast_dev_run": "saves no checkpoint to evaluate; use trainer.max_steps and dataset.limit",
    "barebones": "saves no checkpoint to evaluate; use trainer.max_steps and dataset.limit",
    "callbacks": "cannot be set: the run's own callbacks are fixed",
    "use_distributed_sampler": "cannot be set: the data module shards the examples itself",
    "enable_model_summary": "cannot be set: the log has the summary",
    "num_sanity_val_steps": "cannot be set: preflight checks what it would",
}
# Lightning takes smaller values and later divides by them.
MINIMUM = {
    "gradient_clip_val": 0,
    "log_every_n_steps": 1,
    "check_val_every_n_epoch": 1,
    "val_check_interval": 1,
    "limit_train_batches": 1,
}


def trainer_keys() -> set[str]:
    """Return the dotted keys that the section `trainer` may have."""
    import pytorch_lightning as pl

    arguments = inspect.signature(pl.Trainer.__init__).parameters.keys() - {"self", *REFUSED}
    return {f"trainer.{name}" for name in arguments}


def check_trainer(settings: dict[str, Any], known: Collection[str]) -> list[Problem]:
    """Return the problems of the section `trainer`; builds a Trainer if there is none yet."""
    import pytorch_lightning as pl

    problems = []
    for name in settings:
        where = f"trainer.{name}"
        if name in REFUSED:
            problems.append(Problem(where, REFUSED[name]))
        elif where not in trainer_keys():
            hint = did_you_mean(where, known)
            problems.append(Problem(where, f"not an argument of Lightning's Trainer{hint}"))
    problems += [
        Problem(f"trainer.{name}", what) for name, what in wrong_types(pl.Trainer, settings)
    ]
    return problems or _out_of_range(settings) or dry_run.trainer(settings)


def _out_of_range(settings: dict[str, Any]) -> list[Problem]:
    problems = []
    for name, minimum in MINIMUM.items():
        value = settings.get(name)
        # A fraction is a share of an epoch.
        if value is None or (isinstance(value, float) and value > 0):
            continue
        if not isinstance(value, int | float) or value < minimum:
            what = f"must be at least {minimum}, got {value}"
            problems.append(Problem(f"trainer.{name}", what))
    if settings.get("max_steps") == 0:
        problems.append(Problem("trainer.max_steps", "must be at least 1, or -1 for no limit"))
    for unit in ("epochs", "steps"):
        low, high = settings.get(f"min_{unit}") or 0, settings.get(f"max_{unit}") or -1
        if low > high > 0:
            what = f"is {low}, above trainer.max_{unit}, which is {high}"
            problems.append(Problem(f"trainer.min_{unit}", what))
    if (settings.get("max_steps") or -1) < 1 and (settings.get("max_epochs") or 0) < 1:
        what = "neither max_epochs nor max_steps is above 0"
        problems.append(Problem("trainer.max_epochs", what))
    return problems
