"""report.html: one file that loads nothing, with its data inside.

Its core is small and read at once: tables and plots. A body per table holds every dialogue, output
and per-dialogue score, compressed; the page unpacks it after the table is drawn.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from string import Template
from typing import Any

import numpy as np

from dialogsum import __version__
from dialogsum.common.formatting import NONE
from dialogsum.common.metric_catalog import COSTS, SCORES, measure
from dialogsum.compare import numbers
from dialogsum.compare.columns import Column, all_metrics, seeds, table_columns
from dialogsum.compare.comparison import Comparison
from dialogsum.compare.curves import read_curves
from dialogsum.compare.notes import HONESTY, recorded
from dialogsum.compare.settings import short_value
from dialogsum.compare.styles import row_styles
from dialogsum.compare.systems import System, compute_metrics
from dialogsum.compare.terminal import terminal_text
from dialogsum.compare.verdicts import Row, Section, Verdict, every_pair
from dialogsum.evaluation.turns import turns

LIBRARIES = ("d3", "plot")  # ISC license, see assets
SCRIPTS = ("base", "table", "plots", "reader", "ratings", "main")
TESTED = (*(name for name, known in SCORES.items() if known.heading), "rougeLsum")
READ = ("speaker_recall", "length_ratio")  # further metrics that the reader sorts by
PAIRED = 30  # rows of the table of every pair: more are not read, and take long
UNIT = 10_000  # scores per dialogue are stored as whole numbers of 1 / UNIT


def html_text(comparison: Comparison) -> str:
    """Return the whole report.

    Dialogues and libraries are packed (gzip, base64), so that no text of theirs can be taken for
    markup; in the core, every `<` is escaped.
    """
    sections = comparison.sections
    title = sections[0].title if sections else "no completed run"
    blocks = {f"body-{index}": _json(_body(section)) for index, section in enumerate(sections)}
    if sections:
        blocks |= {name: _asset(f"{name}.min.js") for name in LIBRARIES}
    return Template(_asset("report.html")).substitute(
        title=html.escape(f"Comparison · {title}"),
        style=_asset("report.css"),
        plain=html.escape(terminal_text(comparison, width=120)),
        core=_json(_core(comparison)).replace("<", "\\u003c"),
        blocks="\n".join(
            f'<script type="application/octet-stream" id="{name}">{_pack(text)}</script>'
            for name, text in blocks.items()
        ),
        script="\n".join(_asset(f"{name}.js") for name in SCRIPTS),
    )


def _asset(name: str) -> str:
    return files("dialogsum.compare").joinpath("assets", name).read_text(encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _pack(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode(), 6, mtime=0)).decode("ascii")


def _core(comparison: Comparison) -> dict[str, Any]:
    return {
        "version": __version__,
        "written": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "metric": comparison.options.metric,
        "honesty": HONESTY,
        "notes": comparison.notes,
        "sections": [_section(section) for section in comparison.sections],
        "excluded": [
            {"run": item.run.name, "status": item.status, "why": item.why}
            for item in comparison.excluded
        ],
    }


def _section(section: Section) -> dict[str, Any]:
    names = all_metrics(section)
    compute_metrics(section.systems, names)
    costs = [path for path in COSTS if any(s.costs(path) for s in section.systems)]
    tested = tested_metrics(section)
    curves = [[_curves(m.run.directory) for m in system.members] for system in section.systems]
    models = section.table.models
    data_set = " / ".join(section.table.dialogues.names) or "Unknown data set"
    return {
        "title": section.title,
        "heading": f"{', '.join(models)} on {data_set}" if models else data_set,
        "bundled": section.table.dialogues.bundled,
        "findings": section.findings,
        "notes": [*section.notes, _protocol(section)],
        "devices": recorded(section.systems, "environment.device"),
        "metric": section.metric,
        "tested": tested,
        "read": _scored(section),
        "measures": {name: _measure(section, name) for name in (*names, *costs)},
        "cost": _first_cost(section, costs),
        "rows": _rows(section, names, costs),
        "tables": {metric: _table(section.by(metric)) for metric in tested},
        "pairs": {metric: _pairs(section.systems, metric) for metric in tested},
        "curves": curves,
        "curve_names": _curve_names(curves, section.metric),
    }


def tested_metrics(section: Section) -> list[str]:
    """Return the metrics that systems are compared by: two of them have scores per dialogue."""
    wanted = dict.fromkeys((section.metric, *TESTED))
    scored = [n for n in wanted if sum(s.scores(n) is not None for s in section.systems) > 1]
    return scored or [section.metric]


def _scored(section: Section) -> list[str]:
    wanted = dict.fromkeys((*tested_metrics(section), *READ))
    members = [member for system in section.systems for member in system.members]
    return [name for name in wanted if any(name in member.scores for member in members)]


def _protocol(section: Section) -> str:
    """Return the sentence that names how the scores were computed."""
    scorers = ", ".join(recorded(section.systems, "environment.scorer"))
    facts = {**section.table.protocol, "scorer": scorers}
    return "Protocol: " + "; ".join(f"{name}: {text}" for name, text in facts.items()) + "."


def _first_cost(section: Section, costs: Sequence[str]) -> str:
    """Return the first cost in which systems differ; without training not the parameters."""
    values = {path: {s.cost(path) for s in section.systems} - {None} for path in costs}
    return next(
        (path for path in costs if len(values[path]) > 1), next(iter(costs), section.metric)
    )


def _curve_names(curves: list[list[dict[str, Any]]], metric: str) -> dict[str, str]:
    """Return the label of each recorded curve, the deciding metric first."""
    names = {name for runs in curves for run in runs for name in run}
    first = (f"validation/{metric.partition('@')[0]}", "validation/cross_entropy", "train/loss")
    ordered = dict.fromkeys([*(name for name in first if name in names), *sorted(names)])
    labels = {}
    for name in ordered:
        split, _, base = name.partition("/")
        labels[name] = f"{measure(base).label}, {'training' if split == 'train' else split}"
    return labels


def _measure(section: Section, name: str) -> dict[str, Any]:
    """Describe an axis; `wide` if its positive values differ by more than a factor of 10."""
    known = measure(name)
    values = [s.cost(name) if name in COSTS else s.metric(name).value for s in section.systems]
    positive = [value for value in values if value and value > 0]
    return {
        "label": known.label,
        "better": known.better,
        "scale": numbers.scale(name),
        "cost": name in COSTS,
        "wide": bool(positive) and max(positive) > 10 * min(positive),
    }


def _rows(section: Section, names: Sequence[str], costs: Sequence[str]) -> list[dict[str, Any]]:
    rows = []
    for row, style in zip(section.rows, row_styles(section.rows), strict=True):
        system = row.system
        values = {name: _metric(system, name) for name in names}
        values |= {path: _cost(system, path) for path in costs}
        settings = [f"{key}={short_value(value)}" for key, value in system.settings.items()]
        rows.append(
            {
                "name": section.table.name(system),
                "label": system.label,
                "model": system.model,
                **style._asdict(),
                "seeds": seeds(system),
                "runs": [member.run.name for member in system.members],
                "searched": " ".join((section.table.name(system), *settings)).lower(),
                "values": {name: value for name, value in values.items() if value},
            }
        )
    return rows


def _metric(system: System, name: str) -> dict[str, Any] | None:
    found = system.metric(name)
    if found.value is None:
        return None
    interval = numbers.interval(found.ci_low, found.ci_high, name)
    text = numbers.number(found.value, name)
    return {
        "v": found.value,
        "lo": found.ci_low,
        "hi": found.ci_high,
        "each": system.values(name),
        "text": text if interval == NONE else f"{text} ({interval})",
    }


def _cost(system: System, path: str) -> dict[str, Any] | None:
    values = system.costs(path)
    if not values:
        return None
    mean = sum(values) / len(values)
    text = numbers.number(mean, path)
    return {"v": mean, "lo": min(values), "hi": max(values), "each": values, "text": text}


def _table(section: Section) -> dict[str, Any]:
    """Return the columns of the table and, per row and column, text, value to sort by, details."""
    columns = table_columns(section)
    return {
        "columns": [
            {
                "key": column.key,
                "heading": column.heading,
                "help": column.help,
                "better": column.better,
                "under": column.under,
                "sorts": column.value is not None,
            }
            for column in columns
        ],
        "cells": [[_cell(column, row) for column in columns] for row in section.rows],
    }


def _cell(column: Column, row: Row) -> list[Any]:
    value = column.value(row) if column.value else None
    return [
        column.text(row).strip() if column.text else NONE,
        _finite(value) if isinstance(value, float) else value,
        column.details(row) if column.details else "",
    ]


def _pairs(systems: Sequence[System], metric: str) -> list[list[Any]]:
    """Return per pair of the first rows difference, text, mark, outcome and p-value."""
    shown = systems[:PAIRED]
    found = every_pair(shown, metric)
    return [
        [_pair(verdict) if (verdict := found.get((a, b))) else None for b in range(len(shown))]
        for a in range(len(shown))
    ]


def _pair(verdict: Verdict) -> dict[str, Any]:
    return {
        "difference": _finite(verdict.difference),
        "text": f"{numbers.signed(verdict.difference, verdict.metric)} {verdict.mark}".strip(),
        "outcome": verdict.outcome,
        "p": numbers.p_value(verdict.p_holm),
    }


def _curves(directory: Any) -> dict[str, dict[str, list[float | None]]]:
    return {
        name: {key: [_finite(value) for value in values] for key, values in curve.items()}
        for name, curve in read_curves(directory / "metrics.csv").items()
    }


def _body(section: Section) -> dict[str, Any]:
    """Return the dialogues once, and per row and run its outputs and scores in their order."""
    dialogues = section.table.dialogues
    metrics = _scored(section)
    return {
        "ids": dialogues.ids,
        "turns": [[[turn.speaker, turn.text] for turn in turns(s)] for s in dialogues.sources],
        "references": [list(texts) for texts in dialogues.references],
        "groups": dialogues.groups,
        "rows": [
            [
                {
                    "outputs": member.texts,
                    "scores": {n: _whole(member.scores[n]) for n in metrics if n in member.scores},
                }
                for member in system.members
            ]
            for system in section.systems
        ],
    }


def _whole(scores: np.ndarray) -> list[int | None]:
    scaled = np.round(scores * UNIT)
    return [int(v) if ok else None for v, ok in zip(scaled, np.isfinite(scaled), strict=True)]


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 7)
