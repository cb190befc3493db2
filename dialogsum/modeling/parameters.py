"""Counts of a model's trainable and total parameters, for the record and the log."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from torch import nn

from dialogsum.strategies import Strategy

# Part of the model -> pieces of parameter names, in the order of precedence.
PARTS = (
    ("adapter", ("lora_", "prompt_encoder", "ia3_", "prefix", "vera_", "boft_", "oft_", "hra_")),
    ("embedding", ("shared.", "embed_tokens.", "embed_positions.")),
    ("head", ("lm_head.",)),
    ("encoder", ("encoder.",)),
    ("decoder", ("decoder.",)),
)


def parameter_counts(model: nn.Module, strategy: Strategy) -> dict[str, Any]:
    """Return `trainable`, `total` and `percent`; a parameter shared by modules counts once.

    And `effective`, if values in effect differ from the configured ones (`Strategy.effective`).
    """
    total = sum(p.numel() for p in model.parameters())
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    counts = {"trainable": trainable, "total": total, "percent": 100 * trainable / total}
    return counts | ({"effective": dict(strategy.effective)} if strategy.effective else {})


def summary_lines(model: nn.Module) -> list[str]:
    """Return one line per part of the model with its trainable and total parameters."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, parameter in model.named_parameters():
        parts = (part for part, marks in PARTS if any(mark in name for mark in marks))
        count = counts[next(parts, "adapter")]
        count[0] += parameter.numel() if parameter.requires_grad else 0
        count[1] += parameter.numel()
    rows = [(part, counts[part][0], counts[part][1]) for part, _ in PARTS if part in counts]
    rows.append(("all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    return [
        f"{part:<10} {trainable:>13,} of {total:>13,} train ({100 * trainable / total:.3f}%)"
        for part, trainable, total in rows
        if total
    ]
