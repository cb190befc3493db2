"""Generation of the bundled dialogues and their summaries.

Row `i` of a split depends on the seed, the split and the rows before it, so a larger size extends
a smaller one. The splits never share a dialogue: the checksum of its text determines its split,
for all sizes and seeds.
"""

from random import Random
from zlib import crc32

from tools.tiny.grammar import Story
from tools.tiny.scenarios import SEEN, UNSEEN

DEFAULT_SIZES = {"train": 4000, "validation": 300, "test": 300}
UNSEEN_SHARE = 0.2
"""Share of the test rows whose scenario occurs nowhere else."""
HELD_OUT_SHARE = 0.25
"""Chance that a filler of a test row comes from the held-out part of its pool."""
MAX_DIALOGUE_WORDS = 75
SUMMARY_WORDS = (8, 36)

_SPLIT_OF_CHECKSUM = ("train", "train", "validation", "test")


def generate(split: str, size: int, seed: int = 0) -> list[dict[str, str]]:
    """Return the first `size` rows of a split (`train`, `validation` or `test`).

    Each row has `id`, `dialogue` (a turn per line), `summary`, `topic` (the scenario's name) and
    `group`: `unseen` for test rows of scenarios that no other split contains, else `seen`.
    """
    if split not in DEFAULT_SIZES:
        raise ValueError(f"unknown split {split!r}; use one of {', '.join(DEFAULT_SIZES)}")
    rows: list[dict[str, str]] = []
    known: set[str] = set()
    for index in range(size):
        row = _row(split, index, seed, known)
        known.add(row["dialogue"])
        rows.append(row)
    return rows


def _row(split: str, index: int, seed: int, known: set[str]) -> dict[str, str]:
    for attempt in range(1000):
        rng = Random(f"{seed}-{split}-{index}-{attempt}")
        unseen = split == "test" and rng.random() < UNSEEN_SHARE
        scenario = rng.choice(UNSEEN if unseen else SEEN)
        story = Story(rng, held_out=HELD_OUT_SHARE if split == "test" else 0.0)
        scenario(story)
        dialogue, summary = story.dialogue, story.summary
        if (
            _split_of(dialogue) == split
            and dialogue not in known
            and _fits(dialogue, summary)
            and story.faithful
        ):
            return {
                "id": f"bundled-{split}-{index}",
                "dialogue": dialogue,
                "summary": summary,
                "topic": scenario.__name__,
                "group": "unseen" if unseen else "seen",
            }
    raise RuntimeError(f"no new dialogue found for row {index} of {split}")


def _fits(dialogue: str, summary: str) -> bool:
    low, high = SUMMARY_WORDS
    return len(dialogue.split()) <= MAX_DIALOGUE_WORDS and low <= len(summary.split()) <= high


def _split_of(dialogue: str) -> str:
    return _SPLIT_OF_CHECKSUM[crc32(dialogue.encode()) % 4]
