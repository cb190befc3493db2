"""Static plots for papers as PNG, SVG and PDF, at the width of a text column."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import UserError
from dialogsum.common.formatting import format_count
from dialogsum.common.metric_catalog import HIGHER, measure
from dialogsum.common.plot_style import PLOT_STYLE
from dialogsum.compare.comparison import Comparison
from dialogsum.compare.curves import read_curves
from dialogsum.compare.numbers import scale
from dialogsum.compare.styles import row_styles
from dialogsum.compare.systems import MetricValue, System
from dialogsum.compare.verdicts import Row, Section

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MINIATURE = "bundled miniature: proves the machinery, not the science"
COST = "parameters.trainable"
FORMATS = ("png", "svg", "pdf")
MAX_BANDS = 6  # runs up to which the intervals of learning curves are drawn
SIZE = (6.3, 3.9)  # inches


def write_plots(comparison: Comparison, folder: Path) -> list[Path]:
    """Draw the plots of every table and return the files.

    Raises:
        UserError: matplotlib is not installed.
    """
    try:
        import matplotlib
    except ImportError:
        raise UserError(
            "--plots: needs matplotlib; pip install 'dialogsum[plots]', or use --html"
        ) from None
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    with matplotlib.rc_context(PLOT_STYLE):
        for number, section in enumerate(comparison.sections, start=1):
            prefix = f"{number}-" if len(comparison.sections) > 1 else ""
            for name, draw in PLOTS.items():
                written += _save(section, draw, folder / f"{prefix}{name}")
    return written


def _save(section: Section, draw: Callable[[Section, Axes], bool], stem: Path) -> list[Path]:
    """Draw one plot in every format; no file if there is nothing to draw."""
    from matplotlib.figure import Figure

    canvas = Figure(figsize=SIZE, layout="constrained")
    if not draw(section, canvas.add_subplot()):
        return []
    if section.table.dialogues.bundled:
        canvas.axes[0].set_title(MINIATURE, loc="left", fontsize=7, color="#8a5a00")
    paths = [stem.with_name(f"{stem.name}.{ending}") for ending in FORMATS]
    for path in paths:
        dates = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}  # the same file again
        canvas.savefig(path, dpi=200, metadata=dates.get(path.suffix))
    return paths


def tradeoff(section: Section, axes: Axes) -> bool:
    """Draw the metric over trainable parameters, with the Pareto frontier; zero at the left end."""
    points = [
        (row, style, cost, row.system.metric(section.metric))
        for row, style in _styled(section)
        if (cost := row.system.cost(COST)) is not None
    ]
    points = [point for point in points if point[3].value is not None]
    if not points:
        return False
    positive = [cost for _, _, cost, _ in points if cost > 0]
    zero = 10 ** (math.floor(math.log10(min(positive, default=1.0))) - 0.6)
    factor = scale(section.metric)
    for row, style, cost, value in points:
        y, bars = _bar(value, factor)
        x = cost or zero
        axes.errorbar(x, y, yerr=bars, capsize=2, linestyle="", markersize=6, **style)
        axes.annotate(_name(section, row.system), (x, y), (5, 5), textcoords="offset points")
    sign = 1 if measure(section.metric).better == HIGHER else -1
    best = frontier([(cost, sign * (value.value or 0.0)) for _, _, cost, value in points])
    xs, ys = [x or zero for x, _ in best], [abs(y) * factor for _, y in best]
    axes.step(xs, ys, where="post", color="#777777", linewidth=0.9, linestyle=":", zorder=0)
    _parameter_axis(axes, positive, zero if len(positive) < len(points) else None)
    axes.set_xlabel(measure(COST).label)
    axes.set_ylabel(measure(section.metric).label)
    axes.margins(x=0.12)
    return True


def frontier(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the Pareto-optimal points: less in the first, more in the second coordinate."""
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
    """Draw the metric of each system with its 95% interval over dialogues, and seeds as dots."""
    factor = scale(section.metric)
    for place, (row, style) in enumerate(_styled(section)):
        value = row.system.metric(section.metric)
        if value.value is None:
            continue
        y, error = _bar(value, factor)
        axes.barh(place, y, height=0.62, color=style["color"], alpha=0.3)
        axes.errorbar(y, place, xerr=error, color=style["color"], capsize=3, linewidth=1.4)
        seeds = row.system.values(section.metric)
        if len(seeds) > 1:
            axes.plot([v * factor for v in seeds], [place] * len(seeds), ".", color="#333", ms=3)
    axes.set_yticks(
        range(len(section.rows)), [_name(section, system) for system in section.systems]
    )
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(f"{measure(section.metric).label} (95% over dialogues; dots: seeds)")
    return True


def learning_curves(section: Section, axes: Axes) -> bool:
    """Draw the metric on validation over steps; cross-entropy if it was not logged."""
    histories = [(row, style, [*_histories(row.system)]) for row, style in _styled(section)]
    names = {name for _, _, runs in histories for run in runs for name in run}
    wanted = (f"validation/{section.metric}", "validation/cross_entropy", "train/cross_entropy")
    name = next((name for name in wanted if name in names), None)
    if name is None:
        return False
    split, _, metric = name.partition("/")
    with_bands = sum(name in run for _, _, runs in histories for run in runs) <= MAX_BANDS
    for row, style, runs in histories:
        for number, curve in enumerate(run[name] for run in runs if name in run):
            label = _name(section, row.system) if number == 0 else None
            shown = {key: [value * scale(metric) for value in curve[key]] for key in curve}
            axes.plot(curve["step"], shown["y"], lw=1.1, markersize=4, label=label, **style)
            if with_bands and "lo" in curve:
                look = {"alpha": 0.12, "lw": 0, "color": style["color"]}
                axes.fill_between(curve["step"], shown["lo"], shown["hi"], **look)
    axes.set_xlabel("Optimizer step")
    axes.set_ylabel(f"{measure(metric).label}, {split}")
    axes.figure.legend(loc="outside right upper")
    return True


def _name(section: Section, system: System) -> str:
    """Return the name of a row; no part of it is a formula for matplotlib."""
    return section.table.name(system).replace("$", r"\$")


def _histories(system: System) -> Iterator[dict[str, Any]]:
    for member in system.members:
        yield read_curves(member.run.directory / "metrics.csv")


def _styled(section: Section) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Yield each row with its style as keyword arguments of matplotlib."""
    for row, style in zip(section.rows, row_styles(section.rows), strict=True):
        face = "white" if style.hollow else style.color
        yield row, {"color": style.color, "marker": style.marker, "markerfacecolor": face}


def _bar(value: MetricValue, factor: float) -> tuple[float, list[list[float]] | None]:
    """Return the value and the two lengths of its error bar, as matplotlib takes them."""
    center = (value.value or 0.0) * factor
    if value.ci_low is None or value.ci_high is None:
        return center, None
    return center, [[center - value.ci_low * factor], [value.ci_high * factor - center]]


PLOTS: dict[str, Callable[[Section, Axes], bool]] = {
    "tradeoff": tradeoff,
    "systems": bars,
    "learning": learning_curves,
}
