"""What is recorded of a run's data."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from dialogsum.data.dialogues import Cleaning

log = logging.getLogger(__name__)
NAMED = 5  # ids that a log line names


@dataclass
class DataReport:
    """Counts of the data as they were used; `record()` is the `data` section of result.json.

    Duplicates and overlap are counted on the complete splits, before `dataset.limit`, because a
    limit must not hide that train knows a test dialogue.
    """

    source: str = ""
    revision: str | None = None
    hash: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)
    cleaning: dict[str, Cleaning] = field(default_factory=dict)
    overlap: dict[str, int] = field(default_factory=dict)
    overlap_dropped: int = 0
    truncated: dict[str, dict[str, int]] = field(
        default_factory=lambda: {"source": {}, "target": {}}
    )
    tokens: dict[str, dict[str, int]] = field(default_factory=dict)
    shots: dict[str, float] = field(default_factory=dict)

    def dropped(self) -> dict[str, dict[str, int]]:
        """Per split, how many rows were dropped for which reason."""
        reasons = {
            split: {"empty": len(c.empty), "repeated_row": len(c.repeated_rows)}
            for split, c in self.cleaning.items()
        }
        if "train" in reasons:
            reasons["train"]["overlap"] = self.overlap_dropped
        return reasons

    def record(self) -> dict[str, Any]:
        reasons = self.dropped()
        return {
            "hash": self.hash,
            "source": self.source,
            "revision": self.revision,
            "rows": dict(self.rows),
            "references": dict(self.references),
            "dropped": {split: sum(counts.values()) for split, counts in reasons.items()},
            "dropped_reasons": reasons,
            "duplicates": {split: c.duplicates for split, c in self.cleaning.items()},
            "overlap": dict(self.overlap),
            "truncated": {side: dict(counts) for side, counts in self.truncated.items()},
            "tokens": {split: dict(counts) for split, counts in self.tokens.items()},
            "mean_shots": dict(self.shots),
        }

    def log_cleaning(self) -> None:
        """One line per split, with the ids of what was dropped, and one for the overlaps."""
        for split, c in self.cleaning.items():
            log.info("%s: %d dialogues of %d rows", split, self.rows.get(split, 0), c.read)
            if c.empty:
                log.warning("%s: %d empty dropped: %s", split, len(c.empty), some(c.empty))
            if c.repeated_rows:
                log.warning(
                    "%s: %d repeated rows: %s",
                    split,
                    len(c.repeated_rows),
                    some(c.repeated_rows),
                )
            if c.duplicates:
                log.info("%s: %d dialogues repeat the text of another", split, c.duplicates)
        shared = [f"{pair} {count}" for pair, count in self.overlap.items() if count]
        if shared:
            log.warning("dialogues shared between splits: %s", ", ".join(shared))
        if self.overlap_dropped:
            log.info(
                "train: %d dialogues dropped that another split has too",
                self.overlap_dropped,
            )
        elif any(count for pair, count in self.overlap.items() if pair.startswith("train-")):
            log.info("dataset.drop_overlap=true removes them from train")


def some(ids: list[str]) -> str:
    """The first few ids, and how many more."""
    more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    return ", ".join(ids[:NAMED]) + more
