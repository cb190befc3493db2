"""Values, differences and intervals of a measure in its unit, as text."""

from __future__ import annotations

import math
from collections.abc import Callable

from dialogsum.common.formatting import NONE, format_bytes, format_count, format_duration
from dialogsum.common.metric_catalog import (
    BYTES,
    COUNT,
    PER_SECOND,
    PERCENT,
    SCORE,
    SECONDS,
    SHARE,
    measure,
)


def scale(name: str) -> float:
    """Return the factor from the recorded value of a measure to the printed one."""
    return 100.0 if measure(name).unit in (SCORE, SHARE) else 1.0


def number(value: float | None, name: str) -> str:
    """Format a value of a measure, with its unit where the measure has one."""
    if value is None or not math.isfinite(value):
        return NONE
    formatter = FORMATTERS.get(measure(name).unit)
    return formatter(value) if formatter else f"{value:.3f}"


def percent(value: float) -> str:
    """Format a percentage: 100 %, 1.66 %, 0.445 %."""
    return f"{value:.0f} %" if value == 0 or value >= 99.95 else f"{value:.3g} %"


FORMATTERS: dict[str, Callable[[float], str]] = {
    SCORE: lambda value: f"{100 * value:.2f}",
    SHARE: lambda value: f"{100 * value:.1f} %",
    COUNT: format_count,
    BYTES: format_bytes,
    SECONDS: format_duration,
    PERCENT: percent,
    PER_SECOND: lambda value: f"{value:,.0f}" if value >= 10 else f"{value:.2g}",
}


def signed(value: float | None, name: str) -> str:
    """Format a difference in the unit of a measure, with its sign."""
    if value is None or not math.isfinite(value):
        return NONE
    return f"{scale(name) * value:+.{_digits(name)}f}".replace("-", "−")


def interval(low: float | None, high: float | None, name: str) -> str:
    """Format `29.61–31.20`; a single dash if an end is unknown."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return NONE
    digits = _digits(name)
    low, high = (round(scale(name) * bound, digits) + 0.0 for bound in (low, high))
    separator = " to " if low < 0 else "–"
    return f"{low:.{digits}f}{separator}{high:.{digits}f}".replace("-", "−")


def p_value(value: float | None) -> str:
    """Format a p-value with three decimals, or as a bound below what the resamples resolve."""
    if value is None or not math.isfinite(value):
        return NONE
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _digits(name: str) -> int:
    return {SCORE: 2, SHARE: 1}.get(measure(name).unit, 3)
