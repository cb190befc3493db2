"""Plots of what training changed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dialogsum.common.errors import UserError
from dialogsum.common.plot_style import PLOT_STYLE
from dialogsum.modeling.weights.changes import MovedToken, Place
from dialogsum.modeling.weights.spectrum import MeasuredUpdate, Overlap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN_SPECTRA = 8  # lines per plot that can be distinguished


def draw_run(
    measured: Sequence[MeasuredUpdate],
    moved: Mapping[str, Sequence[MovedToken]],
    title: str,
    folder: Path,
) -> list[Path]:
    """Draw all plots of one run; return the files.

    Raises:
        UserError: matplotlib is not installed.
    """
    matrices = [m for m in measured if m.singular_values]
    blocks = [m for m in matrices if m.place.layer is not None]
    drawn: list[Path] = []
    if blocks:
        norms = [(m.place, m.relative_norm) for m in blocks]
        ranks = [(m.place, m.effective_rank or math.nan) for m in blocks]
        labels = ("relative norm of the update", "effective rank of the update")
        drawn.append(_heatmap(norms, labels[0], title, folder / "relative_norm.png"))
        drawn.append(_heatmap(ranks, labels[1], title, folder / "effective_rank.png"))
    if matrices:
        drawn.append(_spectra(matrices, title, folder / "spectrum.png"))
    for name, tokens in moved.items():
        path = folder / f"tokens_{name.replace('.', '_')}.png"
        drawn.append(_tokens(tokens, name, title, path))
    return drawn


def draw_overlap(overlaps: Sequence[Overlap], title: str, folder: Path) -> list[Path]:
    """Draw where two runs changed the same directions; return the files."""
    blocks = [o for o in overlaps if o.place.layer is not None]
    if not blocks:
        return []
    chance = sum(o.left_chance for o in blocks) / len(blocks)
    label = f"overlap of leading left directions (chance {chance:.2f})"
    values = [(o.place, o.left) for o in blocks]
    return [_heatmap(values, label, title, folder / "subspace_overlap.png")]


def _heatmap(values: Sequence[tuple[Place, float]], label: str, title: str, path: Path) -> Path:
    """Draw one row per kind of module and one column per block."""
    rows = list(dict.fromkeys(place.kind for place, _ in values))
    grid = np.full((len(rows), 1 + max(place.layer or 0 for place, _ in values)), math.nan)
    for place, value in values:
        grid[rows.index(place.kind), place.layer] = value
    size = (3.6 + 0.42 * grid.shape[1], 1.2 + 0.28 * len(rows))
    with _saved_plot(path, size, title) as axes:
        image = axes.imshow(grid, aspect="auto", cmap="viridis", vmin=0)
        axes.grid(False)
        axes.set_yticks(range(len(rows)), rows)
        axes.set_xticks(range(grid.shape[1]))
        axes.set_xlabel("block")
        axes.figure.colorbar(image, ax=axes, label=label)
    return path


def _spectra(measured: Sequence[MeasuredUpdate], title: str, path: Path) -> Path:
    largest = sorted(measured, key=lambda m: -m.update_norm)[:SHOWN_SPECTRA]
    with _saved_plot(path, (6.3, 3.9), f"{title}: the {len(largest)} largest updates") as axes:
        for m in largest:
            values = [value for value in m.singular_values if value > 0]
            axes.loglog(range(1, len(values) + 1), values, label=m.name, linewidth=1.2)
        axes.set_xlabel("direction")
        axes.set_ylabel("singular value of the update")
        axes.legend(fontsize=6)
    return path


def _tokens(tokens: Sequence[MovedToken], name: str, title: str, path: Path) -> Path:
    with _saved_plot(path, (6.3, 0.8 + 0.22 * len(tokens)), title) as axes:
        bars = range(len(tokens))
        axes.barh(bars, [t.movement for t in tokens], color="#2b7bba")
        axes.set_yticks(bars, [t.token.replace("▁", "_") for t in tokens])
        axes.invert_yaxis()
        axes.set_xlabel(f"movement relative to the embedding ({name})")
    return path


@contextmanager
def _saved_plot(path: Path, size: tuple[float, float], title: str) -> Iterator[Axes]:
    """Yield the axes of a plot of `size` inches, which is saved at the end."""
    try:
        import matplotlib
    except ImportError:
        raise UserError(
            "plots need matplotlib: pip install 'dialogsum[plots]', or use --no-plots"
        ) from None
    from matplotlib.figure import Figure

    path.parent.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context(PLOT_STYLE):
        figure = Figure(figsize=size)
        axes = figure.add_subplot()
        axes.set_title(title, loc="left")
        yield axes
        figure.savefig(path, dpi=150, bbox_inches="tight")
