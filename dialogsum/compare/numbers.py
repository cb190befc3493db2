"""Numbers as people read them. `None` is always an en dash: not applicable, or not measured."""

from __future__ import annotations

import math

from dialogsum.common.formatting import format_bytes, format_count, format_duration

NONE = "–"
SCORE, SHARE, PLAIN, COUNT, BYTES, SECONDS, PERCENT, RATE = (
    "score",  # 0..1, shown times 100
    "share",  # 0..1, shown as per cent
    "plain",
    "count",
    "bytes",
    "seconds",
    "percent",  # already times 100
    "rate",  # per second
)
_KINDS = {
    "parameters.trainable": COUNT,
    "parameters.total": COUNT,
    "parameters.percent": PERCENT,
    "artifact_bytes": BYTES,
    "length_ratio": PLAIN,
    "cross_entropy": PLAIN,
    **dict.fromkeys(("empty", "truncated", "repetition", "novel_ngrams"), SHARE),
    **dict.fromkeys(("throughput.tokens_per_s", "throughput.examples_per_s"), RATE),
}
_PREFIXES = {"memory_bytes.": BYTES, "time_s.": SECONDS, "rouge": SCORE}
_SUFFIXED = "_recall"


def kind(measure: str) -> str:
    """How a measure is shown, by its name as in the catalogue."""
    base = measure.partition("@")[0]
    if base in _KINDS:
        return _KINDS[base]
    for prefix, its_kind in _PREFIXES.items():
        if base.startswith(prefix):
            return its_kind
    return SCORE if _SUFFIXED in base else PLAIN


def scale(measure: str) -> float:
    """The factor from the recorded value to the shown one."""
    return 100.0 if kind(measure) in (SCORE, SHARE) else 1.0


def number(value: float | None, measure: str) -> str:
    """A value of a measure, with its unit where the measure has one."""
    if value is None or not math.isfinite(value):
        return NONE
    its_kind = kind(measure)
    if its_kind == SCORE:
        return f"{100 * value:.2f}"
    if its_kind == SHARE:
        return f"{100 * value:.1f} %"
    if its_kind == COUNT:
        return format_count(value)
    if its_kind == BYTES:
        return format_bytes(value)
    if its_kind == SECONDS:
        return format_duration(value)
    if its_kind == PERCENT:
        return percent(value)
    if its_kind == RATE:
        return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
    return f"{value:.3f}"


def signed(value: float | None, measure: str) -> str:
    """A difference in the unit of the measure, with its sign."""
    if value is None or not math.isfinite(value):
        return NONE
    digits = {SCORE: 2, SHARE: 1}.get(kind(measure), 3)
    return f"{scale(measure) * value:+.{digits}f}".replace("-", "−")


def interval(low: float | None, high: float | None, measure: str) -> str:
    """`29.61–31.20`; a dash alone where there is none."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return NONE
    digits = {SCORE: 2, SHARE: 1}.get(kind(measure), 3)
    low, high = (round(scale(measure) * bound, digits) + 0.0 for bound in (low, high))
    separator = " to " if low < 0 else "–"
    return f"{low:.{digits}f}{separator}{high:.{digits}f}".replace("-", "−")


def percent(value: float | None) -> str:
    """Of something that is in per cent already: 100 %, 1.66 %, 0.445 %."""
    if value is None:
        return NONE
    if value == 0 or value >= 99.95:
        return f"{value:.0f} %"
    return f"{value:.3g} %"


def p_value(value: float | None) -> str:
    """Three decimals; below what the resamples can resolve, that bound."""
    if value is None or not math.isfinite(value):
        return NONE
    return "< 0.001" if value < 0.001 else f"{value:.3f}"
