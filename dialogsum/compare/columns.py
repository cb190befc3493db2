"""The columns of a comparison, defined once for the terminal, CSV, Markdown, LaTeX, HTML and W&B.

A metric or a recorded cost is one entry of `dialogsum.common.metric_catalog`. Any other column is
one definition here, in a function listed in `DEFINITIONS`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from dialogsum.common.formatting import NONE
from dialogsum.common.metric_catalog import COSTS, HIGHER, LOWER, SCORES, measure
from dialogsum.compare import numbers
from dialogsum.compare.budgets import unequal_budgets
from dialogsum.compare.runs import COMPLETED
from dialogsum.compare.settings import differing
from dialogsum.compare.systems import System, compute_metrics
from dialogsum.compare.verdicts import Row, Section, Verdict

NAME, QUALITY, COST = "name", "quality", "cost"  # tables that a narrow terminal prints separately
LONGEST_NAME = 16  # characters of a baseline's name in a heading


@dataclass(frozen=True)
class Column:
    """One column of a comparison.

    Attributes:
        key: name in the CSV file and in W&B, unique.
        heading: title in the tables; a column without one is only in the files.
        value: recorded value of a row, for the files and for sorting; None: only in the tables.
        text: cell of a row in the tables.
        shown: False leaves the column out of the tables; None: shown if any value is not empty.
        part: NAME, QUALITY or COST.
        better: direction in which the report sorts first.
        under: key of the column under whose cells the report shows this one's.
        details: explanation of a cell, shown by the report on pointing at it.
    """

    key: str
    heading: str = ""
    value: Callable[[Row], Any] | None = None
    text: Callable[[Row], str] | None = None
    shown: bool | None = None
    part: str = QUALITY
    better: str = HIGHER
    under: str = ""
    help: str = ""
    details: Callable[[Row], str] | None = None


def columns(section: Section) -> list[Column]:
    """Return all columns of a table, in order."""
    return [column for definition in DEFINITIONS for column in definition(section)]


def table_columns(section: Section) -> list[Column]:
    """Return the columns that people read, without those that are empty in every row."""
    compute_metrics(section.systems, table_metrics(section))
    return [c for c in columns(section) if c.heading and c.text and _shown(c, section)]


def _shown(column: Column, section: Section) -> bool:
    if column.shown is not None or column.value is None:
        return column.shown is not False
    return any(column.value(row) for row in section.rows)


def cells(section: Section, columns: Iterable[Column]) -> list[list[str]]:
    """Return the texts of each column, in the order of the rows, each in one line."""
    return [
        [column.text(row).replace("\n", " ") for row in section.rows]
        for column in columns
        if column.text
    ]


def recorded_table(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Return one mapping per row from column keys to values in recorded units.

    ROUGE is in 0..1, sizes are in bytes, times in seconds.
    """
    rows = []
    for section in sections:
        compute_metrics(section.systems, all_metrics(section))
        recorded = [(c.key, c.value) for c in columns(section) if c.value]
        rows += [{key: _defined(value(row)) for key, value in recorded} for row in section.rows]
    return rows


def table_metrics(section: Section) -> list[str]:
    """Return the metrics of the tables' columns, the deciding one among them."""
    headline = [name for name, known in SCORES.items() if known.heading]
    return [*dict.fromkeys((*headline, section.metric))]


def all_metrics(section: Section) -> list[str]:
    """Return all metrics of the rows, those of the tables' columns first."""
    recorded = (name for system in section.systems for name in system.metrics)
    return [*dict.fromkeys((*table_metrics(section), *recorded))]


def attribute(path: str) -> Callable[[Row], Any]:
    """Return a function that follows a dotted path of a row's attributes; None ends it."""

    def value(row: Row) -> Any:
        found: Any = row
        for name in path.split("."):
            found = None if found is None else getattr(found, name)
        return found

    return value


def system_columns(section: Section) -> Iterator[Column]:
    """Define the identity of a row: its system, its test set and its seeds."""
    dialogues = section.table.dialogues
    label, model = attribute("system.label"), attribute("system.model")
    yield Column("status", value=lambda row: COMPLETED)
    yield Column("test_set", value=lambda row: dialogues.key)
    yield Column("dataset", value=lambda row: "/".join(dialogues.names))
    yield Column("split", value=lambda row: dialogues.split)
    yield Column("dialogues", value=lambda row: len(dialogues))
    yield Column("strategy", value=attribute("system.strategy"))
    yield Column("label", "System", value=label, text=label, part=NAME, better=LOWER)
    yield Column(
        "model",
        "Model",
        value=model,
        text=lambda row: model(row) or NONE,
        shown=len(section.table.models) > 1,
        part=NAME,
        better=LOWER,
        under="label",
    )
    yield Column(
        "runs",
        "Seeds",
        value=lambda row: len(row.system.members),
        text=lambda row: seed_count(row.system),
        shown=True,
        help="runs in the row; (n): n seeds gave identical outputs and count once",
    )
    yield Column("seeds", value=lambda row: " ".join(map(str, seeds(row.system))))
    yield Column("same_seeds", value=lambda row: row.system.same or None)
    yield Column("run", value=lambda row: " ".join(m.run.name for m in row.system.members))


def seeds(system: System) -> list[int]:
    """Return the seeds of the row's runs; a scored file of outputs has none."""
    return [member.run.seed for member in system.members if member.run.seed is not None]


def seed_count(system: System) -> str:
    """Format the number of runs of a row; `1 (n)` if n seeds gave identical outputs."""
    if not seeds(system):
        return NONE
    return f"1 ({system.same + 1})" if system.same else str(len(system.members))


def metric_columns(section: Section) -> Iterator[Column]:
    """Define value and uncertainty of each metric; the tables show those of the deciding one."""
    headline = table_metrics(section)
    several = any(len(system.members) > 1 for system in section.systems)
    for name in all_metrics(section):
        known = measure(name)
        yield Column(
            name,
            (known.heading or known.label) if name in headline else "",
            value=_metric(name, "value"),
            text=_number(_metric(name, "value"), name),
            shown=True,
            better=known.better,
            help=known.help,
        )
        yield from _uncertainty(name, decides=name == section.metric, several=several)


def _uncertainty(name: str, decides: bool, several: bool) -> Iterator[Column]:
    low, high = _metric(name, "ci_low"), _metric(name, "ci_high")
    sd, seeds_low, seeds_high = (
        _metric(name, f"seeds.{end}") for end in ("sd", "ci_low", "ci_high")
    )
    yield Column(f"{name}_ci_low", value=low)
    yield Column(f"{name}_ci_high", value=high)
    yield Column(
        f"{name}_ci",
        "95 %" if decides else "",
        text=lambda row: numbers.interval(low(row), high(row), name),
        help="bootstrap interval over dialogues, for these trained runs",
    )
    yield Column(
        f"{name}_sd",
        "± seeds" if decides else "",
        value=sd,
        text=lambda row: NONE if sd(row) is None else f"± {numbers.number(sd(row), name)}",
        shown=several,
        under=name,
        help="standard deviation over the means of the seeds",
    )
    yield Column(
        f"{name}_t",
        "95 % seeds" if decides else "",
        text=lambda row: numbers.interval(seeds_low(row), seeds_high(row), name),
        shown=several,
        under=f"{name}_ci",
        help="t-interval over the means of the seeds",
    )
    yield Column(f"{name}_t_low", value=seeds_low)
    yield Column(f"{name}_t_high", value=seeds_high)


def _metric(name: str, path: str) -> Callable[[Row], Any]:
    return lambda row: attrgetter(path)(row.system.metric(name))


def _number(value: Callable[[Row], Any], name: str) -> Callable[[Row], str]:
    return lambda row: numbers.number(value(row), name)


def _cost(path: str) -> Callable[[Row], float | None]:
    return lambda row: row.system.cost(path)


def _setting(path: str) -> Callable[[Row], Any]:
    return lambda row: row.system.settings.get(path)


def verdict_columns(section: Section) -> Iterator[Column]:
    """Define the comparison with the baseline."""
    metric = section.metric
    shown = bool(section.verdicts)
    yield Column("metric", value=lambda row: metric)
    yield Column("baseline", value=attribute("baseline.label"))
    yield Column("outcome", value=attribute("verdict.outcome"))
    yield Column("confirmed", value=lambda row: row.verdict and confirmed(row.verdict))
    yield Column(
        "difference",
        _difference_heading(section),
        value=attribute("verdict.difference"),
        text=_difference,
        shown=shown,
        better=measure(metric).better,
        help=f"difference in {measure(metric).label} from the baseline of the same model",
        details=_explained,
    )
    for end in ("ci_low", "ci_high", "seeds_low", "seeds_high"):
        yield Column(f"difference_{end}", value=attribute(f"verdict.{end}"))
    yield Column("p_value", value=attribute("verdict.p_value"))
    yield Column(
        "p_holm",
        "p (Holm)",
        value=attribute("verdict.p_holm"),
        text=lambda row: numbers.p_value(row.verdict.p_holm) if row.verdict else NONE,
        shown=shown,
        under="difference",
        help="approximate randomization on the same dialogues, corrected over the table",
    )
    yield Column("detectable", value=attribute("verdict.detectable"))
    yield Column(
        "gain_retained",
        "Retained",
        value=attribute("retained.value"),
        text=_gain_retained,
        help="(row − zero-shot) / (baseline − zero-shot), with its 95% interval over dialogues",
    )
    for end in ("ci_low", "ci_high"):
        yield Column(f"gain_retained_{end}", value=attribute(f"retained.{end}"))


def confirmed(verdict: Verdict) -> str:
    """Return what the seeds say about a difference: yes, no or unknown."""
    return {True: "yes", False: "no", None: "unknown"}[verdict.confirmed]


def _difference_heading(section: Section) -> str:
    """Return `Δ full`, or `Δ baseline` for several baselines or a long name."""
    names = {row.baseline.label for row in section.rows if row.baseline}
    name = names.pop() if len(names) == 1 else ""
    return f"Δ {name}" if 0 < len(name) <= LONGEST_NAME else "Δ baseline"


def _difference(row: Row) -> str:
    """Format the difference with its mark, with room for (▲) so that the numbers are aligned."""
    if row.verdict is None:
        return f"{'baseline' if row.is_baseline else NONE}    "
    mark = row.verdict.mark
    padded = mark if len(mark) == 3 else f" {mark:<2}"
    return f"{numbers.signed(row.verdict.difference, row.verdict.metric)} {padded}"


def _explained(row: Row) -> str:
    verdict = row.verdict
    if verdict is None:
        return ""
    p_holm, p_value = numbers.p_value(verdict.p_holm), numbers.p_value(verdict.p_value)
    over_dialogues = numbers.interval(verdict.ci_low, verdict.ci_high, verdict.metric)
    over_seeds = numbers.interval(verdict.seeds_low, verdict.seeds_high, verdict.metric)
    return "\n".join(
        [
            f"95 % over dialogues {over_dialogues}",
            f"95 % over seeds {over_seeds}; confirmed by seeds: {confirmed(verdict)}",
            f"p {p_holm} after Holm, {p_value} before",
            f"smallest detectable difference {numbers.number(verdict.detectable, verdict.metric)}",
        ]
    )


def _gain_retained(row: Row) -> str:
    if row.retained is None:
        return NONE
    value, *ends = (end if end is None else round(100 * end) for end in row.retained)
    interval = "" if None in ends else f" ({ends[0]} to {ends[1]})"
    return f"{value} %{interval}".replace("-", "−")


def cost_columns(section: Section) -> Iterator[Column]:
    """Define the cost of a row, and the effort that went into its settings."""
    recorded = {path for path in COSTS if any(s.cost(path) for s in section.systems)}
    for path, known in COSTS.items():
        yield Column(
            path,
            known.heading,
            value=_cost(path),
            text=_number(_cost(path), path),
            shown=path in recorded and known.fallback_for not in recorded,
            part=COST,
            better=known.better,
            under="parameters.trainable" if path == "parameters.percent" else "",
            help=known.help,
        )
    budgets = unequal_budgets(section)
    yield Column(
        "budget",
        "Training",
        value=lambda row: budgets.get(row.system),
        text=lambda row: budgets.get(row.system, NONE),
        part=COST,
        better=LOWER,
        help="what differs in the training of a row and its baseline",
    )
    yield Column(
        "tuning",
        "Tuning",
        value=lambda row: tuning(row.system) or None,
        text=lambda row: tuning(row.system) or NONE,
        part=COST,
        better=LOWER,
        help="effort that found the settings, as recorded in strategy.tuning",
    )


def tuning(system: System) -> str:
    """Format `strategy.tuning`: "5 trials", else its text.

    The selection criterion is in the run's config: as a column it pushed the others off screen.
    """
    node: Any = system.members[0].run.config.get("strategy") or {}
    value = node.get("tuning")
    if isinstance(value, dict) and "trials" in value:
        return f"{value['trials']} trials"
    if isinstance(value, dict):
        return ", ".join(f"{key} {value[key]}" for key in value if value[key] is not None)
    return "" if value is None else str(value)


def setting_columns(section: Section) -> Iterator[Column]:
    """Define a column of the files for each setting in which rows differ."""
    for path in differing([system.settings for system in section.systems if system.settings]):
        yield Column(f"config.{path}", value=_setting(path))


def _defined(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value


DEFINITIONS: list[Callable[[Section], Iterable[Column]]] = [
    system_columns,
    metric_columns,
    verdict_columns,
    cost_columns,
    setting_columns,
]
