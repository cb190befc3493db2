"""Training budgets: what a row learned from, where that is not the same for it and its baseline."""

from __future__ import annotations

from typing import Any

from dialogsum.compare.runs import lookup
from dialogsum.compare.settings import TRAINED_ON, flatten, short_value
from dialogsum.compare.systems import System
from dialogsum.compare.verdicts import Section

NAMED = 3  # rows named for one budget
LISTED = 6  # budgets listed


def unequal_budgets(section: Section) -> dict[System, str]:
    """Return, per trained row, the facts of its training that differ within its model.

    They differ if a row's are not its baseline's or, where that was not trained, those of the
    first trained row.
    """
    trained = [
        row for row in section.rows if row.system.trains and row.system.members[0].run.config
    ]
    facts = {row.system: _budget(row.system) for row in trained}
    reference: dict[Any, dict[str, str]] = {}
    for row in trained:
        first = row.baseline if row.baseline in facts else row.system
        reference.setdefault(row.system.model, facts[first])
    differing = {
        (system.model, key)
        for system, own in facts.items()
        for key, text in own.items()
        if text != reference[system.model].get(key, text)
    }
    texts = {
        system: ", ".join(text for key, text in own.items() if (system.model, key) in differing)
        for system, own in facts.items()
    }
    return {system: text for system, text in texts.items() if text}


def budget_note(section: Section) -> list[str]:
    """Return the sentence `Unequal training: lora: 128 steps of 2 examples; full: …`."""
    groups: dict[str, list[str]] = {}
    for system, text in unequal_budgets(section).items():
        groups.setdefault(text, []).append(section.table.name(system))
    parts = []
    for text, names in [*groups.items()][:LISTED]:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        parts.append(f"{', '.join(names[:NAMED])}{more}: {text}")
    more = f"; and {len(groups) - LISTED} other budgets" if len(groups) > LISTED else ""
    return [f"Unequal training: {'; '.join(parts)}{more}."] if parts else []


def _budget(system: System) -> dict[str, str]:
    run = system.members[0].run
    steps, epochs = (_span(system, f"training.{name}") for name in ("steps", "epochs"))
    batch = lookup(run.config, "batching.batch_size")
    facts = {
        "steps": f"{steps} steps of {batch} examples" if steps else f"{batch} examples per step",
        "epochs": f"{epochs} {'epoch' if epochs == '1' else 'epochs'}" if epochs else "",
        "schedule": _schedule(lookup(run.config, "schedule") or {}),
        "data": _data(system, run.record.get("data") or {}),
    }
    return {key: text for key, text in facts.items() if text}


def _span(system: System, path: str) -> str:
    """Return a count in the runs' records as text, a range where seeds differ."""
    counts = sorted({int(count) for count in system.costs(path)})
    return "–".join(map(str, sorted({counts[0], counts[-1]}))) if counts else ""


def _schedule(node: dict[str, Any]) -> str:
    name = str(node.get("_target_", "")).rsplit(".", 1)[-1]
    values = [f"{key}={short_value(v)}" for key, v in flatten(node) if not key.startswith("_")]
    return f"{name} ({', '.join(values)})" if values else name


def _data(system: System, data: dict[str, Any]) -> str:
    if not data.get("hash"):
        return ""
    rows = data.get("rows") or {}
    counts = [f"{rows[split]} {split}" for split in ("train", "validation") if rows.get(split)]
    facts = [*counts, f"content {data['hash'][:6]}"]
    return f"data {system.settings.get(TRAINED_ON)} ({', '.join(facts)})"
