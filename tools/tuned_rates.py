"""The learning rates that `experiment=tune_lr` found, written into the group `tuned/`.

python -m tools.tuned_rates outputs/tune_lr
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omegaconf import OmegaConf

from dialogsum.common.errors import UserError
from dialogsum.common.files import read_json, write_text
from dialogsum.common.metric_catalog import LOWER_IS_BETTER
from dialogsum.config.schema import conf_dir


@dataclass(frozen=True)
class Trial:
    """One completed run of a search.

    Attributes:
        value: its figure on validation.
        budget: what all trials of a comparison must share.
        overrides: of the command that ran it.
    """

    strategy: str
    model: str
    rate: float
    value: float
    budget: dict[str, Any]
    overrides: tuple[str, ...]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.tuned_rates")
    parser.add_argument("directory", type=Path, help="the sweep, e.g. outputs/tune_lr")
    parser.add_argument("--metric", default="cross_entropy", help="on validation")
    parser.add_argument("--to", type=Path, default=conf_dir() / "tuned", metavar="DIR")
    args = parser.parse_args(arguments)
    for strategy, trials in group(read_trials(args.directory, args.metric)).items():
        path = args.to / f"{strategy}_{trials[0].model}.yaml"
        write_text(path, tuned_text(trials, args.metric))
        note = at_the_edge(trials, args.metric)
        print(f"{best(trials, args.metric).rate:.2e}  {path}{note and f'  ({note})'}")
    return 0


def read_trials(directory: Path, metric: str) -> list[Trial]:
    """The completed runs below `directory`.

    Raises:
        UserError: validation gave no figure of that name.
    """
    trials = []
    for path in sorted(directory.rglob("result.json")):
        record = read_json(path)
        if record["status"] != "completed" or not record.get("training"):
            continue  # also what was evaluated later, and strategies without training
        config = OmegaConf.load(path.parent / "config.yaml")
        figures = record["metrics"]["validation"]
        if metric not in figures:
            raise UserError(f"--metric: validation has no {metric}, but {', '.join(figures)}")
        budget = {
            "dataset": record["dataset"],
            "train examples": record["data"]["rows"]["train"],
            "validation examples": record["data"]["rows"]["validation"],
            "epochs": record["training"]["epochs"],
            "steps": record["training"]["steps"],
            "seed": record["seed"],
        }
        trial = Trial(
            record["strategy"],
            record["model"],
            float(config.optimizer.lr),
            figures[metric]["value"],
            budget,
            overrides_of(path.parent),
        )
        trials.append(trial)
    return trials


def overrides_of(run: Path) -> tuple[str, ...]:
    """Those of the last command that ran it, without where its files went."""
    content = read_json(run.parent / "sweep.json") or {"commands": {}}
    found = [c["overrides"] for c in content["commands"].values() if run.name in c["jobs"]]
    places = ("output_root=", "cache_dir=", "force=")
    return tuple(o for o in (found[-1] if found else ()) if not o.startswith(places))


def group(trials: Iterable[Trial]) -> dict[str, list[Trial]]:
    """Trials by strategy, each with its rates in order.

    Raises:
        UserError: strategies had different budgets or numbers of trials, or a model is not one.
    """
    by_strategy: dict[str, list[Trial]] = defaultdict(list)
    for trial in sorted(trials, key=lambda trial: (trial.strategy, trial.rate)):
        by_strategy[trial.strategy].append(trial)
    if not by_strategy:
        raise UserError("there are no completed trials")
    for what, found in (
        ("numbers of trials", {len(group) for group in by_strategy.values()}),
        ("models", {t.model for group in by_strategy.values() for t in group}),
        ("budgets", {str(t.budget) for group in by_strategy.values() for t in group}),
    ):
        if len(found) > 1:
            raise UserError(
                f"the strategies had different {what}, which is no fair search: {found}"
            )
    return by_strategy


def best(trials: list[Trial], metric: str) -> Trial:
    """The trial with the best figure; one that diverged has none and is the worst."""
    sign = 1 if metric in LOWER_IS_BETTER else -1
    return min(trials, key=lambda t: math.inf if math.isnan(t.value) else sign * t.value)


def at_the_edge(trials: list[Trial], metric: str) -> str:
    """A warning where the best rate is the first or last that was tried; else empty."""
    rates = [trial.rate for trial in trials]
    rate = best(trials, metric).rate
    if min(rates) < rate < max(rates):
        return ""
    side = "highest" if rate == max(rates) else "lowest"
    return f"the {side} rate tried: the best may lie beyond"


def tuned_text(trials: list[Trial], metric: str) -> str:
    """The file of the group `tuned/` that puts the best rate into force, and how it was found."""
    winner = best(trials, metric)
    said = (
        f"strategy={winner.strategy}" if override.startswith("strategy=") else override
        for override in winner.overrides
    )
    budget = ", ".join(f"{key} {value}" for key, value in winner.budget.items())
    found = "  ".join(f"{trial.rate:.2e}: {trial.value:.4f}" for trial in trials)
    edge = at_the_edge(trials, metric)
    lines = [
        "# @package _global_",
        f"# python train.py strategy={winner.strategy} model={winner.model}",
        "# Composed by itself with this strategy and model. Found by",
        f"#   python train.py -m {' '.join(said)}",
        f"# ({budget}); validation {metric} at each rate:",
        f"#   {found}",
        *([f"# It is {edge}."] if edge else []),
        "strategy:",
        f"  learning_rate: {winner.rate:.2e}",
        f"  tuning: {{trials: {len(trials)}, chosen by: validation {metric}}}",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
