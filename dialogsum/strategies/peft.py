"""Any method of the `peft` library: the strategy's `peft` node is one of its config classes.

`import peft` costs seconds, so it stands in the functions that need it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hydra

from dialogsum.common.errors import Problem
from dialogsum.strategies.base import Counts, Strategy
from dialogsum.strategies.capabilities import Capabilities
from dialogsum.strategies.methods import kind_of, method_of, missing_extra

if TYPE_CHECKING:
    import peft
    from torch import Tensor, nn
    from transformers import PreTrainedModel

TASK = "SEQ_2_SEQ_LM"

# Values of `init_lora_weights` that move a part of the base's weights into the adapter.
CHANGES_BASE = ("pissa", "olora", "corda", "lora_ga")


class Peft(Strategy):
    """Wraps the backbone with a `peft` adapter.

    Args:
        peft: a node whose `_target_` is a `peft` config class and whose other keys are its
            arguments; built in `prepare`, because some arguments depend on the run.
    """

    def __init__(self, name: str, peft: Any, **settings: Any) -> None:
        super().__init__(name, **settings)
        self.node = peft
        self.method = method_of(peft)
        self.capabilities = self.declared({"peft": peft, **settings})
        self._initial: dict[str, Tensor] = {}

    @classmethod
    def declared(cls, node: Mapping[str, Any]) -> Capabilities:
        method = method_of(node.get("peft") or {})
        return replace(method.capabilities, **(node.get("capabilities") or {}))

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        if self.method.refused:
            problems.append(Problem("strategy.peft", self.method.refused))
        if missing := missing_extra(self.method):
            problems.append(Problem("strategy", f"{self.name} {missing}"))
        return problems

    def prepare(
        self, model: PreTrainedModel, total_steps: int, batches: Iterable[dict[str, Any]]
    ) -> nn.Module:
        from dialogsum.strategies.structure import no_extension_without_gpu, structure_only

        config = self.build_config(model, total_steps)
        no_extension_without_gpu()
        if model.device.type == "meta":
            with structure_only(config):
                return self.wrap(model, config)
        wrapped = self.initialise(model, config, batches)
        if self._changes_base(config):
            self._initial = _adapter_weights(wrapped)
        return wrapped

    def build_config(self, model: PreTrainedModel, total_steps: int) -> peft.PeftConfig:
        """The `peft` config of this run: task type set, block sizes fitted to the model."""
        from dialogsum.strategies.geometry import fit_sizes

        config = hydra.utils.instantiate(self.node, task_type=TASK, _convert_="all")
        fit_sizes(config, self.method.sizes, model)
        return config

    def initialise(
        self, model: PreTrainedModel, config: peft.PeftConfig, batches: Iterable[dict[str, Any]]
    ) -> nn.Module:
        """Wrap `model` and give the adapter its first weights; data-driven methods override it."""
        return self.wrap(model, config)

    def wrap(self, model: PreTrainedModel, config: peft.PeftConfig) -> nn.Module:
        """The adapted model with the right parameters trainable, also on meta."""
        import peft

        return peft.get_peft_model(model, config)

    def count(self, model: PreTrainedModel, total_steps: int) -> Counts:
        from dialogsum.strategies.geometry import CLOSED_FORMS, adapted_layers

        formula = CLOSED_FORMS.get(kind_of(self.node))
        if formula is None:
            return super().count(model, total_steps)
        config = self.build_config(model, total_steps)
        trainable, stored = formula(config, list(adapted_layers(config, model)))
        total = sum(p.numel() for p in model.parameters()) + trainable
        return Counts(trainable, total, 4 * stored)

    def artifact_bytes(self, model: Any) -> int:
        """Bytes of the tensors that `export` writes."""
        config = model.peft_config["default"]
        if config.is_prompt_learning:
            return 4 * _prompt_numbers(config)
        tensors = _adapter_weights(model).values()
        held = sum(t.numel() * t.element_size() for t in tensors)
        # An export that is independent of the changed base holds the first weights as well.
        twice = 2 if self._changes_base(self.node) else 1
        return held * twice

    def state(self, model: nn.Module) -> dict[str, Any]:
        """The first weights where they moved a part of the base's: `export` subtracts them."""
        return {"initial": self._initial} if self._initial else {}

    def restore(self, model: nn.Module, state: dict[str, Any]) -> None:
        self._initial = state.get("initial", {})

    def export(self, model: Any, directory: Path) -> None:
        """Write adapter_config.json and adapter_model.safetensors, for the unchanged base.

        PiSSA, OLoRA, CorDA and LoRA-GA train on a changed base. What is written for them is the
        difference to the first weights as a LoRA of twice the rank (peft's conversion).
        """
        if not self._initial:
            model.save_pretrained(directory, **_ASKS_NOBODY)
            return
        from safetensors.torch import save_file

        config = model.peft_config["default"]
        # save_pretrained doubles rank and alpha of the live config, not of a copy.
        before = {key: getattr(config, key) for key in _CONVERTED}
        with tempfile.TemporaryDirectory() as folder:
            initial = Path(folder) / "initial"
            initial.mkdir()
            save_file(self._initial, initial / "adapter_model.safetensors")
            settings = {"path_initial_model_for_weight_conversion": str(initial), **_ASKS_NOBODY}
            model.save_pretrained(directory, **settings)
        for key, value in before.items():
            setattr(config, key, value)

    def load(self, base: PreTrainedModel, directory: Path) -> nn.Module:
        import peft

        from dialogsum.strategies.structure import no_extension_without_gpu

        no_extension_without_gpu()
        return peft.PeftModel.from_pretrained(base, directory)

    def merge(self, model: Any) -> nn.Module:
        super().merge(model)
        return model.merge_and_unload()

    def _changes_base(self, config: Any) -> bool:
        start = config.get if isinstance(config, Mapping) else vars(config).get
        return str(start("init_lora_weights")).startswith(CHANGES_BASE)


# Else peft asks the hub for the base's vocabulary size, to save embeddings that were resized:
# none is here, and a run must not end by waiting for a network.
_ASKS_NOBODY: dict[str, Any] = {"save_embedding_layers": False}

_CONVERTED = ("init_lora_weights", "r", "lora_alpha", "rank_pattern", "alpha_pattern")


def _adapter_weights(model: nn.Module) -> dict[str, Tensor]:
    """What an export holds, under the names it has there."""
    from peft import get_peft_model_state_dict

    weights = get_peft_model_state_dict(model, **_ASKS_NOBODY)
    return {name: tensor.detach().clone().contiguous() for name, tensor in weights.items()}


def _prompt_numbers(config: Any) -> int:
    """Numbers in an exported prompt; what writes it while training is left out."""
    if config.peft_type in ("PREFIX_TUNING", "CARTRIDGE"):  # keys and values of each layer
        return config.num_virtual_tokens * 2 * config.num_layers * config.token_dim
    return config.num_virtual_tokens * config.num_transformer_submodules * config.token_dim
