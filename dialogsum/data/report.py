"""What is recorded of a run's data."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from dialogsum.data.clean import Cleaning

log = logging.getLogger(__name__)
NAMED = 20  # ids that a log line names


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

    def add_tokens(self, split: str, statistics: dict[str, Any]) -> None:
        """Takes over `Tokenized.statistics()`."""
        self.tokens[split] = {
            "source": statistics["source_tokens"],
            "target": statistics["target_tokens"],
        }
        self.shots[split] = statistics["mean_shots"]
        for side in ("source", "target"):
            self.truncated[side][split] = statistics[f"{side}_truncated"]

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

    def log_tokens(self) -> None:
        """One line for each split and side with texts that were cut."""
        for side, counts in self.truncated.items():
            for split, count in counts.items():
                if count:
                    log.info("%s: %d %ss cut to dataset.max_%s_tokens", split, count, side, side)

    def log_cleaning(self) -> None:
        """One line per split, with the ids of what was dropped, and one for the overlaps."""
        for split, c in self.cleaning.items():
            repeats = f", {c.duplicates} repeat the text of another" if c.duplicates else ""
            limit = f", limited to {self.rows[split]}" if self.rows[split] < c.kept else ""
            log.info("%s: %d dialogues%s%s", split, c.kept, repeats, limit)
            for what, ids in (("without text", c.empty), ("written twice", c.repeated_rows)):
                if ids:
                    log.warning("%s: rows %s dropped (%d): %s", split, what, len(ids), some(ids))
        shared = [f"{pair} {count}" for pair, count in self.overlap.items() if count]
        if shared:
            log.warning("dialogues shared between splits: %s", ", ".join(shared))
        if self.overlap_dropped:
            log.info(
                "train: %d dialogues dropped that another split has too",
                self.overlap_dropped,
            )
        elif any(count for pair, count in self.overlap.items() if pair.startswith("train-")):
            log.info("they stay; dataset.drop_overlap=true would take them out of train")


def some(ids: list[str]) -> str:
    """The first few ids, and how many more."""
    more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    return ", ".join(ids[:NAMED]) + more
