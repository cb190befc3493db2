"""The columns of a comparison, defined once for the terminal, CSV, Markdown, LaTeX, HTML and W&B.

A metric or a recorded cost is one entry of `dialogsum.common.metric_catalog`. Any other column is
one definition here, in a function listed in `DEFINITIONS`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dialogsum.common.formatting import NONE
from dialogsum.common.metric_catalog import COSTS, HIGHER, LOWER, SCORES, measure
from dialogsum.compare import numbers
from dialogsum.compare.runs import COMPLETED
from dialogsum.compare.settings import differing
from dialogsum.compare.systems import System, compute_metrics
from dialogsum.compare.verdicts import BETTER, DIFFERENT, WORSE, Row, Section

NAME, QUALITY, COST = "name", "quality", "cost"  # tables that a narrow terminal prints separately
LONGEST_NAME = 16  # characters of a baseline's name in a heading
MARKS = {BETTER: "▲", WORSE: "▼", DIFFERENT: "≠"}


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


def system_columns(section: Section) -> Iterator[Column]:
    """Define the identity of a row: its system, its test set and its seeds."""
    dialogues = section.table.dialogues
    several_models = len(section.table.models) > 1
    yield Column("status", value=lambda row: COMPLETED)
    yield Column("test_set", value=lambda row: dialogues.key)
    yield Column("dataset", value=lambda row: "/".join(dialogues.names))
    yield Column("split", value=lambda row: dialogues.split)
    yield Column("dialogues", value=lambda row: len(dialogues))
    yield Column("strategy", value=lambda row: row.system.strategy)
    yield Column(
        "label",
        "System",
        value=lambda row: row.system.label,
        text=lambda row: row.system.label,
        part=NAME,
        better=LOWER,
    )
    yield Column(
        "model",
        "Model",
        value=lambda row: row.system.model,
        text=lambda row: row.system.model or NONE,
        shown=several_models,
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
            text=_metric_text(name),
            shown=True,
            better=known.better,
            help=known.help,
        )
        yield from _uncertainty(name, decides=name == section.metric, several=several)


def _uncertainty(name: str, decides: bool, several: bool) -> Iterator[Column]:
    def deviation(row: Row) -> str:
        sd = row.system.metric(name).seeds.sd
        return NONE if sd is None else f"± {numbers.number(sd, name)}"

    def over_dialogues(row: Row) -> str:
        value = row.system.metric(name)
        return numbers.interval(value.ci_low, value.ci_high, name)

    def over_seeds(row: Row) -> str:
        of_seeds = row.system.metric(name).seeds
        return numbers.interval(of_seeds.ci_low, of_seeds.ci_high, name)

    yield Column(f"{name}_ci_low", value=_metric(name, "ci_low"))
    yield Column(f"{name}_ci_high", value=_metric(name, "ci_high"))
    yield Column(
        f"{name}_ci",
        "95 %" if decides else "",
        text=over_dialogues,
        help="bootstrap interval over dialogues, for these trained runs",
    )
    yield Column(
        f"{name}_sd",
        "± seeds" if decides else "",
        value=_seeds(name, "sd"),
        text=deviation,
        shown=several,
        under=name,
        help="standard deviation over the means of the seeds",
    )
    yield Column(
        f"{name}_t",
        "95 % seeds" if decides else "",
        text=over_seeds,
        shown=several,
        under=f"{name}_ci",
        help="t-interval over the means of the seeds",
    )
    yield Column(f"{name}_t_low", value=_seeds(name, "ci_low"))
    yield Column(f"{name}_t_high", value=_seeds(name, "ci_high"))


def _metric(name: str, attribute: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.system.metric(name), attribute)


def _metric_text(name: str) -> Callable[[Row], str]:
    return lambda row: numbers.number(row.system.metric(name).value, name)


def _seeds(name: str, attribute: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.system.metric(name).seeds, attribute)


def verdict_columns(section: Section) -> Iterator[Column]:
    """Define the comparison with the baseline."""
    compared = any(row.verdict for row in section.rows)
    brackets = any(row.verdict and row.verdict.unconfirmed for row in section.rows)
    yield Column("metric", value=lambda row: section.metric)
    yield Column("baseline", value=lambda row: row.baseline and row.baseline.label)
    yield Column("outcome", value=_verdict("outcome"))
    yield Column(
        "difference",
        _difference_heading(section),
        value=_verdict("difference"),
        text=lambda row: _difference(row, section.metric, brackets),
        shown=compared,
        better=measure(section.metric).better,
        help=f"difference in {measure(section.metric).label} from the baseline of the same model",
        details=lambda row: _explained(row, section.metric),
    )
    yield Column("difference_ci_low", value=_verdict("ci_low"))
    yield Column("difference_ci_high", value=_verdict("ci_high"))
    yield Column("difference_seeds_low", value=lambda row: _seeds_of_difference(row)[0])
    yield Column("difference_seeds_high", value=lambda row: _seeds_of_difference(row)[1])
    yield Column("p_value", value=_verdict("p_value"))
    yield Column(
        "p_holm",
        "p (Holm)",
        value=_verdict("p_holm"),
        text=lambda row: numbers.p_value(row.verdict.p_holm) if row.verdict else NONE,
        shown=compared,
        under="difference",
        help="approximate randomization on the same dialogues, corrected over the table",
    )
    yield Column("detectable", value=_verdict("detectable"))
    yield Column(
        "gain_retained",
        "Retained",
        value=lambda row: row.gain_retained,
        text=_gain_retained,
        help="(row − zero-shot) / (baseline − zero-shot)",
    )


def _verdict(attribute: str) -> Callable[[Row], Any]:
    return lambda row: row.verdict and getattr(row.verdict, attribute)


def _seeds_of_difference(row: Row) -> tuple[float | None, float | None]:
    return (row.verdict and row.verdict.seeds) or (None, None)


def _difference_heading(section: Section) -> str:
    """Return `Δ full`, or `Δ baseline` for several baselines or a long name."""
    names = {row.baseline.label for row in section.rows if row.baseline}
    name = names.pop() if len(names) == 1 else ""
    return f"Δ {name}" if 0 < len(name) <= LONGEST_NAME else "Δ baseline"


def _difference(row: Row, metric: str, brackets: bool) -> str:
    """Format the difference with its mark, in brackets if the seeds do not confirm it.

    If any row has brackets, the others leave room for them so that the numbers are aligned.
    """
    edge = " " if brackets else ""
    if row.verdict is None:
        return f"{'baseline' if row.is_baseline else NONE}  {2 * edge}"
    mark = marked(row.verdict.outcome, row.verdict.confirmed) or " "
    padded = mark if row.verdict.unconfirmed else f"{edge}{mark}{edge}"
    return f"{numbers.signed(row.verdict.difference, metric)} {padded}"


def marked(outcome: str, confirmed: bool | None) -> str:
    """Return the mark of an outcome, in brackets if the seeds do not confirm it."""
    mark = MARKS.get(outcome, "")
    return f"({mark})" if mark and confirmed is False else mark


def _explained(row: Row, metric: str) -> str:
    verdict = row.verdict
    if verdict is None:
        return ""
    p_holm, p_value = numbers.p_value(verdict.p_holm), numbers.p_value(verdict.p_value)
    lines = [
        f"95 % over dialogues {numbers.interval(verdict.ci_low, verdict.ci_high, metric)}",
        f"p {p_holm} after Holm, {p_value} before",
        f"smallest detectable difference {numbers.number(verdict.detectable, metric)}",
    ]
    if verdict.seeds:
        lines.insert(1, f"95 % over seeds {numbers.interval(*verdict.seeds, metric)}")
    return "\n".join(lines)


def _gain_retained(row: Row) -> str:
    if row.gain_retained is None:
        return NONE
    return f"{100 * row.gain_retained:.0f} %".replace("-", "−")


def cost_columns(section: Section) -> Iterator[Column]:
    """Define the cost of a row, and the effort that went into its settings."""
    recorded = {path for path in COSTS if any(s.cost(path) for s in section.systems)}
    for path, known in COSTS.items():
        yield Column(
            path,
            known.heading,
            value=_cost(path),
            text=_cost_text(path),
            shown=path in recorded and known.fallback_for not in recorded,
            part=COST,
            better=known.better,
            under="parameters.trainable" if path == "parameters.percent" else "",
            help=known.help,
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


def _cost(path: str) -> Callable[[Row], float | None]:
    return lambda row: row.system.cost(path)


def _cost_text(path: str) -> Callable[[Row], str]:
    return lambda row: numbers.number(row.system.cost(path), path)


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


def _setting(path: str) -> Callable[[Row], Any]:
    return lambda row: row.system.settings.get(path)


def _defined(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value


DEFINITIONS: list[Callable[[Section], Iterable[Column]]] = [
    system_columns,
    metric_columns,
    verdict_columns,
    cost_columns,
    setting_columns,
]
