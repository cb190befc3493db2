"""`python -m tools.tiny.publish RUN_DIR`: a pretrained model becomes `model=tiny`.

Run from the repository: beside the weights it leaves the log and the loss curve in `docs/`.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

TINY = Path(__file__).resolve().parent / "tiny"
DOCS = Path("docs")
COLUMNS = ("step", "examples", "seconds", "train/cross_entropy", "train/learning_rate_decay")
ROLLING = 5  # logged steps; a step is one exercise's length and kind, so single losses jump


def publish(run: Path, target: Path = TINY, docs: Path = DOCS) -> list[Path]:
    """Write weights, log and loss curve of a run; returns the files.

    The exported weights become bfloat16 beside tokenizer and config.json: half the bytes of fp32.
    """
    weights = load_file(run / "model" / "model.safetensors")
    rounded = {name: value.to(torch.bfloat16) for name, value in weights.items()}
    save_file(rounded, target / "model.safetensors", metadata={"format": "pt"})
    rows = _logged(run / "metrics.csv")
    log, curve = docs / "pretraining.csv", docs / "images" / "pretraining.svg"
    curve.parent.mkdir(exist_ok=True)
    with log.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    draw(rows, curve)
    return [target / "model.safetensors", log, curve]


def draw(rows: Sequence[Sequence[str]], path: Path) -> None:
    """The loss over minutes of training, each logged step and the median of its neighbours."""
    from matplotlib.figure import Figure

    minutes = [float(row[2]) / 60 for row in rows]
    losses = torch.tensor([float(row[3]) for row in rows])
    smooth = losses.unfold(0, 2 * ROLLING + 1, 1).median(dim=1).values
    axes = (figure := Figure(figsize=(6.3, 3.2), layout="constrained")).add_subplot()
    axes.plot(minutes, losses, ".", color="#b8b4aa", markersize=3, label="logged step")
    axes.plot(minutes[ROLLING:-ROLLING], smooth, color="#1f5fa8", label="median of eleven")
    axes.set(yscale="log", xlabel="Minutes of training", ylabel="Cross-entropy, nats per token")
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})


def _logged(metrics: Path) -> list[list[str]]:
    with metrics.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["train/cross_entropy"]]
    return [[f"{float(row[name]):.6g}" for name in COLUMNS] for row in rows]


if __name__ == "__main__":
    for path in publish(Path(sys.argv[1])):
        print(f"{path}: {path.stat().st_size:,} bytes")
