"""Table of `peft`'s methods on encoder-decoders: capabilities, sizes, refusals. Imports no torch.

Every entry was tried on an untied T5, and the contract test holds the table to it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogsum.strategies.base import Capabilities


@dataclass(frozen=True)
class Size:
    """An argument of a config class that must divide the sizes of the adapted layers."""

    key: str
    sides: tuple[str, ...] = ("in_features", "out_features")  # the sizes that it must divide
    times: str | None = None  # another argument f: `key` times 2 to the power f must divide them
    even: bool = False  # only even values are valid


@dataclass(frozen=True)
class Method:
    """One config class of `peft`."""

    capabilities: Capabilities = field(default_factory=Capabilities)
    sizes: tuple[Size, ...] = ()
    needs: tuple[str, str] | None = None  # (module, extra) beyond the dependencies of dialogsum
    refused: str = ""  # the reason why it cannot be used here, for messages
    # (config, adapted linear layers) -> (trainable, stored) numbers, if weights decide the shapes
    count: Callable[[Any, list[Any]], tuple[int, int]] | None = None


def method_of(node: Mapping[str, Any]) -> Method:
    """Return the entry of a `peft` node's class; a class outside the table has no restrictions."""
    kind = str(node.get("_target_", "")).rpartition(".")[2]
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
    if method.needs is None or importlib.util.find_spec(method.needs[0]):
        return None
    module, extra = method.needs
    return f"needs {module}: pip install 'dialogsum[{extra}]'"


def _count_adamss(config: Any, layers: list[Any]) -> tuple[int, int]:
    """Count AdaMSS: per layer K matrices A of (rank, r), and B of all output rows at that rank.

    Clustering the weights distributes the rows of B over the subspaces; their number is fixed. The
    projection of shape (r, inputs) is stored with them.
    """
    rank = config.subspace_rank
    trainable = fixed = 0
    for layer in layers:
        r = min(config.r, layer.in_features, layer.out_features)
        subspaces = min(config.num_subspaces, layer.out_features)
        trainable += rank * (subspaces * r + layer.out_features)
        fixed += r * layer.in_features
    return trainable, trainable + fixed


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
    "AdamssConfig": Method(needs=("sklearn", "adamss"), count=_count_adamss),
    "BeftConfig": Method(Capabilities(merge=False, why="T5's layers have no bias to fold it into")),
    "BOFTConfig": Method(
        sizes=(
            Size("boft_block_size", ("in_features",), times="boft_n_butterfly_factor", even=True),
        )
    ),
    "C3AConfig": Method(sizes=(Size("block_size"),)),
    "CartridgeConfig": Method(_PREFIX),
    "GraloraConfig": Method(sizes=(Size("gralora_k"),)),
    "LilyConfig": Method(
        Capabilities(merge=False, why="layers share parts of their adapters, mixed per input")
    ),
    "OFTConfig": Method(
        sizes=(Size("oft_block_size", ("in_features",)), Size("r", ("in_features",)))
    ),
    "PrefixTuningConfig": Method(_PREFIX),
    "PromptEncoderConfig": Method(_PROMPT),
    "PromptTuningConfig": Method(_PROMPT),
    "RoadConfig": Method(sizes=(Size("group_size", ("out_features",), even=True),)),
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
