"""`dialogsum score`: any system's outputs as a record that `dialogsum compare` takes.

The record is a run directory without a model: `predictions/test.jsonl` and `result.json`, in
which what does not apply to a system that only its outputs are known of is null.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dialogsum.common.errors import DataError
from dialogsum.common.files import read_json, write_json, write_jsonl
from dialogsum.common.formatting import format_headline
from dialogsum.data.clean import content_hash, count_duplicates
from dialogsum.data.report import DataReport
from dialogsum.evaluation import scoring
from dialogsum.evaluation.prediction_files import SPLIT, References, read_outputs, read_references
from dialogsum.evaluation.scoring import (
    Example,
    Metric,
    prediction_rows,
    score_examples,
    summarize,
)

DEFAULT_ROOT = Path("outputs") / "scored"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `dialogsum score`."""
    parser.add_argument(
        "--predictions",
        type=Path,
        required=True,
        help="outputs: text with one summary per line, or JSONL, JSON or CSV with id and summary",
    )
    parser.add_argument(
        "--references",
        type=Path,
        required=True,
        nargs="+",
        help="references: JSONL, JSON or CSV with id, dialogue and summary or summary1..3; "
        "or one text file per reference",
    )
    parser.add_argument("--name", help="the system's name in tables (default: the file's)")
    parser.add_argument("--to", type=Path, help="folder of the record (default: outputs/scored)")
    parser.add_argument("--model", help="the model's name, to stand beside runs of that model")
    parser.add_argument("--dataset", help="the test set's name")
    parser.add_argument("--force", action="store_true", help="replace an earlier record there")


def main(args: argparse.Namespace) -> int:
    """Score, write the record, and say where it is."""
    scored = score_files(
        args.predictions,
        args.references,
        args.name,
        args.to,
        model=args.model,
        dataset=args.dataset,
        force=args.force,
    )
    print(f"{scored.n} dialogues: {format_headline(scored.figures)}")
    print(f"dialogsum compare {scored.directory} RUN_DIR…")
    return 0


@dataclass(frozen=True)
class Scored:
    """Where the record is and what stands in its `metrics.test`."""

    directory: Path
    figures: dict[str, dict[str, Any]]
    n: int  # dialogues


def score_files(
    predictions: Path,
    references: Path | Sequence[Path],
    name: str | None = None,
    to: Path | None = None,
    *,
    model: str | None = None,
    dataset: str | None = None,
    metrics: Mapping[str, Metric] | None = None,
    force: bool = False,
) -> Scored:
    """Score a file of outputs and write the record.

    Args:
        predictions: text with one summary per line (an empty line is an empty summary), or
            JSONL, JSON or CSV with `id` and `prediction` or `summary`.
        references: text, one summary per line, several files for several references; or JSONL,
            JSON or CSV with `id`, `summary` (or `summary1` … or a list `references`) and, for the
            measures that need it, `dialogue`.
        name: of the system, `strategy` in the record; the predictions' file name if not given.
        to: directory of the record; `outputs/scored/<name>` if not given.
        model: model and data set as `compare` groups by them, where they are known.
        dataset: see `model`.
        metrics: further metrics, as for `score_examples`.
        force: replace an earlier record of `dialogsum score` in `to`.

    Raises:
        DataError: a ValueError whose message names file and line, when the files cannot be read
            or do not fit together, or when a record stands in `to` already.
    """
    name = name or predictions.stem
    target = target_directory(name, to, force)
    read = read_references([references] if isinstance(references, Path) else list(references))
    outputs = read_outputs(predictions, read)
    examples = [
        Example(d.id, d.dialogue, d.references, output.text, output.truncated, d.group)
        for d, output in zip(read.dialogues, outputs, strict=True)
    ]
    return _write(target, name, examples, read, model, dataset, metrics)


def target_directory(name: str, to: Path | None, force: bool) -> Path:
    """Return the directory to write to. Raises DataError where a record must not be replaced."""
    slug = re.sub(r"[^\w.+-]+", "_", name).strip("._") or "system"
    target = to or DEFAULT_ROOT / slug
    record = read_json(target / "result.json")
    if record and not record.get("scored"):
        raise DataError(f"{target}: this is the directory of a run; choose another with --to")
    if record and not force:
        raise DataError(
            f"{target}: a record stands here already; choose another with --name or --to, or "
            "replace it with --force"
        )
    return target


def _write(
    target: Path,
    name: str,
    examples: list[Example],
    read: References,
    model: str | None,
    dataset: str | None,
    metrics: Mapping[str, Metric] | None,
) -> Scored:
    # The record's module loads torch: not before the input is known to be right.
    from dialogsum.tracking import record as records

    started_at, started = records.now(), time.perf_counter()
    scores = score_examples(examples, metrics)
    figures = summarize(scores, groups=[example.group for example in examples])
    seconds = round(time.perf_counter() - started, 4)
    (target / records.RESULT).unlink(missing_ok=True)
    write_jsonl(target / "predictions" / f"{SPLIT}.jsonl", prediction_rows(examples, scores))
    result = _record(name, model, dataset) | {
        "fingerprint": _fingerprint(name, examples),
        "metrics": {"validation": {}, SPLIT: figures},
        "time_s": dict.fromkeys(records.PHASES) | {"score": seconds},
        "data": _data(read),
        "environment": records.environment()
        | {"device": None, "dtype": None, "scorer": scoring.SCORER, "protocol": scoring.PROTOCOL},
        "started_at": started_at,
        "finished_at": records.now(),
    }
    write_json(target / records.RESULT, result)
    return Scored(target, figures, len(examples))


def _record(name: str, model: str | None, dataset: str | None) -> dict[str, Any]:
    """A run's record as far as it is known without a run; the rest is to be filled in."""
    from dialogsum.tracking import record as records

    unknown = ("prompt", "seed", "training", "throughput", "memory_bytes", "artifact_bytes")
    return {
        "schema_version": records.SCHEMA_VERSION,
        "status": "completed",
        "error": None,
        "name": "scored",
        "strategy": name,
        "model": model,
        "dataset": dataset,
        "parameters": dict.fromkeys(("trainable", "total", "percent")),
        "wandb": None,
        "scored": True,
        "attempts": [],
    } | dict.fromkeys(unknown)


def _fingerprint(name: str, examples: list[Example]) -> str:
    """Eight hex digits of the system's name and of everything that was scored."""
    text = json.dumps([name, [[e.id, e.references, e.prediction] for e in examples]])
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _data(read: References) -> dict[str, Any]:
    """The `data` section; its hash is that of the test dialogues alone."""
    dialogues = read.dialogues
    known = all(dialogue.dialogue for dialogue in dialogues)
    read.cleaning.duplicates = count_duplicates(dialogues) if known else 0
    report = DataReport(
        source="scored",
        hash=content_hash({SPLIT: dialogues}),
        rows={SPLIT: len(dialogues)},
        references={SPLIT: sum(len(dialogue.references) for dialogue in dialogues)},
        cleaning={SPLIT: read.cleaning},
    )
    return report.record()
