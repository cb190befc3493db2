"""Generation of texts from a batch of token ids."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn
from transformers import GenerationConfig, PreTrainedTokenizerBase

# (index in the split, text, truncated: no end token was generated)
Generated = tuple[int, str, bool]


class Generator:
    """Deterministic decoding with `model.generate`, greedy or with beams.

    Args:
        tokenizer: decodes ids into text.
        cfg: the section `generation` of the run's configuration.
        candidates: texts per source, the likeliest first; needs as many beams.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase, cfg: Any, candidates: int = 1) -> None:
        self.tokenizer = tokenizer
        self.settings: dict[str, Any] = {
            "do_sample": False,
            "num_beams": cfg.num_beams,
            "max_new_tokens": cfg.max_new_tokens,
            "no_repeat_ngram_size": cfg.no_repeat_ngram_size,
        }
        if cfg.num_beams > 1:
            self.settings["length_penalty"] = cfg.length_penalty
            self.settings["early_stopping"] = True
        if candidates > 1:
            self.settings["num_return_sequences"] = candidates

    def config(self, model: Any) -> GenerationConfig:
        """Return the settings for `model.generate`, with the model's special tokens."""
        tokens = ("decoder_start_token_id", "eos_token_id", "pad_token_id")
        special = {name: getattr(model.config, name) for name in tokens}
        return GenerationConfig(**self.settings, **special)

    def __call__(
        self, model: nn.Module, input_ids: Tensor, attention_mask: Tensor
    ) -> list[tuple[str, bool]]:
        """Return `(text, truncated)` per text; truncated means that no end token was generated.

        Args:
            input_ids, attention_mask: (batch, source tokens) int64.
        """
        config = self.config(model)
        ids = model.generate(  # type: ignore[operator]
            input_ids=input_ids, attention_mask=attention_mask, generation_config=config
        )
        texts = self.tokenizer.batch_decode(ids, skip_special_tokens=True)
        ended = (ids[:, 1:] == config.eos_token_id).any(1).tolist()
        return [(text.strip(), not end) for text, end in zip(texts, ended, strict=True)]
