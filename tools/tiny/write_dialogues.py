"""Write the bundled dialogues: `python -m tools.tiny.write_dialogues [DIR]`.

The default directory is the package's; the files are equal byte for byte on every run.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
from pathlib import Path

from tools.tiny.generator import DEFAULT_SIZES, generate

BUNDLED = Path(__file__).resolve().parents[2] / "dialogsum" / "assets" / "bundled"


def write_dialogues(directory: Path, sizes: dict[str, int], seed: int = 0) -> list[Path]:
    """Write `<split>.jsonl.gz` with the first `sizes[split]` rows of each split."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for split, size in sizes.items():
        path = directory / f"{split}.jsonl.gz"
        path.write_bytes(compress(json_lines(generate(split, size, seed))))
        paths.append(path)
    return paths


def json_lines(rows: list[dict[str, str]]) -> bytes:
    """Return rows as UTF-8 JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def compress(content: bytes) -> bytes:
    """Return gzip data without a name and a time, so that equal content gives equal bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:
        file.write(content)
    return buffer.getvalue()


def main() -> None:
    """Write the files and print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path, nargs="?", default=BUNDLED)
    for split, size in DEFAULT_SIZES.items():
        parser.add_argument(f"--{split}", type=int, default=size, help=f"rows (default: {size})")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    sizes = {split: getattr(args, split) for split in DEFAULT_SIZES}
    for path in write_dialogues(args.directory, sizes, args.seed):
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
