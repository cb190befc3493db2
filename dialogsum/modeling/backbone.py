"""Loading of backbones and tokenizers: from the hub, a directory, or random from config.json."""

from __future__ import annotations

import logging
from collections.abc import Iterator
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
    T5Config,
)
from transformers.activations import NewGELUActivation

from dialogsum.common.errors import UserError
from dialogsum.common.files import check_folder
from dialogsum.common.hub import commit_of, fetch
from dialogsum.common.paths import local_path

log = logging.getLogger(__name__)

# Files to download: hub repositories also hold the weights of other frameworks.
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

# Geometries of the published FLAN-T5 models, for counting parameters without their files
# (Chung et al. 2022, arXiv:2210.11416; config.json of each model on the hub).
GEOMETRIES: dict[str, dict[str, Any]] = {
    "flan_t5_small": {"d_model": 512, "d_ff": 1024, "num_layers": 8, "num_heads": 6},
    "flan_t5_base": {"d_model": 768, "d_ff": 2048, "num_layers": 12, "num_heads": 12},
}


def load_backbone(cfg: Any, seed: int, **arguments: Any) -> PreTrainedModel:
    """Load the model of `cfg` in fp32 on the CPU, in train mode.

    Args:
        cfg: a `ModelConfig`.
        seed: decides random weights (`pretrained=false`) alone, so that an exported adapter finds
            the same base again; the global generators are not advanced.
        arguments: more arguments of `from_pretrained`, for example to quantize the weights.

    Raises:
        UserError: the model is not an encoder-decoder, or its files cannot be read.
    """
    source = model_files(cfg, weights=cfg.pretrained)
    config = _load_config(cfg, source)
    if cfg.pretrained:
        log.info("loading the weights of %s", cfg.path)
        with _readable(cfg, "the weights"):
            model, info = AutoModelForSeq2SeqLM.from_pretrained(
                source,
                config=config,
                dtype=torch.float32,
                output_loading_info=True,
                trust_remote_code=False,
                **arguments,
            )
        missing = set(info["missing_keys"])
        if _is_untied(config) and model.lm_head.weight is model.shared.weight:
            missing.add("lm_head.weight")  # the library ties it to the embedding silently
        if missing:
            # from_pretrained fills in random values with a warning.
            first = ", ".join(sorted(missing)[:3])
            raise UserError(
                f"model.path: the weights of '{cfg.path}' lack {len(missing)} of the model's "
                f"tensors ({first}, …); they belong to another config.json, or the copy is "
                "incomplete"
            )
    else:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = build_backbone(config)
    # An adapter names its base by its hub id, not by a folder of this machine's cache.
    model.name_or_path = model.config.name_or_path = str(local_path(cfg.path) or cfg.path)
    _choose_kernels(model)
    # from_pretrained returns eval mode and Lightning does not change it: the backbone's dropout
    # would be off while a fresh adapter's is on, a silent bias between strategies.
    return model.train()


def _choose_kernels(model: PreTrainedModel) -> None:
    """Choose faster kernels of the same function, as measured by benchmarks/training_step.py.

    The tanh GELU of FLAN-T5's config in one kernel instead of the library's eight. On a CPU eager
    attention: the backward pass of torch's fused attention is slow there.
    """
    for module in list(model.modules()):
        for name, child in module.named_children():
            if isinstance(child, NewGELUActivation):
                setattr(module, name, nn.GELU(approximate="tanh"))
    if not torch.cuda.is_available():
        model.set_attn_implementation("eager")


def recompute_activations(model: nn.Module) -> None:
    """Recompute activations in the backward pass: less memory, more time, the same gradients.

    Raises:
        UserError: the architecture does not support it.
    """
    try:
        # Without re-entrance a block whose inputs need no gradient, as under an adapter, works too.
        model.gradient_checkpointing_enable(  # type: ignore[operator]
            gradient_checkpointing_kwargs={"use_reentrant": False}
        )
    except ValueError as error:
        raise UserError(
            f"hardware.gradient_checkpointing: {str(error).rstrip('.')}; set it to false"
        ) from error


def load_tokenizer(cfg: Any) -> PreTrainedTokenizerBase:
    """Load the tokenizer of the model of `cfg`.

    Raises:
        UserError: its files cannot be read.
    """
    source = model_files(cfg)
    with _readable(cfg, "the tokenizer"):
        return AutoTokenizer.from_pretrained(source, trust_remote_code=False)


def meta_backbone(cfg: Any) -> PreTrainedModel:
    """Build the model of `cfg` on meta, without memory for weights; needs only its config.json."""
    config = _load_config(cfg, model_files(cfg))
    with torch.device("meta"):
        return build_backbone(config)


def published_backbone(name: str) -> PreTrainedModel:
    """Build a published model of `GEOMETRIES` on meta, its head untied as in the published one."""
    settings: dict[str, Any] = {"feed_forward_proj": "gated-gelu", "tie_word_embeddings": False}
    config = T5Config(**GEOMETRIES[name], d_kv=64, vocab_size=32128, **settings)
    with torch.device("meta"):
        return build_backbone(config)


def build_backbone(config: PretrainedConfig) -> PreTrainedModel:
    """Build a model with random weights in fp32, its head untied if that of `config` is."""
    model = AutoModelForSeq2SeqLM.from_config(config, dtype=torch.float32)
    if _is_untied(config):
        # transformers 5 ties every T5 built from config: 60,511,616 instead of 76,961,152
        # parameters for flan-t5-small. The head starts as the scaled embedding, which is the
        # effective head of a tied T5: from an unrelated one, copying is learned much later.
        head = model.shared.weight.detach() * config.d_model**-0.5
        model.lm_head.weight = nn.Parameter(head)
    return model


def _is_untied(config: PretrainedConfig) -> bool:
    """Return true for FLAN-T5 and T5 v1.1.

    transformers 5 forces `tie_word_embeddings` of T5 to true; the false of a config.json survives
    only as `scale_decoder_outputs=False`.
    """
    return getattr(config, "scale_decoder_outputs", None) is False


def _load_config(cfg: Any, source: Path) -> PretrainedConfig:
    with _readable(cfg, "config.json"):
        config = AutoConfig.from_pretrained(source, trust_remote_code=False)  # no question
    if not config.is_encoder_decoder:
        raise UserError(
            f"model.path: '{cfg.path}' is a {config.model_type} model; dialogsum trains "
            "encoder-decoders such as T5, FLAN-T5 or BART"
        )
    return config


def model_files(cfg: Any, weights: bool = False) -> Path:
    """Return the directory with the model's files, downloaded first if they are on the hub.

    Raises:
        HubError: the files are not in the cache and cannot be downloaded.
        DamagedFile: a local file does not fit its checksum.
    """
    if path := local_path(cfg.path):
        check_folder(path, weights)
        return path
    folder = fetch(cfg.path, cfg.revision, "model", SMALL_FILES)
    if weights:
        commit = commit_of(folder) or cfg.revision
        folder = fetch(cfg.path, commit, "model", SAFETENSORS)
        if not any(folder.glob("*.safetensors")):
            folder = fetch(cfg.path, commit, "model", PICKLED)
    return folder


def model_revision(cfg: Any) -> str | None:
    """Return the hub's commit of the model of `cfg` in the cache; None for a local model."""
    if local_path(cfg.path):
        return None
    return commit_of(fetch(cfg.path, cfg.revision, "model", SMALL_FILES, offline=True))


@contextmanager
def _readable(cfg: Any, what: str) -> Iterator[None]:
    """Reduce a library's error about unreadable files to one sentence."""
    try:
        yield
    except (OSError, ValueError, KeyError, SafetensorError, UnpicklingError) as error:
        first = (str(error).strip().splitlines() or [""])[0]
        raise UserError(
            f"model.path: {what} of '{cfg.path}' cannot be read: {type(error).__name__}: {first}; "
            "download or copy the model again"
        ) from error
