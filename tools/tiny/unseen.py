"""Recall of names that only the test split has: they can be copied, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from tools.tiny.pools import HELD_OUT

NAMES = sorted({name for kind in ("female", "male", "surname", "city") for name in HELD_OUT[kind]})


class Scored(Protocol):
    """What is read of a `dialogsum.evaluation.scoring.Example`."""

    @property
    def references(self) -> tuple[str, ...]: ...
    @property
    def prediction(self) -> str: ...


class UnseenNameRecall:
    """Share of a reference's held-out names (people and cities, speakers too) in the output.

    A metric for `evaluation.metrics`. Returns float64 `(n,)` in 0..1, NaN where no reference of an
    example has such a name.
    """

    def __init__(self) -> None:
        longest_first = sorted(NAMES, key=lambda name: (-len(name), name))
        self.pattern = re.compile(
            r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)"
        )

    def __call__(self, examples: Sequence[Scored]) -> np.ndarray:
        return np.array([self._recall(example) for example in examples], dtype=np.float64)

    def _recall(self, example: Scored) -> float:
        wanted = set(self.pattern.findall(" ".join(example.references)))
        found = set(self.pattern.findall(example.prediction))
        return len(wanted & found) / len(wanted) if wanted else float("nan")
