"""Everything a comparison says, in the order in which it is said; the renderings take it from here.

comparison = compare_runs([Path("outputs/default")], Options())
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dialogsum.common.errors import UserError, suggestion
from dialogsum.compare.notes import caption, findings, overall_notes, table_notes
from dialogsum.compare.runs import find_runs
from dialogsum.compare.selection import Order, group_of, parse_filters, sort_rows
from dialogsum.compare.systems import System, measure_all
from dialogsum.compare.tables import Left, Table, build_tables, lead_row
from dialogsum.compare.verdicts import Row, default_baseline, judge

METRIC = "rougeL"
HEADLINE = ("rouge1", "rouge2", "rougeL")


@dataclass(frozen=True)
class Options:
    """What the command line says.

    Attributes:
        baseline: strategy or label of the rows to compare with; None: see `default_baseline`.
        metric: the measure that decides.
        split: validation or test.
        filters: `key=value` or `key!=value`; all must hold.
        sort: a measure or config key, `:asc` or `:desc` behind it; None: by the metric, best first.
        group_by: config keys; rows that agree in them stand together.
    """

    baseline: str | None = None
    metric: str = METRIC
    split: str = "test"
    filters: Sequence[str] = ()
    sort: str | None = None
    group_by: Sequence[str] = ()


@dataclass
class Section:
    """One table as it is shown: rows in order, the heading of each one's group, what to know.

    Attributes:
        baseline: strategy or label of the rows that the others are compared with.
        shared: metrics in the columns, the deciding one among them.
        findings: what the table says about its trained rows and their baseline; among the notes.
    """

    table: Table
    rows: list[Row]
    headings: list[str]
    metric: str
    baseline: str | None
    shared: list[str]
    title: str
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def systems(self) -> list[System]:
        return [row.system for row in self.rows]

    @property
    def models(self) -> list[str]:
        """The models of the rows, each once."""
        return [*dict.fromkeys(s.model for s in self.systems if s.model)]

    def name(self, system: System) -> str:
        """The label, and the model where the table has several: labels are unique within one."""
        several = system.model and len(self.models) > 1
        return f"{system.label} · {system.model}" if several else system.label


@dataclass
class Comparison:
    """All tables, the runs that stand in none, and what holds for everything."""

    sections: list[Section]
    left: list[Left]
    notes: list[str]
    options: Options


def compare_runs(paths: Iterable[Path], options: Options) -> Comparison:
    """Compare all runs in and below `paths`.

    Raises:
        UserError: a path, metric, baseline, filter or key that does not exist.
    """
    runs = find_runs(paths)
    keep = parse_filters(options.filters, runs)
    tables, left = build_tables(runs, options.split, keep)
    if not tables and not left:
        raise UserError(f"--filter: no run is left of {len(runs)}")
    for table in tables:
        _add_lead(table)
    _check_metric(tables, options.metric)
    _check_baseline(tables, options.baseline)
    order = Order.parse(options, tables)
    sections = [_section(table, options, order) for table in tables]
    return Comparison(sections, left, overall_notes(sections, left), options)


def _add_lead(table: Table) -> None:
    from dialogsum.evaluation.scoring import PROTOCOL

    if table.protocol != PROTOCOL:
        table.notes.append(
            "Scored under another protocol than this version's: no lead-3 row, and no comparison "
            "with figures of the present protocol."
        )
    elif row := lead_row(table.dialogues):
        table.systems.append(row)


def _section(table: Table, options: Options, order: Order) -> Section:
    baseline = options.baseline or default_baseline(table)
    shared = [*dict.fromkeys((*HEADLINE, options.metric))]
    measure_all(table.systems, shared)
    rows = judge(table, options.metric, baseline)
    rows = sort_rows(rows, order, options.metric)
    section = Section(
        table=table,
        rows=rows,
        headings=[group_of(row.system, order.group_by) for row in rows],
        metric=options.metric,
        baseline=baseline,
        shared=shared,
        title=caption(table),
    )
    section.findings = findings(section)
    section.notes = [*table.notes, *table_notes(section)]
    return section


def _check_metric(tables: Sequence[Table], metric: str) -> None:
    known = {name for table in tables for system in table.systems for name in system.metrics}
    if tables and metric not in known:
        raise UserError(f"--metric: no run has '{metric}'{suggestion(metric, known)}")


def _check_baseline(tables: Sequence[Table], baseline: str | None) -> None:
    if baseline is None:
        return
    systems = [system for table in tables for system in table.systems]
    known = {name for system in systems for name in (system.strategy, system.label)}
    if tables and baseline not in known:
        raise UserError(f"--baseline: no run has '{baseline}'{suggestion(baseline, known)}")
