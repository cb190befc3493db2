"""Split a dialogue that is longer than the model's window into parts that fit."""

from __future__ import annotations

import math
from collections.abc import Callable

from dialogsum.evaluation.turns import turns

Count = Callable[[str], int]  # the tokens of a text within its prompt


def split_dialogue(dialogue: str, count: Count, limit: int) -> list[str]:
    """Return consecutive parts of a dialogue that each fit the window, of similar length.

    Parts begin and end with a turn. Only a turn that does not fit alone is split, between words.
    Nothing is left out.

    Args:
        dialogue: the text, a line per turn.
        count: returns the tokens of the prompt with a text in it.
        limit: most tokens of a prompt.
    """
    if count(dialogue) <= limit:
        return [dialogue]
    instruction = count("")
    units = [
        piece
        for turn in turns(dialogue)
        for piece in _halves(
            f"{turn.speaker}: {turn.text}" if turn.speaker else turn.text, count, limit
        )
    ]
    lengths = [count(unit) - instruction for unit in units]
    target = sum(lengths) / math.ceil(sum(lengths) / (limit - instruction))
    parts: list[str] = []
    used = 0.0  # tokens of the last part
    for unit, length in zip(units, lengths, strict=True):
        longer = f"{parts[-1]}\n{unit}" if parts else unit
        # Up to half of a turn over the target: on average the parts then have the target's length.
        if not parts or used + length / 2 > target or count(longer) > limit:
            parts.append(unit)
            used = length
        else:
            parts[-1] = longer
            used += length
    return parts


def _halves(text: str, count: Count, limit: int) -> list[str]:
    """Return a text as it is if it fits, else the pieces of its halves, split between words."""
    if count(text) <= limit or len(text) < 2:
        return [text]
    middle = len(text) // 2
    space = text.rfind(" ", 1, middle)
    cut = space if space > 0 else middle
    return [
        piece
        for half in (text[:cut].rstrip(), text[cut:].lstrip())
        for piece in _halves(half, count, limit)
        if half
    ]
