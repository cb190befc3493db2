"""What a reader must know about a table: where its rows do not belong together, and what the
marks are conditional on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from dialogsum.common.formatting import format_bytes
from dialogsum.common.metric_catalog import LOWER, NEITHER, measure
from dialogsum.compare.numbers import kind, number, p_value, percent, scale, signed
from dialogsum.compare.runs import COMPLETED, lookup
from dialogsum.compare.settings import TRAINED_ON, TRAINING_DATA, short_value
from dialogsum.compare.systems import System
from dialogsum.compare.tables import LEAD, Left, Table
from dialogsum.compare.verdicts import BETTER, SELECTED_BY, UNDECIDED, WORSE, Row

if TYPE_CHECKING:
    from dialogsum.compare.comparison import Section

HONESTY = (
    "These are figures of the bundled miniature: generated dialogues. They prove that the "
    "machinery works and say nothing about which method is better on real dialogues."
)
MARKS = (
    "▲ better, ▼ worse: p < 0.05 by approximate randomisation on the same dialogues, corrected by "
    "Holm over the comparisons of the table. The p-values are conditional on the trained runs: "
    "they say whether these models differ on dialogues like these, not whether the methods would "
    "differ again if they were trained again."
)
BRACKETS = "(▲) (▼): the 95% t-interval over seed means does not confirm the difference."
KEEPS = (
    "Keeps: share of the baseline's gain over zero-shot. It is left out where the dialogues do "
    "not show that the baseline gains anything."
)
# Recorded facts that should be the same in a table, and what is doubtful where they are not.
SAME = (
    ("environment.device", "device", "times and memory cannot be compared"),
    ("environment.world_size", "number of devices", "times and memory cannot be compared"),
    ("environment.dtype", "dtype", "times, memory and figures may differ by it"),
    ("environment.scorer", "scorer", "equal to 1e-9 by their guard"),
    ("environment.git.commit", "commit of dialogsum", "the code may have changed"),
    ("environment.packages.torch", "torch", "figures may differ slightly by it"),
    ("environment.packages.transformers", "transformers", "figures may differ slightly by it"),
    ("environment.packages.peft", "peft", "figures may differ slightly by it"),
)


def caption(table: Table) -> str:
    """`dialogsum test · 500 dialogues, 3 references each`."""
    dialogues = table.dialogues
    name = " / ".join(dialogues.names) or "unknown data set,"
    counts = sorted({len(texts) for texts in dialogues.references})
    each = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"
    plural = "reference" if counts[-1:] == [1] else "references"
    return f"{name} {dialogues.split} · {len(dialogues)} dialogues, {each} {plural} each"


def findings(section: Section) -> list[str]:
    """For each baseline that was trained, what the best of the other trained rows comes to."""
    best: dict[int, Row] = {}
    for row in section.rows:
        rival = row.system.trains and row.system.model
        if not rival or row.baseline is None or not row.baseline.trains:
            continue
        if not (row.verdict and row.verdict.detectable):
            continue  # the same score on every dialogue, mostly 0.00: nothing was found out
        known = best.setdefault(id(row.baseline), row)
        if _lead(row, section.metric) > _lead(known, section.metric):
            best[id(row.baseline)] = row
    ranked = measure(section.metric).better != NEITHER
    return [_finding(section, row) for row in best.values()] if ranked else []


def _lead(row: Row, metric: str) -> float:
    """How far a row is ahead of its baseline, in the direction that is better."""
    assert row.verdict is not None
    return row.verdict.difference * (-1 if measure(metric).better == LOWER else 1)


def _finding(section: Section, row: Row) -> str:
    verdict, system, base = row.verdict, row.system, row.baseline
    assert verdict is not None and base is not None
    metric = section.metric
    name, other = section.name(system), section.name(base)
    claim = {
        BETTER: f"{name} is ahead of {other}",
        WORSE: f"{name} comes closest to {other}",
        UNDECIDED: f"{name} and {other} cannot be told apart",
    }[verdict.outcome]
    p = p_value(verdict.p_holm)
    figures = f"{signed(verdict.difference, metric)} {measure(metric).label}"
    text = f"{claim}: {figures}, p {p if p.startswith('<') else f'= {p}'}"
    if verdict.outcome == UNDECIDED:
        text += f"; a difference of {number(verdict.detectable, metric)} could be missed"
    if verdict.doubtful:
        text += "; the seeds do not confirm it"
    return f"{text}.{_price(name, system, base)}"


def _price(name: str, system: System, base: System) -> str:
    """What the system costs where that is less than what the baseline costs."""
    share, whole = (s.cost("parameters.percent") for s in (system, base))
    size, instead = (s.cost("artifact_bytes") for s in (system, base))
    parts = []
    if share is not None and whole is not None and share < whole:
        parts.append(f"trains {percent(share)} of the parameters")
    if size is not None and instead is not None and size < instead:
        parts.append(f"leaves {format_bytes(size)} instead of {format_bytes(instead)}")
    return f" {name} {' and '.join(parts)}." if parts else ""


def table_notes(section: Section) -> list[str]:
    """Notes below one table, the gravest first."""
    systems = [system for system in section.systems if system.strategy != LEAD]
    return [
        *([HONESTY] if section.table.dialogues.bundled else []),
        *section.findings,
        *_transfer(section),
        *_not_together(systems),
        *_compared_with(section),
        *_seeds(section, systems),
    ]


def overall_notes(sections: Sequence[Section], left: Sequence[Left]) -> list[str]:
    """Notes below everything: how to read it, and what is missing."""
    rows = [row for section in sections for row in section.rows]
    verdicts = [row.verdict for row in rows if row.verdict]
    notes = [MARKS] if verdicts else []
    if any(verdict.doubtful for verdict in verdicts):
        notes.append(BRACKETS)
    notes += [KEEPS] if any(row.kept is not None for row in rows) else []
    if len(sections) > 1:
        notes.append(
            f"{len(sections)} tables, because the runs were evaluated on different dialogues or "
            "under different protocols: figures of different tables do not belong together."
        )
    if not sections:
        notes.append("No run with predictions: nothing can be compared yet.")
    counts = Counter(item.status for item in left if item.status != COMPLETED)
    if counts:
        listed = ", ".join(f"{number} {status}" for status, number in counts.items())
        notes.append(f"Not in the tables: {listed}.")
    return notes


def _transfer(section: Section) -> list[str]:
    """Where models are tested on another data set than they were trained on."""
    tested = section.table.dialogues.names
    trained = [s.settings.get(TRAINED_ON) for s in section.systems if s.trains]
    elsewhere = _counted(name for name in trained if name and name not in tested)
    if not elsewhere or not tested:
        return []
    notes = [f"Trained on {', '.join(elsewhere)}, tested on {', '.join(tested)}."]
    if any(row.baseline and row.baseline.zero_shot and row.verdict for row in section.rows):
        notes.append("▲ is what training elsewhere has gained here, ▼ what it has cost.")
    return notes


def _not_together(systems: Sequence[System]) -> list[str]:
    notes = []
    models = _counted(system.model for system in systems if system.model)
    if len(models) > 1:
        notes.append(
            f"{len(models)} models ({', '.join(models)}): each row is compared within its model."
        )
    trained = [s.settings for s in systems if s.trains and s.settings.get(TRAINING_DATA)]
    if len({row[TRAINING_DATA] for row in trained}) > 1:
        sources = _counted(short_value(row.get(TRAINED_ON)) for row in trained)
        notes.append(f"The rows were trained on different data ({', '.join(sources)}).")
    for key, what in (("generation.name", "decoded"), ("prompt.name", "prompted")):
        names = _counted(s.settings[key] for s in systems if key in s.settings)
        if len(names) > 1:
            notes.append(f"The rows were {what} differently ({', '.join(names)}).")
    return notes + _recorded_differences(systems)


def _recorded_differences(systems: Sequence[System]) -> list[str]:
    notes = []
    for path, what, doubt in SAME:
        values = _counted(value for system in systems for value in _recorded(system, path))
        if len(values) > 1:
            shown = ", ".join(value[:12] for value in values[:4])
            notes.append(f"Not the same {what} in all rows ({shown}): {doubt}.")
    return notes


def _recorded(system: System, path: str) -> list[str]:
    values = [lookup(member.run.record, path) for member in system.members]
    return [str(value) for value in values if value is not None]


def _counted(values: Iterable[Any]) -> list[str]:
    return [*dict.fromkeys(str(value) for value in values)]


def _compared_with(section: Section) -> list[str]:
    rows = [row for row in section.rows if row.verdict]
    if not rows:
        return [
            "No baseline with scores per dialogue: no row is compared with another (--baseline)."
        ]
    names = _counted(row.baseline.label for row in rows if row.baseline)
    several = len({id(row.baseline) for row in rows}) > 1
    return [
        f"Δ: difference in {measure(section.metric).label} from {', '.join(names)}"
        f"{' of the same model' if several else ''}; "
        f"{len(rows)} {'comparison' if len(rows) == 1 else 'comparisons'}.",
        *_chosen(section),
        *_detectable(section),
    ]


def _chosen(section: Section) -> list[str]:
    """Where the baseline was run with several configurations: which one it is, and why."""
    notes = []
    for row in section.rows:
        own = row.system
        alike = [s for s in section.systems if (s.strategy, s.model) == (own.strategy, own.model)]
        if row.is_baseline and own.trains and len(alike) > 1:
            notes.append(
                f"Baseline {section.name(own)}: of {len(alike)} configurations the one that is "
                f"best in {measure(SELECTED_BY).label} on validation among those with its prompt, "
                "decoding and training data."
            )
    return notes


def _detectable(section: Section) -> list[str]:
    """The smallest difference that this number of dialogues can show."""
    found = [r.verdict.detectable for r in section.rows if r.verdict and r.verdict.detectable > 0]
    if not found:
        return []
    unit = " points" if kind(section.metric) == "score" else ""
    low, high = (scale(section.metric) * bound for bound in (min(found), max(found)))
    span = f"{low:.2f}" if f"{low:.2f}" == f"{high:.2f}" else f"{low:.2f} to {high:.2f}"
    return [
        f"With {len(section.table.dialogues)} dialogues a true difference below {span}{unit} "
        f"{measure(section.metric).label} (by pair) is missed more often than one time in five."
    ]


def _seeds(section: Section, systems: Sequence[System]) -> list[str]:
    notes = []
    seeded = [s for s in systems if s.trains and s.members[0].run.seed is not None]
    counts = {len(system.members) for system in seeded}
    if any(count > 1 for count in counts):
        notes.append(
            "95 %: over dialogues, for these runs (bootstrap). Over seeds: standard deviation (±) "
            "and t-interval of the seed means."
        )
    if len(counts) > 1:
        notes.append("The rows have different numbers of seeds.")
    if counts == {1}:
        notes.append("One seed per row: how much training again would change is not known.")
    for system in systems:
        if system.same:
            notes.append(
                f"{section.name(system)}: {system.same + 1} seeds gave the same outputs and "
                "count once."
            )
    return notes
