"""What a strategy can do, declared before any model is loaded. Imports no torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Capabilities:
    """What preflight, callers and the contract test may count on.

    Attributes:
        trains: there is something to fit; false for zero-shot and in-context learning.
        merge: the result folds into the base's weights without changing its logits.
        beams: beam search works.
        gradient_checkpointing: activations may be recomputed in the backward pass.
        adds_penalty: the model's own loss holds more than cross-entropy.
        starts_at_base: before the first step the model computes what the base computes.
        why: one sentence on what is not possible, as a user is told.
    """

    trains: bool = True
    merge: bool = True
    beams: bool = True
    gradient_checkpointing: bool = True
    adds_penalty: bool = False
    starts_at_base: bool = True
    why: str = ""
