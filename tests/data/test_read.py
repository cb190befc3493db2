"""Bad data stop with file, line and reason."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from dialogsum.common.errors import DataError, UserError
from dialogsum.data.read import first_columns, read_rows

GOOD = '{"id": "1", "dialogue": "A: hi", "summary": "hi"}\n'
HEADER = "id,dialogue,summary\n"
# Larger than what is read to recognize a file.
LARGE_GZIP = gzip.compress(
    "".join(f'{{"id": "{i * 7919 % 4999}"}}\n' for i in range(5000)).encode()
)

BAD = {
    "compressed csv": (
        "a.csv.gz",
        gzip.compress(b"id"),
        None,
        "compressed; unpack it first to one",
    ),
    "no gzip file": ("a.jsonl.gz", GOOD.encode(), None, "damaged gzip file: Not a gzipped file"),
    "cut gzip file": (
        "a.jsonl.gz",
        LARGE_GZIP[:-2000],
        None,
        "damaged gzip file: Compressed",
    ),
    "damaged gzip file": (
        "a.jsonl.gz",
        LARGE_GZIP[:9000] + b"x" + LARGE_GZIP[9001:],
        None,
        "damaged gzip file: ",
    ),
    "bad line in a gzip file": (
        "a.jsonl.gz",
        gzip.compress(GOOD.encode() + b"[1]\n"),
        2,
        "this is a list",
    ),
    "unknown suffix": ("a.txt", b"x", None, "unknown file type '.txt'; use one of .jsonl"),
    "empty": ("a.jsonl", b"", None, "the file is empty"),
    "empty csv": ("a.csv", b"", None, "the file is empty"),
    "only blank lines": ("a.jsonl", b"\n \n\n", None, "the file is empty"),
    "header only": ("a.csv", HEADER.encode(), None, "no rows, only a header"),
    "empty list": ("a.json", b"[]", None, "no rows"),
    "compressed": ("a.jsonl", gzip.compress(GOOD.encode()), None, "compressed; unpack it first"),
    "zip": ("a.csv", b"PK\x03\x04aaaa", None, "compressed; unpack it first"),
    "utf-16": ("a.csv", HEADER.encode("utf-16"), 1, "UTF-16; save it as UTF-8"),
    "git lfs": ("a.csv", b"version https://git-lfs.github.com/spec/v1\n", 1, "git lfs pull"),
    "binary": ("a.jsonl", GOOD.encode() + bytes(range(256)), 2, "binary"),
    "binary far inside": ("a.jsonl", GOOD.encode() * 300 + b"\0", 301, "binary"),
    "latin-1": (
        "a.jsonl",
        GOOD.encode() * 2 + '{"dialogue": "café"}'.encode("latin-1"),
        3,
        "byte 18 of the line (0xe9) is not UTF-8; convert the file, for instance with `iconv",
    ),
    "invalid json": ("a.jsonl", GOOD.encode() + b'{"id": 2 "x"}\n', 2, "invalid JSON at column 10"),
    "cut line": ("a.jsonl", (GOOD * 2)[:-10].encode(), 2, "the line seems cut off"),
    "half a character": ("a.jsonl", GOOD.encode() + b'{"id": "\\ud83d"}\n', 2, "lone surrogate"),
    "half a character in a list": ("a.json", b'[{"id": 1},\n{"a": ["\\uDC00"]}]', 2, "surrogate"),
    "list in jsonl": ("a.jsonl", GOOD.encode() + b"[1, 2]\n", 2, "this is a list"),
    "text in jsonl": ("a.jsonl", b'"hello"\n', 1, "this is a text"),
    "null in jsonl": ("a.jsonl", b"\n\nnull\n", 3, "this is null"),
    "deep json": ("a.jsonl", GOOD.encode() + b'{"a":' + b"[" * 99999, 2, "nested too deeply"),
    "json with a list inside": (
        "a.json",
        json.dumps({"data": [{"id": 1}]}, indent=1).encode(),
        1,
        "one JSON object with the list 'data' inside",
    ),
    "number in a list": ("a.json", b'[\n{"id": 1},\n{"id": 2},\n3]', 4, "this is a number"),
    "list without end": ("a.json", b'[\n{"id": 1},\n{"id": 2}\n', 4, "the list does not end"),
    "list without end after a comma": ("a.json", b'[\n{"id": 1},\n', 3, "invalid JSON"),
    "list without comma": ("a.json", b'[{"id": 1}\n{"id": 2}]', 2, "',' or ']' is missing"),
    "list with broken row": ("a.json", b'[{"id": 1},\n{"id" 2}]', 2, "invalid JSON at column 7"),
    "text after a list": ("a.json", b'[{"id": 1}]\n{"id": 2}', 2, "follows after the end"),
    "short row": (
        "a.csv",
        f'{HEADER}1,"a\nb",c\n2,x\n'.encode(),
        4,
        "2 fields where the header names 3 (id, dialogue, summary)",
    ),
    "long row": ("a.csv", f"{HEADER}1,a, b,c\n".encode(), 2, "4 fields where the header names 3"),
    "open quote": ("a.csv", f'{HEADER}1,a,b\n2,"a,c\n3,d,e\n'.encode(), 3, "is never closed"),
    "stray quote": ("a.csv", f'{HEADER}1,"a" b,c\n'.encode(), 2, "invalid CSV"),
    "lone carriage returns": ("a.csv", b"id,dialogue\r1,a\r2,b\r", 1, "lone carriage return"),
    "semicolons": ("a.csv", b"id;dialogue;summary\n1;a;b\n", 1, "separated by semicolons"),
    "tabs in csv": ("a.csv", b"id\tdialogue\tsummary\n1\ta\tb\n", 1, "separated by tabs"),
    "doubled header": ("a.csv", b"id,dialogue,dialogue\n1,a,b\n", 1, "'dialogue' more than once"),
    "not parquet": ("a.parquet", b"hello, hello", None, "not a Parquet file"),
    "empty parquet": ("a.parquet", b"", None, "the file is empty"),
    "cut parquet": ("a.parquet", b"PAR1 and nothing more", None, "cut off; copy it again"),
    "damaged parquet": ("a.parquet", b"PAR1" + b"x" * 40 + b"PAR1", None, "damaged Parquet"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_file(tmp_path: Path, kind: str) -> None:
    name, content, line, reason = BAD[kind]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_rows(path)
    place = f"{path}:{line}: " if line else f"{path}: "
    assert str(caught.value).startswith(place), str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_data_error_is_a_user_error_and_a_value_error() -> None:
    assert issubclass(DataError, UserError)
    assert issubclass(DataError, ValueError)


def test_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read: No such file"):
        read_rows(tmp_path / "a.csv")


WANTED = [
    {"id": "1", "dialogue": "a\nb", "summary": "NA"},
    {"id": "2", "dialogue": "é", "summary": ""},
]


@pytest.mark.parametrize(
    ("name", "content", "lines"),
    [
        ("a.jsonl", "\n".join(json.dumps(row) for row in WANTED), [1, 2]),
        ("a.jsonl", "\n\n" + "\r\n".join(json.dumps(row) for row in WANTED), [3, 4]),
        ("a.json", json.dumps(WANTED, indent=2), [2, 7]),
        ("a.json", " \n" + json.dumps(WANTED), [2, 2]),
        ("a.json", "\n".join(json.dumps(row) for row in WANTED), [1, 2]),
        ("a.csv", 'id,dialogue,summary\n1,"a\nb",NA\n\n2,é,\n', [2, 5]),
        ("a.csv", '\n\nid,dialogue,summary\n1,"a\nb",NA\n2,é,\n', [4, 6]),
        ("a.csv", '\ufeffid,dialogue,summary\r\n1,"a\nb",NA\r\n2,é,""\r\n', [2, 4]),
        ("a.tsv", 'id\tdialogue\tsummary\n1\t"a\nb"\tNA\n2\té\t\n', [2, 4]),
    ],
)
def test_good_file(tmp_path: Path, name: str, content: str, lines: list[int]) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode())
    assert read_rows(path) == list(zip(lines, WANTED, strict=True))
    assert first_columns(path) == list(WANTED[0])


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_texts_that_look_like_something_else_stay_texts(tmp_path: Path, name: str) -> None:
    """The reader of `datasets` makes other texts or values of every one of these."""
    rows = [
        {"id": "1", "dialogue": "12", "summary": "2020-01-01"},
        {"id": 2, "dialogue": "null", "summary": ["x", "y"]},
        {"id": "3", "dialogue": '"quoted"', "summary": "c"},
    ]
    path = tmp_path / name
    path.write_text("\n".join(map(json.dumps, rows)) if name == "a.jsonl" else json.dumps(rows))
    assert [row for _, row in read_rows(path)] == rows


def test_csv_embedded_line_ends_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,dialogue\r\n1,"a\r\nb"\r\n')
    assert read_rows(path) == [(2, {"id": "1", "dialogue": "a\r\nb"})]


def test_one_giant_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}1,{'word ' * 400_000},short\n")
    assert len(read_rows(path)[0][1]["dialogue"]) == 2_000_000


def test_parquet(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(WANTED), path)
    assert read_rows(path) == list(enumerate(WANTED, 1))
    assert first_columns(path) == ["id", "dialogue", "summary"]
