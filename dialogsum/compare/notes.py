"""Notes below a table: its headline, rows that are not comparable, and the meaning of the marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from dialogsum.common.formatting import format_bytes
from dialogsum.common.metric_catalog import NEITHER, SCORE, measure
from dialogsum.compare.budgets import budget_note
from dialogsum.compare.numbers import number, p_value, percent, scale, signed
from dialogsum.compare.runs import COMPLETED, lookup
from dialogsum.compare.settings import TRAINED_ON
from dialogsum.compare.systems import LEAD, System
from dialogsum.compare.tables import Excluded, Table
from dialogsum.compare.verdicts import BETTER, LEVEL, SELECTED_BY, UNDECIDED, WORSE, Row, Section
from dialogsum.evaluation.statistics import smallest_p_value

HONESTY = (
    "The bundled miniature: generated dialogues and a tiny model. The scores prove that the "
    "machinery works and say nothing about which method is better on real dialogues."
)
MARKS = (
    "▲ better, ▼ worse: p < 0.05 by approximate randomization on the same dialogues, corrected by "
    "Holm over the comparisons of the table. The p-values are conditional on the trained runs: "
    "they show whether these models differ on dialogues like these, not whether the methods would "
    "differ again if they were trained again."
)
# By what the seeds say about a marked difference, see `Verdict.confirmed`.
SEEDS = {
    True: "▲ ▼: the 95% t-interval over seed means confirms it, or nothing was trained.",
    False: "(▲) (▼): the 95% t-interval over seed means does not confirm it.",
    None: "▲? ▼?: whether training again would show the difference cannot be known, because a "
    "trained side has a single run.",
}
RETAINED = (
    "Retained: share of the baseline's improvement over zero-shot, with its 95% interval over "
    "dialogues for these runs. It is left out where the dialogues do not show that the baseline "
    "improves on zero-shot, or its seeds do not confirm it."
)
# Recorded facts that should agree within a table, and the consequence where they do not.
ENVIRONMENT = (
    ("environment.device", "device", "times and memory are not comparable"),
    ("environment.world_size", "number of devices", "times and memory are not comparable"),
    ("environment.dtype", "dtype", "times, memory and scores may differ because of it"),
    ("environment.scorer", "scorer", "equal to 1e-9 by the scorer's guard"),
    ("environment.git.commit", "commit of dialogsum", "the code may have changed"),
    ("environment.packages.torch", "torch", "scores may differ slightly because of it"),
    ("environment.packages.transformers", "transformers", "scores may differ slightly"),
    ("environment.packages.peft", "peft", "scores may differ slightly because of it"),
)


def caption(table: Table) -> str:
    """Return the title of a table: `dialogsum test · 500 dialogues, 3 references each`."""
    dialogues = table.dialogues
    name = " / ".join(dialogues.names) or "unknown data set,"
    counts = sorted({len(texts) for texts in dialogues.references})
    each = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"
    plural = "reference" if counts[-1:] == [1] else "references"
    return f"{name} {dialogues.split} · {len(dialogues)} dialogues, {each} {plural} each"


def findings(section: Section) -> list[str]:
    """Return a sentence per trained baseline on the best of the other trained rows."""
    if measure(section.metric).better == NEITHER:
        return []
    best: dict[System, Row] = {}
    for row in section.rows:
        if not (row.system.trains and row.system.model and row.baseline and row.baseline.trains):
            continue
        if not (row.verdict and row.verdict.detectable):
            continue  # the same score on every dialogue, mostly 0.00: nothing was found
        known = best.setdefault(row.baseline, row)
        if known.verdict and row.verdict.ahead > known.verdict.ahead:
            best[row.baseline] = row
    return [_finding(section, row) for row in best.values()]


def _finding(section: Section, row: Row) -> str:
    verdict, system, base = row.verdict, row.system, row.baseline
    assert verdict is not None and base is not None
    metric = section.metric
    name, other = section.table.name(system), section.table.name(base)
    claim = {
        BETTER: f"{name} is ahead of {other}",
        WORSE: f"{name} comes closest to {other}",
        UNDECIDED: f"{name} and {other} do not differ significantly",
    }[verdict.outcome]
    p = p_value(verdict.p_holm)
    text = f"{claim}: {signed(verdict.difference, metric)} {measure(metric).label}"
    text += f", p {p if p.startswith('<') else f'= {p}'}"
    if verdict.outcome == UNDECIDED:
        text += f"; a difference of {number(verdict.detectable, metric)} could be missed"
    elif not verdict.confirmed:
        known = "do not confirm it" if verdict.confirmed is False else "cannot confirm it (one run)"
        text += f"; the seeds {known}"
    return f"{text}.{_price(name, system, base)}"


def _price(name: str, system: System, base: System) -> str:
    """Return the costs of the system that are lower than the baseline's."""
    share, of_base = (s.cost("parameters.percent") for s in (system, base))
    size, base_size = (s.cost("artifact_bytes") for s in (system, base))
    parts = []
    if share is not None and of_base is not None and share < of_base:
        parts.append(f"trains {percent(share)} of the parameters")
    if size is not None and base_size is not None and size < base_size:
        parts.append(f"saves {format_bytes(size)} instead of {format_bytes(base_size)}")
    return f" {name} {' and '.join(parts)}." if parts else ""


def table_notes(section: Section) -> list[str]:
    """Return the notes below one table, the most serious first."""
    systems = [system for system in section.systems if system.strategy != LEAD]
    return [
        *([HONESTY] if section.table.dialogues.bundled else []),
        *section.findings,
        *_transfer(section),
        *_incomparable(systems),
        *budget_note(section),
        *_baseline(section),
        *_seeds(section, systems),
    ]


def overall_notes(sections: Sequence[Section], excluded: Sequence[Excluded]) -> list[str]:
    """Return the notes below everything: the meaning of the marks, and what is missing."""
    verdicts = [verdict for section in sections for verdict in section.verdicts]
    notes = [MARKS] if verdicts else []
    said = {verdict.confirmed for verdict in verdicts if verdict.mark}
    notes += [text for known, text in SEEDS.items() if known in said]
    retained = any(row.retained for section in sections for row in section.rows)
    notes += [RETAINED] if retained else []
    if len(sections) > 1:
        notes.append(
            f"{len(sections)} tables, because the runs were evaluated on different dialogues or "
            "under different protocols: scores of different tables are not comparable."
        )
    if not sections:
        notes.append("No run with predictions: nothing can be compared yet.")
    counts = Counter(item.status for item in excluded if item.status != COMPLETED)
    if counts:
        listed = ", ".join(f"{count} {status}" for status, count in counts.items())
        notes.append(f"Not in the tables: {listed}.")
    return notes


def _transfer(section: Section) -> list[str]:
    """Report models that are tested on another data set than they were trained on."""
    tested = section.table.dialogues.names
    trained = [s.settings.get(TRAINED_ON) for s in section.systems if s.trains]
    elsewhere = _distinct(name for name in trained if name and name not in tested)
    if not elsewhere or not tested:
        return []
    notes = [f"Trained on {', '.join(elsewhere)}, tested on {', '.join(tested)}."]
    if any(row.baseline and row.baseline.zero_shot and row.verdict for row in section.rows):
        notes.append("▲ marks what training elsewhere has gained here, ▼ what it has cost.")
    return notes


def _incomparable(systems: Sequence[System]) -> list[str]:
    notes = []
    models = _distinct(system.model for system in systems if system.model)
    if len(models) > 1:
        notes.append(
            f"{len(models)} models ({', '.join(models)}): each row is compared within its model."
        )
    for key, what in (("generation.name", "decoded"), ("prompt.name", "prompted")):
        names = _distinct(s.settings[key] for s in systems if key in s.settings)
        if len(names) > 1:
            notes.append(f"The rows were {what} differently ({', '.join(names)}).")
    for path, what, consequence in ENVIRONMENT:
        values = recorded(systems, path)
        if len(values) > 1:
            shown = ", ".join(value[:12] for value in values[:4])
            notes.append(f"Not the same {what} in all rows ({shown}): {consequence}.")
    return notes


def recorded(systems: Sequence[System], path: str) -> list[str]:
    """Return the distinct values at a path of the runs' records."""
    records = [member.run.record for system in systems for member in system.members]
    values = [lookup(record, path) for record in records]
    return _distinct(value for value in values if value is not None)


def _distinct(values: Iterable[Any]) -> list[str]:
    return [*dict.fromkeys(str(value) for value in values)]


def _baseline(section: Section) -> list[str]:
    """Report what the rows were compared with, how it was chosen and what could be missed."""
    rows = [row for row in section.rows if row.verdict]
    if not rows:
        return ["No baseline with scores per dialogue: the rows are not compared (--baseline)."]
    names = _distinct(row.baseline.label for row in rows if row.baseline)
    several = len({row.baseline for row in rows}) > 1
    return [
        f"Δ: difference in {measure(section.metric).label} from {', '.join(names)}"
        f"{' of the same model' if several else ''}; "
        f"{len(rows)} {'comparison' if len(rows) == 1 else 'comparisons'}.",
        *_unresolved(len(section.table.dialogues), len(rows)),
        *_chosen(section),
        *_detectable(section),
    ]


def _unresolved(dialogues: int, comparisons: int) -> list[str]:
    """Report that no p-value of so few dialogues survives the correction."""
    if comparisons * smallest_p_value(dialogues) < LEVEL:
        return []
    return [
        f"With {dialogues} dialogues no difference can be significant after the correction over "
        f"{comparisons} comparisons: compare fewer rows (--filter) or on more dialogues."
    ]


def _chosen(section: Section) -> list[str]:
    alike = Counter((system.strategy, system.model) for system in section.systems)
    return [
        f"Baseline {section.table.name(system)}: of {alike[system.strategy, system.model]} "
        f"configurations the one that is best in {measure(SELECTED_BY).label} on validation among "
        "those with its prompt, decoding and training data."
        for system in (row.system for row in section.rows if row.is_baseline)
        if system.trains and alike[system.strategy, system.model] > 1
    ]


def _detectable(section: Section) -> list[str]:
    found = [verdict.detectable for verdict in section.verdicts if verdict.detectable > 0]
    if not found:
        return []
    unit = " points" if measure(section.metric).unit == SCORE else ""
    low, high = (f"{scale(section.metric) * bound:.2f}" for bound in (min(found), max(found)))
    span = low if low == high else f"{low} to {high}"
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
    for system in systems:
        if system.same:
            notes.append(
                f"{section.table.name(system)}: {system.same + 1} seeds gave the same outputs and "
                "count once."
            )
    return notes
