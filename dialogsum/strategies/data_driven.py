"""LoRA initialized from the training data.

peft's own data functions expect batches of a causal language model, where all layers see the same
positions. Here the encoder and cross-attention see the source, the decoder sees the target.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import Problem, UserError
from dialogsum.strategies.base import Batches
from dialogsum.strategies.peft import Peft

if TYPE_CHECKING:
    from torch import Tensor, nn
    from transformers import PreTrainedModel

Batch = dict[str, Any]
PADDING = {"input_ids": 0, "attention_mask": 0, "labels": -100}


class DataDrivenLora(Peft):
    """Base class that reads training examples before the first step.

    Args:
        examples: number of training examples to read.
    """

    def __init__(self, name: str, peft: Any, examples: int = 64, **settings: Any) -> None:
        super().__init__(name, peft, **settings)
        self.examples = examples

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        if self.examples < 1:
            problems.append(Problem("strategy.examples", f"must be at least 1, is {self.examples}"))
        return problems

    def read(self, batches: Batches) -> list[Batch]:
        """Return micro-batches with at least `examples` examples, tensors only."""
        found: list[Batch] = []
        for batch in batches:
            found.append({key: batch[key] for key in PADDING})
            if sum(len(b["labels"]) for b in found) >= self.examples:
                break
        return found


class Eva(DataDrivenLora):
    """EVA (Paischer et al. 2024, arXiv:2410.07170): A starts as main directions of activations.

    Ranks move to the layers whose activations need more directions.
    """

    def initialize(self, model: PreTrainedModel, config: Any, batches: Batches) -> nn.Module:
        from peft.tuners.lora.eva import initialize_lora_eva_weights

        wrapped = self.wrap(model, config)
        directions = round(config.r * config.eva_config.rho)
        # With fewer real positions in a batch than directions peft never returns.
        joined = list(_join(self.read(batches), directions))
        if not joined:
            raise UserError(
                f"strategy.examples: {self.examples} examples have fewer than {directions} target "
                f"tokens, which {self.name} needs for {directions} directions (r times rho)"
            )
        initialize_lora_eva_weights(
            wrapped,
            dataloader=joined,
            prepare_model_inputs_fn=_position_masks,
            prepare_layer_inputs_fn=_real_positions,
            gather_distributed_inputs=False,
            show_progress_bar=False,
        )
        return wrapped


def _join(data: list[Batch], minimum: int) -> Iterator[Batch]:
    """Join batches until each has `minimum` real positions on both sides."""
    from torch.nn.utils.rnn import pad_sequence

    waiting: list[Batch] = []
    for batch in data:
        waiting.append(batch)
        sources = sum(int(b["attention_mask"].sum()) for b in waiting)
        targets = sum(int((b["labels"] != -100).sum()) for b in waiting)
        if min(sources, targets) >= minimum:
            yield {
                key: pad_sequence([row for b in waiting for row in b[key]], True, padding)
                for key, padding in PADDING.items()
            }
            waiting = []


def _position_masks(batch: Batch, _: Any) -> dict[str, Tensor]:
    return {"source": batch["attention_mask"].bool(), "target": batch["labels"] != -100}


def _real_positions(layer_input: Any, masks: dict[str, Tensor], layer: str) -> Tensor:
    """Return the layer's inputs at real positions, (positions, features).

    `layer_input` is (batch, tokens, features), or a tuple that starts with it.
    """
    states = layer_input if hasattr(layer_input, "ndim") else layer_input[0]
    return states[masks["source" if reads_source(layer) else "target"]]


def reads_source(layer: str) -> bool:
    """Return true if the layer of that dotted name sees the positions of the source.

    Beside the encoder these are keys and values of cross-attention, which read its output.
    """
    parts = layer.split(".")
    cross = not {"EncDecAttention", "encoder_attn"}.isdisjoint(parts)
    return "decoder" not in parts or (cross and parts[-1] in ("k", "v", "k_proj", "v_proj"))


class LoraGa(DataDrivenLora):
    """LoRA-GA (Wang et al. 2024, arXiv:2407.05000): A and B start along the full gradient."""

    def initialize(self, model: PreTrainedModel, config: Any, batches: Batches) -> nn.Module:
        from peft.tuners.lora.loraga import preprocess_loraga

        data = self.read(batches)

        def accumulate_gradients() -> None:
            model.eval()  # the gradient of the function itself, not of one draw of its dropout
            tokens = sum(int((batch["labels"] != -100).sum()) for batch in data)
            for batch in data:
                share = (batch["labels"] != -100).sum() / tokens
                (model(**batch).loss * share).backward()

        preprocess_loraga(model, config, accumulate_gradients)
        model.train()
        return self.wrap(model, config)


class Corda(DataDrivenLora):
    """CorDA (Yang et al. 2024, arXiv:2406.05223): A and B start along the data's covariance."""

    def initialize(self, model: PreTrainedModel, config: Any, batches: Batches) -> nn.Module:
        import torch
        from peft.tuners.lora.corda import preprocess_corda

        data = self.read(batches)

        @torch.no_grad()
        def run_model() -> None:
            # One by one and without padding: peft's hook takes every position as real.
            for source, labels in islice(_unpadded(data), self.examples):
                model(input_ids=source, labels=labels)

        preprocess_corda(model, config, run_model=run_model)
        model.train()
        return self.wrap(model, config)


def _unpadded(data: list[Batch]) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield each example's source and labels without padding, both (1, tokens)."""
    for batch in data:
        rows = zip(batch["input_ids"], batch["attention_mask"], batch["labels"], strict=True)
        for source, mask, labels in rows:
            yield source[mask.bool()][None], labels[labels != -100][None]
