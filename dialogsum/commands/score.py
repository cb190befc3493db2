"""`dialogsum score`: write a record that `dialogsum compare` accepts for any system's outputs.

The record is a run directory without a model: `predictions/test.jsonl`, and `result.json` with null
for everything that outputs alone do not show.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dialogsum.common.errors import DataError
from dialogsum.common.files import read_record, write_jsonl, write_record
from dialogsum.common.formatting import format_headline
from dialogsum.data.clean import clean_text, content_hash, count_duplicates
from dialogsum.data.report import DataReport
from dialogsum.evaluation.prediction_files import SPLIT, References, read_outputs, read_references
from dialogsum.evaluation.scoring import (
    Example,
    Metric,
    prediction_rows,
    score_examples,
    scoring_environment,
    summarize,
)
from dialogsum.tracking import record as records

DEFAULT_ROOT = Path("outputs") / "scored"
UNKNOWN = (
    "base",
    "prompt",
    "seed",
    "training",
    "throughput",
    "memory_bytes",
    "artifact_bytes",
    "wandb",
)


@dataclass(frozen=True)
class ScoredSystem:
    """A record that was written.

    Attributes:
        directory: where the record is.
        metrics: `metrics.test` of the record.
        n: the number of dialogues.
        copies: whether every output equals a reference of its dialogue.
    """

    directory: Path
    metrics: dict[str, dict[str, Any]]
    n: int
    copies: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `dialogsum score`."""
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
    parser.add_argument("--column", help="the column of the outputs, where several may be it")
    parser.add_argument("--name", help="the system's name in tables (default: the file's name)")
    parser.add_argument("--to", type=Path, help="folder of the record (default: outputs/scored)")
    parser.add_argument("--model", help="the model's name, to be compared with runs of that model")
    parser.add_argument("--dataset", help="the test set's name")
    parser.add_argument("--force", action="store_true", help="replace an existing record")


def main(args: argparse.Namespace) -> int:
    """Score, write the record and print its directory."""
    options = {
        name: getattr(args, name) for name in ("name", "to", "model", "dataset", "force", "column")
    }
    scored = score_files(args.predictions, args.references, **options)
    print(f"{scored.n} dialogues: {format_headline(scored.metrics)}")
    if scored.copies:
        print(
            f"{args.predictions}: every output equals a reference; is it the system's output? "
            "name its column with --column",
            file=sys.stderr,
        )
    print(f"dialogsum compare {scored.directory} RUN_DIR…")
    return 0


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
    column: str | None = None,
) -> ScoredSystem:
    """Score a file of outputs and write the record.

    Args:
        predictions: text with one summary per line (an empty line is an empty summary), or
            JSONL, JSON or CSV with `id` and `prediction` or `summary`.
        references: text with one summary per line, one file per reference; or JSONL, JSON or CSV
            with `id`, `summary` (or `summary1` … or a list `references`) and, for the metrics
            that need it, `dialogue`.
        name: the system's name, `strategy` in the record; default: the predictions' file name.
        to: directory of the record; default: `outputs/scored/<name>`.
        model: model by which `compare` groups systems, if known.
        dataset: test set by which `compare` groups systems, if known.
        metrics: additional metrics, as for `score_examples`.
        force: replace an earlier record of `dialogsum score` in `to`.
        column: column of `predictions` that holds the outputs, where several may.

    Raises:
        DataError: the files cannot be read or do not match, with file and line; or the target
            holds a record already.
    """
    name = name or predictions.stem
    target = _target_directory(name, to, force)
    read = read_references([references] if isinstance(references, Path) else list(references))
    outputs = read_outputs(predictions, read, column)
    examples = [
        Example(d.id, d.dialogue, d.references, output.text, output.truncated, d.group)
        for d, output in zip(read.dialogues, outputs, strict=True)
    ]
    copies = all(clean_text(e.prediction) in e.references for e in examples)
    started_at, started = records.now(), time.perf_counter()
    scores = score_examples(examples, metrics)
    summary = summarize(scores, groups=[example.group for example in examples])
    seconds = round(time.perf_counter() - started, 4)
    (target / records.RESULT).unlink(missing_ok=True)  # written last: marks a complete record
    write_jsonl(target / "predictions" / f"{SPLIT}.jsonl", prediction_rows(examples, scores))
    result: dict[str, Any] = {
        "schema_version": records.SCHEMA_VERSION,
        "status": "completed",
        "error": None,
        "name": "scored",
        "strategy": name,
        "model": model,
        "dataset": dataset,
        "parameters": dict.fromkeys(("trainable", "total", "percent")),
        "scored": True,
        "attempts": [],
        **dict.fromkeys(UNKNOWN),
        "fingerprint": _fingerprint(name, examples),
        "metrics": {"validation": {}, SPLIT: summary},
        "time_s": dict.fromkeys(records.PHASES) | {"score": seconds},
        "data": _data_report(read),
        "environment": records.environment()
        | {"device": None, "dtype": None}
        | scoring_environment(),
        "started_at": started_at,
        "finished_at": records.now(),
    }
    write_record(target / records.RESULT, result)
    return ScoredSystem(target, summary, len(examples), copies)


def _target_directory(name: str, to: Path | None, force: bool) -> Path:
    """Return the directory to write to; raises DataError for a record that must not be replaced."""
    slug = re.sub(r"[^\w.+-]+", "_", name).strip("._") or "system"
    target = to or DEFAULT_ROOT / slug
    record = read_record(target / records.RESULT)
    if record and not record.get("scored"):
        raise DataError(f"{target}: the directory of a run; choose another one with --to")
    if record and not force:
        raise DataError(
            f"{target}: holds a record already; choose another directory with --name or --to, or "
            "replace the record with --force"
        )
    return target


def _fingerprint(name: str, examples: list[Example]) -> str:
    """Return eight hex digits of the system's name and everything that was scored."""
    text = json.dumps([name, [[e.id, e.references, e.prediction] for e in examples]])
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _data_report(read: References) -> dict[str, Any]:
    """Return the `data` section of the record; its hash covers the test dialogues alone."""
    dialogues = read.dialogues
    known = all(dialogue.dialogue for dialogue in dialogues)
    read.cleaning.duplicates = count_duplicates(dialogues) if known else 0
    return DataReport(
        source="scored",
        hash=content_hash({SPLIT: dialogues}),
        rows={SPLIT: len(dialogues)},
        references={SPLIT: sum(len(dialogue.references) for dialogue in dialogues)},
        cleaning={SPLIT: read.cleaning},
    ).record()
