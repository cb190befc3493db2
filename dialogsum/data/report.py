"""Report of a run's data: the `data` section of result.json and the log lines about it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dialogsum.data.clean import Cleaning

log = logging.getLogger(__name__)
LISTED_IDS = 20  # in a log line


@dataclass
class DataReport:
    """Counts of the data as they were used.

    Duplicates and overlap are counted on the complete splits, before `dataset.limit`, because a
    limit must not hide that a test dialogue is in train.
    """

    source: str = ""
    revision: str | None = None
    hash: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)
    cleaning: dict[str, Cleaning] = field(default_factory=dict)
    overlap: dict[str, int] = field(default_factory=dict)
    overlap_dropped: int = 0
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)  # `Tokenized.statistics()`

    def record(self) -> dict[str, Any]:
        """Return the `data` section of result.json."""
        dropped = self.dropped()
        tokens = self.tokens.items()
        return {
            "hash": self.hash,
            "source": self.source,
            "revision": self.revision,
            "rows": dict(self.rows),
            "references": dict(self.references),
            "dropped": {split: sum(reasons.values()) for split, reasons in dropped.items()},
            "dropped_reasons": dropped,
            "duplicates": {split: c.duplicates for split, c in self.cleaning.items()},
            "overlap": dict(self.overlap),
            "truncated": {
                side: {split: found[f"{side}_truncated"] for split, found in tokens}
                for side in ("source", "target")
            },
            "tokens": {
                split: {side: found[f"{side}_tokens"] for side in ("source", "target")}
                for split, found in tokens
            },
            "mean_shots": {split: found["mean_shots"] for split, found in tokens},
        }

    def dropped(self) -> dict[str, dict[str, int]]:
        """Return the number of dropped rows of each split by reason."""
        reasons = {
            split: {"empty": len(c.empty), "repeated_row": len(c.repeated_rows)}
            for split, c in self.cleaning.items()
        }
        if "train" in reasons:
            reasons["train"]["overlap"] = self.overlap_dropped
        return reasons

    def log_cleaning(self) -> None:
        """Log a line per split, the ids of dropped rows, and the overlap of the splits."""
        for split, c in self.cleaning.items():
            repeats = f", {c.duplicates} repeat the text of another" if c.duplicates else ""
            limited = self.rows[split] < c.dialogues
            limit = f", limited to {self.rows[split]}" if limited else ""
            log.info("%s: %d dialogues%s%s", split, c.dialogues, repeats, limit)
            if c.empty:
                log.warning("%s: rows without text dropped %s", split, listed(c.empty))
            if c.repeated_rows:
                log.warning("%s: repeated rows dropped %s", split, listed(c.repeated_rows))
        shared = {pair: count for pair, count in self.overlap.items() if count}
        if shared:
            pairs = ", ".join(f"{pair} {count}" for pair, count in shared.items())
            log.warning("dialogues shared between splits: %s", pairs)
        if self.overlap_dropped:
            log.info("train: %d dialogues dropped that another split has too", self.overlap_dropped)
        elif any(pair.startswith("train-") for pair in shared):
            log.info("dataset.drop_overlap=true would take the shared dialogues out of train")

    def log_truncation(self) -> None:
        """Log a line for each side and split with texts that were cut."""
        for side in ("source", "target"):
            for split, found in self.tokens.items():
                if count := found[f"{side}_truncated"]:
                    log.info("%s: %d %ss cut to dataset.max_%s_tokens", split, count, side, side)


def listed(ids: Sequence[str]) -> str:
    """Return `(count): ids`, shortened."""
    more = f" and {len(ids) - LISTED_IDS} more" if len(ids) > LISTED_IDS else ""
    return f"({len(ids)}): {', '.join(ids[:LISTED_IDS])}{more}"
