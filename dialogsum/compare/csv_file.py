"""The comparison as CSV: one line per row and table in recorded units (ROUGE in 0..1, bytes,
seconds), and one per run that no table holds."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

from dialogsum.common.metric_catalog import COSTS
from dialogsum.compare.columns import tuning
from dialogsum.compare.comparison import Comparison, Section
from dialogsum.compare.runs import COMPLETED
from dialogsum.compare.settings import differing
from dialogsum.compare.systems import System, measure_all
from dialogsum.compare.tables import Left
from dialogsum.compare.verdicts import Row


def csv_text(comparison: Comparison) -> str:
    """All tables in one; columns that a line does not have are empty."""
    lines = [line for section in comparison.sections for line in _section(section)]
    lines += [_left(item) for item in comparison.left]
    names = dict.fromkeys(name for line in lines for name in line)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return buffer.getvalue()


def _section(section: Section) -> list[dict[str, Any]]:
    names = dict.fromkeys(name for system in section.systems for name in system.metrics)
    measure_all(section.systems, list(names))
    telling = differing([system.settings for system in section.systems if system.settings])
    return [_line(section, row, telling) for row in section.rows]


def _line(section: Section, row: Row, telling: list[str]) -> dict[str, Any]:
    system, dialogues = row.system, section.table.dialogues
    runs = [member.run for member in system.members]
    line = {
        "status": COMPLETED,
        "test_set": dialogues.key,
        "dataset": "/".join(dialogues.names),
        "split": dialogues.split,
        "dialogues": len(dialogues),
        "model": system.model,
        "strategy": system.strategy,
        "label": system.label,
        "seeds": " ".join(str(run.seed) for run in runs if run.seed is not None),
        "runs": len(runs),
        "same_seeds": system.same or None,
        "baseline": row.baseline.label if row.baseline else None,
        "metric": section.metric,
    }
    line |= _verdict(row) | {"kept": _plain(row.kept), "tuning": tuning(system) or None}
    line |= {path: system.cost(path) for path in COSTS}
    for name in system.metrics:
        line |= _figure(system, name)
    line |= {f"config.{path}": system.settings.get(path) for path in telling}
    return line | {"run": " ".join(run.name for run in runs)}


VERDICT = {
    "outcome": "outcome",
    "difference": "difference",
    "difference_ci_low": "ci_low",
    "difference_ci_high": "ci_high",
    "p_value": "p_value",
    "p_holm": "p_holm",
    "detectable": "detectable",
}


def _verdict(row: Row) -> dict[str, Any]:
    verdict = row.verdict
    low, high = (verdict and verdict.seeds) or (None, None)
    cells = {name: _plain(getattr(verdict, field, None)) for name, field in VERDICT.items()}
    return cells | {"difference_seeds_low": low, "difference_seeds_high": high}


def _figure(system: System, name: str) -> dict[str, Any]:
    figure = system.figure(name)
    cells = {name: figure.value, f"{name}_ci_low": figure.ci_low, f"{name}_ci_high": figure.ci_high}
    if figure.seeds.sd is not None:
        cells |= {
            f"{name}_sd": figure.seeds.sd,
            f"{name}_t_low": figure.seeds.ci_low,
            f"{name}_t_high": figure.seeds.ci_high,
        }
    return cells


def _left(item: Left) -> dict[str, Any]:
    run = item.run
    return {
        "status": item.status,
        "model": run.model,
        "strategy": run.strategy,
        "dataset": run.dataset,
        "seeds": run.seed,
        "run": run.name,
        "why": item.why,
    }


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value
