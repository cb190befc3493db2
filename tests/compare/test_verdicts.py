"""Significance, shares and baselines."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from dialogsum.commands.score import score_files
from dialogsum.compare.comparison import Options, compare_runs
from dialogsum.compare.verdicts import Row, every_pair, over_seeds
from dialogsum.evaluation.statistics import compare_systems
from tests.compare.factory import Factory, dialogues


def rows_of(*paths: Path, **options: str) -> dict[str, Row]:
    section = compare_runs(paths, Options(**options)).sections[0]
    return {row.system.label: row for row in section.rows}


def test_marks_are_those_of_the_statistics_over_the_comparisons_shown(sweep: Path) -> None:
    rows = rows_of(sweep)
    others = [row for row in rows.values() if row.verdict]
    scores = np.stack(
        [r.system.scores("rougeL") for r in others] + [rows["full"].system.scores("rougeL")]
    )
    expected = compare_systems(scores, pairs=[(i, len(others)) for i in range(len(others))])
    for place, row in enumerate(others):
        assert row.verdict is not None
        assert row.verdict.difference == pytest.approx(expected.difference[place])
        assert row.verdict.p_holm == pytest.approx(expected.p_holm[place])
        assert row.verdict.detectable == pytest.approx(expected.detectable[place])
    assert rows["prompt_tuning"].verdict.outcome == "worse"  # type: ignore[union-attr]


def test_the_baseline_is_full_and_keeps_all_of_its_gain(sweep: Path) -> None:
    rows = rows_of(sweep)
    assert rows["full"].is_baseline and rows["full"].verdict is None
    assert rows["full"].retained == (1.0, None, None)
    own, full, zero = (
        rows[name].system.metric("rougeL").value for name in ("lora", "full", "zero_shot")
    )
    kept = rows["lora"].retained
    assert kept is not None and kept.value == pytest.approx((own - zero) / (full - zero))  # type: ignore[operator]
    assert kept.ci_low < kept.value < kept.ci_high  # type: ignore[operator]
    assert rows["zero_shot"].retained is None and rows["lead-3"].retained is None


def test_another_baseline_by_name(sweep: Path) -> None:
    rows = rows_of(sweep, baseline="ia3")
    assert rows["ia3"].is_baseline
    assert rows["full"].verdict.outcome == "better"  # type: ignore[union-attr]


def test_less_is_better_where_the_catalogue_says_so(factory: Factory) -> None:
    factory.run("full")
    factory.run("lora", quality=0.2)
    rows = rows_of(factory.root, metric="novel_ngrams")
    assert rows["lora"].verdict.outcome == "different"  # type: ignore[union-attr]


def test_no_share_of_a_gain_that_is_not_there(factory: Factory) -> None:
    factory.run("zero_shot", quality=0.5)
    factory.run("full", quality=0.5)
    factory.run("lora", quality=0.6)
    assert rows_of(factory.root)["lora"].retained is None


def test_no_share_of_a_gain_that_the_seeds_do_not_confirm(factory: Factory) -> None:
    factory.run("zero_shot")
    for seed, quality in enumerate((0.12, 0.95)):
        factory.run("full", seed, quality=quality)
        factory.run("lora", seed, quality=0.5)
    rows = rows_of(factory.root)
    assert rows["zero_shot"].verdict.mark == "(▼)"  # type: ignore[union-attr]
    assert rows["lora"].retained is None and rows["full"].retained is None


def test_baselines_stay_within_the_model(factory: Factory) -> None:
    for model in ("tiny", "small"):
        for strategy in ("full", "lora"):
            factory.run(strategy, model__name=model)
    section = compare_runs([factory.root], Options()).sections[0]
    for row in section.rows:
        if row.system.model:
            assert row.baseline is not None and row.baseline.model == row.system.model
    lead = next(row for row in section.rows if not row.system.model)
    assert lead.baseline is None
    assert any("2 models" in note for note in section.notes)


def test_of_several_baselines_the_best_on_validation_counts(factory: Factory) -> None:
    factory.run("full", strategy__learning_rate=1e-3, quality=0.4)
    factory.run("full", strategy__learning_rate=1e-4, quality=0.8)
    rows = rows_of(factory.root)
    assert rows["full (lr=0.0001)"].is_baseline
    assert rows["full (lr=0.001)"].verdict is not None


def test_a_difference_that_seeds_do_not_confirm_is_marked(factory: Factory) -> None:
    for seed, quality in enumerate((0.2, 0.7, 0.9)):
        factory.run("lora", seed, quality=quality)
        factory.run("full", seed, quality=0.9)
    row = rows_of(factory.root)["lora"]
    assert row.verdict is not None
    assert (row.verdict.outcome, row.verdict.confirmed) == ("worse", False)


def test_every_pair_says_what_seeds_do_not_confirm(factory: Factory) -> None:
    """A mark in one table must not be in brackets and stand without them in another."""
    for seed, quality in enumerate((0.5, 0.95)):
        factory.run("full", seed, quality=quality)
        factory.run("lora", seed, quality=0.3)
    section = compare_runs([factory.root], Options()).sections[0]
    place = {system.label: index for index, system in enumerate(section.systems)}
    lora = next(row for row in section.rows if row.system.label == "lora")
    pairs = every_pair(section.systems, "rougeL")
    lora_full, full_lora = (place["lora"], place["full"]), (place["full"], place["lora"])
    assert lora.verdict is not None and lora.verdict.mark == "(▼)"
    assert (pairs[lora_full].mark, pairs[full_lora].mark) == ("(▼)", "(▲)")
    assert (0, 0) not in pairs


@pytest.mark.parametrize(
    ("quality", "claim"),
    [
        (0.2, "lora comes closest to full: −"),
        (0.95, "lora is ahead of full: +"),
        (0.72, "lora and full do not differ significantly: "),
    ],
)
def test_the_finding_is_about_the_best_trained_row(
    factory: Factory, quality: float, claim: str
) -> None:
    factory.run("zero_shot")
    factory.run("full")
    factory.run("ia3", quality=0.05)
    factory.run("lora", quality=quality)
    section = compare_runs([factory.root], Options()).sections[0]
    [finding] = section.findings
    assert finding.startswith(claim) and finding in section.notes
    assert finding.endswith(
        "lora trains 11 % of the parameters and saves 172.0 kB instead of 1.6 MB."
    )
    assert ("could be missed" in finding) == (quality == 0.72)


def test_there_is_no_finding_without_training_or_direction(factory: Factory) -> None:
    factory.run("zero_shot")
    factory.run("zero_shot", prompt__shots=1, prompt__name="one_shot")
    assert compare_runs([factory.root], Options()).sections[0].findings == []
    factory.run("full")
    factory.run("lora")
    by_style = compare_runs([factory.root], Options(metric="novel_ngrams")).sections[0]
    assert by_style.findings == []


def test_there_is_no_finding_where_both_sides_score_the_same_everywhere(factory: Factory) -> None:
    factory.run("full", quality=1.0)
    factory.run("lora", quality=1.0)
    assert compare_runs([factory.root], Options()).sections[0].findings == []


@pytest.mark.parametrize(
    ("full_seeds", "marks"),
    [
        (1, {"lora": "▼?", "zero_shot": "▼?", "lead-3": "▼?", "published": "▼?"}),
        (3, {"lora": "▼?", "zero_shot": "▼", "lead-3": "▼", "published": "▼?"}),
    ],
)
def test_a_mark_says_where_seeds_cannot_confirm_it(
    factory: Factory, tmp_path: Path, full_seeds: int, marks: dict[str, str]
) -> None:
    """What was not trained adds no chance; of a scored file only one training is known."""
    for seed in range(full_seeds):
        factory.run("full", seed, quality=0.95)
    for strategy in ("lora", "zero_shot"):
        factory.run(strategy, quality=0.1)
    references, outputs = tmp_path / "references.jsonl", tmp_path / "published.txt"
    rows = [{"id": d.id, "dialogue": d.dialogue, "summary": d.references[0]} for d in factory.test]
    references.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    outputs.write_text("".join(f"{d.dialogue.split()[0]} something\n" for d in factory.test))
    scored = score_files(outputs, references, to=tmp_path / "scored")
    found = rows_of(factory.root / "default", scored.directory)
    assert {name: found[name].verdict.mark for name in marks} == marks  # type: ignore[union-attr]
    assert found["lora"].verdict.confirmed is None  # type: ignore[union-attr]


def test_what_is_not_trained_needs_no_seeds(factory: Factory) -> None:
    factory.run("zero_shot", quality=0.9)
    row = rows_of(factory.root, baseline="zero_shot")["lead-3"]
    assert row.verdict is not None and row.verdict.mark == "▼"


def test_welch_interval_against_a_textbook_value(sweep: Path) -> None:
    rows = rows_of(sweep)
    first, second = rows["lora"].system, rows["full"].system
    x, y = ([m.evaluation.metrics["rougeL"]["value"] for m in s.members] for s in (first, second))
    terms = [np.var(v, ddof=1) / 3 for v in (x, y)]
    df = int(sum(terms) ** 2 / sum(t**2 / 2 for t in terms))
    quantile = {2: 4.302653, 3: 3.182446, 4: 2.776445}[df]
    interval, _ = over_seeds(first, second, "rougeL")
    low, high = interval or (0, 0)
    half = quantile * np.sqrt(sum(terms))
    assert (low, high) == pytest.approx(
        (np.mean(x) - np.mean(y) - half, np.mean(x) - np.mean(y) + half), abs=1e-6
    )


def test_every_pair_is_antisymmetric_and_corrected_over_all(sweep: Path) -> None:
    systems = compare_runs([sweep], Options()).sections[0].systems
    pairs = every_pair(systems, "rougeL")
    assert all(pairs[b, a].difference == -pairs[a, b].difference for a, b in pairs)
    expected = compare_systems(np.stack([s.scores("rougeL") for s in systems]))  # type: ignore[misc]
    upper = [verdict.p_holm for (a, b), verdict in pairs.items() if a < b]
    assert upper == pytest.approx(expected.p_holm)


def test_too_few_dialogues_for_any_mark_are_named(tmp_path: Path) -> None:
    factory = Factory(tmp_path, dialogues(6))
    for rate in range(1, 4):
        factory.run("lora", strategy__learning_rate=rate / 100, quality=0.1 * rate)
    factory.run("full", quality=1.0)
    notes = compare_runs([factory.root], Options()).sections[0].notes
    assert any("can be significant" in note for note in notes)
