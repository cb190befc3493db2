"""Training a small T5 from random weights so that copying is learned within minutes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import nn
from transformers import PreTrainedModel

from dialogsum.strategies import Full

# (bucket, head) -> bias. Bucket 1 of the encoder is the piece before, 17 the one after, 2 the one
# before that, 0 the piece itself; the decoder looks back only.
ENCODER = {(1, 0): 5.0, (17, 1): 5.0, (2, 2): 5.0, (0, 3): 3.0}
DECODER = {(1, 0): 5.0, (0, 1): 3.0, (2, 2): 5.0}


class FromScratch(Full):
    """Every weight, from random ones whose first attention heads look at their neighbours.

    Copying in order needs "what stood before this piece", which in T5 only the relative position
    bias can supply. It starts near 0, needs about 5, and Adam moves it by at most the learning rate
    a step: without this start the copying exercise stood at a loss of 1.6 after 146 s, with it at
    0.16 after 75 s.
    """

    def prepare(
        self, model: PreTrainedModel, total_steps: int, batches: Iterable[dict[str, Any]]
    ) -> nn.Module:
        with torch.no_grad():
            stacks: Any = ((model.encoder, ENCODER), (model.decoder, DECODER))
            for stack, biases in stacks:
                weight = stack.block[0].layer[0].SelfAttention.relative_attention_bias.weight
                for place, value in biases.items():
                    weight[place] += value
        return super().prepare(model, total_steps, batches)
