"""LoRA whose first weights come from the training data.

peft's own data functions expect batches of a causal language model, in which all layers see the
same positions. Here encoder and cross-attention see the source, the decoder sees the target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from dialogsum.common.errors import Problem, UserError
from dialogsum.strategies.peft import Peft

if TYPE_CHECKING:
    from torch import Tensor, nn
    from transformers import PreTrainedModel

Batch = dict[str, Any]


class _DataDriven(Peft):
    """Reads the first `examples` training examples before the first step."""

    def __init__(self, name: str, peft: Any, examples: int = 64, **settings: Any) -> None:
        super().__init__(name, peft, **settings)
        self.examples = examples

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        if self.examples < 1:
            problems.append(Problem("strategy.examples", f"must be at least 1: {self.examples}"))
        return problems

    def read(self, batches: Iterable[Batch]) -> list[Batch]:
        """Micro-batches until `examples` are read; tensors only."""
        taken: list[Batch] = []
        for batch in batches:
            taken.append({k: batch[k] for k in ("input_ids", "attention_mask", "labels")})
            if sum(len(b["labels"]) for b in taken) >= self.examples:
                break
        return taken


class Eva(_DataDriven):
    """EVA (Paischer et al. 2024, arXiv:2410.07170): A starts as the main directions of activations.

    Ranks move to the layers whose activations need more directions.

    Args:
        examples: training examples whose activations are decomposed.
    """

    def initialise(
        self, model: PreTrainedModel, config: Any, batches: Iterable[Batch]
    ) -> nn.Module:
        from peft.tuners.lora.eva import initialize_lora_eva_weights

        wrapped = self.wrap(model, config)
        data = self._usable(self.read(batches), config)
        initialize_lora_eva_weights(
            wrapped,
            dataloader=data,
            prepare_model_inputs_fn=_position_masks,
            prepare_layer_inputs_fn=_real_positions,
            gather_distributed_inputs=False,
            show_progress_bar=False,
        )
        return wrapped

    def _usable(self, data: list[Batch], config: Any) -> list[Batch]:
        """Batches with enough real positions; with fewer, peft would wait for ever."""
        components = round(config.r * config.eva_config.rho)
        joined = list(_joined(data, components))
        if not joined:
            raise UserError(
                f"strategy.examples: {self.examples} examples hold fewer than {components} target "
                f"tokens, which {self.name} needs for {components} directions (r times rho)"
            )
        return joined


def _joined(data: list[Batch], minimum: int) -> Iterator[Batch]:
    """Join batches until each has `minimum` real positions on both sides."""
    waiting: list[Batch] = []
    for batch in data:
        waiting.append(batch)
        sources = sum(int(b["attention_mask"].sum()) for b in waiting)
        targets = sum(int((b["labels"] != -100).sum()) for b in waiting)
        if min(sources, targets) >= minimum:
            yield {key: _stack(waiting, key, pad) for key, pad in _PADDING.items()}
            waiting = []


_PADDING = {"input_ids": 0, "attention_mask": 0, "labels": -100}


def _stack(batches: list[Batch], key: str, pad: int) -> Tensor:
    from torch.nn.utils.rnn import pad_sequence

    rows = [row for batch in batches for row in batch[key]]
    return pad_sequence(rows, batch_first=True, padding_value=pad)


def _position_masks(batch: Batch, _: Any) -> dict[str, Tensor]:
    return {"source": batch["attention_mask"].bool(), "target": batch["labels"] != -100}


def _real_positions(layer_input: Any, masks: dict[str, Tensor], layer: str) -> Tensor:
    """The layer's inputs at real positions, (positions, features).

    Args:
        layer_input: (batch, tokens, features), or a tuple that starts with it.
        masks: what `_position_masks` gave.
        layer: dotted name; keys and values of cross-attention read the encoder's output.
    """
    states = layer_input if hasattr(layer_input, "ndim") else layer_input[0]
    side = "source" if reads_source(layer) else "target"
    return states[masks[side]]


def reads_source(layer: str) -> bool:
    """Whether a layer of that dotted name sees the positions of the source."""
    parts = layer.split(".")
    if "decoder" not in parts:
        return True
    cross = any(part in ("EncDecAttention", "encoder_attn") for part in parts)
    return cross and parts[-1] in ("k", "v", "k_proj", "v_proj")


class LoraGa(_DataDriven):
    """LoRA-GA (Wang et al. 2024, arXiv:2407.05000): A and B start along the full gradient.

    Args:
        examples: training examples over which the gradient is taken.
    """

    def initialise(
        self, model: PreTrainedModel, config: Any, batches: Iterable[Batch]
    ) -> nn.Module:
        from peft.tuners.lora.loraga import preprocess_loraga

        data = self.read(batches)

        def gradients() -> None:
            model.eval()  # of the function that is adapted, not of one draw of its dropout
            tokens = sum(int((batch["labels"] != -100).sum()) for batch in data)
            for batch in data:
                share = (batch["labels"] != -100).sum() / tokens
                (model(**batch).loss * share).backward()

        preprocess_loraga(model, config, gradients)
        model.train()
        return self.wrap(model, config)


class Corda(_DataDriven):
    """CorDA (Yang et al. 2024, arXiv:2406.05223): weights decomposed along the data's covariance.

    Args:
        examples: training examples whose activations give the covariance.
    """

    def initialise(
        self, model: PreTrainedModel, config: Any, batches: Iterable[Batch]
    ) -> nn.Module:
        import torch
        from peft.tuners.lora.corda import preprocess_corda

        data = self.read(batches)

        @torch.no_grad()
        def activations() -> None:
            # One by one and without padding: peft's hook takes every position as real.
            for source, labels in islice(_single(data), self.examples):
                model(input_ids=source, labels=labels)

        preprocess_corda(model, config, run_model=activations)
        model.train()
        return self.wrap(model, config)


def _single(data: list[Batch]) -> Iterator[tuple[Tensor, Tensor]]:
    """Each example's source and labels without padding, (1, tokens)."""
    for batch in data:
        rows = zip(batch["input_ids"], batch["attention_mask"], batch["labels"], strict=True)
        for source, mask, labels in rows:
            yield source[mask.bool()][None], labels[labels != -100][None]
