"""Install a pretrained model as `model=tiny`: `python -m tools.tiny.publish RUN_DIR`.

Also writes the training log and the loss curve to `tools/tiny/history/`.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

TINY = Path(__file__).resolve().parents[2] / "dialogsum" / "assets" / "tiny"
HISTORY = Path(__file__).resolve().parent / "history"
COLUMNS = ("step", "examples", "seconds", "train/cross_entropy", "train/learning_rate_decay")
ROLLING = 5  # logged steps; a step has one kind and length of exercise, so single losses jump


def publish(run: Path, target: Path = TINY, history: Path = HISTORY) -> list[Path]:
    """Write weights, log and loss curve of a run and return the files.

    The exported weights are rounded to bfloat16, half the bytes of fp32. Tokenizer and config.json
    stay as they are.
    """
    weights = load_file(run / "model" / "model.safetensors")
    rounded = {name: value.to(torch.bfloat16) for name, value in weights.items()}
    save_file(rounded, target / "model.safetensors", metadata={"format": "pt"})
    rows = _logged_steps(run / "metrics.csv")
    log, curve = history / "pretraining.csv", history / "pretraining.svg"
    with log.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    plot_loss(rows, curve)
    return [target / "model.safetensors", log, curve]


def plot_loss(rows: Sequence[Sequence[str]], path: Path) -> None:
    """Plot the loss over minutes of training: each logged step and the median of eleven."""
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


def _logged_steps(metrics: Path) -> list[list[str]]:
    with metrics.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["train/cross_entropy"]]
    return [[f"{float(row[name]):.6g}" for name in COLUMNS] for row in rows]


def main() -> None:
    """Publish a run and print the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path, help="run directory of experiment=pretrain_tiny")
    for path in publish(parser.parse_args().run):
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
