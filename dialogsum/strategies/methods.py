"""Table of `peft`'s methods on encoder-decoders: capabilities, sizes, refusals. Imports no torch.

Every entry was tried on an untied T5, and the contract test holds the table to it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogsum.strategies.base import Capabilities


@dataclass(frozen=True)
class Size:
    """An argument that must divide the sizes of the adapted layers.

    Attributes:
        key: the argument of the config class.
        sides: the sizes of a layer that it must divide: inputs ("in"), outputs ("out") or both.
        times: another argument f; `key` times two to the power f must divide as well.
        even: only even values are valid.
    """

    key: str
    sides: tuple[str, ...] = ("in", "out")
    times: str | None = None
    even: bool = False


@dataclass(frozen=True)
class Method:
    """One config class of `peft`.

    Attributes:
        capabilities: what it can do.
        sizes: arguments that depend on the model's geometry.
        needs: `(module, extra)` that it imports beyond the dependencies of dialogsum.
        refused: the reason why it cannot be used here, for messages.
    """

    capabilities: Capabilities = field(default_factory=Capabilities)
    sizes: tuple[Size, ...] = ()
    needs: tuple[str, str] | None = None
    refused: str = ""


def kind_of(node: Mapping[str, Any]) -> str:
    """Return the name of the config class in a strategy's `peft` node."""
    return str(node.get("_target_", "")).rpartition(".")[2]


def method_of(node: Mapping[str, Any]) -> Method:
    """Return the entry of a `peft` node's class; a class outside the table has no restrictions."""
    kind = kind_of(node)
    if kind == "LoraConfig" and node.get("alora_invocation_tokens"):
        return Method(refused=_ALORA)
    if kind.endswith("Config") and str(node.get("bias", "none")) != "none":
        return Method(refused=_BIAS)
    return METHODS.get(kind, Method())


def refusal(name: str) -> str:
    """Return the reason why no strategy called `name` is offered; empty if none is known."""
    asked = "".join(filter(str.isalpha, name.lower()))
    reasons = {kind.removesuffix("Config").lower(): m.refused for kind, m in METHODS.items()}
    return (reasons | {"alora": _ALORA, "bitfit": _BIAS}).get(asked, "")


def missing_extra(method: Method) -> str | None:
    """Return which package to install first, or None."""
    if method.needs is None:
        return None
    module, extra = method.needs
    if importlib.util.find_spec(module):
        return None
    return f"needs {module}: pip install 'dialogsum[{extra}]'"


_ALORA = (
    "aLoRA switches on after invocation tokens in a decoder-only prompt; on an encoder-decoder its "
    "gradient is zero from the first step on"
)
_BIAS = "T5 has no bias parameters, so BitFit (bias=all or lora_only) would train nothing"
_RANDOM_START = Capabilities(starts_at_base=False, why="its published initialization is not zero")
_PROMPT = Capabilities(
    merge=False,
    starts_at_base=False,
    why="it adds virtual tokens, which cannot be folded into any weight",
)
_PREFIX = Capabilities(
    merge=False,
    starts_at_base=False,
    gradient_checkpointing=False,
    why="it adds virtual keys and values, which are not weights and which recomputation loses",
)
_TASKS = "{} learns what several tasks share and needs a task id with each batch; here is one task"

METHODS: dict[str, Method] = {
    "AdaLoraConfig": Method(Capabilities(adds_penalty=True)),
    "AdamssConfig": Method(needs=("sklearn", "adamss")),
    "BeftConfig": Method(Capabilities(merge=False, why="T5's layers have no bias to fold it into")),
    "BOFTConfig": Method(
        sizes=(Size("boft_block_size", ("in",), times="boft_n_butterfly_factor", even=True),)
    ),
    "C3AConfig": Method(sizes=(Size("block_size"),)),
    "CartridgeConfig": Method(_PREFIX),
    "GraloraConfig": Method(sizes=(Size("gralora_k"),)),
    "LilyConfig": Method(
        Capabilities(merge=False, why="layers share parts of their adapters, mixed per input")
    ),
    "OFTConfig": Method(sizes=(Size("oft_block_size", ("in",)), Size("r", ("in",)))),
    "PrefixTuningConfig": Method(_PREFIX),
    "PromptEncoderConfig": Method(_PROMPT),
    "PromptTuningConfig": Method(_PROMPT),
    "RoadConfig": Method(sizes=(Size("group_size", ("out",), even=True),)),
    "UniLoraConfig": Method(_RANDOM_START),
    "VBLoRAConfig": Method(_RANDOM_START, sizes=(Size("vector_length"),)),
    "AdaptionPromptConfig": Method(
        refused="adaption prompt patches the attention of Llama, Mistral and GPT-2 only"
    ),
    "CPTConfig": Method(refused="CPT is defined on the tokens of a causal language model's prompt"),
    "MultitaskPromptTuningConfig": Method(refused=_TASKS.format("multitask prompt tuning")),
    "PolyConfig": Method(refused=_TASKS.format("Poly")),
    "ShadowConfig": Method(refused="Shadow builds its shadow network for causal models only"),
    "TrainableTokensConfig": Method(
        refused="on an untied T5 trainable tokens replace the head; train parts of the model's own "
        "weights with dialogsum.strategies.Selective"
    ),
    "XLoraConfig": Method(
        refused="X-LoRA mixes adapters that were trained before and its gating does not run on "
        "encoder-decoders"
    ),
}
