"""The learning rates that `experiment=tune_lr` found, written into the group `tuned/`.

python -m dialogsum.strategies.tuned outputs/tune_lr
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omegaconf import OmegaConf

from dialogsum.config import conf_dir
from dialogsum.evaluation.catalogue import LOWER_IS_BETTER
from dialogsum.problems import UserError
from dialogsum.tracking.files import read_json, write_text


@dataclass(frozen=True)
class Trial:
    """One completed run of a search.

    Attributes:
        value: its figure on validation.
        budget: what all trials of a comparison must share.
    """

    strategy: str
    model: str
    rate: float
    value: float
    budget: dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m dialogsum.strategies.tuned")
    parser.add_argument("directory", type=Path, help="the sweep, e.g. outputs/tune_lr")
    parser.add_argument("--metric", default="cross_entropy", help="on validation")
    parser.add_argument("--to", type=Path, default=conf_dir() / "tuned", metavar="DIR")
    args = parser.parse_args(arguments)
    for strategy, trials in group(read_trials(args.directory, args.metric)).items():
        path = args.to / f"{strategy}_{trials[0].model}.yaml"
        write_text(path, tuned_text(trials, args.metric))
        print(f"{best(trials, args.metric).rate:.2e}  {path}")
    return 0


def read_trials(directory: Path, metric: str) -> list[Trial]:
    """The completed runs below `directory`."""
    trials = []
    for path in sorted(directory.rglob("result.json")):
        record = read_json(path)
        if record["status"] != "completed" or "training" not in record:
            continue  # also what was evaluated later
        config = OmegaConf.load(path.parent / "config.yaml")
        budget = {
            "dataset": record["dataset"],
            "train_examples": config.dataset.limit.train or record["data"]["rows"]["train"],
            "epochs": config.trainer.max_epochs,
            "steps": record["training"]["steps"],
            "seed": record["seed"],
        }
        value = record["metrics"]["validation"][metric]["value"]
        strategy, model = record["strategy"], record["model"]
        trials.append(Trial(strategy, model, float(config.optimizer.lr), value, budget))
    return trials


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
    sign = 1 if metric in LOWER_IS_BETTER else -1
    return min(trials, key=lambda trial: sign * trial.value)


def tuned_text(trials: list[Trial], metric: str) -> str:
    """The file of the group `tuned/` that puts the best rate into force, and how it was found."""
    winner = best(trials, metric)
    of = winner.budget
    command = f"python train.py -m experiment=tune_lr name=tune_lr strategy={winner.strategy}"
    data = f"dataset={of['dataset']} dataset.limit.train={of['train_examples']}"
    budget = ", ".join(f"{key} {value}" for key, value in winner.budget.items())
    found = "  ".join(f"{trial.rate:.2e}: {trial.value:.4f}" for trial in trials)
    lines = [
        "# @package _global_",
        f"# python train.py strategy={winner.strategy} model={winner.model}",
        "# Composed by itself with this strategy and model. Found by",
        f"#   {command} model={winner.model} {data} trainer.max_epochs={of['epochs']}",
        f"# ({budget}); validation {metric} at each rate:",
        f"#   {found}",
        "strategy:",
        f"  learning_rate: {winner.rate:.2e}",
        f"  tuning: {{trials: {len(trials)}, chosen by: validation {metric}}}",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
