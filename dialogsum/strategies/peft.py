"""Any method of the `peft` library: the strategy's `peft` node is one of its config classes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import hydra
import peft
from torch import nn
from transformers import PreTrainedModel

from dialogsum.problems import Problem
from dialogsum.strategies.base import Capabilities, Strategy

TASK = "SEQ_2_SEQ_LM"

# Tried on an untied tiny T5; the reason is what a user is told.
UNSUPPORTED = {
    "AdaptionPromptConfig": "adaption prompt patches the attention of Llama and Mistral only",
    "CPTConfig": "CPT supports causal language models only",
    "XLoraConfig": "X-LoRA's gating does not run on encoder-decoder models",
    "ShadowConfig": "Shadow does not run on encoder-decoder models",
}

# Methods whose result lives outside the base's weight matrices.
_NO_MERGE = {
    "PromptTuningConfig",
    "PromptEncoderConfig",
    "PrefixTuningConfig",
    "MultitaskPromptTuningConfig",
    "CartridgeConfig",
    "PolyConfig",
    "LilyConfig",
    "BeftConfig",
}


class Peft(Strategy):
    """Wraps the backbone with a `peft` adapter.

    Args:
        peft: a node whose `_target_` is a `peft` config class and whose other keys are its
            arguments; built in `prepare`, because some arguments depend on the run.
    """

    capabilities: ClassVar[Capabilities] = Capabilities(merge=True)

    def __init__(self, name: str, peft: Any, **settings: Any) -> None:
        super().__init__(name, **settings)
        self.node = peft
        kind = str(peft["_target_"]).rpartition(".")[2]
        if kind in _NO_MERGE:
            self.capabilities = Capabilities(  # type: ignore[misc]
                beams=kind != "PolyConfig",
                gradient_checkpointing=kind != "PrefixTuningConfig",
            )

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        kind = str(self.node["_target_"]).rpartition(".")[2]
        if kind in UNSUPPORTED:
            problems.append(Problem("strategy.peft._target_", UNSUPPORTED[kind]))
        return problems

    def prepare(
        self, model: PreTrainedModel, total_steps: int, batches: Iterable[dict[str, Any]]
    ) -> nn.Module:
        config = self.build_config(model, total_steps)
        return peft.get_peft_model(model, config)

    def build_config(self, model: PreTrainedModel, total_steps: int) -> peft.PeftConfig:
        """The `peft` config of this run, with the task type set."""
        return hydra.utils.instantiate(self.node, task_type=TASK, _convert_="all")

    def export(self, model: nn.Module, directory: Path) -> None:
        """Write adapter_config.json and adapter_model.safetensors."""
        model.save_pretrained(directory)  # type: ignore[operator]

    def exported_parameters(self, model: nn.Module) -> int:
        return sum(p.numel() for p in model.parameters() if p.requires_grad)

    def load(self, base: PreTrainedModel, directory: Path) -> nn.Module:
        return peft.PeftModel.from_pretrained(base, directory)

    def merge(self, model: nn.Module) -> nn.Module:
        super().merge(model)
        return model.merge_and_unload()  # type: ignore[operator]


class AdaLora(Peft):
    """AdaLoRA (Zhang et al. 2023, arXiv:2303.10512): ranks are reallocated while training.

    Args:
        warmup_share: share of all steps before ranks are pruned.
        final_share: share of all steps, at the end, with the ranks fixed.
    """

    capabilities: ClassVar[Capabilities] = Capabilities(merge=True, adds_penalty=True)

    def __init__(
        self,
        name: str,
        peft: Any,
        warmup_share: float = 0.1,
        final_share: float = 0.3,
        **settings: Any,
    ) -> None:
        super().__init__(name, peft, **settings)
        self.warmup_share = warmup_share
        self.final_share = final_share

    def build_config(self, model: PreTrainedModel, total_steps: int) -> peft.PeftConfig:
        """The schedule is in optimizer steps, and peft demands it before the model is wrapped."""
        steps = max(total_steps, 3)
        tinit = int(steps * self.warmup_share)
        tfinal = int(steps * self.final_share)
        return hydra.utils.instantiate(
            self.node,
            task_type=TASK,
            total_step=steps,
            tinit=tinit,
            tfinal=tfinal,
            _convert_="all",
        )

    def after_optimizer_step(self, model: nn.Module, step: int) -> None:
        model.base_model.update_and_allocate(step)  # type: ignore[operator, union-attr]

    def load(self, base: PreTrainedModel, directory: Path) -> nn.Module:
        # Without is_trainable the allocated ranks are not restored.
        return peft.PeftModel.from_pretrained(base, directory, is_trainable=True)
