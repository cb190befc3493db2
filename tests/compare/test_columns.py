"""One definition of a column is shown by every output."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from dialogsum.common.metric_catalog import COSTS, LOWER, SECONDS, Measure
from dialogsum.compare import columns
from dialogsum.compare.columns import COST, DEFINITIONS, Column
from dialogsum.compare.comparison import Comparison, Options, compare_runs
from dialogsum.compare.exports import csv_text, latex_text, markdown_text
from dialogsum.compare.terminal import terminal_text
from dialogsum.compare.verdicts import Section
from tests.compare.factory import Factory
from tests.compare.test_report import core_of, html_text

LOADING = "time_s.load"  # recorded by every run, 1 s, and in no table


def loading(section: Section) -> Iterator[Column]:
    yield Column(
        LOADING,
        "Loading",
        value=lambda row: row.system.cost(LOADING),
        text=lambda row: str(row.system.cost(LOADING)),
        part=COST,
    )


@pytest.fixture
def comparison(factory: Factory) -> Comparison:
    factory.run("full")
    factory.run("lora")
    return compare_runs([factory.root], Options())


@pytest.mark.parametrize(
    ("where", "name", "entry"),
    [
        (COSTS, LOADING, Measure("Loading time", LOWER, SECONDS, "Loading")),
        (DEFINITIONS, None, loading),
    ],
    ids=["an entry of the metric catalog", "a definition of a column"],
)
def test_one_entry_is_a_column_of_every_output(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch, where: object, name: str, entry: object
) -> None:
    if name:
        monkeypatch.setitem(where, name, entry)  # type: ignore[arg-type]
    else:
        monkeypatch.setattr(columns, "DEFINITIONS", [*DEFINITIONS, entry])
    texts = {
        "terminal": terminal_text(comparison, width=240),
        "narrow terminal": terminal_text(comparison, width=80),
        "Markdown": markdown_text(comparison),
        "LaTeX": latex_text(comparison),
    }
    for output, text in texts.items():
        lines = text.splitlines()
        assert any("Loading" in line for line in lines), output
        assert any("full" in line and "1.0" in line for line in lines), output
    row = next(csv.DictReader(io.StringIO(csv_text(comparison))))
    assert float(row[LOADING]) == 1.0
    (section,) = core_of(html_text(comparison))["sections"]
    for table in section["tables"].values():
        place = [column["heading"] for column in table["columns"]].index("Loading")
        assert [cells[place][1] for cells in table["cells"]].count(1.0) == 2


def test_a_cost_of_the_catalog_can_be_plotted(
    factory: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.run("full")
    monkeypatch.setitem(COSTS, LOADING, Measure("Loading time", LOWER, SECONDS, "Loading"))
    comparison = compare_runs([factory.root], Options())
    (section,) = core_of(html_text(comparison))["sections"]
    assert section["measures"][LOADING]["cost"]
    assert section["rows"][0]["values"][LOADING]["text"] == "1.0 s"


def test_a_metric_of_the_catalog_with_a_heading_is_a_column(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        columns.SCORES, "empty", columns.SCORES["empty"]._replace(heading="Empty outputs")
    )
    assert "Empty outputs" in terminal_text(comparison, width=240).splitlines()[2]


def test_every_column_has_its_own_key(comparison: Comparison) -> None:
    keys = [column.key for column in columns.columns(comparison.sections[0])]
    assert len(keys) == len(set(keys))
    shown = columns.table_columns(comparison.sections[0])
    assert {column.under for column in shown} <= {"", *(column.key for column in shown)}
