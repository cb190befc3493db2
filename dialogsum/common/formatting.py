"""Numbers as people read them; None is an en dash: not applicable, or not measured."""

from __future__ import annotations

import unicodedata
from typing import Any

NONE = "–"


def printable(text: str) -> str:
    """Write control, direction and format characters of a foreign text as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c in "\n\t" or _is_visible(c) else _escape(c) for c in text)


def _is_visible(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def format_count(value: float | None) -> str:
    """Format 1,277,952 as "1.28 M"."""
    if value is None:
        return NONE
    for limit, unit in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= 0.9995 * limit:  # 999,700 is 1 M, not 1000 k
            return f"{value / limit:.3g} {unit}"
    return f"{value:.0f}"


def format_bytes(value: float | None) -> str:
    """Format 5,111,808 bytes as "5.1 MB" (powers of 1,000)."""
    if value is None:
        return NONE
    for limit, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if abs(value) >= limit:
            return f"{value / limit:.1f} {unit}"
    return f"{value:.0f} B"


def format_duration(value: float | None) -> str:
    """Format 80 seconds as "1 min 20 s"."""
    if value is None:
        return NONE
    if value < 60:
        return f"{value:.1f} s"
    minutes, seconds = divmod(round(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {seconds:02d} s"


def format_headline(metrics: dict[str, dict[str, Any]]) -> str:
    """Format the headline metrics of a split in one line, ROUGE in points of 100."""
    shown = [f"{n} {100 * metrics[n]['value']:.2f}" for n in ("rouge1", "rouge2", "rougeL")]
    if "cross_entropy" in metrics:  # a scored file of outputs has none
        shown.append(f"cross_entropy {metrics['cross_entropy']['value']:.4f}")
    return ", ".join(shown)
