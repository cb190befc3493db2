"""Write the best learning rates of a search (`experiment=tune_lr`) as files of the group `tuned/`.

    python tools/tuned_rates.py outputs/tune_lr --to conf/tuned

Any folder named `tuned` works: with `--to my_conf/tuned`, `hydra.searchpath=[file:///…/my_conf]`
makes `train.py` use the values. Existing files are kept unless `--overwrite` is given.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omegaconf import OmegaConf

from dialogsum.common.errors import UserError
from dialogsum.common.files import read_json, write_text
from dialogsum.common.metric_catalog import LOWER_IS_BETTER
from dialogsum.config.recorded import read_recorded
from dialogsum.config.registration import conf_dir

# Overrides that do not belong to a search: they say where files went.
LOCATIONS = ("output_root=", "cache_dir=", "force=")


@dataclass(frozen=True)
class Trial:
    """One completed run of a search.

    Attributes:
        value: the metric on validation.
        budget: everything that the trials of a fair search share.
        overrides: the command line of the search.
    """

    strategy: str
    model: str
    learning_rate: float
    value: float
    budget: dict[str, Any]
    overrides: tuple[str, ...]


def main(arguments: list[str] | None = None) -> int:
    """Read a search and write its best values; return the exit code, 2 for a user's mistake."""
    parser = argparse.ArgumentParser(
        prog="tools/tuned_rates.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("directory", type=Path, help="the sweep, such as outputs/tune_lr")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="a folder `tuned`")
    parser.add_argument("--metric", default="cross_entropy", help="metric on validation")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")
    args = parser.parse_args(arguments)
    try:
        trials = group_by_strategy(read_trials(args.directory, args.metric))
        write_tuned_files(trials, args.metric, args.to, args.overwrite)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def read_trials(directory: Path, metric: str) -> list[Trial]:
    """Return the completed training runs below `directory`.

    Raises:
        UserError: the runs have no validation metric of that name.
    """
    trials = []
    for path in sorted(directory.rglob("result.json")):
        record = read_json(path)
        # Later evaluations of a run and strategies without training have no "training" section.
        if record["status"] != "completed" or not record.get("training"):
            continue
        metrics = record["metrics"]["validation"]
        if metric not in metrics:
            raise UserError(
                f"--metric: unknown validation metric '{metric}'; use one of {', '.join(metrics)}"
            )
        budget = {
            "dataset": record["dataset"],
            "train examples": record["data"]["rows"]["train"],
            "validation examples": record["data"]["rows"]["validation"],
            "epochs": record["training"]["epochs"],
            "steps": record["training"]["steps"],
            "seed": record["seed"],
        }
        # The optimizer holds the value in effect, also in runs of earlier versions.
        learning_rate = float(read_recorded(path.parent)["optimizer"]["lr"])
        value = metrics[metric]["value"]
        trials.append(
            Trial(
                record["strategy"],
                record["model"],
                learning_rate,
                math.nan if value is None else value,
                budget,
                search_overrides(path.parent),
            )
        )
    return trials


def search_overrides(run: Path) -> tuple[str, ...]:
    """Return the overrides of the last command that ran this job, without `LOCATIONS`."""
    content = read_json(run.parent / "sweep.json") or {"commands": {}}
    found = [c["overrides"] for c in content["commands"].values() if run.name in c["jobs"]]
    return tuple(o for o in (found[-1] if found else ()) if not o.startswith(LOCATIONS))


def group_by_strategy(trials: Iterable[Trial]) -> dict[str, list[Trial]]:
    """Return strategy -> its trials, ordered by learning rate.

    Raises:
        UserError: no trials, or strategies with different models, budgets or numbers of trials.
    """
    by_strategy: dict[str, list[Trial]] = defaultdict(list)
    for trial in sorted(trials, key=lambda trial: (trial.strategy, trial.learning_rate)):
        by_strategy[trial.strategy].append(trial)
    if not by_strategy:
        raise UserError("no completed trials; run train.py -m experiment=tune_lr first")
    everything = [trial for group in by_strategy.values() for trial in group]
    for what, found in (
        ("numbers of trials", {len(group) for group in by_strategy.values()}),
        ("models", {trial.model for trial in everything}),
        ("budgets", {str(trial.budget) for trial in everything}),
    ):
        if len(found) > 1:
            raise UserError(f"unfair search: strategies with different {what}: {found}")
    return by_strategy


def write_tuned_files(
    by_strategy: dict[str, list[Trial]], metric: str, directory: Path, overwrite: bool
) -> None:
    """Write `<strategy>_<model>.yaml` for each strategy and print old and new learning rate.

    Raises:
        UserError: a file exists and `overwrite` is false; nothing is written then.
    """
    paths = {
        strategy: directory / f"{strategy}_{trials[0].model}.yaml"
        for strategy, trials in by_strategy.items()
    }
    existing = [path for path in paths.values() if path.exists()]
    for strategy, trials in by_strategy.items():
        old = tuned_learning_rate(paths[strategy])
        before = "new file" if old is None else f"{old:.2e}"
        warning = edge_warning(trials, metric)
        print(
            f"{paths[strategy]}: {before} -> {best(trials, metric).learning_rate:.2e}"
            f"{warning and f' ({warning})'}"
        )
        shipped = conf_dir() / "tuned" / paths[strategy].name
        if shipped.exists() and shipped.resolve() != paths[strategy].resolve():
            print(f"  {shipped} takes precedence; set strategy.learning_rate to use the new value")
    if existing and not overwrite:
        raise UserError(
            f"{directory}: {len(existing)} of {len(paths)} files exist and nothing was written; "
            "choose another folder, or replace them with --overwrite"
        )
    for strategy, trials in by_strategy.items():
        write_text(paths[strategy], tuned_text(trials, metric))


def tuned_learning_rate(path: Path) -> float | None:
    """Return the learning rate in a file of the group `tuned/`, None without a file."""
    return float(OmegaConf.load(path).strategy.learning_rate) if path.exists() else None


def best(trials: list[Trial], metric: str) -> Trial:
    """Return the trial with the best value; a diverged one (NaN) is the worst."""
    sign = 1 if metric in LOWER_IS_BETTER else -1
    return min(trials, key=lambda t: math.inf if math.isnan(t.value) else sign * t.value)


def edge_warning(trials: list[Trial], metric: str) -> str:
    """Return a warning if the best learning rate is the lowest or highest of the search."""
    tried = [trial.learning_rate for trial in trials]
    found = best(trials, metric).learning_rate
    if min(tried) < found < max(tried):
        return ""
    side = "highest" if found == max(tried) else "lowest"
    return f"the {side} learning rate tried: the best may lie beyond"


def tuned_text(trials: list[Trial], metric: str) -> str:
    """Return the file of the group `tuned/` with the best learning rate and its search."""
    winner = best(trials, metric)
    overrides = (
        f"strategy={winner.strategy}" if override.startswith("strategy=") else override
        for override in winner.overrides
    )
    budget = ", ".join(f"{key} {value}" for key, value in winner.budget.items())
    found = "  ".join(f"{trial.learning_rate:.2e}: {trial.value:.4f}" for trial in trials)
    warning = edge_warning(trials, metric)
    data = ", ".join(f"{key}: {winner.budget[key]}" for key in ("dataset", "train examples"))
    lines = [
        "# @package _global_",
        f"# python train.py strategy={winner.strategy} model={winner.model}",
        "# Composed automatically with this strategy and model. Found by",
        f"#   python train.py -m {' '.join(overrides)}",
        f"# ({budget}); validation {metric} at each learning rate:",
        f"#   {found}",
        *([f"# It is {warning}."] if warning else []),
        "strategy:",
        f"  learning_rate: {winner.learning_rate:.2e}",
        f"  tuning: {{trials: {len(trials)}, chosen by: validation {metric}, "
        f"searched on: {{model: {winner.model}, {data}}}}}",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
