"""A strategy that nothing is wrong with until it trains."""

from __future__ import annotations

from typing import Any

from dialogsum.strategies import Full


class Broken(Full):
    """Fails after its first step."""

    def after_optimizer_step(self, model: Any, step: int) -> None:
        raise RuntimeError("broken on purpose")
