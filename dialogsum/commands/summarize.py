"""`dialogsum summarize`: one summary per dialogue of a file or of standard input."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from omegaconf import OmegaConf

from dialogsum.common.errors import UserError
from dialogsum.common.files import PARTIAL, publish
from dialogsum.config.schema import GenerationConfig, changed_decoding
from dialogsum.inference.inputs import STDIN, Input, read_inputs

if TYPE_CHECKING:
    from dialogsum.inference.summarizer import Summarizer

Row = dict[str, Any]

DESCRIPTION = """\
Text is read as dialogues separated by blank lines, a line per turn; JSONL, CSV, TSV, JSON and
Parquet as a dialogue per row. The prompt and the decoding are those of the run.

  dialogsum summarize --run RUN_DIR chat.txt
  dialogsum summarize --run RUN_DIR calls.csv --column transcript --output summaries.jsonl
  dialogsum summarize --model my-org/my-export chat.txt generation.num_beams=4
"""
PREFIX = "generation."
FORMATS = (".jsonl", ".csv", ".txt")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `dialogsum summarize`."""
    parser.description = DESCRIPTION
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--run", metavar="RUN_DIR", help="a completed run")
    source.add_argument("--model", metavar="DIR|HUB_ID", help="an exported or a published model")
    parser.add_argument("input", nargs="?", default=STDIN, help="a file; - (default) reads stdin")
    parser.add_argument(
        "overrides", nargs="*", metavar="generation.KEY=VALUE", help="changes of the decoding"
    )
    parser.add_argument("--column", help="column of the dialogue (default: found by its name)")
    parser.add_argument("--output", type=Path, help="file for the summaries: .jsonl, .csv or .txt")
    parser.add_argument("--candidates", type=int, default=1, metavar="N", help="texts per dialogue")
    parser.add_argument("--engine", choices=("hf", "ctranslate2"), default="hf")
    parser.add_argument(
        "--trust", action="store_true", help="run the code that the run's configuration names"
    )


def main(args: argparse.Namespace) -> int:
    """Summarize and write each summary as soon as it is there; return the exit code."""
    if args.input.startswith(PREFIX):
        args.overrides.insert(0, args.input)
        args.input = STDIN
    generation = parse_overrides(args.overrides)
    if args.candidates < 1:
        raise UserError("--candidates: must be at least 1")
    if args.output and args.output.suffix not in FORMATS:
        raise UserError(f"--output: {args.output} must end with {', '.join(FORMATS)}")
    if args.run and not Path(args.run).is_dir():
        raise UserError(f"--run: there is no directory {args.run}")
    inputs: Iterable[Input] = read_inputs(args.input, args.column)
    if args.input != STDIN:
        inputs = list(inputs)  # a mistake in the file is found before the model is loaded

    from dialogsum.inference.summarizer import Summarizer  # torch

    settings = {"engine": args.engine, "trust": args.trust}
    summarizer = Summarizer(args.run or args.model, **settings, **generation)
    split = cut = 0
    with writing(args.output, args.candidates) as write:
        for row in with_progress(summaries(summarizer, inputs, args.candidates), inputs):
            write(row)
            split += row["parts"] > 1
            cut += row["truncated"]
    if split:
        print(f"{split} long dialogues were summarized in parts", file=sys.stderr)
    if cut:
        reason = "reached generation.max_new_tokens before their end"
        print(f"{cut} summaries {reason}", file=sys.stderr)
    return 0


def parse_overrides(overrides: Sequence[str]) -> Row:
    """Return the changed keys of the section `generation`.

    Raises:
        UserError: not a key of the section, or a value that it cannot have.
    """
    for text in overrides:
        if not text.startswith(PREFIX) or "=" not in text:
            raise UserError(f"'{text}': not a setting; write {PREFIX}KEY=VALUE")
    changes: Any = OmegaConf.from_dotlist(list(overrides)).get("generation", {})
    changed_decoding(GenerationConfig(), changes)
    return dict(changes)


def summaries(summarizer: Summarizer, inputs: Iterable[Input], candidates: int) -> Iterator[Row]:
    """Yield a row per dialogue, in their order: id, summary, parts, truncated, candidates."""
    names: deque[str] = deque()  # of the dialogues that were read and not yet summarized

    def dialogues() -> Iterator[str]:
        for item in inputs:
            names.append(item.id)
            yield item.dialogue

    for summary in summarizer.summarize(dialogues(), candidates):
        row = {"id": names.popleft(), "summary": summary.text, "parts": summary.parts}
        row["truncated"] = summary.truncated
        if candidates > 1:
            row["candidates"] = list(summary.candidates)
        yield row


def with_progress(rows: Iterator[Row], inputs: Iterable[Input]) -> Iterable[Row]:
    """Show a bar with the remaining time on a terminal where the number of dialogues is known."""
    if not isinstance(inputs, list) or not sys.stderr.isatty():
        return rows
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(rows, "summarizing", total=len(inputs), console=console, transient=True)


@contextmanager
def writing(path: Path | None, candidates: int) -> Iterator[Callable[[Row], None]]:
    """Give a function that writes a row, and put the file in place when all have been written.

    Without a file, summaries go to standard output: one per line, with several candidates as JSONL.
    """
    if path is None:
        suffix = ".jsonl" if candidates > 1 else ".txt"
        yield lambda row: print(format_row(row, suffix), flush=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{PARTIAL}")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        yield row_writer(file, path.suffix)
    publish(temporary, path)
    print(f"wrote {path}", file=sys.stderr)


def row_writer(file: IO[str], suffix: str) -> Callable[[Row], None]:
    """Return a function that writes a row in the format of the file's suffix."""
    if suffix != ".csv":
        return lambda row: print(format_row(row, suffix), file=file, flush=True)
    writer = csv.writer(file)
    writer.writerow(("id", "summary", "parts", "truncated"))
    return lambda row: writer.writerow([row[k] for k in ("id", "summary", "parts", "truncated")])


def format_row(row: Row, suffix: str) -> str:
    """Return a row as JSON, or as its summary in one line."""
    if suffix == ".jsonl":
        return json.dumps(row, ensure_ascii=False)
    return " ".join(row["summary"].split())
