"""Filters for library warnings and log lines that a user cannot act on."""

from __future__ import annotations

import logging
import os
import sys
import warnings

# Each was emitted by a normal run in which nothing was wrong.
_HARMLESS_WARNINGS = (
    ".*A worker stopped while some jobs were given.*",  # joblib replaced one whose memory had grown
    ".*is_gradient_checkpointing.*",
    ".*isinstance\\(treespec, LeafSpec\\).*",
    ".*does not have many workers.*",
    ".*smaller than the logging interval.*",
    ".*sync_dist=True.*",
    ".*Checkpoint directory .* exists and is not empty.*",
    ".*found in eval mode.*",
    ".*tensorboardX.*",
    ".*was called before the ``update``.*",
    ".*tie_word_embeddings=True.*",  # T5's flag is true whatever its head is
    ".*embeddings are no longer tied after merging.*",  # they were not tied before
    "The version_base parameter is deprecated.*",  # by Hydra 1.4; 1.3 needs it
    "register_new_resolver\\(\\) is deprecated.*",  # by OmegaConf 2.4; 2.3 has no other
    "hydra.utils.instantiate\\(\\) resolved.*",  # a configuration is the user's own code
)


def ignore_harmless_warnings() -> None:
    """Ignore the warnings of a normal run; imports no library."""
    for message in _HARMLESS_WARNINGS:
        warnings.filterwarnings("ignore", message=message)


def silence_libraries() -> None:
    """Silence transformers, Lightning and hub noise; call once per process, before loading."""
    import transformers
    from huggingface_hub.utils import disable_progress_bars

    ignore_harmless_warnings()
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    if not sys.stderr.isatty():  # in a log file every update of a bar becomes a line
        disable_progress_bars()
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # a line per request to the hub
    for name in ("pytorch_lightning", "lightning_fabric"):
        logging.getLogger(name).setLevel(logging.ERROR)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
