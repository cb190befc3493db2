"""Group evaluations into tables, one per test set and protocol, with one row per system."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from dialogsum.common.errors import UserError
from dialogsum.compare.runs import (
    COMPLETED,
    UNREADABLE,
    Predictions,
    RecordedEvaluation,
    RecordedRun,
    evaluations,
    lookup,
    read_predictions,
)
from dialogsum.compare.settings import evaluation_values, labels, result_settings, run_values
from dialogsum.compare.systems import LEAD, Member, System

Entry = tuple[RecordedEvaluation, Predictions]


@dataclass(frozen=True)
class Dialogues:
    """A test set in the order of its first evaluation; n dialogues.

    Attributes:
        names: the data set's names in its evaluations.
        sources: "" where only references are known.
        key: hash of the content.
    """

    names: tuple[str, ...]
    split: str
    ids: list[str]
    sources: list[str]
    references: list[tuple[str, ...]]
    groups: list[str | None]
    key: str

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def bundled(self) -> bool:
        """True for the generated dialogues that come with the package."""
        return "bundled" in self.names


@dataclass
class Table:
    """Systems on one test set under one protocol: those that may be compared."""

    dialogues: Dialogues
    protocol: dict[str, str]
    systems: list[System]
    notes: list[str] = field(default_factory=list)

    @property
    def models(self) -> list[str]:
        """The models of the systems, each once."""
        return [*dict.fromkeys(s.model for s in self.systems if s.model)]

    def name(self, system: System) -> str:
        """Return the label, with the model if there are several: labels are unique within one."""
        several = system.model and len(self.models) > 1
        return f"{system.label} · {system.model}" if several else system.label


@dataclass(frozen=True)
class Excluded:
    """A run or evaluation that is in no table, and why."""

    run: RecordedRun
    status: str
    why: str


def build_tables(
    runs: Iterable[RecordedRun], split: str, selected: Callable[[dict[str, Any]], bool]
) -> tuple[list[Table], list[Excluded]]:
    """Return all tables, and everything that is in none of them with the reason.

    Args:
        selected: decides by the values of a run or evaluation whether it is wanted at all.
    """
    groups: dict[tuple[str, str], list[Entry]] = {}
    excluded: list[Excluded] = []
    for run in runs:
        if run.status != COMPLETED:
            if selected(run_values(run)):
                excluded.append(Excluded(run, run.status, run.error or ""))
            continue
        recorded = list(evaluations(run, split))
        excluded += [Excluded(run, UNREADABLE, e.damage) for e in recorded if e.damage]
        found = [e for e in recorded if not e.damage and selected(evaluation_values(e))]
        if not found and selected(run_values(run)):
            excluded.append(Excluded(run, run.status, f"not evaluated on {split}"))
        for evaluation in found:
            try:
                predictions = read_predictions(evaluation.path)
            except UserError as error:
                excluded.append(Excluded(run, "no predictions", str(error)))
                continue
            protocol = json.dumps(lookup(evaluation.record, "environment.protocol"), sort_keys=True)
            key = (_references_key(predictions), protocol)
            groups.setdefault(key, []).append((evaluation, predictions))
    tables = [_table(part, key) for key, group in groups.items() for part in _by_sources(group)]
    return tables, excluded


def _references_key(predictions: Predictions) -> str:
    return hashlib.blake2b("".join(sorted(predictions.keys)).encode(), digest_size=6).hexdigest()


def _by_sources(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Separate evaluations whose dialogues differ although their references are the same.

    Outputs that came without dialogues belong to the first set.
    """
    parts: dict[int | None, list[Entry]] = {}
    for evaluation, predictions in entries:
        pairs = sorted(zip(predictions.keys, predictions.sources, strict=True))
        key = hash(tuple(pairs)) if any(predictions.sources) else None
        parts.setdefault(key, []).append((evaluation, predictions))
    without_dialogues = parts.pop(None, [])
    if not parts:
        return [without_dialogues]
    first, *rest = parts.values()
    return [first + without_dialogues, *rest]


def _table(entries: list[Entry], key: tuple[str, str]) -> Table:
    first = next((p for _, p in entries if any(p.sources)), entries[0][1])
    names = [lookup(evaluation.record, "dataset") for evaluation, _ in entries]
    dialogues = Dialogues(
        names=tuple(dict.fromkeys(name for name in names if isinstance(name, str))),
        split=entries[0][0].split,
        ids=first.ids,
        sources=first.sources,
        references=first.references,
        groups=first.groups,
        key=key[0],
    )
    members = [_member(evaluation, predictions, first) for evaluation, predictions in entries]
    table = Table(dialogues, json.loads(key[1]) or {}, [])
    table.systems = _systems(members, dialogues.groups, table.notes)
    return table


def _member(evaluation: RecordedEvaluation, predictions: Predictions, first: Predictions) -> Member:
    """Bring the rows of one file into the order of the table's dialogues."""
    if predictions.keys == first.keys:
        return Member(evaluation, predictions.texts, predictions.scores)
    position = {key: index for index, key in enumerate(predictions.keys)}
    order = np.array([position[key] for key in first.keys])
    texts = [predictions.texts[index] for index in order]
    return Member(evaluation, texts, {name: s[order] for name, s in predictions.scores.items()})


def _systems(members: Iterable[Member], groups: list[str | None], notes: list[str]) -> list[System]:
    """Make one row of the members that share their base and settings."""
    members = [*members]
    models = _model_names([member.run for member in members])
    rows: dict[str, tuple[dict[str, Any], list[Member]]] = {}
    for member in members:
        run = member.run
        # Without a configuration only the outputs are known: each such record is its own row.
        settings = (
            result_settings(member.evaluation)
            if run.config
            else {"fingerprint": run.record.get("fingerprint")}
        )
        key = json.dumps([run.strategy, models[run], settings], sort_keys=True, default=str)
        rows.setdefault(key, (settings, []))[1].append(member)
    systems = []
    for settings, row in rows.values():
        counted, same = _one_per_seed(row, notes)
        run = counted[0].run
        systems.append(System(str(run.strategy), models[run], settings, counted, groups, same))
    named = labels([(system.strategy, system.model, system.settings) for system in systems])
    for system, label in zip(systems, named, strict=True):
        system.label = label
    return systems


def _model_names(runs: list[RecordedRun]) -> dict[RecordedRun, str | None]:
    """Return the name of each run's base; a part of its content's hash where a name has several."""
    contents: dict[str | None, set[str]] = {}
    for run in runs:
        contents.setdefault(run.base_name, set()).update(filter(None, [run.base_content]))
    return {
        run: f"{run.base_name} ({run.base_content[:7]})"
        if run.base_content and len(contents[run.base_name]) > 1
        else run.base_name
        for run in runs
    }


def _one_per_seed(row: list[Member], notes: list[str]) -> tuple[list[Member], int]:
    """Return the members that count, by seed, and the number of seeds identical to the first.

    Of the same run twice the later one counts. Without training the seed changes nothing, unless
    the weights themselves are random.
    """
    by_seed: dict[Any, Member] = {}
    for member in sorted(row, key=lambda m: str(m.evaluation.record.get("finished_at"))):
        by_seed[member.run.seed] = member
    if repeated := len(row) - len(by_seed):
        notes.append(
            f"{row[0].run.name}: {repeated + 1} times with the same seed; the last counts."
        )
    members = [by_seed[seed] for seed in sorted(by_seed, key=lambda seed: (seed is None, seed))]
    first = members[0]
    if first.run.trains or len(members) == 1:
        return members, 0
    if any(member.texts != first.texts for member in members):
        if first.run.random_weights:
            return members, 0
        notes.append(
            f"{first.run.strategy}: nothing was trained, and yet its seeds gave different outputs; "
            "it counts once, with the first seed."
        )
    return members[:1], len(members) - 1


def lead_row(dialogues: Dialogues) -> System | None:
    """Return the baseline of the first three turns of each dialogue; None without dialogues."""
    from dialogsum.evaluation.scoring import Example, score_examples, summarize
    from dialogsum.evaluation.turns import lead_n

    if not all(dialogues.sources):
        return None
    texts = [lead_n(source, 3) for source in dialogues.sources]
    columns = zip(
        dialogues.ids, dialogues.sources, dialogues.references, texts, dialogues.groups, strict=True
    )
    scores = score_examples([Example(i, s, r, t, group=g) for i, s, r, t, g in columns])
    record = {
        "strategy": LEAD,
        "model": None,
        "seed": None,
        "metrics": {dialogues.split: summarize(scores, groups=dialogues.groups)},
    }
    run = RecordedRun(Path(LEAD), record, {}, COMPLETED)
    evaluation = RecordedEvaluation(run, record, {}, None, dialogues.split, Path(LEAD))
    member = Member(evaluation, texts, scores)
    return System(LEAD, None, {}, [member], dialogues.groups, label=LEAD)
