"""`dialogsum compare` as it is typed: what is printed and written."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dialogsum.compare.page import PAIRED
from dialogsum.compare.report import write_comparison
from tests.compare.conftest import Command
from tests.compare.factory import Factory, dialogues
from tests.compare.test_report import core_of


def rows(printed: str) -> list[str]:
    """The names in the first column of the first table, in order."""
    table = printed.split("\n\n")[0].strip().splitlines()
    return [line.split("  ")[0].strip() for line in table[2:] if line.strip()]


def test_the_table_has_quality_significance_and_cost(sweep: Path, compare: Command) -> None:
    printed = compare(sweep)
    line = next(line for line in printed.splitlines() if line.startswith("prompt_tuning"))
    assert re.search(r" 3 +\d+\.\d\d +\d+\.\d\d +\d+\.\d\d +\d+\.\d\d–\d+\.\d\d", line)
    assert re.search(r"−\d+\.\d\d +▼ +< 0\.001 +\d+ %", line)
    assert "1.28 k" in line and "5.1 kB" in line and "600.0 MB" in line and "1 min 07 s" in line
    for text in ("conditional on the trained runs", "is missed more often", "bundled miniature"):
        assert text in " ".join(printed.split())


def test_differences_stand_in_line_with_and_without_brackets(sweep: Path, compare: Command) -> None:
    lines = [line for line in compare(sweep).splitlines() if "▼" in line and "p <" not in line]
    rows = [line for line in lines if line.startswith(("lora", "ia3", "prompt", "lead", "zero"))]
    ends = {line.index("▼") for line in rows}
    assert len(rows) == 6 and any("(▼)" in line for line in rows) and len(ends) == 1


def test_failed_interrupted_and_killed_runs_are_listed(sweep: Path, compare: Command) -> None:
    printed = compare(sweep)
    assert "failed       RuntimeError: out of memory" in printed
    assert "interrupted  stopped by SIGTERM" in printed
    assert "unfinished   no result yet" in printed


def test_filtering_by_config_keys(sweep: Path, compare: Command) -> None:
    printed = compare(sweep, "--filter", "strategy=full,lora", "seed!=2")
    assert sorted(rows(printed)) == ["full", "lead-3", "lora"]
    assert "layer_norm" not in printed
    assert re.search(r"^lora +2 ", printed, re.MULTILINE)
    assert sorted(rows(compare(sweep, "--filter", "learning_rate=5e-3"))) == [
        "lead-3",
        "lora",
        "lora_qv",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--metric", "rougel"], "--metric: no run has 'rougel'; did you mean 'rougeL'?"),
        (["--baseline", "ful"], "--baseline: no run has 'ful'; did you mean 'full'?"),
        (["--filter", "strategy"], "--filter: 'strategy' is not key=value"),
        (["--filter", "strategi=full"], "did you mean 'strategy'?"),
        (["--filter", "seed=7"], "--filter: excludes all 21 runs"),
    ],
)
def test_mistakes_are_explained(
    sweep: Path, compare: Command, arguments: list[str], message: str
) -> None:
    assert message in compare(sweep, *arguments, code=2)


def test_csv_has_recorded_units_and_every_run(
    sweep: Path, compare: Command, tmp_path: Path
) -> None:
    path = tmp_path / "comparison.csv"
    assert f"Written:   {path}" in compare(sweep, "--csv", path)
    with path.open(newline="") as file:
        lines = {row["label"] or row["run"]: row for row in csv.DictReader(file)}
    full, lora = lines["full"], lines["lora"]
    assert 0 < float(full["rougeL_ci_low"]) < float(full["rougeL"]) < 1
    assert (full["artifact_bytes"], full["seeds"], full["outcome"]) == ("1560576.0", "0 1 2", "")
    assert float(lora["p_holm"]) >= float(lora["p_value"])
    assert lora["config.strategy.learning_rate"] == "0.005"
    failed = next(row for row in lines.values() if row["status"] == "failed")
    assert failed["why"] == "RuntimeError: out of memory"


def test_markdown_is_a_table_that_names_cannot_break(
    factory: Factory, compare: Command, tmp_path: Path
) -> None:
    factory.run("full")
    factory.run("lora", prompt__name="a|b")
    path = tmp_path / "comparison.md"
    compare(factory.root, "--markdown", path)
    text = path.read_text()
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) == 1
    assert r"lora (prompt a\|b)" in text
    assert "bundled miniature" in text


def test_latex_is_a_booktabs_table_with_intervals(
    factory: Factory, compare: Command, tmp_path: Path
) -> None:
    factory.run("full")
    factory.run("lora", prompt__name="50% & #1_{x}")
    path = tmp_path / "comparison.tex"
    compare(factory.root, "--latex", path)
    text = path.read_text()
    assert r"lora (prompt 50\% \& \#1\_\{x\})" in text
    tables = re.findall(r"\\begin\{tabular\}\{(\w+)\}\n\\toprule\n(.*?)\\bottomrule", text, re.S)
    assert len(tables) == 2  # quality and cost
    for sides, body in tables:
        lines = [line for line in body.splitlines() if line.endswith(r"\\")]
        cells = {len(re.findall(r"(?<!\\)&", line)) + 1 for line in lines}
        assert cells == {len(sides)}
    assert re.search(r"\d+\.\d\d--\d+\.\d\d", text) and "bundled miniature" in text
    assert text.isascii()


def test_a_narrow_terminal_cuts_no_number(
    sweep: Path, compare: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = compare(sweep)
    monkeypatch.setenv("COLUMNS", "70")
    narrow = compare(sweep)
    assert "…" not in narrow
    figures = set(re.findall(r"[\d.−]+–?[\d.]* (?:[▲▼%]|\([▲▼]\))", wide))
    assert figures <= set(re.findall(r"[\d.−]+–?[\d.]* (?:[▲▼%]|\([▲▼]\))", narrow))


def test_validation_is_compared_on_request(sweep: Path, compare: Command) -> None:
    printed = compare(sweep, "--split", "validation")
    assert "bundled validation · 60 dialogues" in printed and "lead-3" in printed


def test_a_sweep_without_any_finished_run_says_so(factory: Factory) -> None:
    jobs = [factory.run("full", status=None), factory.run("lora", status="failed", error="Boom")]
    text = write_comparison(jobs, factory.root).text
    assert "nothing can be compared yet" in text and "Boom" in text
    for name in ("comparison.md", "comparison.csv", "report.html"):
        assert "Boom" in (factory.root / name).read_text()


def test_write_comparison_takes_only_the_jobs_it_is_given(factory: Factory) -> None:
    jobs = [factory.run("full"), factory.run("zero_shot")]
    factory.run("lora")
    started = time.perf_counter()
    text = write_comparison(jobs, factory.root / "default").text
    assert time.perf_counter() - started < 10  # about one second alone on two cores
    assert "lora" not in text and "zero_shot" in text


def test_the_command_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from dialogsum.cli import main; import dialogsum.compare.comparison;"
        "heavy = {'torch', 'transformers', 'pandas', 'matplotlib'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_plots_are_png_svg_and_pdf(sweep: Path, compare: Command, tmp_path: Path) -> None:
    compare(sweep, "--plots", tmp_path / "plots")
    names = sorted(path.name for path in (tmp_path / "plots").iterdir())
    stems = ("learning", "systems", "tradeoff")
    assert names == [f"{stem}.{ending}" for stem in stems for ending in ("pdf", "png", "svg")]
    assert (tmp_path / "plots" / "tradeoff.png").read_bytes()[:4] == b"\x89PNG"
    svg = (tmp_path / "plots" / "tradeoff.svg").read_text()
    assert ">prompt_tuning<" in svg and "bundled miniature" in svg


STEERING = "\x1b[31mred\x9b1m \u202eesrever\u2066 \u200f"


def test_nothing_of_a_foreign_run_steers_the_terminal(
    factory: Factory, compare: Command, tmp_path: Path
) -> None:
    run = factory.run("full", prompt__name=f"a{STEERING}")
    factory.run("lora", status="failed", error=f"b{STEERING}")
    record = json.loads((run / "result.json").read_text())
    for key in ("strategy", "model", "dataset"):
        record[key] = f"{key}{STEERING}"
    record["environment"]["device"] = STEERING
    (run / "result.json").write_text(json.dumps(record))
    run.rename(run.with_name(f"run{STEERING}"))
    outputs = {f"--{kind}": tmp_path / kind for kind in ("markdown", "csv", "latex", "html")}
    arguments = [part for pair in outputs.items() for part in pair]
    printed = compare(factory.root, *arguments)
    core = (tmp_path / "html").read_text().split('id="core">')[1].split("</script>")[0]
    texts = [
        printed,
        core,
        *((tmp_path / kind).read_text() for kind in ("markdown", "latex", "csv")),
    ]
    for text in texts:
        assert "esrever" in text
        assert not set(STEERING) - set(map(chr, range(32, 127))) & set(text)


def test_names_are_no_formulas_headings_or_arguments(
    factory: Factory, compare: Command, tmp_path: Path
) -> None:
    run = factory.run("full")
    record = json.loads((run / "result.json").read_text())
    record |= {"strategy": "=1+1", "model": "# [x](http://y) $\\frac$", "dataset": "*[2cm] <b>"}
    (run / "result.json").write_text(json.dumps(record))
    outputs = [f"--{kind}={tmp_path / kind}" for kind in ("markdown", "csv", "latex", "plots")]
    compare(factory.root, *outputs)
    rows = list(csv.DictReader((tmp_path / "csv").open(newline="")))
    cells = [cell for row in rows for cell in row.values()]
    assert "'=1+1" in cells and "=1+1" not in cells
    numbers = [cell for cell in cells if cell.startswith("-")]
    assert all(float(cell) < 0 for cell in numbers)
    heading = next(line for line in (tmp_path / "markdown").open() if line.startswith("## "))
    assert r"\*\[2cm\] \<b\>" in heading and r"\[x\](http" in heading
    assert "{*}{[}2cm{]}" in (tmp_path / "latex").read_text()


def test_of_many_systems_only_the_first_are_compared_in_pairs(tmp_path: Path) -> None:
    """benchmarks/comparing.py measures larger ones."""
    factory = Factory(tmp_path, dialogues(12), fast=True)
    jobs = [factory.run("full")]
    jobs += [factory.run("lora", strategy__learning_rate=k / 1000) for k in range(1, 60)]
    written = write_comparison(jobs, tmp_path)
    (section,) = core_of(written.html.read_text())["sections"]
    assert len(section["rows"]) == 61  # lead-3 is one
    assert {len(pairs) for pairs in section["pairs"].values()} == {PAIRED}
