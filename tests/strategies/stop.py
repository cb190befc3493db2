"""A metric that stops a run once, in the middle of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

FLAG = "DIALOGSUM_TEST_STOP"


class Stopped(Exception):
    """The error that stops a run."""


def stop_once(examples: Sequence[Any]) -> list[float]:
    """Raise at the first call while the environment contains the flag."""
    if os.environ.pop(FLAG, None):
        raise Stopped
    return [0.0 for _ in examples]


def metric() -> Any:
    return stop_once
