"""Lightning module for training: token-weighted steps, validation by loss and generation."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from dialogsum.common.errors import UserError
from dialogsum.modeling.checkpoints import rng_state, set_rng_state
from dialogsum.modeling.generation import Generated, Generator
from dialogsum.modeling.inference import Batch, InferenceModule, token_losses
from dialogsum.strategies import Strategy


class SummarizationModule(InferenceModule):
    """Trains an encoder-decoder with a strategy.

    One item of the train loader is one optimizer step, given as micro-batches; each loss is
    weighted by its share of the step's label tokens over all devices, so that micro-batching and
    sharding change memory and speed but not the gradient, except for the numbers of dropout.

    Args:
        model: the model that `strategy.prepare` returned.
        strategy: builds the optimizer and acts after each step.
        optimizer: partial that takes parameter groups.
        schedule: partial that takes the optimizer and `total_steps`.
        total_steps: optimizer steps of the whole run.
        scorer: computes named metrics from the generated texts of the validation subset,
            gathered on the given device.
        clip: `(gradient_clip_val, gradient_clip_algorithm)`; a value of None disables clipping.
        config: the run's plain config, stored in every checkpoint.
    """

    def __init__(
        self,
        model: nn.Module,
        strategy: Strategy,
        optimizer: partial[Any],
        schedule: partial[Any],
        total_steps: int,
        generator: Generator,
        scorer: Callable[[list[Generated], torch.device], dict[str, float]],
        clip: tuple[float | None, str],
        config: dict[str, Any],
    ) -> None:
        super().__init__(model, generator)
        # Lightning's automatic optimization has one loss per step; a step here has several
        # micro-batches of different weights.
        self.automatic_optimization = False
        self.strategy = strategy
        self.optimizer = optimizer
        self.schedule = schedule
        self.total_steps = total_steps
        self.scorer = scorer
        self.clip = clip
        self.config = config
        self._validation_loss = torch.zeros(2, dtype=torch.float64)
        self._generated: list[Generated] = []
        self._restored_rng: dict[str, Any] | None = None

    # Training

    def configure_optimizers(self) -> Any:
        optimizer = self.strategy.build_optimizer(self.model, self.optimizer)
        schedule = self.schedule(optimizer, total_steps=self.total_steps)
        return {"optimizer": optimizer, "lr_scheduler": schedule}

    def on_train_epoch_start(self) -> None:
        self.model.train()

    def training_step(self, batch: Batch, batch_idx: int) -> None:
        optimizer: Any = self.optimizers()
        schedule: Any = self.lr_schedulers()
        loss, cross_entropy = self._backward(batch["micro_batches"], batch["label_tokens"])
        with self._no_autocast():
            norm = self._clip()
            optimizer.step()
            self.strategy.after_optimizer_step(self.model, self.global_step)
        optimizer.zero_grad(set_to_none=True)
        learning_rate = schedule.get_last_lr()[0]  # of this step
        schedule.step()
        self.log("train/loss", loss, prog_bar=True, sync_dist=True, reduce_fx="mean")
        self.log("train/cross_entropy", cross_entropy, sync_dist=True)
        self.log("train/gradient_norm", norm)
        self.log("train/learning_rate", learning_rate)

    def _backward(self, micro_batches: list[Batch], label_tokens: int) -> tuple[Tensor, Tensor]:
        """Accumulate the gradient of one step; return its loss and cross-entropy on this rank."""
        loss = torch.zeros((), device=self.device)
        cross_entropy = torch.zeros((), device=self.device)
        world = self.trainer.world_size
        for index, micro in enumerate(micro_batches):
            outputs = self.model(**micro)
            # DDP averages gradients over ranks, hence the factor world.
            share = (micro["labels"] != -100).sum() / label_tokens * world
            # A rank without an example in a small step has no mean loss (0 / 0).
            empty = world > 1 and share == 0
            weighted = outputs.logits.sum() * 0 if empty else outputs.loss * share
            with self._synchronized(last=index == len(micro_batches) - 1), self._no_autocast():
                self.manual_backward(weighted)
            loss += weighted.detach()
            if self.strategy.capabilities.adds_penalty:
                with torch.no_grad():
                    total, _ = token_losses(outputs.logits, micro["labels"])
                    cross_entropy += total.sum() / label_tokens * world
            else:
                cross_entropy += weighted.detach()
        return loss, cross_entropy

    def _synchronized(self, last: bool) -> AbstractContextManager[None]:
        """Synchronize gradients between ranks only in the last micro-batch of a step."""
        block = getattr(self.trainer.strategy, "block_backward_sync", None)
        return nullcontext() if last or block is None else block()

    def _no_autocast(self) -> AbstractContextManager[Any]:
        """Leave autocast, which Lightning applies to the whole step, after the forward pass.

        Otherwise hooks on gradients and after the optimizer (OSF, AdaLoRA) compute in bf16.
        """
        return torch.autocast(self.device.type, enabled=False)

    def _clip(self) -> Tensor:
        """Clip the step's gradient; return its norm before clipping.

        Lightning's own `clip_gradients` refuses a fused optimizer under bf16 autocast.
        """
        grads = [p.grad for p in self.model.parameters() if p.grad is not None]
        norm = torch.nn.utils.get_total_norm(grads)
        value, algorithm = self.clip
        if value and algorithm == "value":
            torch.nn.utils.clip_grad_value_(self.model.parameters(), value)
        elif value:
            torch.nn.utils.clip_grads_with_norm_(self.model.parameters(), value, norm)
        return norm

    # Validation: loader 0 for cross-entropy over the whole split, loader 1 for generating a subset

    def on_validation_epoch_start(self) -> None:
        self._validation_loss = torch.zeros(2, dtype=torch.float64, device=self.device)
        self._generated.clear()

    def validation_step(self, batch: Batch, batch_idx: int, dataloader_idx: int = 0) -> None:
        if dataloader_idx == 1:
            self._generated += self.generate(batch)
            return
        losses, counts = self.losses(batch)
        self._validation_loss += torch.stack([losses.sum(), counts.sum()]).to(torch.float64)

    def on_validation_epoch_end(self) -> None:
        gathered: Any = self.all_gather(self._validation_loss)
        total, count = gathered.reshape(-1, 2).sum(0)
        cross_entropy = float(total / count)
        if not math.isfinite(cross_entropy):
            raise UserError(
                f"strategy.learning_rate: training diverged, validation cross-entropy is "
                f"{cross_entropy} after step {self.trainer.global_step}; use a lower one"
            )
        metrics = {"cross_entropy": cross_entropy, **self.scorer(self._generated, self.device)}
        for name, value in metrics.items():
            self.log(f"validation/{name}", value, prog_bar=name in ("cross_entropy", "rougeL"))

    # Checkpoints hold the plain config and the states of the random generators beside the weights

    def state_dict(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # type: ignore[override]
        subset = self.strategy.checkpoint_tensors(self.model)
        if subset is None:
            return super().state_dict(*args, **kwargs)
        return {f"model.{name}": tensor for name, tensor in subset.items()}

    def load_state_dict(
        self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False
    ) -> Any:
        subset = self.strategy.checkpoint_tensors(self.model)
        if subset is None:
            return super().load_state_dict(state_dict, strict, assign)
        differing = state_dict.keys() ^ {f"model.{name}" for name in subset}
        if differing:
            raise RuntimeError(f"the checkpoint belongs to another model: {sorted(differing)[:3]}")
        for name, tensor in subset.items():
            tensor.copy_(state_dict[f"model.{name}"])
        return None

    def on_save_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        checkpoint["config"] = self.config
        checkpoint["rng"] = rng_state()
        checkpoint["strategy"] = self.strategy.state(self.model)

    def on_load_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        self._restored_rng = checkpoint["rng"]
        self.strategy.restore(self.model, checkpoint["strategy"])

    def on_train_start(self) -> None:
        # Not in on_load_checkpoint: building the loaders afterwards draws random numbers.
        if self._restored_rng is not None:
            set_rng_state(self._restored_rng)
            self._restored_rng = None
