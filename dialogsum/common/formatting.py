"""Numbers as people read them. Used wherever a figure is printed."""

from __future__ import annotations

from typing import Any


def format_count(value: float | None) -> str:
    """1,277,952 -> "1.28 M"; None -> "–"."""
    if value is None:
        return "–"
    for limit, unit in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= 0.9995 * limit:  # 999,700 is 1 M, not 1000 k
            return f"{value / limit:.3g} {unit}"
    return f"{value:.0f}"


def format_bytes(value: float | None) -> str:
    """5,111,808 bytes -> "5.1 MB" (powers of 1,000); None -> "–"."""
    if value is None:
        return "–"
    for limit, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if abs(value) >= limit:
            return f"{value / limit:.1f} {unit}"
    return f"{value:.0f} B"


def format_duration(value: float | None) -> str:
    """80 seconds -> "1 min 20 s"; None -> "–"."""
    if value is None:
        return "–"
    if value < 60:
        return f"{value:.1f} s"
    minutes, seconds = divmod(round(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {seconds:02d} s"


def format_headline(figures: dict[str, dict[str, Any]]) -> str:
    """The headline figures of a split in one line, ROUGE in points of 100."""
    shown = [f"{n} {100 * figures[n]['value']:.2f}" for n in ("rouge1", "rouge2", "rougeL")]
    if "cross_entropy" in figures:  # a scored file of outputs has none
        shown.append(f"cross_entropy {figures['cross_entropy']['value']:.4f}")
    return ", ".join(shown)
