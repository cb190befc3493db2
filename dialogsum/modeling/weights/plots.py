"""Plots of what training changed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dialogsum.common.errors import UserError
from dialogsum.common.plot_style import PLOT_STYLE
from dialogsum.modeling.weights.changes import MovedToken
from dialogsum.modeling.weights.spectrum import MeasuredUpdate, Overlap

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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
        norm = _grid({_cell(m): m.relative_norm for m in blocks})
        rank = _grid({_cell(m): m.effective_rank or math.nan for m in blocks})
        labels = ("relative norm of the update", "effective rank of the update")
        drawn.append(_save(lambda: _heatmap(*norm, labels[0], title), folder / "relative_norm"))
        drawn.append(_save(lambda: _heatmap(*rank, labels[1], title), folder / "effective_rank"))
    if matrices:
        drawn.append(_save(lambda: _spectra(matrices, title), folder / "spectrum"))
    for name, tokens in moved.items():
        target = folder / f"tokens_{name.replace('.', '_')}"
        drawn.append(_save(lambda t=tokens, n=name: _tokens(t, n, title), target))  # type: ignore[misc]
    return drawn


def draw_overlap(overlaps: Sequence[Overlap], title: str, folder: Path) -> list[Path]:
    """Draw where two runs changed the same directions; return the files."""
    blocks = [o for o in overlaps if o.place.layer is not None]
    if not blocks:
        return []
    grid = _grid({_cell(o): o.left for o in blocks})
    chance = sum(o.left_chance for o in blocks) / len(blocks)
    label = f"overlap of leading left directions (chance {chance:.2f})"
    return [_save(lambda: _heatmap(*grid, label, title), folder / "subspace_overlap")]


def _cell(item: MeasuredUpdate | Overlap) -> tuple[str, int]:
    """Return the row (stack and module) and column (block) of a heatmap cell."""
    return f"{item.place.stack} {item.place.module}", item.place.layer or 0


def _grid(values: Mapping[tuple[str, int], float]) -> tuple[np.ndarray, list[str]]:
    rows = list(dict.fromkeys(row for row, _ in values))
    grid = np.full((len(rows), 1 + max(column for _, column in values)), math.nan)
    for (row, column), value in values.items():
        grid[rows.index(row), column] = value
    return grid, rows


def _heatmap(grid: np.ndarray, rows: list[str], label: str, title: str) -> Figure:
    from matplotlib import pyplot

    height = 1.2 + 0.28 * len(rows)
    figure, axes = pyplot.subplots(figsize=(3.6 + 0.42 * grid.shape[1], height))
    image = axes.imshow(grid, aspect="auto", cmap="viridis", vmin=0)
    axes.grid(False)
    axes.set_yticks(range(len(rows)), rows)
    axes.set_xticks(range(grid.shape[1]))
    axes.set_xlabel("block")
    axes.set_title(title, loc="left")
    figure.colorbar(image, ax=axes, label=label)
    return figure


def _spectra(measured: Sequence[MeasuredUpdate], title: str) -> Figure:
    from matplotlib import pyplot

    largest = sorted(measured, key=lambda m: -m.update_norm)[:SHOWN_SPECTRA]
    figure, axes = pyplot.subplots(figsize=(6.3, 3.9))
    for m in largest:
        values = [value for value in m.singular_values if value > 0]
        axes.plot(range(1, len(values) + 1), values, label=m.name, linewidth=1.2)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("direction")
    axes.set_ylabel("singular value of the update")
    axes.set_title(f"{title}: the {len(largest)} largest updates", loc="left")
    axes.legend(fontsize=6)
    return figure


def _tokens(tokens: Sequence[MovedToken], name: str, title: str) -> Figure:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6.3, 0.8 + 0.22 * len(tokens)))
    places = range(len(tokens))
    axes.barh(places, [t.distance for t in tokens], color="#2b7bba")
    axes.set_yticks(places, [t.token.replace("▁", "_") for t in tokens])
    axes.invert_yaxis()
    axes.set_xlabel(f"movement relative to the embedding ({name})")
    axes.set_title(title, loc="left")
    return figure


def _save(draw: Callable[[], Figure], path: Path) -> Path:
    try:
        import matplotlib
    except ImportError:
        raise UserError(
            "plots need matplotlib: pip install 'dialogsum[plots]', or use --no-figures"
        ) from None
    matplotlib.use("Agg")
    from matplotlib import pyplot

    path = path.with_suffix(".png")
    path.parent.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context(PLOT_STYLE):
        figure = draw()
        figure.savefig(path, dpi=150, bbox_inches="tight")
        pyplot.close(figure)
    return path
