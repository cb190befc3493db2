"""Loading a backbone: from the hub, from a directory, or random weights from its config.json."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from safetensors import SafetensorError
from torch import nn
from transformers import (
    AutoConfig,
    AutoModelForSeq2SeqLM,
    AutoTokenizer,
    PretrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)
from transformers.activations import NewGELUActivation

from dialogsum.common.errors import UserError
from dialogsum.common.hub import commit_of, fetch
from dialogsum.common.paths import local_path
from dialogsum.strategies import Strategy

log = logging.getLogger(__name__)

# Of the hub's repositories, which also hold the weights of other frameworks.
SMALL_FILES = (
    "config.json",
    "generation_config.json",
    "*token*.json",
    "*.model",
    "vocab*",
    "merges*",
)
SAFETENSORS = ("model*.safetensors", "model.safetensors.index.json")
PICKLED = ("pytorch_model*.bin", "pytorch_model.bin.index.json")


def load_backbone(cfg: Any, seed: int, **arguments: Any) -> PreTrainedModel:
    """The model of `cfg` (a `ModelConfig`) in fp32 on the CPU, in train mode.

    `arguments` go to `from_pretrained` as well: a strategy may want the base quantised.

    Random weights (`pretrained=false`) depend on `seed` alone, so that an exported adapter finds
    the same base again; the global generators are left as they were.

    Raises:
        UserError: the model is not an encoder-decoder, or its files cannot be read.
    """
    source = locate(cfg, weights=cfg.pretrained)
    config = _load_config(cfg, source)
    if cfg.pretrained:
        log.info("loading the weights of %s", cfg.path)
        with _readable(cfg, "the weights"):
            model, info = AutoModelForSeq2SeqLM.from_pretrained(
                source, config=config, dtype=torch.float32, output_loading_info=True, **arguments
            )
        missing = set(info["missing_keys"])
        if _untied(config) and model.lm_head.weight is model.shared.weight:
            missing.add("lm_head.weight")  # the library ties it to the embedding without a word
        _refuse_partial(cfg, missing)
    else:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = _from_config(config)
    # An adapter names its base as others know it, not as a folder of this machine's cache.
    model.name_or_path = model.config.name_or_path = str(local_path(cfg.path) or cfg.path)
    _choose_kernels(model)
    # from_pretrained returns eval mode and Lightning does not change it: the backbone's dropout
    # would be off while a fresh adapter's is on, a silent bias between strategies.
    return model.train()


def _choose_kernels(model: PreTrainedModel) -> None:
    """Faster ways to compute the same up to rounding, as benchmarks/training_step.py measures.

    The tanh GELU of FLAN-T5's config in one kernel, where the library's own takes eight. On a CPU,
    attention written out: torch's fused one has a slow backward pass there.
    """
    for module in list(model.modules()):
        for name, child in module.named_children():
            if isinstance(child, NewGELUActivation):
                setattr(module, name, nn.GELU(approximate="tanh"))
    if not torch.cuda.is_available():
        model.set_attn_implementation("eager")


def recompute_activations(model: nn.Module) -> None:
    """Recompute activations in the backward pass instead of keeping them in memory.

    Changes memory and time, not the gradients (`hardware.gradient_checkpointing`).

    Raises:
        UserError: the architecture does not support it.
    """
    try:
        # Without re-entrance a block whose inputs need no gradient, as under an adapter, works too.
        model.gradient_checkpointing_enable(  # type: ignore[operator]
            gradient_checkpointing_kwargs={"use_reentrant": False}
        )
    except ValueError as error:
        raise UserError(f"hardware.gradient_checkpointing: {error}; set it to false") from error


def load_tokenizer(cfg: Any) -> PreTrainedTokenizerBase:
    """The tokenizer that belongs to the model of `cfg`.

    Raises:
        UserError: its files cannot be read.
    """
    source = locate(cfg)
    with _readable(cfg, "the tokenizer"):
        return AutoTokenizer.from_pretrained(source)


def meta_backbone(cfg: Any) -> PreTrainedModel:
    """The model's structure without memory for its weights; needs only its config.json."""
    config = _load_config(cfg, locate(cfg))
    with torch.device("meta"):
        return _from_config(config)


def _from_config(config: PretrainedConfig) -> PreTrainedModel:
    model = AutoModelForSeq2SeqLM.from_config(config, dtype=torch.float32)
    if _untied(config):
        # A T5 built from config is tied whatever its config.json says: 60,511,616 instead of
        # 76,961,152 parameters for flan-t5-small. The head starts as the scaled embedding, as a
        # tied T5's is in effect: from an unrelated one copying is learned much later.
        head = model.shared.weight.detach() * config.d_model**-0.5
        model.lm_head.weight = nn.Parameter(head)
    return model


def _untied(config: PretrainedConfig) -> bool:
    """True for FLAN-T5 and T5 v1.1.

    transformers 5 forces `tie_word_embeddings` of T5 to true; the false of a config.json survives
    only as `scale_decoder_outputs=False`.
    """
    return getattr(config, "scale_decoder_outputs", None) is False


def _load_config(cfg: Any, source: Path) -> PretrainedConfig:
    with _readable(cfg, "config.json"):
        config = AutoConfig.from_pretrained(source)
    if not config.is_encoder_decoder:
        raise UserError(
            f"model.path: '{cfg.path}' is a {config.model_type} model; dialogsum trains "
            "encoder-decoders such as T5, FLAN-T5 or BART"
        )
    return config


def locate(cfg: Any, weights: bool = False) -> Path:
    """The directory that holds the model's files, downloaded first where it is one of the hub.

    Raises:
        HubError: the files can neither be found in the cache nor downloaded.
    """
    if path := local_path(cfg.path):
        return path
    folder = fetch(cfg.path, cfg.revision, "model", SMALL_FILES)
    if weights:
        commit = commit_of(folder) or cfg.revision
        folder = fetch(cfg.path, commit, "model", SAFETENSORS)
        if not any(folder.glob("*.safetensors")):
            folder = fetch(cfg.path, commit, "model", PICKLED)
    return folder


def model_revision(cfg: Any) -> str | None:
    """The hub's commit that the cache holds for the model of `cfg`; None for a local one."""
    if local_path(cfg.path):
        return None
    return commit_of(fetch(cfg.path, cfg.revision, "model", SMALL_FILES, offline=True))


def _refuse_partial(cfg: Any, missing: Collection[str]) -> None:
    """`from_pretrained` gives random values to what the files lack, and says so in a warning."""
    if missing:
        first = ", ".join(sorted(missing)[:3])
        raise UserError(
            f"model.path: the weights of '{cfg.path}' lack {len(missing)} of the model's tensors "
            f"({first}, …); they belong to another config.json, or the copy is incomplete"
        )


@contextmanager
def _readable(cfg: Any, what: str) -> Iterator[None]:
    """Turn what the library says of files that it cannot read into one sentence."""
    try:
        yield
    except (OSError, ValueError, KeyError, SafetensorError, UnpicklingError) as error:
        first = (str(error).strip().splitlines() or [""])[0]
        raise UserError(
            f"model.path: {what} of '{cfg.path}' cannot be read: {type(error).__name__}: {first}; "
            "download or copy the model again"
        ) from error


def parameter_counts(model: nn.Module, strategy: Strategy) -> dict[str, Any]:
    """Return `trainable`, `total` and `percent`; a parameter shared by modules counts once.

    And `effective`, if values in effect differ from the configured ones (`Strategy.effective`).
    """
    total = sum(p.numel() for p in model.parameters())
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    counts = {"trainable": trainable, "total": total, "percent": 100 * trainable / total}
    return counts | ({"effective": dict(strategy.effective)} if strategy.effective else {})
