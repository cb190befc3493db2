"""Write the pretraining exercises as a data set: `python -m tools.tiny.write_exercises DIR`."""

from __future__ import annotations

import argparse
from pathlib import Path

from dialogsum.common.files import write_jsonl
from tools.tiny.pretraining import generate_pretraining

SIZES = {"train": 400_000, "validation": 400, "test": 400}


def write_exercises(directory: Path, sizes: dict[str, int], seed: int = 0) -> list[Path]:
    """Write `<split>.jsonl` with `sizes[split]` exercises for each split."""
    paths = []
    for split, size in sizes.items():
        paths.append(directory / f"{split}.jsonl")
        write_jsonl(paths[-1], generate_pretraining(split, size, seed))
    return paths


def main() -> None:
    """Write the files and print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    for split, size in SIZES.items():
        parser.add_argument(f"--{split}", type=int, default=size, help=f"rows (default: {size})")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    sizes = {split: getattr(args, split) for split in SIZES}
    for path in write_exercises(args.directory, sizes, args.seed):
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
