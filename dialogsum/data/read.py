"""Read one file of rows strictly: every malformed row stops with file, line and reason.

JSON Lines, JSON lists and CSV/TSV are parsed here and not by `datasets`, whose readers omit the
line of an error and change rows silently (measured with 5.2, every column declared as text): the
summary "2020-01-01" becomes "2020-01-01 00:00:00", "c" in a column that holds lists elsewhere
becomes "\"c\"", nested JSON becomes a string, a short CSV row an empty summary, and one extra field
in every row shifts the columns. Parquet has an explicit schema and is read with `datasets`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

from dialogsum.common.errors import DataError
from dialogsum.common.paths import FORMATS, data_format

Row = tuple[int, dict[str, Any]]  # the line where the row starts, from 1, and its columns

SAMPLE = 20  # rows that show which columns a file has
SPACE = re.compile(r"[ \t\r\n]*")
COMPRESSED_ENDINGS = (".gz", ".zip", ".bz2", ".xz", ".zst", ".7z")
COMPRESSED_STARTS = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5")
KINDS: dict[type, str] = {
    type(None): "null",
    dict: "a nested object",
    list: "a list",
    str: "a text",
    bool: "true/false",
    int: "a number",
    float: "a number",
}


def read_rows(path: Path) -> list[Row]:
    """Return all rows as `(line, {column: value})`; in Parquet the line is the row's number.

    Raises:
        DataError: unknown format, unreadable, binary or wrongly encoded file, broken syntax, a row
            that is not an object, or no rows.
    """
    return list(iterate_rows(path))


def first_columns(path: Path) -> list[str]:
    """Return the columns of a file's first rows; reads no more of a line-based file than needed.

    Raises:
        DataError: as `read_rows`.
    """
    if data_format(path) == "parquet":
        return parquet_columns(path)
    return column_names(iterate_rows(path))


def column_names(rows: Iterable[Row]) -> list[str]:
    """Return the columns of the first `SAMPLE` rows in the order of their appearance."""
    return list(dict.fromkeys(name for _, row in islice(rows, SAMPLE) for name in row))


def iterate_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file by its format. Raises `DataError` as `read_rows`."""
    line = 0
    for line, row in parse(path):
        if not isinstance(row, dict):
            reason = f"every row must be a JSON object, this is {describe_kind(row)}"
            raise DataError.at(path, line, reason)
        yield line, row
    if not line:
        header_only = data_format(path) in ("csv", "tsv")
        raise DataError.at(path, None, "no rows, only a header" if header_only else "no rows")


def parse(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield what a file holds where rows are expected, with its line."""
    match data_format(path):
        case "jsonl":
            return json_lines(path, text_lines(path))
        case "json":
            return json_rows(path)
        case "csv":
            return csv_rows(path, ",")
        case "tsv":
            return csv_rows(path, "\t")
        case "parquet":
            return parquet_rows(path)
    known = ", ".join(FORMATS)
    if path.suffix.lower() in COMPRESSED_ENDINGS:
        raise DataError.at(path, None, f"the file is compressed; unpack it first to one of {known}")
    raise DataError.at(path, None, f"unknown file type '{path.suffix}'; use one of {known}")


def describe_kind(value: object) -> str:
    """Return the kind of a JSON value in words, for messages."""
    return KINDS.get(type(value), f"a {type(value).__name__}")


# Text


def text_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a UTF-8 file with their line ends; a .gz is unpacked.

    Lines end at `\\n` only, because JSON strings may hold the other line separators of Unicode.

    Raises:
        DataError: unreadable, damaged, not text or not UTF-8.
    """
    try:
        with open_bytes(path) as file:
            check_start(path, file.read(8192), complete=not file.read(1))
            file.seek(0)
            for number, line in enumerate(file, 1):
                yield decode_line(path, number, line)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DataError.at(path, None, f"damaged gzip file: {error}; copy it again") from error
    except OSError as error:
        raise DataError.at(path, None, f"cannot be read: {error.strerror or error}") from error


def open_bytes(path: Path) -> IO[bytes]:
    """Open a data file for reading; a .gz is unpacked first, which verifies its checksum."""
    if path.suffix.lower() == ".gz":
        return io.BytesIO(gzip.decompress(path.read_bytes()))
    return path.open("rb")


def check_start(path: Path, head: bytes, complete: bool) -> None:
    """Refuse what is not text by its first bytes; `complete`: the file has no others."""
    if complete and not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise DataError.at(path, None, "the file is empty")
    if head.startswith(COMPRESSED_STARTS):
        raise DataError.at(path, None, "the file is compressed; unpack it first")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError.at(path, 1, "the file is UTF-16; save it as UTF-8")
    if head.startswith(b"version https://git-lfs"):
        raise DataError.at(path, 1, "a Git LFS pointer, not the data; run `git lfs pull`")


def decode_line(path: Path, number: int, line: bytes) -> str:
    """Return the text of a line. Raises `DataError` for a NUL byte and for another encoding."""
    if b"\0" in line:
        raise DataError.at(path, number, "the file is binary (it holds a NUL byte), not text")
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        reason = (
            f"byte {error.start + 1} of the line (0x{line[error.start]:02x}) is not UTF-8; convert "
            f"the file, for instance with `iconv -f WINDOWS-1252 -t UTF-8 {path.name}`"
        )
        raise DataError.at(path, number, reason) from error


# JSON


def json_lines(path: Path, lines: Iterable[str]) -> Iterator[tuple[int, Any]]:
    """Yield one value per line; blank lines are skipped."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                value = json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                raise json_error(path, number, error) from error
            check_characters(path, number, line, value)
            yield number, value


def json_rows(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the values of a .json file: a list, whatever its line breaks, or one per line."""
    lines = list(text_lines(path))
    text = "".join(lines)
    if text.lstrip().startswith("["):
        return json_list(path, text)
    check_not_wrapped(path, text)
    return json_lines(path, lines)


def json_list(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    """Yield the values of a JSON list with the line where each starts."""
    decoder = json.JSONDecoder()
    line, counted = 1, 0  # the line of the position up to which line ends are counted
    position = skip_space(text, text.index("[") + 1)
    try:
        while not text.startswith("]", position):
            line, counted = line + text.count("\n", counted, position), position
            value, position = decoder.raw_decode(text, position)
            check_characters(path, line, text[counted:position], value)
            yield line, value
            position = skip_space(text, position)
            if text.startswith(",", position):
                position = skip_space(text, position + 1)
            elif position == len(text):
                raise json.JSONDecodeError("the list does not end", text, position)
            elif not text.startswith("]", position):
                reason = "',' or ']' is missing between two rows"
                raise json.JSONDecodeError(reason, text, position)
        if (rest := skip_space(text, position + 1)) < len(text):
            raise json.JSONDecodeError("something follows after the end of the list", text, rest)
    except json.JSONDecodeError as error:
        raise json_error(path, error.lineno, error) from error
    except RecursionError as error:
        raise json_error(path, line, error) from error


def check_characters(path: Path, line: int, source: str, value: Any) -> None:
    """Refuse half a surrogate pair, such as "\\ud83d" alone: no file and no tokenizer takes it."""
    if "\\ud" not in source.lower():
        return
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])[1:-1]
        reason = f"{half} is half of a character (a lone surrogate); write the text again as UTF-8"
        raise DataError.at(path, line, reason) from error


def skip_space(text: str, position: int) -> int:
    """Return the position of the next character that is not JSON whitespace."""
    match = SPACE.match(text, position)
    return match.end() if match else position


def json_error(path: Path, number: int, error: json.JSONDecodeError | RecursionError) -> DataError:
    """Return the error of a line that JSON's parser refused."""
    if isinstance(error, RecursionError):
        return DataError.at(path, number, "invalid JSON: nested too deeply")
    line = error.doc.split("\n")[error.lineno - 1]
    cut = error.colno > len(line.rstrip()) or "Unterminated string" in error.msg
    hint = "; the line seems cut off, was the file written or copied completely?" if cut else ""
    return DataError.at(path, number, f"invalid JSON at column {error.colno}: {error.msg}{hint}")


def check_not_wrapped(path: Path, text: str) -> None:
    """Refuse rows inside one big object, such as `{"data": [...]}`."""
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return  # more than one object, or broken: the line-wise reader reports the line
    for key, inner in value.items() if isinstance(value, dict) else ():
        if isinstance(inner, list):
            reason = (
                f"one JSON object with the list '{key}' inside; a list of rows, or one object "
                "per line, is needed: write that list to a separate file"
            )
            raise DataError.at(path, 1, reason)


# CSV and TSV


def csv_rows(path: Path, delimiter: str) -> Iterator[Row]:
    """Yield the rows below the header; every row must have as many fields as the header."""
    csv.field_size_limit(sys.maxsize)  # a dialogue may be longer than the default of 128 KiB
    reader = csv.reader(text_lines(path), delimiter=delimiter, strict=True)
    header: list[str] = []
    line = 1  # where the row starts; `line_num` is where it ends
    try:
        for fields in reader:
            if not header:
                header = csv_header(path, line, fields) if fields else []
            elif len(fields) == len(header):
                yield line, dict(zip(header, fields, strict=True))
            elif fields:
                reason = (
                    f"{len(fields)} fields where the header names {len(header)} "
                    f"({', '.join(header)}); a text with a comma or a line break needs quotes"
                )
                raise DataError.at(path, line, reason)
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError.at(path, line, f"invalid CSV: {csv_reason(error)}") from error


def csv_header(path: Path, line: int, fields: list[str]) -> list[str]:
    """Return the column names; refuses duplicates and a separator other than the format's."""
    header = [name.strip() for name in fields]
    for position, name in enumerate(header):
        if name in header[:position]:
            raise DataError.at(path, line, f"the header names '{name}' more than once")
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), (",", "commas")):
        if len(header) == 1 and separator in header[0]:
            reason = f"the columns seem to be separated by {name}"
            raise DataError.at(path, line, f"{reason}; use commas in .csv and tabs in .tsv files")
    return header


def csv_reason(error: csv.Error) -> str:
    """Return an error of the CSV parser with its usual cause."""
    if "unexpected end of data" in str(error):
        return "the quote that opens in this row is never closed"
    if "new-line character" in str(error):
        return "lines end with a lone carriage return; save with \\n"
    return str(error)


# Parquet


def parquet_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a Parquet file, numbered from 1."""
    check_parquet(path)
    import datasets

    with damaged_parquet(path):
        yield from enumerate(
            datasets.load_dataset("parquet", data_files=[str(path)], split="train", streaming=True),
            1,
        )


def parquet_columns(path: Path) -> list[str]:
    """Return the column names of a Parquet file from its footer alone."""
    check_parquet(path)
    import pyarrow.parquet

    with damaged_parquet(path):
        return list(pyarrow.parquet.read_schema(path).names)


@contextmanager
def damaged_parquet(path: Path) -> Iterator[None]:
    """Name the file in what pyarrow raises: its errors are ValueError and OSError."""
    try:
        yield
    except (OSError, ValueError, EOFError) as error:
        reason = str(error).strip().split("\n")[0]
        raise DataError.at(path, None, f"damaged Parquet: {reason}; copy it again") from error


def check_parquet(path: Path) -> None:
    """Refuse what does not start and end with PAR1, as a complete Parquet file does."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
            file.seek(max(path.stat().st_size - 4, 0))
            tail = file.read()
    except OSError as error:
        raise DataError.at(path, None, f"cannot be read: {error.strerror}") from error
    if not head:
        raise DataError.at(path, None, "the file is empty")
    if head != b"PAR1":
        raise DataError.at(path, None, "not a Parquet file, whatever its name says")
    if tail != b"PAR1":
        raise DataError.at(path, None, "the Parquet file is cut off; copy it again")
