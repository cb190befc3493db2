"""report.html as a file: whole, self-contained, and proof against the texts it carries."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path
from typing import Any

from dialogsum.compare.comparison import Options, compare_runs
from dialogsum.compare.page import html_text
from tests.compare.factory import Factory


def core_of(text: str) -> dict[str, Any]:
    """The report's tables."""
    found = re.search(r'<script type="application/json" id="core">(.*?)</script>', text, re.DOTALL)
    assert found
    core: dict[str, Any] = json.loads(found[1])
    return core


def body_of(text: str, number: int = 0) -> dict[str, Any]:
    """The report's dialogues, outputs and scores of one table."""
    found = re.search(rf'id="body-{number}">([^<]*)</script>', text)
    assert found
    body: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(found[1])))
    return body


def test_nothing_is_loaded_from_elsewhere_and_the_file_is_small(report: Path) -> None:
    text = report.read_text()
    assert len(text.encode()) < 500_000  # 21 runs
    assert not re.search(r"""(?:src|href)=["']?(?!data:|#)[^"'\s>]""", text)
    assert "@import" not in text and "url(" not in text
    assert str(report.parent) not in text


def test_dialogues_are_stored_once_and_outputs_per_run(report: Path) -> None:
    body = body_of(report.read_text())
    assert len(body["ids"]) == len(body["turns"]) == len(body["references"]) == 60
    runs = [run for row in body["rows"] for run in row]
    assert len(runs) == 5 * 3 + 1 + 1  # five trained systems, zero-shot once, lead-3
    assert {len(run["outputs"]) for run in runs} == {60}
    assert {len(run["scores"]["rougeL"]) for run in runs} == {60}


def test_the_core_holds_what_the_table_says(report: Path) -> None:
    core = core_of(report.read_text())
    (section,) = core["sections"]
    by_label = {row["label"]: row for row in section["rows"]}
    assert by_label["full"]["kind"] == "baseline"
    columns = [column["key"] for column in section["tables"]["rouge2"]["columns"]]
    cells = section["tables"]["rouge2"]["cells"][section["rows"].index(by_label["lora"])]
    text, value, details = cells[columns.index("difference")]
    assert "▼" in text and value < 0 and "95 % over seeds" in details
    pair = section["pairs"]["rouge2"][section["rows"].index(by_label["lora"])][0]
    assert pair["text"].startswith("−") and pair["outcome"] in ("worse", "undecided")
    assert len(by_label["lora"]["values"]["rougeL"]["each"]) == 3
    assert [item["status"] for item in core["excluded"]] == ["failed", "interrupted", "unfinished"]
    assert section["bundled"] and "prove that the machinery works" in core["honesty"]


def test_a_run_that_diverged_is_reported_too(factory: Factory) -> None:
    run = factory.run("full")
    (run / "metrics.csv").write_text("step,train/loss\n9,2.5\n19,nan\n29,inf\n")
    (section,) = core_of(html_text(compare_runs([factory.root], Options())))["sections"]
    assert {"step": [9, 19, 29], "y": [2.5, None, None]} in [
        runs[0].get("train/loss") for runs in section["curves"]
    ]


def test_texts_cannot_end_a_script_or_become_markup(factory: Factory, tmp_path: Path) -> None:
    evil = "</script><script>window.broken=1</script><!--"
    run = factory.run("full", prompt__name=evil)
    factory.run("lora", prompt__name="plain", status="failed", error=evil)
    path = run / "predictions" / "test.jsonl"
    rows = [json.loads(line) for line in path.open()]
    rows[0]["prediction"] = evil
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    text = html_text(compare_runs([factory.root], Options()))
    assert "window.broken=1</script>" not in text
    assert evil in [run["outputs"][0] for row in body_of(text)["rows"] for run in row]
    assert core_of(text)["excluded"][0]["why"] == evil


def test_without_javascript_the_tables_are_still_there(report: Path) -> None:
    found = re.search(r"<noscript><pre>(.*?)</pre></noscript>", report.read_text(), re.DOTALL)
    assert (
        found
        and "prompt_tuning" in found[1]
        and "conditional on the trained runs" in " ".join(found[1].split())
    )
