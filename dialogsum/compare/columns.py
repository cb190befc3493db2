"""The columns of the printed tables: what stands in them and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dialogsum.common.metric_catalog import measure
from dialogsum.compare import numbers
from dialogsum.compare.comparison import Section
from dialogsum.compare.systems import System
from dialogsum.compare.verdicts import BETTER, DIFFERENT, WORSE, Row, Verdict

LONGEST_TITLE = 16  # of a baseline's name in the heading of a column
MARKS = {BETTER: "▲", WORSE: "▼", DIFFERENT: "≠"}
GPU_MEMORY, HOST_MEMORY = "memory_bytes.fit_peak_allocated", "memory_bytes.process_peak_rss"


@dataclass(frozen=True)
class Column:
    """A column of text; `left` aligned or, as numbers, right."""

    title: str
    cell: Callable[[Row], str]
    left: bool = False


def quality_columns(section: Section) -> list[Column]:
    """System, runs, figures, and the comparison with the baseline."""
    columns = [Column("System", lambda row: row.system.label, left=True)]
    if len(section.models) > 1:
        columns.append(Column("Model", lambda row: row.system.model or numbers.NONE, left=True))
    columns.append(Column("Seeds", seeds))
    for name in section.shared:
        columns.append(Column(measure(name).label, _figure(name)))
        if name == section.metric:
            columns.append(Column("95 %", _interval(name)))
            if any(len(system.members) > 1 for system in section.systems):
                columns.append(Column("± seeds", _deviation(name)))
                columns.append(Column("95 % seeds", _seed_interval(name)))
    verdicts = [row.verdict for row in section.rows if row.verdict]
    if verdicts:
        room = any(verdict.doubtful for verdict in verdicts)
        columns += [
            Column(difference_title(section), lambda row: difference(row, section.metric, room)),
            Column("p (Holm)", lambda row: p_holm(row.verdict)),
        ]
    if any(row.kept is not None for row in section.rows):
        columns.append(Column("Keeps", kept))
    return columns


def cost_columns(section: Section) -> list[Column]:
    """What the quality costs, but for what no system pays."""
    memory = memory_path(section.systems)
    fitted = any(system.cost("time_s.fit") for system in section.systems)
    costs = {
        "parameters.trainable": "Trainable",
        "parameters.percent": "share",
        "artifact_bytes": "Artifact",
        memory: "Peak memory" if memory == GPU_MEMORY else "Peak RSS",
        **({"time_s.fit": "Fit time"} if fitted else {"time_s.generate": "Generation"}),
        "throughput.tokens_per_s": "Tokens/s",
    }
    columns = [
        Column(title, _cost(path))
        for path, title in costs.items()
        if any(system.cost(path) for system in section.systems)
    ]
    if any(tuning(system) for system in section.systems):
        columns.append(Column("Tuning", lambda row: tuning(row.system) or numbers.NONE))
    return columns


def memory_path(systems: Sequence[System]) -> str:
    """The device's peak where one was measured, else that of the process."""
    measured = any(system.cost(GPU_MEMORY) is not None for system in systems)
    return GPU_MEMORY if measured else HOST_MEMORY


def seeds(row: Row) -> str:
    """How many runs the row stands for; (n) where n seeds gave the same."""
    system = row.system
    if system.members[0].run.seed is None:
        return numbers.NONE
    return f"1 ({system.same + 1})" if system.same else str(len(system.members))


def difference_title(section: Section) -> str:
    """`Δ full`; `Δ baseline` where rows have different ones, or one with a long name."""
    names = {row.baseline.label for row in section.rows if row.baseline}
    name = names.pop() if len(names) == 1 else ""
    return f"Δ {name}" if 0 < len(name) <= LONGEST_TITLE else "Δ baseline"


def difference(row: Row, metric: str, room: bool = False) -> str:
    """The difference from the baseline with its mark, in brackets where seeds do not confirm it.

    Args:
        room: leave room for brackets also where there are none, so that figures stand in line.
    """
    edge = " " if room else ""
    if row.is_baseline:
        return f"baseline  {2 * edge}"
    if row.verdict is None:
        return f"{numbers.NONE}  {2 * edge}"
    sign = MARKS.get(row.verdict.outcome, " ")
    mark = f"({sign})" if row.verdict.doubtful else f"{edge}{sign}{edge}"
    return f"{numbers.signed(row.verdict.difference, metric)} {mark}"


def p_holm(verdict: Verdict | None) -> str:
    """The corrected p-value."""
    return numbers.p_value(verdict.p_holm) if verdict else numbers.NONE


def kept(row: Row) -> str:
    """Share of the baseline's gain over zero-shot."""
    if row.kept is None:
        return numbers.NONE
    return f"{100 * row.kept:.0f} %".replace("-", "−")


def tuning(system: System) -> str:
    """The effort that went into the learning rate and the like: "5 trials", else what stands there.

    What chose among the trials is in the run's config: in a column it pushed the others off screen.
    """
    node: Any = system.members[0].run.config.get("strategy") or {}
    value = node.get("tuning")
    if isinstance(value, dict) and "trials" in value:
        return f"{value['trials']} trials"
    if isinstance(value, dict):
        return ", ".join(f"{key} {value[key]}" for key in value if value[key] is not None)
    return "" if value is None else str(value)


def _figure(name: str) -> Callable[[Row], str]:
    return lambda row: numbers.number(row.system.figure(name).value, name)


def _interval(name: str) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        figure = row.system.figure(name)
        return numbers.interval(figure.ci_low, figure.ci_high, name)

    return cell


def _deviation(name: str) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        sd = row.system.figure(name).seeds.sd
        return numbers.NONE if sd is None else f"± {numbers.number(sd, name)}"

    return cell


def _seed_interval(name: str) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        seeds = row.system.figure(name).seeds
        return numbers.interval(seeds.ci_low, seeds.ci_high, name)

    return cell


def _cost(path: str) -> Callable[[Row], str]:
    return lambda row: numbers.number(row.system.cost(path), path)
