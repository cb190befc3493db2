"""Which runs stand in one table, and which make one row."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from dialogsum.commands.score import score_files
from dialogsum.compare.comparison import Comparison, Options, compare_runs
from dialogsum.compare.exports import csv_text, full_title, markdown_text
from tests.compare.factory import Factory, dialogues


def compare(*paths: Path, **options: object) -> Comparison:
    return compare_runs(paths, Options(**options))  # type: ignore[arg-type]


def labels(comparison: Comparison, table: int = 0) -> list[str]:
    return [row.system.label for row in comparison.sections[table].rows]


def test_seeds_make_one_row_with_mean_deviation_and_t_interval(sweep: Path) -> None:
    rows = {row.system.label: row.system for row in compare(sweep).sections[0].rows}
    lora = rows["lora"]
    each = [member.evaluation.metrics["rougeL"]["value"] for member in lora.members]
    figure = lora.metric("rougeL")
    assert [member.run.seed for member in lora.members] == [0, 1, 2]
    assert figure.value == pytest.approx(np.mean(each))
    assert figure.seeds.sd == pytest.approx(np.std(each, ddof=1))
    half = 4.302653 * np.std(each, ddof=1) / np.sqrt(3)
    assert figure.seeds.ci_low == pytest.approx(np.mean(each) - half, abs=1e-5)
    assert figure.ci_low is not None and figure.ci_low < np.mean(each)


def test_untrained_runs_of_several_seeds_count_once(sweep: Path) -> None:
    section = compare(sweep).sections[0]
    (zero,) = [row.system for row in section.rows if row.system.strategy == "zero_shot"]
    assert (len(zero.members), zero.same) == (1, 2)
    assert any("3 seeds gave the same outputs" in note for note in section.notes)


def test_random_weights_that_are_not_trained_do_depend_on_the_seed(factory: Factory) -> None:
    for seed in range(2):
        run = factory.run("zero_shot", seed, model__pretrained=False)
        if seed:
            rows = [json.loads(line) for line in (run / "predictions/test.jsonl").open()]
            rows[0]["prediction"] = "other"
            text = "".join(f"{json.dumps(row)}\n" for row in rows)
            (run / "predictions/test.jsonl").write_text(text)
    (zero,) = [s for s in compare(factory.root).sections[0].systems if s.strategy == "zero_shot"]
    assert len(zero.members) == 2


def test_an_untrained_model_does_not_depend_on_training_settings(factory: Factory) -> None:
    factory.run("zero_shot")
    factory.run("zero_shot", 1, trainer__max_epochs=7, batching__batch_size=64)
    assert labels(compare(factory.root)).count("zero_shot") == 1


def test_swept_settings_are_rows_named_by_what_differs(factory: Factory) -> None:
    for rate in (1e-3, 1e-4):
        factory.run("lora", strategy__learning_rate=rate, optimizer__lr=rate)
    factory.run("full")
    assert set(labels(compare(factory.root))) == {
        "full",
        "lora (lr=0.001)",
        "lora (lr=0.0001)",
        "lead-3",
    }


def test_settings_outside_the_fingerprint_do_not_part_seeds(factory: Factory) -> None:
    factory.run("lora", 0, hardware__num_workers=2, cache_dir="a", batching__tokens_per_batch=99)
    factory.run("lora", 1)
    assert labels(compare(factory.root)).count("lora") == 1


def test_prompts_are_named_in_every_row_where_they_differ(factory: Factory) -> None:
    factory.run("zero_shot")
    factory.run("zero_shot", prompt__name="few_shot", prompt__shots=3, quality=0.3)
    comparison = compare(factory.root)
    assert set(labels(comparison)) == {
        "zero_shot (prompt zero_shot)",
        "zero_shot (prompt few_shot)",
        "lead-3",
    }
    assert comparison.sections[0].baseline == "zero_shot"
    (few,) = [r for r in comparison.sections[0].rows if "few_shot" in r.system.label]
    assert few.baseline is not None and few.baseline.label == "zero_shot (prompt zero_shot)"


def test_lead_3_is_a_row_with_its_own_scores(factory: Factory) -> None:
    factory.run("full")
    (row,) = [r for r in compare(factory.root).sections[0].rows if r.system.strategy == "lead-3"]
    first = factory.test[0].dialogue.splitlines()[:3]
    assert row.system.members[0].texts[0] == " ".join(first)
    assert row.system.metric("rouge1").value is not None
    assert row.system.cost("parameters.trainable") is None


def test_other_dialogues_make_another_table_and_a_warning(factory: Factory) -> None:
    run = factory.run("full")
    factory.evaluation(run, "other", dialogues(16, skip=60), 0.5, dataset__name="samsum")
    comparison = compare(factory.root)
    assert [s.table.dialogues.names for s in comparison.sections] == [("bundled",), ("samsum",)]
    assert any("are not comparable" in note for note in comparison.notes)


def test_on_other_data_the_question_is_what_training_has_gained_or_cost_there(
    factory: Factory,
) -> None:
    other = dialogues(24, skip=60)
    for strategy, quality in (("zero_shot", 0.5), ("full", 0.1), ("lora", 0.9)):
        run = factory.run(strategy)
        factory.evaluation(run, "other", other, quality, dataset__name="samsum")
    own, elsewhere = compare(factory.root).sections
    assert (own.baseline, elsewhere.baseline) == ("full", "zero_shot")
    outcomes = {row.system.label: row.verdict and row.verdict.outcome for row in elsewhere.rows}
    assert (outcomes["full"], outcomes["lora"]) == ("worse", "better")
    assert "Trained on bundled, tested on samsum." in elsewhere.notes
    assert any("training elsewhere has gained" in note for note in elsewhere.notes)
    assert not any("training elsewhere has gained" in note for note in own.notes)


def test_full_is_the_baseline_where_nothing_else_is_there(factory: Factory) -> None:
    run = factory.run("full")
    factory.evaluation(run, "other", dialogues(16, skip=60), 0.5, dataset__name="samsum")
    assert [s.baseline for s in compare(factory.root).sections] == ["full", "full"]


def test_limits_of_the_training_data_leave_the_test_set_the_same(factory: Factory) -> None:
    factory.run("full")
    other = factory.run("lora", dataset__limit={"train": 100})
    record = json.loads((other / "result.json").read_text())
    record["data"]["hash"] = "f" * 32
    (other / "result.json").write_text(json.dumps(record))
    comparison = compare(factory.root)
    assert len(comparison.sections) == 1
    assert any("content ffffff" in note for note in comparison.sections[0].notes)


def test_another_protocol_makes_another_table(factory: Factory) -> None:
    factory.run("full")
    other = factory.run("lora")
    record = json.loads((other / "result.json").read_text())
    record["environment"]["protocol"]["rouge"] = "recall"
    (other / "result.json").write_text(json.dumps(record))
    comparison = compare(factory.root)
    assert len(comparison.sections) == 2
    assert any("another protocol" in note for note in comparison.sections[1].notes)


def test_rows_in_another_order_are_matched_by_their_dialogue(factory: Factory) -> None:
    factory.run("full")
    run = factory.run("lora")
    before = compare(factory.root).sections[0].rows
    path = run / "predictions" / "test.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    random.Random(0).shuffle(lines)
    path.write_text("".join(lines))
    after = compare(factory.root).sections[0].rows
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert old.verdict == new.verdict


def test_decoding_of_a_later_evaluation_is_a_row_of_its_own(factory: Factory) -> None:
    run = factory.run("lora")
    factory.evaluation(run, "beam", factory.test, 0.7, generation={"name": "beam4", "num_beams": 4})
    config = (run / "config.yaml").read_text()
    (run / "config.yaml").write_text(f"{config}generation: {{name: greedy, num_beams: 1}}\n")
    comparison = compare(factory.root)
    assert {"lora (greedy)", "lora (beam4)"} < set(labels(comparison))
    assert any("decoded differently" in note for note in comparison.sections[0].notes)


def test_generation_costs_what_it_cost_in_that_evaluation(factory: Factory) -> None:
    run = factory.run("lora")
    beams = {"name": "beam4", "num_beams": 4}
    later = factory.evaluation(run, "beam", factory.test, 0.7, generation=beams)
    peak = "memory_bytes.generate_peak_allocated"
    for folder, allocated in ((run, 100), (later, 400)):
        record = json.loads((folder / "result.json").read_text())
        record["memory_bytes"]["generate_peak_allocated"] = allocated
        (folder / "result.json").write_text(json.dumps(record))
    systems = [s for s in compare(factory.root).sections[0].systems if s.strategy == "lora"]
    assert {system.cost(peak) for system in systems} == {100, 400}
    assert sorted(len(system.costs("time_s.generate")) for system in systems) == [0, 1]
    assert [system.cost("time_s.fit") for system in systems] == [61.0, 61.0]


def test_the_same_seed_twice_counts_once_and_is_said(factory: Factory) -> None:
    run = factory.run("lora")
    factory.root = factory.root / "again"
    factory.run("lora")
    section = compare(run.parent, factory.root).sections[0]
    (lora,) = [s for s in section.systems if s.strategy == "lora"]
    assert len(lora.members) == 1
    assert any("2 times with the same seed" in note for note in section.notes)


def test_scored_outputs_of_another_system_stand_in_the_same_table(
    factory: Factory, tmp_path: Path
) -> None:
    factory.run("full")
    references, outputs = tmp_path / "references.jsonl", tmp_path / "published.txt"
    references.write_text(
        "".join(
            json.dumps({"id": d.id, "dialogue": d.dialogue, "summary": d.references[0]}) + "\n"
            for d in factory.test
        )
    )
    outputs.write_text("".join(f"{d.references[0]} indeed\n" for d in factory.test))
    scored = score_files(outputs, references, to=tmp_path / "scored")
    section = compare(factory.root / "default", scored.directory).sections[0]
    (row,) = [row for row in section.rows if row.system.strategy == "published"]
    assert row.verdict is not None and row.verdict.outcome == "better"
    assert row.retained is None
    assert not any("different data" in note for note in section.notes)  # its data are not known


def test_missing_predictions_are_listed_with_the_reason(factory: Factory) -> None:
    factory.run("full")
    run = factory.run("lora")
    (run / "predictions" / "test.jsonl").unlink()
    comparison = compare(factory.root)
    assert [(item.run.name, item.status) for item in comparison.excluded] == [
        (run.name, "no predictions")
    ]


def test_more_references_and_groups_keep_their_figures(tmp_path: Path) -> None:
    factory = Factory(tmp_path, dialogues(30, references=3))
    for seed in range(2):
        factory.run("full", seed)
    section = compare(tmp_path, metric="rougeL@unseen").sections[0]
    assert "3 references each" in section.title
    full = next(s for s in section.systems if s.strategy == "full")
    scores = full.scores("rougeL@unseen")
    unseen = sum(d.group == "unseen" for d in factory.test)
    assert scores is not None and np.isfinite(scores).sum() == unseen
    assert full.metric("rougeL@unseen").value == pytest.approx(np.nanmean(scores))
    assert full.metric("rougeL_best").value > full.metric("rougeL").value  # type: ignore[operator]


def test_the_order_of_a_dialogues_references_does_not_matter(tmp_path: Path) -> None:
    factory = Factory(tmp_path, dialogues(12, references=3))
    factory.run("full")
    path = factory.run("lora") / "predictions" / "test.jsonl"
    rows = [json.loads(line) for line in path.open()]
    for row in rows:
        row["references"].reverse()
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    comparison = compare(tmp_path)
    assert len(comparison.sections) == 1
    assert not any("different dialogues" in note for note in comparison.notes)


def models_of(comparison: Comparison) -> dict[str, str | None]:
    return {s.label: s.model for s in comparison.sections[0].systems if s.model}


def test_random_weights_are_another_model_and_no_baseline_of_the_pretrained(
    factory: Factory,
) -> None:
    factory.run("zero_shot")
    factory.run("full", model__pretrained=False)
    comparison = compare(factory.root)
    assert models_of(comparison) == {"zero_shot": "tiny", "full": "tiny (random weights)"}
    (zero,) = [r for r in comparison.sections[0].rows if r.system.label == "zero_shot"]
    assert zero.baseline is None or zero.baseline.label == "zero_shot"


def test_a_model_that_was_trained_before_is_another_model(factory: Factory) -> None:
    parent = factory.run("full", name="before")
    factory.run("lora", model__path=str(parent / "model"))
    factory.run("lora", 1, model__path=f"/elsewhere/{parent.name}/model")
    factory.run("full")
    comparison = compare(factory.root / "default")
    assert models_of(comparison) == {"full": "tiny", "lora": f"tiny (from {parent.name})"}
    assert parent.name in markdown_text(comparison)


def test_a_hub_model_of_another_name_or_revision_is_named(factory: Factory) -> None:
    factory.run("full", model__path="somebody/t5-dialogues", model__revision="v2")
    comparison = compare(factory.root)
    assert models_of(comparison) == {"full": "tiny (somebody/t5-dialogues, revision v2)"}
    assert "somebody/t5-dialogues" in full_title(comparison.sections[0])


def test_other_weights_in_a_folder_of_the_same_name_are_another_model(factory: Factory) -> None:
    """The location does not matter, the recorded hash of the weights does."""
    for strategy, path, weights in (
        ("zero_shot", "/a/tiny", "1" * 32),
        ("full", "/b/tiny", "1" * 32),
        ("lora", "/b/tiny", "2" * 32),
    ):
        run = factory.run(strategy, model__path=path)
        record = json.loads((run / "result.json").read_text())
        record["base"] = {"path": "tiny", "pretrained": True, "hash": weights}
        (run / "result.json").write_text(json.dumps(record))
    names = models_of(compare(factory.root))
    assert names["zero_shot"] == names["full"] == "tiny (1111111)"
    assert names["lora"] == "tiny (2222222)"


def with_steps(run: Path, steps: int, epochs: int) -> None:
    record = json.loads((run / "result.json").read_text())
    record["training"] = {"steps": steps, "epochs": epochs}
    (run / "result.json").write_text(json.dumps(record))


def test_unequal_training_budgets_are_a_column_and_a_sentence(factory: Factory) -> None:
    factory.run("zero_shot")
    with_steps(factory.run("lora", batching__batch_size=2), 128, 4)
    with_steps(factory.run("full", schedule__warmup=0.1), 2, 4)
    (section,) = compare(factory.root).sections
    (note,) = [note for note in section.notes if note.startswith("Unequal training")]
    assert "lora: 128 steps of 2 examples, constant_with_warmup" in note
    assert "full: 2 steps of 8 examples, constant_with_warmup (warmup=0.1)" in note
    assert "epochs" not in note and "zero_shot" not in note
    assert "128 steps of 2 examples" in csv_text(compare(factory.root))


def test_equal_training_budgets_are_not_mentioned(factory: Factory) -> None:
    for strategy in ("lora", "full"):
        with_steps(factory.run(strategy), 128, 4)
    comparison = compare(factory.root)
    assert not any("Unequal" in note for note in comparison.sections[0].notes)
    assert "128 steps" not in csv_text(comparison)
