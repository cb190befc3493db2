"""W&B's transaction log, read and written without W&B's process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wandb.proto import wandb_internal_pb2 as pb

from dialogsum.tracking import wandb_log, wandb_state
from tests.tracking.wandb_files import OfflineLog, run_of


def record(number: int, size: int = 10) -> Any:
    made = pb.Record(num=number)
    item = made.history.item.add()
    item.key, item.value_json = "x", '"' + "y" * size + '"'
    made.history.step.num = number
    return made


@pytest.mark.parametrize("sizes", [[1], [10] * 3000, [40_000, 10, 100_000], [32_740, 3, 32_730]])
def test_what_is_written_is_read_back(tmp_path: Path, sizes: list[int]) -> None:
    records = [record(number, size) for number, size in enumerate(sizes)]
    wandb_log.write(tmp_path / "a.wandb", records)

    assert list(wandb_log.read(tmp_path / "a.wandb")) == records
    assert len(OfflineLog(tmp_path / "a.wandb").history) == len(records)


def test_a_log_cut_by_a_kill_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.wandb"
    wandb_log.write(path, [record(0), record(1), record(2)])
    path.write_bytes(path.read_bytes()[:-5])

    assert [r.num for r in wandb_log.read(path)] == [0, 1]
    assert wandb_log.last_step(path) == 1


@pytest.mark.parametrize("rest", [1, 6, 300, 40_000])
def test_what_a_kill_left_is_cut_off(tmp_path: Path, rest: int) -> None:
    path = tmp_path / "a.wandb"
    wandb_log.write(path, [record(0), record(1)])
    whole = path.read_bytes()
    assert not wandb_log.trim(path)
    assert path.read_bytes() == whole

    wandb_log.write(path, [record(0), record(1), record(2, size=50_000)])
    path.write_bytes(path.read_bytes()[: len(whole) + rest])
    assert wandb_log.trim(path)
    assert path.read_bytes() == whole


def test_a_log_without_a_whole_record_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "a.wandb"
    path.write_bytes(wandb_log.HEADER + b"\1\2\3")

    assert wandb_log.trim(path)
    assert wandb_log.is_empty(path)


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wandb"
    path.write_bytes(b"something else")

    with pytest.raises(ValueError, match="transaction log"):
        list(wandb_log.read(path))


def test_it_reads_what_wandb_reads(sweep: tuple[Path, str]) -> None:
    part = wandb_state.parts(run_of(sweep[0], "zero_shot"))[0]
    [path] = wandb_state.logs(part)
    theirs = OfflineLog(part)

    assert wandb_log.last_step(path) == max(row["_step"] for row in theirs.history)
    assert wandb_log.summary(path)["metrics"]["test"] == theirs.summary["metrics"]["test"]


def test_an_empty_log_is_no_part(tmp_path: Path) -> None:
    part = tmp_path / "wandb" / "offline-run-1-x"
    part.mkdir(parents=True)
    (part / "run-x.wandb").write_bytes(wandb_log.HEADER)

    assert wandb_state.parts(tmp_path) == []
    assert wandb_state.unsynced(tmp_path) == []
