"""Static plots for papers: PNG and SVG, at the width of a text column."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import UserError
from dialogsum.common.metric_catalog import HIGHER, measure
from dialogsum.common.plot_style import PLOT_STYLE
from dialogsum.compare.comparison import Comparison, Section
from dialogsum.compare.details import by_length, read_curves
from dialogsum.compare.looks import looks
from dialogsum.compare.numbers import format_count, scale
from dialogsum.compare.verdicts import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MINIATURE = "bundled miniature: proves the machinery, not the science"
COST = "parameters.trainable"
BANDED = 6  # runs up to which their intervals are drawn into the learning curves
SIZE = (6.3, 3.9)  # inches


def write_figures(comparison: Comparison, folder: Path) -> list[Path]:
    """Draw every table's plots; returns the files.

    Raises:
        UserError: matplotlib is not installed.
    """
    try:
        import matplotlib
    except ImportError:
        raise UserError(
            "--figures needs matplotlib: pip install 'dialogsum[figures]', or use --html"
        ) from None
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with matplotlib.rc_context(PLOT_STYLE):
        for number, section in enumerate(comparison.sections, start=1):
            prefix = f"{number}-" if len(comparison.sections) > 1 else ""
            for name, draw in PLOTS.items():
                written += _save(section, draw, folder / f"{prefix}{name}")
    return written


def _save(section: Section, draw: Callable[[Section, Axes], bool], stem: Path) -> list[Path]:
    """Draw one plot into both formats; nothing where there is nothing to draw."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, layout="constrained")
    if not draw(section, figure.add_subplot()):
        return []
    if section.table.dialogues.bundled:
        figure.axes[0].set_title(MINIATURE, loc="left", fontsize=7, color="#8a5a00")
    paths = [stem.with_name(f"{stem.name}.{ending}") for ending in ("png", "svg")]
    for path in paths:
        metadata = {"Date": None} if path.suffix == ".svg" else None
        figure.savefig(path, dpi=200, metadata=metadata)
    return paths


def tradeoff(section: Section, axes: Axes) -> bool:
    """The metric over trainable parameters, with the frontier; zero has a place of its own."""
    points = [
        (row, look, row.system.cost(COST), row.system.figure(section.metric))
        for row, look in zip(section.rows, looks(section.rows), strict=True)
    ]
    known = [(r, k, x, f) for r, k, x, f in points if x is not None and f.value is not None]
    sign = 1 if measure(section.metric).better == HIGHER else -1
    if not known:
        return False
    positive = [x for _, _, x, _ in known if x > 0]
    low = min(positive, default=1.0)
    zero = 10 ** (math.floor(math.log10(low)) - 0.6)
    factor = scale(section.metric)
    for row, look, x, figure in known:
        y, bars = _bar(figure, factor)
        axes.errorbar(x or zero, y, yerr=bars, capsize=2, linestyle="", markersize=6, **look)
        axes.annotate(section.name(row.system), (x or zero, y), (5, 5), textcoords="offset points")
    steps = frontier([(x, sign * (f.value or 0.0)) for _, _, x, f in known])
    xs, ys = [x or zero for x, _ in steps], [abs(y) * factor for _, y in steps]
    axes.step(xs, ys, where="post", color="#777777", linewidth=0.9, linestyle=":", zorder=0)
    _parameter_axis(axes, positive, zero if len(positive) < len(known) else None)
    axes.set_xlabel("Trainable parameters")
    axes.set_ylabel(measure(section.metric).label)
    axes.margins(x=0.12)
    return True


def frontier(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points that no other one beats: less in the first, more in the second coordinate."""
    best: list[tuple[float, float]] = []
    for x, y in sorted(points, key=lambda point: (point[0], -point[1])):
        if not best or y > best[-1][1]:
            best.append((x, y))
    return best


def _parameter_axis(axes: Axes, positive: Sequence[float], zero: float | None) -> None:
    if not positive:
        return
    axes.set_xscale("log")
    powers = range(math.floor(math.log10(min(positive))), math.ceil(math.log10(max(positive))) + 1)
    ticks = [10.0**power for power in powers]
    names = [format_count(tick) for tick in ticks]
    if zero is not None:
        ticks, names = [zero, *ticks], ["0", *names]
    axes.set_xticks(ticks, names)
    axes.minorticks_off()


def bars(section: Section, axes: Axes) -> bool:
    """The metric of each system with its 95% interval over dialogues, and its seeds as dots."""
    factor = scale(section.metric)
    for place, (row, look) in enumerate(zip(section.rows, looks(section.rows), strict=True)):
        figure = row.system.figure(section.metric)
        if figure.value is None:
            continue
        y, error = _bar(figure, factor)
        axes.barh(place, y, height=0.62, color=look["color"], alpha=0.3)
        axes.errorbar(y, place, xerr=error, color=look["color"], capsize=3, linewidth=1.4)
        seeds = _seed_values(row, section.metric)
        axes.plot([v * factor for v in seeds], [place] * len(seeds), ".", color="#333333", ms=3)
    axes.set_yticks(range(len(section.rows)), [section.name(s) for s in section.systems])
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(f"{measure(section.metric).label} (95% over dialogues; dots: seeds)")
    return True


def _seed_values(row: Row, metric: str) -> list[float]:
    if len(row.system.members) < 2:
        return []
    rows = [member.evaluation.figures.get(metric) for member in row.system.members]
    return [found["value"] for found in rows if found and found["value"] is not None]


def curves(section: Section, axes: Axes) -> bool:
    """The metric on validation over optimizer steps; cross-entropy where it was not logged."""
    histories = [
        (row, look, [read_curves(m.run.directory / "metrics.csv") for m in row.system.members])
        for row, look in zip(section.rows, looks(section.rows), strict=True)
    ]
    names = {name for _, _, runs in histories for run in runs for name in run}
    wanted = (f"validation/{section.metric}", "validation/cross_entropy", "train/cross_entropy")
    name = next((name for name in wanted if name in names), None)
    if name is None:
        return False
    metric = name.split("/")[1]
    banded = sum(name in run for _, _, runs in histories for run in runs) <= BANDED
    for row, look, runs in histories:
        for number, curve in enumerate(run[name] for run in runs if name in run):
            label = section.name(row.system) if number == 0 else None
            shown = {key: [value * scale(metric) for value in curve[key]] for key in curve}
            steps = curve["step"]
            axes.plot(steps, shown["y"], linewidth=1.1, markersize=4, label=label, **look)
            if banded and "lo" in curve:
                edges = {"alpha": 0.12, "lw": 0, "color": look["color"]}
                axes.fill_between(steps, shown["lo"], shown["hi"], **edges)
    axes.set_xlabel("Optimizer step")
    axes.set_ylabel(f"{measure(metric).label}, {name.split('/')[0]}")
    axes.figure.legend(loc="outside right upper")
    return True


def lengths(section: Section, axes: Axes) -> bool:
    """The metric by number of words in the dialogue."""
    found = by_length(section, [section.metric]).get(section.metric)
    if found is None:
        return False
    factor, k = scale(section.metric), len(section.rows)
    for place, (row, look) in enumerate(zip(section.rows, looks(section.rows), strict=True)):
        shift = (place / (k - 1) - 0.5) * 0.36 if k > 1 else 0.0
        y = found.value[:, place] * factor
        error = [y - found.ci_low[:, place] * factor, found.ci_high[:, place] * factor - y]
        xs = [number + shift for number in range(len(y))]
        label = section.name(row.system)
        axes.errorbar(xs, y, yerr=error, linewidth=1, capsize=2, markersize=4, label=label, **look)
    names = [f"{low}–{high}\nn = {n}" for (low, high), n in zip(found.bounds, found.n, strict=True)]
    axes.set_xticks(range(len(names)), names)
    axes.grid(axis="x", visible=False)
    axes.set_xlabel("Words in the dialogue")
    axes.set_ylabel(measure(section.metric).label)
    axes.figure.legend(loc="outside right upper")
    return True


def _bar(figure: Any, factor: float) -> tuple[float, list[list[float]] | None]:
    """The value and the two lengths of its error bar, as matplotlib wants them."""
    value = figure.value * factor
    if figure.ci_low is None or figure.ci_high is None:
        return value, None
    return value, [[value - figure.ci_low * factor], [figure.ci_high * factor - value]]


PLOTS: dict[str, Callable[[Section, Axes], bool]] = {
    "tradeoff": tradeoff,
    "systems": bars,
    "learning": curves,
    "length": lengths,
}
