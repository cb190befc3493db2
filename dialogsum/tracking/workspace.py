"""`dialogsum wandb workspace`: the comparison view of a sweep, defined in code."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import UserError
from dialogsum.common.metric_catalog import measure

if TYPE_CHECKING:
    import wandb_workspaces.workspaces as ws

DESCRIPTION = """\
Makes a saved view in W&B: a run table with the columns that matter, bars per strategy, quality
against trainable share, memory and time, parallel coordinates, curves grouped by strategy, and the
predictions. Needs a login; --dry-run prints what would be sent.

  dialogsum wandb workspace --entity me --group default
  dialogsum wandb workspace --dry-run
"""
QUALITY = ("rouge1", "rouge2", "rougeL", "rougeLsum")
COSTS = {
    "cost/trainable_percent": "trainable share in %",
    "cost/peak_memory_bytes": "peak memory of training in bytes",
    "cost/fit_s": "training time in s",
}
COLUMNS = (
    "run:displayName",
    "run:state",
    "config:strategy_name",
    "config:model_name",
    "config:dataset_name",
    "config:seed",
    "summary:test/rouge1",
    "summary:test/rouge2",
    "summary:test/rougeL",
    "summary:test/rougeL_ci_low",
    "summary:test/rougeL_ci_high",
    "config:trainable_percent",
    "summary:cost/peak_memory_bytes",
    "summary:cost/fit_s",
    "summary:cost/artifact_bytes",
)
GROUP = "config.strategy_name"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--project", default="dialogsum", help="W&B project (dialogsum)")
    parser.add_argument("--entity", default="", help="user or team (default: the key's own)")
    parser.add_argument("--group", help="only the runs of this group, the `name` of a sweep")
    parser.add_argument("--split", default="test", help="split of the figures (test)")
    parser.add_argument("--name", default="Quality and cost per strategy", help="of the view")
    parser.add_argument("--dry-run", action="store_true", help="print the view as JSON")


def main(args: argparse.Namespace) -> int:
    """Print or save the view."""
    workspace = build(args.project, args.entity, args.name, args.group, args.split)
    if args.dry_run:
        print(json.dumps(spec(workspace), indent=2, sort_keys=True))
        return 0
    import wandb

    if not wandb.login(prompt=False):
        raise UserError(
            "saving a view needs a W&B login: `wandb login`, or --dry-run to look at it"
        )
    workspace.save()
    print(workspace.url)
    return 0


def build(
    project: str, entity: str, name: str, group: str | None = None, split: str = "test"
) -> ws.Workspace:
    """The view.

    Raises:
        UserError: wandb-workspaces is not installed.
    """
    try:
        import wandb_workspaces.workspaces as ws
    except ImportError:
        raise UserError("this needs wandb-workspaces: pip install 'dialogsum[workspace]'") from None
    filters = [ws.Metric("Group") == group] if group else []
    return ws.Workspace(
        entity=entity,
        project=project,
        name=name,
        sections=[
            ws.Section("Quality", panels=_quality(split), is_open=True),
            ws.Section("Quality against cost", panels=_trade_offs(split), is_open=True),
            ws.Section("Curves", panels=_curves(), is_open=True),
            ws.Section("Predictions", panels=_predictions(split), is_open=False),
        ],
        settings=ws.WorkspaceSettings(x_axis="step", smoothing_weight=0, max_runs=50),
        runset_settings=ws.RunsetSettings(
            filters=filters,
            groupby=[ws.Config("strategy_name")],
            order=[ws.Ordering(ws.Summary(f"{split}/rougeL"), ascending=False)],
            pinned_columns=[column.replace(":test/", f":{split}/") for column in COLUMNS],
        ),
    )


def _quality(split: str) -> list[Any]:
    """Bars with the strategy on the axis: mean over seeds, whiskers their standard deviation."""
    import wandb_workspaces.reports.v2 as wr

    return [
        wr.BarPlot(
            title=f"{measure(name).label}, {split}",
            metrics=[f"{split}/{name}"],
            groupby=GROUP,
            groupby_aggfunc="mean",
            groupby_rangefunc="stddev",
            orientation="h",
        )
        for name in QUALITY
    ]


def _trade_offs(split: str) -> list[Any]:
    import wandb_workspaces.reports.v2 as wr

    quality = wr.SummaryMetric(f"{split}/rougeL")
    label = measure("rougeL").label
    scatter = [
        wr.ScatterPlot(
            title=f"{label} against {text}", x=wr.SummaryMetric(key), y=quality, log_x=True
        )
        for key, text in COSTS.items()
    ]
    column = wr.ParallelCoordinatesPlotColumn
    columns = [
        column(metric=wr.Config("strategy_name"), display_name="strategy"),
        column(metric=wr.Config("learning_rate"), display_name="learning rate", log=True),
        column(metric=wr.Config("batch_size"), display_name="batch size"),
        *(column(metric=wr.SummaryMetric(k), display_name=t, log=True) for k, t in COSTS.items()),
        column(metric=quality, display_name=f"{label}, {split}"),
    ]
    return [*scatter, wr.ParallelCoordinatesPlot(columns=columns, title="From settings to quality")]


def _curves() -> list[Any]:
    import wandb_workspaces.reports.v2 as wr

    shown = {
        "train/loss": "step",
        "validation/cross_entropy": "step",
        "validation/rougeL": "seconds",
        "train/tokens_per_s": "step",
    }
    return [
        wr.LinePlot(
            title=f"{name} over {axis}",
            x=axis,
            y=[name],
            groupby=GROUP,
            groupby_aggfunc="mean",
            groupby_rangefunc="minmax",
        )
        for name, axis in shown.items()
    ]


def _predictions(split: str) -> list[Any]:
    import wandb_workspaces.reports.v2 as wr

    table = wr.WeavePanelSummaryTable(table_name=f"predictions/{split}")
    return [table, wr.RunComparer(diff_only=True)]


def spec(workspace: ws.Workspace) -> dict[str, Any]:
    """What is sent to W&B, without the random ids."""
    view = workspace._to_model()
    content = view.model_dump(mode="json", by_alias=True, exclude_none=True)
    cleaned = _without_ids(content)
    assert isinstance(cleaned, dict)
    return cleaned


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        ids = ("id", "__id__", "name") if "spec" in value else ("id", "__id__")
        return {key: _without_ids(item) for key, item in value.items() if key not in ids}
    return [_without_ids(item) for item in value] if isinstance(value, list) else value
