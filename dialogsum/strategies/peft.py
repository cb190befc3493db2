"""Strategies by any method of the `peft` library: the `peft` node names one of its config classes.

`import peft` takes seconds, so it is imported in the functions that need it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import hydra

from dialogsum.common.errors import Problem
from dialogsum.strategies.base import Batches, Capabilities, Counts, Strategy
from dialogsum.strategies.peft_methods import method_of, missing_extra

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
            arguments; instantiated in `prepare`, because some arguments depend on the run.
        fit: argument of `peft` -> the value that may be lowered to the largest divisor of the
            adapted layers' sizes. Any other value must divide them.
    """

    # Arguments of the config class that the run sets: key -> the reason, for messages.
    set_by_run: ClassVar[dict[str, str]] = {}

    def __init__(
        self, name: str, peft: Any, fit: Mapping[str, int] | None = None, **settings: Any
    ) -> None:
        super().__init__(name, **settings)
        self.node = peft
        self.fit = dict(fit or {})
        self.method = method_of(peft)
        self.capabilities = self.declared_capabilities({"peft": peft, **settings})
        self._initial: dict[str, Tensor] = {}

    @classmethod
    def declared_capabilities(cls, node: Mapping[str, Any]) -> Capabilities:
        method = method_of(node.get("peft") or {})
        return method.capabilities.changed(node.get("capabilities"))

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        if self.method.refused:
            problems.append(Problem("strategy.peft", self.method.refused))
        if missing := missing_extra(self.method):
            problems.append(Problem("strategy", f"{self.name} {missing}"))
        if self.node.get("task_type", TASK) != TASK:
            what = f"must be {TASK}, is {self.node['task_type']}; leave it out"
            problems.append(Problem("strategy.peft.task_type", what))
        for key, reason in self.set_by_run.items():
            if key in self.node:
                problems.append(Problem(f"strategy.peft.{key}", f"{reason}; leave it out"))
        sizes = [size.key for size in self.method.sizes]
        for key in self.fit.keys() - set(sizes):
            what = f"not an argument that depends on the layers' sizes; those are {sizes}"
            problems.append(Problem(f"strategy.fit.{key}", what))
        return problems

    def prepare(self, model: PreTrainedModel, total_steps: int, batches: Batches) -> nn.Module:
        from dialogsum.strategies.structure import no_extension_without_gpu, structure_only

        config = self.build_config(model, total_steps)
        no_extension_without_gpu()
        if model.device.type == "meta":
            with structure_only(config):
                return self.wrap(model, config)
        wrapped = self.initialize(model, config, batches)
        if self._changes_base:
            self._initial = _adapter_weights(wrapped)
        return wrapped

    def build_config(self, model: PreTrainedModel, total_steps: int) -> peft.PeftConfig:
        """Return the `peft` config of this run, its sizes checked against the model.

        Raises:
            ConfigurationError: an argument does not divide the adapted layers' sizes.
        """
        from dialogsum.strategies.structure import fit_sizes

        config = hydra.utils.instantiate(
            self.node, **self.run_arguments(total_steps), _convert_="all"
        )
        lowered = fit_sizes(config, self.method.sizes, self.fit, model)
        self.effective = {f"strategy.peft.{key}": value for key, value in lowered.items()}
        return config

    def run_arguments(self, total_steps: int) -> dict[str, Any]:
        """Return the arguments of the config class that the run sets."""
        return {"task_type": TASK}

    def initialize(self, model: PreTrainedModel, config: Any, batches: Batches) -> nn.Module:
        """Wrap `model` and set the adapter's first weights; data-driven methods override it."""
        return self.wrap(model, config)

    def wrap(self, model: PreTrainedModel, config: peft.PeftConfig) -> nn.Module:
        """Return the adapted model with the right parameters trainable; works on meta too."""
        import peft

        from dialogsum.strategies.structure import refuse_replaced_factor

        wrapped = peft.get_peft_model(model, config)
        refuse_replaced_factor(config, wrapped)
        return wrapped

    def count(self, model: PreTrainedModel, total_steps: int) -> Counts:
        from dialogsum.strategies.structure import adapted_layers

        if self.method.count is None:
            return super().count(model, total_steps)
        config = self.build_config(model, total_steps)
        trainable, stored = self.method.count(config, list(adapted_layers(config, model)))
        total = sum(p.numel() for p in model.parameters()) + trainable
        return Counts(trainable, total, 4 * stored)

    def artifact_bytes(self, model: Any) -> int:
        config = model.peft_config["default"]
        if config.is_prompt_learning:
            return 4 * _prompt_numbers(config)
        adapter = sum(t.numel() * t.element_size() for t in _adapter_weights(model).values())
        # An export that is independent of the changed base contains the first weights as well.
        return 2 * adapter if self._changes_base else adapter

    def state(self, model: nn.Module) -> dict[str, Any]:
        """Return the first weights if they moved a part of the base's: `export` subtracts them."""
        return {"initial": self._initial} if self._initial else {}

    def restore(self, model: nn.Module, state: dict[str, Any]) -> None:
        self._initial = state.get("initial", {})

    def export(self, model: Any, directory: Path) -> None:
        """Write adapter_config.json and adapter_model.safetensors for the unchanged base.

        PiSSA, OLoRA, CorDA and LoRA-GA train on a changed base. For these the difference to the
        first weights is written, as a LoRA of twice the rank (peft's own conversion).
        """
        if not self._initial:
            model.save_pretrained(directory, **_NO_HUB_REQUEST)
            return
        from safetensors.torch import save_file

        config = model.peft_config["default"]
        # save_pretrained doubles rank and alpha in the config of the live model, not in a copy.
        before = {key: getattr(config, key) for key in _CONVERTED}
        with tempfile.TemporaryDirectory() as folder:
            initial = Path(folder) / "initial"
            initial.mkdir()
            save_file(self._initial, initial / "adapter_model.safetensors")
            settings = {"path_initial_model_for_weight_conversion": str(initial)}
            model.save_pretrained(directory, **settings, **_NO_HUB_REQUEST)
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

    @property
    def _changes_base(self) -> bool:
        return str(self.node.get("init_lora_weights")).startswith(CHANGES_BASE)


# Without this `peft` asks the hub for the base's vocabulary size, to save resized embeddings: here
# none are resized, and the end of a run must not wait for a network.
_NO_HUB_REQUEST: dict[str, Any] = {"save_embedding_layers": False}

_CONVERTED = ("init_lora_weights", "r", "lora_alpha", "rank_pattern", "alpha_pattern")


def _adapter_weights(model: nn.Module) -> dict[str, Tensor]:
    """Return copies of the tensors of an export, under their names in the file."""
    from peft import get_peft_model_state_dict

    weights = get_peft_model_state_dict(model, **_NO_HUB_REQUEST)
    return {name: tensor.detach().clone().contiguous() for name, tensor in weights.items()}


def _prompt_numbers(config: Any) -> int:
    """Return how many numbers an exported prompt has, without the network that produces it."""
    if config.peft_type in ("PREFIX_TUNING", "CARTRIDGE"):  # keys and values of each layer
        return config.num_virtual_tokens * 2 * config.num_layers * config.token_dim
    return config.num_virtual_tokens * config.num_transformer_submodules * config.token_dim
