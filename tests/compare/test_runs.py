"""Finding runs, however they ended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dialogsum.common.errors import UserError
from dialogsum.compare.runs import find_runs, read_predictions
from tests.compare.factory import Factory


def test_all_runs_below_a_folder_are_found_with_their_status(sweep: Path) -> None:
    runs = find_runs([sweep.parent])
    statuses = [run.status for run in runs]
    assert len(runs) == 21
    assert statuses.count("completed") == 18
    assert {run.status for run in runs if run.strategy == "layer_norm"} == {
        "failed",
        "interrupted",
        "unfinished",
    }


def test_a_killed_run_says_when_it_last_wrote(factory: Factory) -> None:
    (run,) = find_runs([factory.run("lora", status=None)])
    assert run.status == "unfinished"
    assert "killed or still running; last written 20" in str(run.error)
    assert (run.strategy, run.model, run.seed) == ("lora", "tiny", 0)


def test_a_run_that_was_killed_before_its_config_was_written_is_there(tmp_path: Path) -> None:
    (tmp_path / "sweep" / "lora").mkdir(parents=True)
    (tmp_path / "sweep" / "lora" / "train.log").write_text("")
    (run,) = find_runs([tmp_path])
    assert (run.name, run.status) == ("lora", "unfinished")


def test_naming_a_run_and_its_sweep_counts_it_once(factory: Factory) -> None:
    run = factory.run("lora")
    assert len(find_runs([run, run.parent, run / "result.json"])) == 1


def test_what_force_moved_aside_counts_only_when_named(factory: Factory) -> None:
    run = factory.run("lora")
    aside = run.rename(run.with_name(f"{run.name}.replaced-1"))
    factory.run("lora")
    assert len(find_runs([run.parent])) == 1
    assert len(find_runs([run.parent, aside])) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "Expecting"),
        ("[]", "not the record of a run"),
        ('{"status": "completed", "schema_version": 99}', "newer version"),
    ],
)
def test_an_unreadable_record_hides_neither_itself_nor_others(
    factory: Factory, text: str, message: str
) -> None:
    good, bad = factory.run("lora"), factory.run("full")
    (bad / "result.json").write_text(text)
    found = {run.name: run for run in find_runs([good.parent])}
    assert found[good.name].status == "completed"
    assert found[bad.name].status == "unreadable"
    assert message in str(found[bad.name].error)


def test_paths_without_runs_are_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such directory"):
        find_runs([tmp_path / "missing"])
    with pytest.raises(UserError, match="no run in it"):
        find_runs([tmp_path])


def test_predictions_that_are_no_such_file_are_named(tmp_path: Path) -> None:
    path = tmp_path / "test.jsonl"
    path.write_text(json.dumps({"id": "1"}) + "\n")
    with pytest.raises(UserError, match=r"test\.jsonl: not a file of predictions"):
        read_predictions(path)
