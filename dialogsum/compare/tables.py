"""From evaluations to tables: one per test set and protocol, a row per system, seeds together."""

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
    Evaluation,
    Predictions,
    Run,
    evaluations,
    lookup,
    read_predictions,
)
from dialogsum.compare.settings import evaluation_values, labels, result_settings, run_values
from dialogsum.compare.systems import Member, System

LEAD = "lead-3"


@dataclass(frozen=True)
class Dialogues:
    """A test set in the order of its first evaluation; n dialogues.

    Attributes:
        names: what its evaluations call the data set.
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
        """Whether these are the generated dialogues that come with the package."""
        return "bundled" in self.names


@dataclass
class Table:
    """What may be compared: systems on one test set under one protocol."""

    dialogues: Dialogues
    protocol: dict[str, str]
    systems: list[System]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Left:
    """A run or evaluation that no table holds, and why."""

    run: Run
    status: str
    why: str


def build_tables(
    runs: Iterable[Run], split: str, keep: Callable[[dict[str, Any]], bool]
) -> tuple[list[Table], list[Left]]:
    """All tables, and everything that stands in none of them with the reason.

    Args:
        keep: whether a run or evaluation with these values is wanted at all.
    """
    groups: dict[tuple[str, str], list[tuple[Evaluation, Predictions]]] = {}
    left: list[Left] = []
    for run in runs:
        if run.status != COMPLETED:
            if keep(run_values(run)):
                left.append(Left(run, run.status, run.error or ""))
            continue
        found = [e for e in evaluations(run, split) if keep(evaluation_values(e))]
        if not found and keep(run_values(run)):
            left.append(Left(run, run.status, f"not evaluated on {split}"))
        for evaluation in found:
            try:
                predictions = read_predictions(evaluation.path)
            except UserError as error:
                left.append(Left(run, "no predictions", str(error)))
                continue
            protocol = json.dumps(lookup(evaluation.record, "environment.protocol"), sort_keys=True)
            key = (_references_key(predictions), protocol)
            groups.setdefault(key, []).append((evaluation, predictions))
    tables = [
        _table(members, key) for key, entries in groups.items() for members in _by_sources(entries)
    ]
    return tables, left


def _references_key(predictions: Predictions) -> str:
    return hashlib.blake2b("".join(sorted(predictions.keys)).encode(), digest_size=6).hexdigest()


def _by_sources(
    entries: Sequence[tuple[Evaluation, Predictions]],
) -> list[list[tuple[Evaluation, Predictions]]]:
    """Part evaluations whose dialogues differ although their references are the same.

    Outputs that came without dialogues belong to the first set.
    """
    parts: dict[str, list[tuple[Evaluation, Predictions]]] = {}
    for evaluation, predictions in entries:
        pairs = sorted(zip(predictions.keys, predictions.sources, strict=True))
        known = any(predictions.sources)
        parts.setdefault(str(hash(tuple(pairs))) if known else "", []).append(
            (evaluation, predictions)
        )
    unknown = parts.pop("", [])
    if not parts:
        return [unknown]
    found = list(parts.values())
    found[0].extend(unknown)
    return found


def _table(entries: list[tuple[Evaluation, Predictions]], key: tuple[str, str]) -> Table:
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


def _member(evaluation: Evaluation, predictions: Predictions, first: Predictions) -> Member:
    """Bring the rows of one file into the order of the table's dialogues."""
    if predictions.keys == first.keys:
        return Member(evaluation, predictions.texts, predictions.scores)
    position = {key: index for index, key in enumerate(predictions.keys)}
    order = np.array([position[key] for key in first.keys])
    texts = [predictions.texts[index] for index in order]
    return Member(evaluation, texts, {name: s[order] for name, s in predictions.scores.items()})


def _systems(members: Iterable[Member], groups: list[str | None], notes: list[str]) -> list[System]:
    """Members with the same settings make a row."""
    rows: dict[str, list[Member]] = {}
    settings_of: dict[str, dict[str, Any]] = {}
    for member in members:
        run = member.run
        settings = result_settings(member.evaluation) if run.config else _identity(member)
        key = json.dumps([run.strategy, run.model, settings], sort_keys=True, default=str)
        settings_of[key] = settings
        rows.setdefault(key, []).append(member)
    systems = []
    for key, row in rows.items():
        kept, same = _one_per_seed(row, notes)
        run = kept[0].run
        systems.append(System(str(run.strategy), run.model, settings_of[key], kept, groups, same))
    named = labels([(system.strategy, system.model, system.settings) for system in systems])
    for system, label in zip(systems, named, strict=True):
        system.label = label
    return systems


def _identity(member: Member) -> dict[str, Any]:
    """What stands for the settings of a system that only its outputs are known of."""
    return {"fingerprint": member.run.record.get("fingerprint")}


def _one_per_seed(row: list[Member], notes: list[str]) -> tuple[list[Member], int]:
    """The members that count, by seed, and how many seeds say the same as the first.

    Of the same run twice the later one counts. Without training the seed changes nothing, unless
    the weights themselves are drawn.
    """
    by_seed: dict[Any, Member] = {}
    for member in sorted(row, key=lambda m: str(m.evaluation.record.get("finished_at"))):
        by_seed[member.run.seed] = member
    if twice := len(row) - len(by_seed):
        notes.append(f"{row[0].run.name}: {twice + 1} times with the same seed; the last counts.")
    members = [by_seed[seed] for seed in sorted(by_seed, key=lambda seed: (seed is None, seed))]
    first = members[0]
    if first.run.trains or len(members) == 1:
        return members, 0
    other = [member for member in members[1:] if member.texts != first.texts]
    if not other:
        return members[:1], len(members) - 1
    if lookup(first.run.config, "model.pretrained") is not False:
        notes.append(
            f"{first.run.strategy}: nothing was trained, and yet its seeds gave different outputs; "
            "it counts once, with the first seed."
        )
        return members[:1], len(members) - 1
    return members, 0


def lead_row(dialogues: Dialogues) -> System | None:
    """The first three turns of each dialogue as its summary; None without dialogues."""
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
    run = Run(Path(LEAD), record, {}, COMPLETED)
    evaluation = Evaluation(run, record, {}, None, dialogues.split, Path(LEAD))
    member = Member(evaluation, texts, scores)
    return System(LEAD, None, {}, [member], dialogues.groups, label=LEAD)
