"""Which parts of a model train, as a table for the log."""

from __future__ import annotations

from collections import defaultdict

from torch import nn

PARTS = (
    ("adapter", ("lora_", "prompt_encoder", "ia3_", "prefix", "vera_", "boft_", "oft_", "hra_")),
    ("embedding", ("shared.", "embed_tokens.", "embed_positions.")),
    ("head", ("lm_head.",)),
    ("encoder", ("encoder.",)),
    ("decoder", ("decoder.",)),
)


def part_of(name: str) -> str:
    """The part of the model that the parameter `name` belongs to."""
    return next((part for part, marks in PARTS if any(m in name for m in marks)), "adapter")


def summary_lines(model: nn.Module) -> list[str]:
    """One line per part: trainable and all parameters."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, parameter in model.named_parameters():
        counts[part_of(name)][0] += parameter.numel() if parameter.requires_grad else 0
        counts[part_of(name)][1] += parameter.numel()
    rows = [(part, counts[part][0], counts[part][1]) for part, _ in PARTS if part in counts]
    rows.append(("all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    return [
        f"{part:<10} {trainable:>13,} of {total:>13,} train ({100 * trainable / total:.3f}%)"
        for part, trainable, total in rows
        if total
    ]
