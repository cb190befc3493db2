"""Local data sets in every layout, their counts, and what a cheap look finds."""

from __future__ import annotations

import csv
import gzip
import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dialogsum.common.errors import DataError
from dialogsum.common.paths import local_path
from dialogsum.data.check import check_dataset, columns_of
from dialogsum.data.clean import Dialogue, normalized_text
from dialogsum.data.load import drawn_split, load_splits
from dialogsum.data.locate import find_splits, split_of
from dialogsum.data.report import DataReport

from .conftest import dataset, rows, write_jsonl, write_splits

HUB_NAMES = {"dev": "validation", "val": "validation"}


def hub_layout(source: Path, folder: Path, numbered: bool) -> Path:
    """The hub's CSV copy of the authors' files: one row per reference, ids test_0_1, …"""
    folder.mkdir()
    for file in sorted(source.glob("*.json*")):
        text = file.read_text(encoding="utf-8")
        content = json.loads(text) if file.suffix == ".json" else map(json.loads, text.splitlines())
        split = file.stem.split(".")[-1]
        with (folder / f"{HUB_NAMES.get(split, split)}.csv").open("w", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["id", "dialogue", "summary", "topic"])
            writer.writerows(line for row in content for line in hub_rows(row, numbered))
    return folder


def hub_rows(row: dict[str, str], numbered: bool) -> list[list[str]]:
    name = row.get("fname") or row["id"]
    if "summary" in row:
        return [[name, row["dialogue"], row["summary"], row.get("topic", "")]]
    return [
        [f"{name}_{k}", row["dialogue"], row[f"summary{k}"], row[f"topic{k}"]] for k in (1, 2, 3)
    ]


@pytest.fixture(scope="module")
def dialogsum(shared: Path) -> tuple[dict[str, list[Dialogue]], DataReport]:
    return load_splits(dataset(shared / "data" / "dialogsum"))


@pytest.fixture(scope="module")
def samsum(shared: Path) -> tuple[dict[str, list[Dialogue]], DataReport]:
    return load_splits(dataset(shared / "data" / "samsum"))


def test_dialogsum_counts(dialogsum: tuple[dict[str, list[Dialogue]], DataReport]) -> None:
    data, report = dialogsum
    record = report.record()
    assert record["rows"] == {"train": 12460, "validation": 500, "test": 500}
    assert record["references"] == {"train": 12460, "validation": 500, "test": 1500}
    assert record["overlap"] == {"train-validation": 33, "train-test": 1, "validation-test": 6}
    assert record["duplicates"]["train"] == 647
    assert record["dropped"] == {"train": 0, "validation": 0, "test": 0}
    assert data["test"][0].id == "test_0"
    assert len(data["test"][0].references) == 3


def test_samsum_counts(samsum: tuple[dict[str, list[Dialogue]], DataReport]) -> None:
    data, report = samsum
    record = report.record()
    assert record["rows"] == {"train": 14731, "validation": 818, "test": 819}
    assert report.cleaning["train"].read == 14732
    assert report.cleaning["train"].empty == ["13828807"]
    assert record["dropped"] == {"train": 1, "validation": 0, "test": 0}
    assert record["overlap"] == {"train-validation": 47, "train-test": 42, "validation-test": 4}
    assert not any("\r" in d.dialogue for rows in data.values() for d in rows)


def test_dropped_rows_are_named_in_the_log(
    samsum: tuple[dict[str, list[Dialogue]], DataReport], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        samsum[1].log_cleaning()
    assert "train: rows without text dropped (1): 13828807" in caplog.text
    assert "shared between splits: train-validation 47, train-test 42" in caplog.text


def test_hub_layout_is_the_authors_layout(
    shared: Path, tmp_path: Path, dialogsum: tuple[dict[str, list[Dialogue]], DataReport]
) -> None:
    folder = hub_layout(shared / "data" / "dialogsum", tmp_path / "hub", numbered=True)
    data, report = load_splits(dataset(folder))
    assert data == dialogsum[0]
    assert report.hash == dialogsum[1].hash
    assert report.cleaning["test"].read == 1500


def test_samsum_hub_layout(
    shared: Path, tmp_path: Path, samsum: tuple[dict[str, list[Dialogue]], DataReport]
) -> None:
    folder = hub_layout(shared / "data" / "samsum", tmp_path / "hub", numbered=False)
    assert load_splits(dataset(folder))[0] == samsum[0]


def test_drop_overlap_takes_from_train_alone(shared: Path) -> None:
    data, report = load_splits(dataset(shared / "data" / "samsum", drop_overlap=True))
    held_out = {
        normalized_text(d.dialogue) for split in ("validation", "test") for d in data[split]
    }
    assert not any(normalized_text(d.dialogue) in held_out for d in data["train"])
    assert report.record()["dropped_reasons"]["train"] == {
        "empty": 1,
        "repeated_row": 0,
        "overlap": 93,
    }
    assert [len(data[split]) for split in data] == [14731 - 93, 818, 819]


def test_limits_count_dialogues_not_rows(shared: Path) -> None:
    data, report = load_splits(dataset(shared / "data" / "dialogsum", limit=(5, 3, 2)))
    assert [len(data[split]) for split in data] == [5, 3, 2]
    assert [d.id for d in data["test"]] == ["test_0", "test_1"]
    assert report.record()["references"]["test"] == 6
    assert report.overlap["train-validation"] == 33  # a limit does not hide what is shared


def test_every_format_gives_the_same_data(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    hashes = set()
    for suffix in (".jsonl", ".json", ".csv", ".tsv", ".parquet"):
        folder = tmp_path / suffix[1:]
        folder.mkdir()
        for split in ("train", "dev", "test"):
            content, path = rows(5, split), folder / f"my_{split}{suffix}"
            if suffix == ".jsonl":
                write_jsonl(path, content)
            elif suffix == ".json":
                path.write_text(json.dumps(content, indent=1))
            elif suffix == ".parquet":
                pyarrow.parquet.write_table(pyarrow.Table.from_pylist(content), path)
            else:
                with path.open("w", newline="") as out:
                    mark = "," if suffix == ".csv" else "\t"
                    writer = csv.DictWriter(out, list(content[0]), delimiter=mark)
                    writer.writeheader()
                    writer.writerows(content)
        hashes.add(load_splits(dataset(folder))[1].hash)
    assert len(hashes) == 1


def test_single_file_is_divided_by_content(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = rows(300)
    content += [{**row, "id": f"again{row['id']}"} for row in content[:100]]
    path = write_jsonl(tmp_path / "mine.jsonl", content)
    with caplog.at_level(logging.INFO):
        data, report = load_splits(dataset(path))
    assert sum(len(part) for part in data.values()) == 400
    assert 0.7 < len(data["train"]) / 400 < 0.9
    assert set(report.overlap.values()) == {0}  # equal dialogues are in one split
    assert "one file, divided by a hash of each dialogue" in caplog.text
    assert load_splits(dataset(path))[0] == data
    assert drawn_split("A: hi") == drawn_split("a:  HI\n") == "train"


def test_single_file_is_the_one_split_that_is_wanted(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "mine.jsonl", rows(10))
    data, _ = load_splits(dataset(path), splits=("test",))
    assert [len(part) for part in data.values()] == [10]


def test_only_the_wanted_splits_are_read(tmp_path: Path) -> None:
    folder = write_splits(tmp_path / "d")
    (folder / "train.jsonl").write_text("broken")
    assert set(load_splits(dataset(folder), splits=("test",))[0]) == {"test"}
    with pytest.raises(DataError, match=r"train.jsonl:1: invalid JSON"):
        load_splits(dataset(folder))


def test_bundled_data() -> None:
    config = dataset(None, limit=(7, 5, 3))
    config.name = "bundled"
    data, report = load_splits(config)
    assert [len(data[split]) for split in data] == [7, 5, 3]
    assert report.source == "bundled"
    assert data["train"][0].group


def test_nothing_generates_an_unknown_name() -> None:
    [problem] = check_dataset(dataset(None))
    assert problem.where == "dataset.path"
    assert "give a directory, a file or a data set of the hub" in problem.what


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("dialogsum.train.jsonl", "train"),
        ("dialogsum.dev.jsonl", "validation"),
        ("val.json", "validation"),
        ("my_valid_set.csv", "validation"),
        ("train-00000-of-00002.parquet", "train"),
        ("Test.CSV", "test"),
        ("latest.csv", None),
        ("train_test.csv", None),
        ("constrained.csv", None),
    ],
)
def test_split_of(name: str, split: str | None) -> None:
    assert split_of(Path(name)) == split


def test_shards(tmp_path: Path) -> None:
    for k in range(2):
        write_jsonl(tmp_path / f"train-0000{k}-of-00002.jsonl", rows(3, f"s{k}-"))
    for split in ("validation", "test"):
        write_jsonl(tmp_path / f"{split}.jsonl", rows(2, split))
    assert len(load_splits(dataset(tmp_path))[0]["train"]) == 6
    (tmp_path / "train-00001-of-00002.jsonl").unlink()
    with pytest.raises(DataError, match="1 of 2 parts of train"):
        find_splits(tmp_path)


@pytest.mark.parametrize(
    ("path", "local"),
    [
        ("knkarthick/dialogsum", False),
        ("imdb", False),
        ("owner/with.dots-and_more", False),
        ("./relative", True),
        ("../up/there", True),
        ("/absolute", True),
        ("~/home", True),
        ("data/file.jsonl", True),
        ("a/b/c", True),
    ],
)
def test_local_path(path: str, local: bool) -> None:
    assert (local_path(path) is not None) is local


def test_hub_names_with_dots_are_no_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert local_path("owner/t5-v1.0") is None
    assert local_path("owner/talks.v2") is None
    monkeypatch.chdir(tmp_path)
    assert local_path("data/talks.JSONL") == tmp_path / "data" / "talks.JSONL"


def check(path: Path | str | None, **changes: Any) -> dict[str, str]:
    return {p.where: p.what for p in check_dataset(dataset(path, **changes))}


def test_check_dataset(tmp_path: Path) -> None:
    folder = write_splits(tmp_path / "dialogues")
    assert check(folder) == {}
    assert check("knkarthick/dialogsum") == {}
    assert "did you mean 'dialogues'?" in check(tmp_path / "dialogue")["dataset.path"]
    assert "no such file" in check(tmp_path / "a" / "b" / "c.jsonl")["dataset.path"]
    assert check(folder, columns={"dialogue": "dialog", "id": "idx"}) == {
        "dataset.columns.dialogue": (
            f"{folder}/train.jsonl: no column 'dialog'; did you mean 'dialogue'? "
            "(columns: id, dialogue, summary)"
        ),
        "dataset.columns.id": (
            f"{folder}/train.jsonl: no column 'idx'; did you mean 'id'? "
            "(columns: id, dialogue, summary)"
        ),
    }
    (folder / "test.csv").write_text("id,dialogue,summary\n1,a,b\n")
    assert "several files for test (test.csv, test.jsonl)" in check(folder)["dataset.path"]
    (folder / "test.csv").unlink()
    (folder / "test.jsonl").write_bytes(b"\xff\xfea")
    assert "UTF-16" in check(folder)["dataset.path"]
    (folder / "test.jsonl").unlink()
    assert (
        "no file for test; the name must hold one of test, testing; there is train.jsonl, "
        in (check(folder)["dataset.path"])
    )
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no file with one of the endings .jsonl" in check(empty)["dataset.path"]


def test_the_check_needs_no_torch() -> None:
    program = (
        "import sys, dialogsum.data.load, dialogsum.data.check, dialogsum.data.prompt; "
        "sys.exit(any(name in sys.modules for name in ('torch', 'datasets', 'pyarrow')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_compressed_rows_are_read_as_uncompressed_ones(tmp_path: Path) -> None:
    plain = write_splits(tmp_path / "plain")
    packed = tmp_path / "packed"
    packed.mkdir()
    for split in ("validation", "test"):
        content = (plain / f"{split}.jsonl").read_bytes()
        (packed / f"{split}.jsonl.gz").write_bytes(gzip.compress(content))
    lines = (plain / "train.jsonl").read_bytes().splitlines(keepends=True)
    for k, part in enumerate((lines[:8], lines[8:])):
        shard = packed / f"train-0000{k}-of-00002.jsonl.gz"
        shard.write_bytes(gzip.compress(b"".join(part)))
    assert load_splits(dataset(packed))[1].hash == load_splits(dataset(plain))[1].hash
    assert check(packed) == {}
    shard.unlink()
    assert "1 of 2 parts of train" in check(packed)["dataset.path"]


def test_unchanged_files_are_checked_once(tmp_path: Path) -> None:
    folder = write_splits(tmp_path / "d")
    columns_of.cache_clear()
    for _ in range(3):
        assert check(folder) == {}
    assert columns_of.cache_info().misses == 3  # one per split
    write_jsonl(folder / "test.jsonl", [{"id": 1, "text": "x", "summary": "y"}])
    assert "test.jsonl: no column 'dialogue'" in check(folder)["dataset.columns.dialogue"]


def test_no_dialogue_left(tmp_path: Path) -> None:
    folder = write_splits(tmp_path / "d")
    write_jsonl(folder / "test.jsonl", [{"id": 1, "dialogue": "", "summary": "x"}])
    with pytest.raises(DataError, match="no dialogue is left for test"):
        load_splits(dataset(folder))
