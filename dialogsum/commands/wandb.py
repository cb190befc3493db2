"""`dialogsum wandb`: upload runs that were logged offline, and save the view of a sweep."""

from __future__ import annotations

import argparse
import dataclasses
import json
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import UserError
from dialogsum.common.metric_catalog import measure
from dialogsum.tracking.record import locked
from dialogsum.tracking.wandb_setup import STATE_FILE, read_state, waiting_parts

if TYPE_CHECKING:
    import wandb_workspaces.workspaces as ws

SYNC = """\
Uploads what W&B has not received yet, with `wandb sync`, the oldest part of each run first.

  dialogsum wandb sync outputs/default
"""
WORKSPACE = """\
Saves a view in W&B: a run table with the columns that matter, bars per setting (mean over seeds),
quality against trainable share, memory and time, parallel coordinates, curves per setting, and the
predictions. Needs a login; --dry-run prints the view instead.

  dialogsum wandb workspace --entity me --group default
  dialogsum wandb workspace --dry-run
"""
# Runs that differ in nothing but the seed: what was swept is part of the setting's name.
SETTING = "setting_name"
QUALITY = ("rouge1", "rouge2", "rougeL", "rougeLsum")
COSTS = {
    "cost/trainable_percent": "trainable share in %",
    "cost/peak_memory_bytes": "peak memory of training in bytes",
    "cost/fit_s": "training time in s",
}
CURVES = {  # metric -> x axis
    "train/loss": "step",
    "validation/cross_entropy": "step",
    "validation/rougeL": "seconds",
    "train/tokens_per_s": "step",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    plain = argparse.RawDescriptionHelpFormatter
    sync_parser = actions.add_parser(
        "sync", help="upload runs logged offline", description=SYNC, formatter_class=plain
    )
    sync_parser.add_argument(
        "directories", nargs="+", type=Path, metavar="DIR", help="run or sweep"
    )
    sync_parser.add_argument("--dry-run", action="store_true", help="list only; upload nothing")
    sync_parser.set_defaults(action_main=sync)
    view = actions.add_parser(
        "workspace", help="save the view of a sweep", description=WORKSPACE, formatter_class=plain
    )
    view.add_argument("--project", default="dialogsum", help="W&B project (dialogsum)")
    view.add_argument("--entity", default="", help="user or team (default: that of the API key)")
    view.add_argument("--group", help="only the runs of this group, the `name` of a sweep")
    view.add_argument("--split", default="test", help="split of the metrics (test)")
    view.add_argument("--name", default="Quality and cost", help="name of the view")
    view.add_argument("--dry-run", action="store_true", help="print the view as JSON")
    view.set_defaults(action_main=save_workspace)


def main(args: argparse.Namespace) -> int:
    """Run the sub-command."""
    return int(args.action_main(args))


def sync(args: argparse.Namespace) -> int:
    """Upload all waiting parts; return 1 where one is incomplete afterwards."""
    found = {run: None for directory in args.directories for run in tracked_runs(directory)}
    runs = [run for run in found if _idle(run)]
    waiting = [waiting_parts(run) for run in runs]
    if not any(waiting):
        print("nothing to upload")
    # One part of a run at a time: W&B stops at an incomplete record, as a kill leaves it.
    for round_ in zip_longest(*waiting):
        parts = [str(part) for part in round_ if part]
        command = ["wandb", "sync", "--include-online", *parts]
        print(*command, flush=True)
        if not args.dry_run:
            # W&B's command line writes a folder `wandb/` with logs where it is called, and
            # its exit code is 0 whatever it left out.
            subprocess.run([sys.executable, "-m", *command], cwd=Path(parts[0]).parent, check=False)
    incomplete = [part for run in runs for part in waiting_parts(run)]
    if args.dry_run or not incomplete:
        return 0
    print(*(f"{part}: incomplete; see W&B's message above" for part in incomplete), sep="\n")
    return 1


def tracked_runs(directory: Path) -> list[Path]:
    """Return the run directories with W&B files at or below `directory`.

    Raises:
        UserError: none was found.
    """
    directory = directory.expanduser().absolute()
    runs = sorted(path.parents[1] for path in directory.glob(f"**/{STATE_FILE}"))
    if not runs:
        raise UserError(f"{directory}: no run that was logged to W&B; name a run or a sweep")
    return runs


def _idle(run: Path) -> bool:
    """Return whether no process is writing the run; warn where its artifacts cannot be found."""
    state = read_state(run)
    if state and state.directory not in (None, str(run)) and waiting_parts(run):
        print(
            f"{run}: was logged in {state.directory}, where W&B looks for predictions and weights;"
            f" move it back, or link it: ln -s {run} {state.directory}"
        )
    try:
        with locked(run):
            return True
    except UserError:
        print(f"{run}: skipped, the run is in progress")
        return False


def save_workspace(args: argparse.Namespace) -> int:
    """Print or save the view."""
    workspace = build_workspace(args.project, args.entity, args.name, args.group, args.split)
    if args.dry_run:
        print(json.dumps(_without_ids(dataclasses.asdict(workspace)), indent=2, default=str))
        return 0
    import wandb

    if not wandb.login(prompt=False):
        raise UserError("saving a view needs a W&B login: `wandb login`; --dry-run prints the view")
    workspace.save()
    print(workspace.url)
    return 0


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_ids(v) for k, v in value.items() if not k.startswith("_")}
    return [_without_ids(item) for item in value] if isinstance(value, list | tuple) else value


def build_workspace(
    project: str, entity: str, name: str, group: str | None = None, split: str = "test"
) -> ws.Workspace:
    """Return the view.

    Raises:
        UserError: wandb-workspaces is not installed.
    """
    try:
        import wandb_workspaces.reports.v2 as wr
        import wandb_workspaces.workspaces as ws
    except ImportError:
        raise UserError("needs wandb-workspaces: pip install 'dialogsum[workspace]'") from None
    settings = ["strategy_name", "model_name", "dataset_name", "seed", "trainable_percent"]
    metrics = [f"{split}/{metric}" for metric in (*QUALITY[:3], "rougeL_ci_low", "rougeL_ci_high")]
    columns = ["run:displayName", "run:state", *(f"config:{key}" for key in settings)]
    columns += [f"summary:{key}" for key in (*metrics, *COSTS, "cost/artifact_bytes")]
    by_setting: dict[str, Any] = {"groupby": f"config.{SETTING}", "groupby_aggfunc": "mean"}
    bars: list[Any] = [
        wr.BarPlot(
            title=f"{measure(metric).label}, {split}",
            metrics=[f"{split}/{metric}"],
            groupby_rangefunc="stddev",
            orientation="h",
            **by_setting,
        )
        for metric in QUALITY
    ]
    curves: list[Any] = [
        wr.LinePlot(title=f"{y} over {x}", x=x, y=[y], groupby_rangefunc="minmax", **by_setting)
        for y, x in CURVES.items()
    ]
    predictions = wr.WeavePanelSummaryTable(table_name=f"predictions/{split}")
    return ws.Workspace(
        entity=entity,
        project=project,
        name=name,
        sections=[
            ws.Section("Quality", panels=bars, is_open=True),
            ws.Section("Quality against cost", panels=_trade_offs(split), is_open=True),
            ws.Section("Curves", panels=curves, is_open=True),
            ws.Section("Predictions", panels=[predictions, wr.RunComparer(diff_only=True)]),
        ],
        settings=ws.WorkspaceSettings(x_axis="step", smoothing_weight=0, max_runs=50),
        runset_settings=ws.RunsetSettings(
            filters=[ws.Metric("Group") == group] if group else [],
            groupby=[ws.Config(SETTING)],
            order=[ws.Ordering(ws.Summary(f"{split}/rougeL"), ascending=False)],
            pinned_columns=columns,
        ),
    )


def _trade_offs(split: str) -> list[Any]:
    """Return a plot of quality against each cost, and one from settings over costs to quality."""
    import wandb_workspaces.reports.v2 as wr

    quality, label = wr.SummaryMetric(f"{split}/rougeL"), measure("rougeL").label
    costs = {text: wr.SummaryMetric(key) for key, text in COSTS.items()}
    plots = [
        wr.ScatterPlot(title=f"{label} against {text}", x=cost, y=quality, log_x=True)
        for text, cost in costs.items()
    ]
    column = wr.ParallelCoordinatesPlotColumn
    columns = [
        column(metric=wr.Config("strategy_name"), display_name="strategy"),
        column(metric=wr.Config("learning_rate"), display_name="learning rate", log=True),
        column(metric=wr.Config("batch_size"), display_name="batch size"),
        *(column(metric=cost, display_name=text, log=True) for text, cost in costs.items()),
        column(metric=quality, display_name=f"{label}, {split}"),
    ]
    return [*plots, wr.ParallelCoordinatesPlot(columns=columns, title="From settings to quality")]
