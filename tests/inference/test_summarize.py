"""Summaries of new dialogues: from runs, from exports, of long texts, from every kind of file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dialogsum import Summarizer
from dialogsum.common.errors import UserError
from dialogsum.inference.inputs import read_inputs
from dialogsum.inference.long_dialogues import split_dialogue

CHAT = "Anna: Lunch at noon?\nBen: Sure, see you there!\n"
OTHER = "Tom: I lost my keys.\nLisa: Look in the car.\n"


def predictions(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "predictions" / "test.jsonl").open()]


def summarize(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dialogsum", "summarize", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=os.environ, check=False
    )


@pytest.mark.parametrize("name", ["full", "lora", "last_blocks", "few_shot"])
def test_a_run_repeats_its_predictions(runs: dict[str, Path], name: str) -> None:
    rows = predictions(runs[name])
    found = Summarizer(runs[name]).summarize(row["source"] for row in rows)
    assert [summary.text for summary in found] == [row["prediction"] for row in rows]


@pytest.mark.parametrize("name", ["full", "lora", "last_blocks"])
def test_ctranslate2_gives_the_same_greedy_tokens(runs: dict[str, Path], name: str) -> None:
    texts = [row["source"] for row in predictions(runs[name])]
    ours = Summarizer(runs[name], num_beams=1).summarize(texts)
    theirs = Summarizer(runs[name], engine="ctranslate2", num_beams=1).summarize(texts)
    assert list(theirs) == list(ours)


def test_candidates_begin_with_the_summary(runs: dict[str, Path]) -> None:
    [summary] = Summarizer(runs["lora"], num_beams=3).summarize([CHAT], candidates=3)
    assert len(set(summary.candidates)) == 3
    [alone] = Summarizer(runs["lora"], num_beams=3).summarize([CHAT])
    assert summary.candidates[0] == summary.text == alone.text


def test_long_dialogues_are_summarized_in_parts(runs: dict[str, Path]) -> None:
    rows = predictions(runs["lora"])
    long = "\n".join(row["source"] for row in rows)
    first, second, third = Summarizer(runs["lora"]).summarize([CHAT, long, ""])
    assert (first.parts, third.parts, third.text) == (1, 0, "")
    assert second.parts > 1
    assert second.text


def test_split_loses_nothing_and_fits() -> None:
    def count(text: str) -> int:
        return 4 + len(text.split())

    turns = [f"Anna: {'word ' * (n % 7 + 1)}{n}" for n in range(60)]
    turns[10] = "Ben: " + " ".join(f"long{n}" for n in range(90))  # longer than a window
    dialogue = "\n".join(turns)
    parts = split_dialogue(dialogue, count, limit=40)
    assert max(map(count, parts)) <= 40
    assert " ".join(parts).split() == dialogue.split()
    assert all(part.startswith(("Anna: ", "Ben: ", "long")) for part in parts)
    assert len(parts) <= 1.4 * sum(count(turn) - 4 for turn in turns) / 36
    assert split_dialogue(CHAT, count, limit=40) == [CHAT]
    unbroken = split_dialogue("x" * 100, lambda text: len(text), limit=30)
    assert "".join(unbroken) == "x" * 100


def test_inputs_of_every_kind(tmp_path: Path) -> None:
    text = tmp_path / "chat.txt"
    text.write_text(f"\n{CHAT}\n \n{OTHER}")
    expected = [("1", CHAT), ("2", OTHER)]
    assert list(read_inputs(str(text))) == expected
    rows = [{"id": "a", "conversation": CHAT, "note": "x"}, {"id": "b", "conversation": OTHER}]
    lines = tmp_path / "chat.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert [item.id for item in read_inputs(str(lines))] == ["a", "b"]
    table = tmp_path / "chat.csv"
    table.write_text(f'number,words\n7,"{CHAT.strip()}"\n')
    [item] = read_inputs(str(table), "words")
    assert item == ("1", CHAT.strip())


@pytest.mark.parametrize(
    ("content", "column", "keyword"),
    [
        ('{"a": "x", "b": "y"}\n', None, "--column"),
        ('{"a": "x"}\n', "c", "no column 'c'"),
        ('{"dialogue": 3}\n', None, "must be a text"),
        ('{"dialogue": "x"}\n{"other": "y"}\n', None, "chat.jsonl:2"),
        ("", None, "empty"),
    ],
)
def test_mistakes_in_a_file(tmp_path: Path, content: str, column: str | None, keyword: str) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text(content)
    with pytest.raises(UserError, match=keyword.replace("-", "[-]")):
        list(read_inputs(str(path), column))


def test_command(runs: dict[str, Path], tmp_path: Path) -> None:
    """Standard input to lines, a file to JSONL and CSV; both as `Summarizer` says."""
    run = str(runs["full"])
    expected = [s.text for s in Summarizer(run).summarize([CHAT, OTHER])]
    piped = summarize("--run", run, "-", stdin=f"{CHAT}\n{OTHER}")
    assert piped.returncode == 0, piped.stderr
    assert piped.stdout.splitlines() == expected

    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [{"fname": "x", "text": CHAT}, {"fname": "y", "text": OTHER}]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = summarize("--run", run, str(source), "generation.num_beams=2", "--output", str(target))
    assert done.returncode == 0, done.stderr
    written = [json.loads(line) for line in target.open()]
    assert [(row["id"], row["summary"]) for row in written] == list(
        zip("xy", expected, strict=True)
    )
    assert not list(tmp_path.glob(".out*"))


@pytest.mark.parametrize(
    ("arguments", "keyword"),
    [
        (["generation.num_beam=2"], "did you mean 'num_beams'"),
        (["generation.num_beams=0"], "at least 1"),
        (["seed=3"], "generation.KEY=VALUE"),
        (["--candidates", "0"], "--candidates"),
        (["--output", "x.pdf"], "--output"),
    ],
)
def test_mistakes_in_the_command(runs: dict[str, Path], arguments: list[str], keyword: str) -> None:
    done = summarize("--run", str(runs["full"]), "-", *arguments, stdin=CHAT)
    assert done.returncode == 2
    assert keyword in done.stderr
    assert "Traceback" not in done.stderr


def test_unfinished_runs_and_other_folders_are_refused(
    runs: dict[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "config.yaml").write_text((runs["full"] / "config.yaml").read_text())
    with pytest.raises(UserError, match="not completed"):
        Summarizer(tmp_path)
    with pytest.raises(UserError, match="no such directory"):
        Summarizer(tmp_path / "none")
