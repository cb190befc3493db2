"""What the report carries, as plain containers.

`core` is small and read at once: tables, plots. A `body` per table holds every dialogue, output
and per-dialogue score; the report unpacks it when the reader asks for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from dialogsum.common.metric_catalog import COSTS, measure
from dialogsum.compare import columns, numbers
from dialogsum.compare.comparison import HEADLINE, Comparison, Section
from dialogsum.compare.details import all_pairs, by_length, read_curves
from dialogsum.compare.notes import HONESTY
from dialogsum.compare.settings import differing, short_value
from dialogsum.compare.systems import System, measure_all
from dialogsum.compare.tables import LEAD
from dialogsum.compare.verdicts import Row, Verdict, judge
from dialogsum.evaluation.turns import turns

TESTED = (*HEADLINE, "rougeLsum")  # metrics with tests and scores per dialogue, beside the chosen
READ = ("speaker_recall", "length_ratio")  # metrics the reader sorts by as well
UNIT = 10_000  # scores per dialogue are whole numbers of 1 / UNIT


def core(comparison: Comparison, version: str) -> dict[str, Any]:
    """Everything but the dialogues."""
    return {
        "version": version,
        "written": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "metric": comparison.options.metric,
        "honesty": HONESTY,
        "notes": comparison.notes,
        "sections": [_section(section) for section in comparison.sections],
        "left": [
            {
                "run": item.run.name,
                "strategy": item.run.strategy,
                "seed": item.run.seed,
                "status": item.status,
                "why": item.why,
            }
            for item in comparison.left
        ],
    }


def body(section: Section) -> dict[str, Any]:
    """Dialogues once, and per row and run the outputs and scores in their order."""
    dialogues = section.table.dialogues
    metrics = _per_dialogue(section)
    return {
        "ids": dialogues.ids,
        "turns": [[[turn.speaker, turn.text] for turn in turns(s)] for s in dialogues.sources],
        "references": [list(texts) for texts in dialogues.references],
        "groups": dialogues.groups,
        "rows": [
            [
                {
                    "outputs": member.texts,
                    "scores": {
                        name: _whole(member.scores[name])
                        for name in metrics
                        if name in member.scores
                    },
                }
                for member in system.members
            ]
            for system in section.systems
        ],
    }


def _section(section: Section) -> dict[str, Any]:
    tested = tested_metrics(section)
    names = list(dict.fromkeys(name for s in section.systems for name in s.metrics))
    measure_all(section.systems, names)
    dialogues, order = section.table.dialogues, [row.system for row in section.rows]
    verdicts = {
        metric: {id(row.system): row for row in judge(section.table, metric, section.baseline)}
        for metric in tested
    }
    costs = [name for name in COSTS if any(s.cost(name) is not None for s in order)]
    telling = differing([system.settings for system in order if system.settings])
    return {
        "title": section.title,
        "heading": _heading(section),
        "models": section.models,
        "dialogues": len(dialogues),
        "bundled": dialogues.bundled,
        "findings": section.findings,
        "notes": section.notes,
        "protocol": section.table.protocol,
        "scorers": _recorded(order, "environment", "scorer"),
        "devices": _recorded(order, "environment", "device"),
        "metric": section.metric,
        "tested": tested,
        "read": _per_dialogue(section),
        "memory": columns.memory_path(order),
        "measures": {name: _measure(name) for name in (*names, *costs)},
        "telling": telling,
        "difference": columns.difference_title(section),
        "rows": [
            _row(row, {m: found[id(row.system)] for m, found in verdicts.items()}, names, costs)
            | {"name": section.name(row.system), "heading": heading}
            for row, heading in zip(section.rows, section.headings, strict=True)
        ],
        "pairs": {metric: _pairs(order, metric) for metric in tested},
        "lengths": _lengths(section, tested),
        "curves": [
            [_curves(member.run.directory / "metrics.csv") for member in system.members]
            for system in order
        ],
    }


def _heading(section: Section) -> str:
    names = " / ".join(section.table.dialogues.names) or "Unknown data set"
    return f"{', '.join(section.models)} on {names}" if section.models else names


def tested_metrics(section: Section) -> list[str]:
    """Metrics that systems are compared on: some two of them have scores per dialogue."""
    wanted = dict.fromkeys((section.metric, *TESTED))
    return [
        name for name in wanted if sum(s.scores(name) is not None for s in section.systems) > 1
    ] or [section.metric]


def _per_dialogue(section: Section) -> list[str]:
    wanted = dict.fromkeys((*tested_metrics(section), *READ))
    members = [member for system in section.systems for member in system.members]
    return [name for name in wanted if any(name in member.scores for member in members)]


def _row(
    row: Row, verdicts: dict[str, Row], names: Sequence[str], costs: Sequence[str]
) -> dict[str, Any]:
    system = row.system
    values = {name: _figure(system, name) for name in names}
    values |= {path: _cost(system, path) for path in costs}
    return {
        "label": system.label,
        "strategy": system.strategy,
        "model": system.model,
        "kind": row_kind(row),
        "seeds": [member.run.seed for member in system.members],
        "same": system.same,
        "runs": [member.run.name for member in system.members],
        "tuning": columns.tuning(system),
        "settings": {key: short_value(value) for key, value in system.settings.items()},
        "values": {name: value for name, value in values.items() if value},
        "verdicts": {
            metric: _verdict(found.verdict, metric) | {"kept": _finite(found.kept)}
            for metric, found in verdicts.items()
        },
    }


def row_kind(row: Row) -> str:
    """What colours a row: the baseline, what was not trained, outputs from elsewhere, the rest."""
    if row.is_baseline:
        return "baseline"
    if row.system.strategy == LEAD:
        return "lead"
    return "trained" if row.system.trains else "untrained"


def _figure(system: System, name: str) -> dict[str, Any] | None:
    figure = system.figure(name)
    if figure.value is None:
        return None
    seeds = figure.seeds
    return {
        "v": figure.value,
        "lo": figure.ci_low,
        "hi": figure.ci_high,
        "sd": seeds.sd,
        "tlo": seeds.ci_low,
        "thi": seeds.ci_high,
        "n": figure.n,
        "text": numbers.number(figure.value, name),
        "ci": numbers.interval(figure.ci_low, figure.ci_high, name),
        "seeds": numbers.interval(seeds.ci_low, seeds.ci_high, name),
        "each": [member.evaluation.figures.get(name, {}).get("value") for member in system.members],
    }


def _cost(system: System, path: str) -> dict[str, Any] | None:
    values = system.costs(path)
    if not values:
        return None
    mean = sum(values) / len(values)
    text = numbers.number(mean, path)
    return {"v": mean, "lo": min(values), "hi": max(values), "text": text, "each": values}


def _verdict(verdict: Verdict | None, metric: str) -> dict[str, Any]:
    if verdict is None:
        return {}
    return {
        "outcome": verdict.outcome,
        "confirmed": verdict.confirmed,
        "difference": _finite(verdict.difference),
        "text": numbers.signed(verdict.difference, metric),
        "ci": numbers.interval(verdict.ci_low, verdict.ci_high, metric),
        "seeds": numbers.interval(*verdict.seeds, metric) if verdict.seeds else None,
        "p": numbers.p_value(verdict.p_holm),
        "raw": numbers.p_value(verdict.p_value),
        "detectable": numbers.number(verdict.detectable, metric),
    }


def _pairs(systems: Sequence[System], metric: str) -> dict[str, Any]:
    pairs = all_pairs(systems, metric)
    return {
        "difference": [[_finite(value) for value in row] for row in pairs.difference.tolist()],
        "text": [[numbers.signed(v, metric) for v in row] for row in pairs.difference.tolist()],
        "p": [[numbers.p_value(value) for value in row] for row in pairs.p_holm.tolist()],
        "outcome": pairs.outcome,
        "confirmed": pairs.confirmed,
    }


def _curves(path: Path) -> dict[str, dict[str, list[float | None]]]:
    return {
        name: {key: [_finite(value) for value in values] for key, values in curve.items()}
        for name, curve in read_curves(path).items()
    }


def _lengths(section: Section, metrics: Sequence[str]) -> dict[str, Any]:
    found = by_length(section, metrics)
    return {
        metric: {
            "bounds": bins.bounds,
            "n": bins.n,
            **{
                name: [[_finite(value) for value in row] for row in table.T.tolist()]
                for name, table in (("v", bins.value), ("lo", bins.ci_low), ("hi", bins.ci_high))
            },
        }
        for metric, bins in found.items()
    }


def _measure(name: str) -> dict[str, Any]:
    known = measure(name)
    return {
        "label": known.label,
        "better": known.better,
        "cost": name in COSTS,
        "kind": numbers.kind(name),
        "scale": numbers.scale(name),
    }


def _recorded(systems: Sequence[System], section: str, name: str) -> list[str]:
    members = [member for system in systems for member in system.members]
    values = [(member.run.record.get(section) or {}).get(name) for member in members]
    return list(dict.fromkeys(str(value) for value in values if value is not None))


def _whole(scores: np.ndarray) -> list[int | None]:
    scaled = np.round(scores * UNIT)
    return [int(v) if ok else None for v, ok in zip(scaled, np.isfinite(scaled), strict=True)]


def _finite(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return round(value, 7)
