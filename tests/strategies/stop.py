"""A metric that stops a run once, in the middle of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

FLAG = "DIALOGSUM_TEST_STOP"


class Stopped(Exception):
    """What a test's run died of."""


def stop_once(examples: Sequence[Any]) -> list[float]:
    """Raises at its first call while the environment holds the flag."""
    if os.environ.pop(FLAG, None):
        raise Stopped
    return [0.0 for _ in examples]


def metric() -> Any:
    return stop_once
