"""One file of rows, read strictly: every malformed row stops with file, line and reason.

JSON Lines, a JSON list and CSV/TSV are parsed here and not by `datasets`, because its readers do
not only omit the line of an error, they also change rows without a word (measured with 5.2, with
every column declared as text): the summary "2020-01-01" becomes "2020-01-01 00:00:00", a summary
"c" in a column that elsewhere holds a list becomes "\"c\"", nested JSON becomes a string, a short
CSV row an empty summary, one extra field in every row shifts the columns. Parquet, whose schema is
explicit, is read with `datasets`.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from dialogsum.common.errors import DataError
from dialogsum.common.paths import FORMATS, data_format

Row = tuple[int, dict[str, Any]]


def read_rows(path: Path) -> list[Row]:
    """All rows as `(line, {column: value})`; `line` is where the row starts, from 1.

    For Parquet the "line" is the number of the row. Raises `DataError` for an unknown suffix, an
    unreadable, binary or wrongly encoded file, broken syntax, a row that is no object, or no rows.
    """
    rows = list(iterate(path))
    if not rows:
        raise DataError.at(path, None, "no rows, only a header" if is_csv(path) else "no rows")
    return rows


def first_rows(path: Path, count: int = 20) -> list[Row]:
    """The first rows; reads no more of a line-based file than needed (for preflight)."""
    return list(islice(iterate(path), count))


def iterate(path: Path) -> Iterator[Row]:
    kind = data_format(path)
    if kind is None:
        raise DataError.at(
            path,
            None,
            f"unknown file type '{path.suffix}'; use one of {', '.join(FORMATS)}",
        )
    if kind == "parquet":
        return parquet_rows(path)
    if kind == "jsonl":
        return json_lines(path, text_lines(path))
    if kind == "json":
        return json_rows(path)
    return csv_rows(path, "\t" if kind == "tsv" else ",")


def is_csv(path: Path) -> bool:
    return data_format(path) in ("csv", "tsv")


def open_bytes(path: Path) -> IO[bytes]:
    """Open a data file for reading, uncompressed where its name ends in .gz."""
    if path.suffix.lower() == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


def check_start(path: Path) -> None:
    """Refuses, from the first bytes, what is not text: empty, compressed, UTF-16 or binary."""
    try:
        with open_bytes(path) as file:
            head = file.read(8192)
            complete = not file.read(1)
    except (OSError, EOFError) as error:
        raise DataError.at(
            path, None, f"cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error
    if not head.strip(b"\xef\xbb\xbf \t\r\n") and complete:
        raise DataError.at(path, None, "the file is empty")
    if head.startswith(
        (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5")
    ):
        raise DataError.at(path, None, "the file is compressed; unpack it first")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError.at(path, 1, "the file is UTF-16; save it as UTF-8")
    if head.startswith(b"version https://git-lfs"):
        raise DataError.at(path, 1, "a Git LFS pointer, not the data; run `git lfs pull`")
    if b"\0" in head:
        line = head[: head.index(b"\0")].count(b"\n") + 1
        raise DataError.at(path, line, "the file is binary (it holds a NUL byte), not text")


def text_lines(path: Path) -> Iterator[str]:
    """Lines with their line ends (`\\n` only: JSON strings may hold the others), strict UTF-8."""
    check_start(path)
    with open_bytes(path) as file:
        for number, raw in enumerate(file, 1):
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise DataError.at(
                    path,
                    number,
                    f"byte {error.start + 1} of the line (0x{raw[error.start]:02x}) is not UTF-8; "
                    "convert the file, for instance with "
                    f"`iconv -f WINDOWS-1252 -t UTF-8 {path.name}`",
                ) from error
            if "\0" in line:
                raise DataError.at(path, number, "the file is binary (it holds a NUL byte)")
            yield line


def json_lines(path: Path, lines: Iterator[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise json_error(path, number, line, error) from error
        if not isinstance(value, dict):
            raise DataError.at(
                path,
                number,
                f"one JSON object per line is needed, this is {a_kind(value)}",
            )
        yield number, value


def json_error(path: Path, number: int, line: str, error: Exception) -> DataError:
    if isinstance(error, RecursionError):
        return DataError.at(path, number, "invalid JSON: nested too deeply")
    column = getattr(error, "colno", 0)
    cut = column > len(line.rstrip()) or "Unterminated string" in str(error)
    hint = "; the line seems cut off, was the file written or copied completely?" if cut else ""
    message = getattr(error, "msg", str(error))
    return DataError.at(path, number, f"invalid JSON at column {column}: {message}{hint}")


def json_rows(path: Path) -> Iterator[Row]:
    """A list of objects, whatever its line breaks, or one object per line."""
    lines = list(text_lines(path))
    start = next((line.lstrip()[0] for line in lines if line.strip()), "")
    if start != "[":
        yield from single_object_or_lines(path, lines)
        return
    text, line, position = "".join(lines), 1, 0
    decoder = json.JSONDecoder()
    seen = 0  # text before this offset is counted in `line`
    position = skip_space(text, text.index("[") + 1)
    while not text.startswith("]", position):
        line, seen = line + text.count("\n", seen, position), position
        try:
            value, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            last = lines[min(error.lineno, len(lines)) - 1]
            raise json_error(path, error.lineno, last, error) from error
        except RecursionError as error:
            raise json_error(path, line, "", error) from error
        if not isinstance(value, dict):
            raise DataError.at(path, line, f"a list of objects is needed, this is {a_kind(value)}")
        yield line, value
        position = after_comma(path, text, position)
    rest = skip_space(text, position + 1)
    if rest < len(text):
        line = text.count("\n", 0, rest) + 1
        raise DataError.at(path, line, "something follows after the end of the JSON list")


def single_object_or_lines(path: Path, lines: list[str]) -> Iterator[Row]:
    """JSON Lines with the suffix .json; one big object is refused with a hint."""
    try:
        whole = json.loads("".join(lines))
    except (json.JSONDecodeError, RecursionError):
        whole = None  # more than one object, or broken: the line-wise reader says where
    lists = (
        [key for key, value in whole.items() if isinstance(value, list)]
        if (isinstance(whole, dict))
        else []
    )
    if lists:
        raise DataError.at(
            path,
            1,
            f"one JSON object with the list '{lists[0]}' inside; a list of rows, or one object "
            "per line, is needed: write that list to a file of its own",
        )
    yield from json_lines(path, iter(lines))


def skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n":
        position += 1
    return position


def after_comma(path: Path, text: str, position: int) -> int:
    """The start of the next element of a JSON list, or of its closing bracket."""
    position = skip_space(text, position)
    if text.startswith("]", position):
        return position
    if text.startswith(",", position):
        return skip_space(text, position + 1)
    reason = "',' or ']' is missing between two rows"
    if position >= len(text):
        reason = "the list does not end; is the file complete?"
    raise DataError.at(path, text.count("\n", 0, position) + 1, f"invalid JSON: {reason}")


def csv_rows(path: Path, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(sys.maxsize)  # a dialogue may be longer than the default of 128 KiB
    reader = csv.reader(text_lines(path), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"invalid CSV: {error}"
            if "unexpected end of data" in str(error):
                reason = "invalid CSV: the quote that opens in this row is never closed"
            elif "new-line character" in str(error):
                reason = "invalid CSV: lines end with a lone carriage return; save with \\n"
            raise DataError.at(path, line, reason) from error
        if not fields:
            continue
        if header is None:
            header = check_header(path, line, fields)
        elif len(fields) != len(header):
            raise DataError.at(
                path,
                line,
                f"{len(fields)} fields where the header names {len(header)} "
                f"({', '.join(header)}); a text with a comma or a line break needs quotes",
            )
        else:
            yield line, dict(zip(header, fields, strict=True))


def check_header(path: Path, line: int, fields: list[str]) -> list[str]:
    header = [name.strip() for name in fields]
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        raise DataError.at(path, line, f"the header names '{doubled[0]}' more than once")
    if len(header) == 1:
        for mark, name in ((";", "semicolons"), ("\t", "tabs"), (",", "commas")):
            if mark in header[0]:
                raise DataError.at(
                    path,
                    line,
                    f"the columns seem to be separated by {name}; use commas in .csv "
                    "and tabs in .tsv files",
                )
    return header


def parquet_rows(path: Path) -> Iterator[Row]:
    check_parquet(path)
    import datasets

    try:
        table = datasets.load_dataset(
            "parquet", data_files=[str(path)], split="train", streaming=True
        )
        yield from enumerate(table, 1)
    except (
        OSError,
        ValueError,
        EOFError,
    ) as error:  # pyarrow's errors are ValueError and OSError
        reason = str(error).strip().split("\n")[0]
        raise DataError.at(path, None, f"damaged Parquet: {reason}; copy it again") from error


def check_parquet(path: Path) -> None:
    """A complete Parquet file starts and ends with PAR1."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
            size = file.seek(0, 2)
            file.seek(max(size - 4, 0))
            tail = file.read(4)
    except OSError as error:
        raise DataError.at(path, None, f"cannot be read: {error.strerror}") from error
    if size == 0:
        raise DataError.at(path, None, "the file is empty")
    if head != b"PAR1":
        raise DataError.at(path, None, "not a Parquet file, whatever its name says")
    if tail != b"PAR1":
        raise DataError.at(path, None, "the Parquet file is cut off; copy it again")


def parquet_columns(path: Path) -> list[str]:
    """Column names from the footer alone."""
    check_parquet(path)
    import pyarrow.parquet

    try:
        return list(pyarrow.parquet.read_schema(path).names)
    except (OSError, ValueError) as error:
        raise DataError.at(path, None, f"damaged Parquet: {error}") from error


def a_kind(value: object) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "null"
    names: dict[type, str] = {
        dict: "a nested object",
        list: "a list",
        str: "a text",
        bool: "true/false",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), f"a {type(value).__name__}")
