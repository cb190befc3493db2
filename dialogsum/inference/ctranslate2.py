"""CTranslate2: conversion of a whole model, and generation with it (float32 or quantized)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transformers import PreTrainedTokenizerBase

from dialogsum.common.errors import UserError

INSTALL = "needs CTranslate2: pip install 'dialogsum[ctranslate2]'"


def convert(source: Path, target: Path, dtype: str) -> None:
    """Convert the model in `source`, as written by `save_pretrained`.

    Args:
        source: weights, config.json and tokenizer.
        target: directory that is made; must not exist.
        dtype: float32, bfloat16, float16 or int8.

    Raises:
        UserError: CTranslate2 is not installed, or knows no conversion of this architecture.
    """
    try:
        from ctranslate2.converters import TransformersConverter
    except ImportError:
        raise UserError(f"--format ctranslate2: {INSTALL}") from None

    class Converter(TransformersConverter):
        def load_model(self, model_class: Any, name: str, **kwargs: Any) -> Any:
            """Load the model with its true output scaling.

            transformers 5 says of every T5 that its head is tied, and the converter scales the
            decoder's output of tied ones: the log-probabilities of FLAN-T5 were off by 4.3.
            """
            model = super().load_model(model_class, name, **kwargs)
            scaled = getattr(model.config, "scale_decoder_outputs", None)
            if scaled is not None:
                model.config.tie_word_embeddings = scaled
            return model

    try:
        Converter(str(source)).convert(str(target), quantization=dtype)
    except ValueError as error:  # "No conversion is registered for …"
        raise UserError(f"--format ctranslate2: {error}") from error


class CTranslate2Engine:
    """Generation with a converted model.

    Args:
        directory: as written by `convert`.
        tokenizer: the model's.
        generation: the section `generation`.

    Raises:
        UserError: CTranslate2 is not installed.
    """

    def __init__(
        self, directory: Path, tokenizer: PreTrainedTokenizerBase, generation: Any
    ) -> None:
        try:
            import ctranslate2
        except ImportError:
            raise UserError(f"{directory}: {INSTALL}") from None
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        self.translator = ctranslate2.Translator(str(directory), device=device)
        self.tokenizer = tokenizer
        self.generation = generation

    def generate(
        self, prompts: Sequence[list[int]], candidates: int
    ) -> list[list[tuple[str, bool]]]:
        """Return per prompt `candidates` texts, the likeliest first, and whether each is cut."""
        settings = self.generation
        results = self.translator.translate_batch(
            [self.tokenizer.convert_ids_to_tokens(ids) for ids in prompts],
            beam_size=max(settings.num_beams, candidates),
            num_hypotheses=candidates,
            max_decoding_length=settings.max_new_tokens,
            no_repeat_ngram_size=settings.no_repeat_ngram_size,
            length_penalty=settings.length_penalty,
            max_input_length=0,  # prompts fit the model's window already
            max_batch_size=settings.batch_size,
            return_end_token=True,
        )
        return [[self._text(tokens) for tokens in result.hypotheses] for result in results]

    def _text(self, tokens: list[str]) -> tuple[str, bool]:
        ids = self.tokenizer.convert_tokens_to_ids(tokens)
        text = self.tokenizer.decode(ids, skip_special_tokens=True)
        return str(text).strip(), self.tokenizer.eos_token not in tokens
