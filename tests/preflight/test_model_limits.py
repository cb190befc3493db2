"""Lengths beyond the positions of a model are found before it is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from transformers import (
    AutoTokenizer,
    BartConfig,
    EncoderDecoderConfig,
    LEDConfig,
    PegasusConfig,
    PretrainedConfig,
    T5Config,
)

from dialogsum.common.errors import Problem
from dialogsum.modeling.model_limits import positions_of
from dialogsum.preflight.checks import check
from tests.test_conf import compose_train

SMALL = {
    "d_model": 16,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 16,
    "decoder_ffn_dim": 16,
}


def problems(config: PretrainedConfig, folder: Path, *overrides: str) -> list[Problem]:
    """The problems of a run of a random model with the bundled tokenizer."""
    bundled = compose_train().model.path
    tokenizer = AutoTokenizer.from_pretrained(bundled)
    config.vocab_size = len(tokenizer)
    config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return check(compose_train(f"model.path={folder}", "model.pretrained=false", *overrides))


@pytest.mark.parametrize("kind", [BartConfig, PegasusConfig])
def test_every_length_is_held_against_the_positions(kind: type, tmp_path: Path) -> None:
    config = kind(**SMALL, max_position_embeddings=128)
    lengths = [
        "dataset.max_source_tokens=129",
        "dataset.max_target_tokens=130",
        "generation.max_new_tokens=131",
    ]
    found = problems(config, tmp_path, *lengths)
    assert [problem.where for problem in found] == [text.partition("=")[0] for text in lengths]
    assert all("at most 128" in problem.what for problem in found)
    allowed = [f"{problem.where}=128" for problem in found]
    assert problems(config, tmp_path, *allowed) == []


def test_virtual_tokens_take_positions(tmp_path: Path) -> None:
    config = BartConfig(**SMALL, max_position_embeddings=128)
    lengths = [
        "dataset.max_source_tokens=128",
        "dataset.max_target_tokens=128",
        "generation.max_new_tokens=128",
        "strategy.peft.num_virtual_tokens=8",
    ]
    prompt = problems(config, tmp_path, "strategy=prompt_tuning", *lengths)
    prefix = problems(config, tmp_path, "strategy=prefix_tuning", *lengths)
    assert [p.where for p in prompt] == ["dataset.max_source_tokens"]
    assert [p.where for p in prefix] == ["dataset.max_target_tokens", "generation.max_new_tokens"]
    assert all("at most 120" in p.what for p in [*prompt, *prefix])


def test_architectures_name_their_positions_differently() -> None:
    led = LEDConfig(max_encoder_position_embeddings=64, max_decoder_position_embeddings=32)
    assert (positions_of(led, "encoder"), positions_of(led, "decoder")) == (64, 32)
    bart = BartConfig(max_position_embeddings=16)
    both = EncoderDecoderConfig(encoder=led.to_dict(), decoder=bart.to_dict())
    assert (positions_of(both, "encoder"), positions_of(both, "decoder")) == (64, 16)
    assert positions_of(T5Config(), "encoder") is None  # relative positions
