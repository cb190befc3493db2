"""One comparison of runs, computed once; every output is rendered from it.

comparison = compare_runs([Path("outputs/default")], Options())
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dialogsum.common.errors import UserError, suggestion
from dialogsum.common.metric_catalog import HIGHER, measure
from dialogsum.compare.notes import caption, findings, overall_notes, table_notes
from dialogsum.compare.runs import find_runs
from dialogsum.compare.selection import parse_filters
from dialogsum.compare.systems import System, compute_metrics
from dialogsum.compare.tables import Excluded, Table, build_tables, lead_row
from dialogsum.compare.verdicts import Section, default_baseline, judge

METRIC = "rougeL"


@dataclass(frozen=True)
class Options:
    """Options of `dialogsum compare`.

    Attributes:
        baseline: strategy or label of the rows to compare with; None: see `default_baseline`.
        metric: the metric that decides.
        split: validation or test.
        filters: `key=value` or `key!=value`; all must hold.
    """

    baseline: str | None = None
    metric: str = METRIC
    split: str = "test"
    filters: Sequence[str] = ()


@dataclass
class Comparison:
    """All tables, the runs that are in none, and the notes that hold for everything."""

    sections: list[Section]
    excluded: list[Excluded]
    notes: list[str]
    options: Options


def compare_runs(paths: Iterable[Path], options: Options) -> Comparison:
    """Compare all runs in and below `paths`.

    Raises:
        UserError: an unknown path, metric, baseline, filter or sort key.
    """
    runs = find_runs(paths)
    selected = parse_filters(options.filters, runs)
    tables, excluded = build_tables(runs, options.split, selected)
    if not tables and not excluded:
        raise UserError(f"--filter: excludes all {len(runs)} runs")
    for table in tables:
        _add_lead(table)
    _check_names(tables, options)
    sections = [_section(table, options) for table in tables]
    return Comparison(sections, excluded, overall_notes(sections, excluded), options)


def _add_lead(table: Table) -> None:
    from dialogsum.evaluation.scoring import PROTOCOL

    if table.protocol != PROTOCOL:
        table.notes.append(
            "Scored under another protocol than this version's: no lead-3 row, and not comparable "
            "with scores of the current protocol."
        )
    elif row := lead_row(table.dialogues):
        table.systems.append(row)


def _section(table: Table, options: Options) -> Section:
    compute_metrics(table.systems, [options.metric])
    section = judge(table, options.metric, options.baseline or default_baseline(table))
    section.rows.sort(key=lambda row: _rank(row.system, options.metric))
    section.title = caption(table)
    section.findings = findings(section)
    section.notes = [*table.notes, *table_notes(section)]
    return section


def _rank(system: System, metric: str) -> float:
    """Return a number that orders systems: best first, those without the metric last."""
    value = system.metric(metric).value
    if value is None:
        return math.inf
    return -value if measure(metric).better == HIGHER else value


def _check_names(tables: Sequence[Table], options: Options) -> None:
    systems = [system for table in tables for system in table.systems]
    metrics = {name for system in systems for name in system.metrics}
    if tables and options.metric not in metrics:
        hint = suggestion(options.metric, metrics)
        raise UserError(f"--metric: no run has '{options.metric}'{hint}")
    baselines = {name for system in systems for name in (system.strategy, system.label)}
    if tables and options.baseline is not None and options.baseline not in baselines:
        hint = suggestion(options.baseline, baselines)
        raise UserError(f"--baseline: no run has '{options.baseline}'{hint}")
