"""Tests of the bundled weights: their documented properties, and that they learn."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from transformers import AutoModelForSeq2SeqLM
from transformers.activations import NewGELUActivation

from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import load_backbone, load_tokenizer

TINY = Path(__file__).resolve().parents[2] / "dialogsum" / "assets" / "tiny"
MODEL = ModelConfig(name="tiny", path=str(TINY))
# Exercises of its pretraining, with names that it cannot have seen in the first.
PINNED = {
    "Repeat: Zorvina, 4815, Quillmere": "Zorvina, 4815, Quillmere",
    "Question: Where does Nadia work?\n\nOlga: Our neighbor Nadia is a pilot in Turin.\n"
    "Sven: Since when?\nOlga: Nine years, I think.": "Turin",
    "Report: Anna: I dreamed of a green cat. It talked to me.\nTom: Have some plums.\n"
    "Anna: I'm allergic to it. But I like pickles.": "Anna is tired after a "
    "dream about a green cat. Anna can't eat plums.",
}


@pytest.fixture(scope="module")
def tiny() -> tuple[Any, Any]:
    return load_backbone(MODEL, seed=0).eval(), load_tokenizer(MODEL)


def test_files_are_small_and_bfloat16() -> None:
    assert sum(file.stat().st_size for file in TINY.iterdir()) <= 8_000_000
    with safe_open(TINY / "model.safetensors", framework="pt") as file:
        dtypes = {file.get_tensor(name).dtype for name in file.keys()}  # noqa: SIM118
    assert dtypes == {torch.bfloat16}


def test_geometry_is_flan_t5s(tiny: tuple[Any, Any]) -> None:
    model, _ = tiny
    head, embedding = model.lm_head.weight, model.shared.weight
    assert head is not embedding and not torch.allclose(head, embedding)
    assert 2_000_000 <= sum(p.numel() for p in model.parameters()) <= 3_800_000
    assert all(p.dtype == torch.float32 for p in model.parameters())


def test_one_kernel_gelu_is_the_librarys(tiny: tuple[Any, Any]) -> None:
    """The exact GELU would be off by 1e-3 and more here, rounding is by 1e-5."""
    model, tokenizer = tiny
    library = AutoModelForSeq2SeqLM.from_pretrained(TINY, dtype=torch.float32).eval()
    assert not any(isinstance(module, NewGELUActivation) for module in model.modules())
    batch = tokenizer(list(PINNED), text_target=list(PINNED.values()), padding=True)
    batch = batch.convert_to_tensors("pt")
    with torch.no_grad():
        ours, theirs = model(**batch).logits, library(**batch).logits
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-4)


@pytest.mark.parametrize("source", PINNED)
def test_greedy_outputs_are_pinned(tiny: tuple[Any, Any], source: str) -> None:
    model, tokenizer = tiny
    inputs = tokenizer([source], return_tensors="pt")
    output = model.generate(
        input_ids=inputs.input_ids, attention_mask=inputs.attention_mask, max_new_tokens=40
    )
    assert tokenizer.decode(output[0], skip_special_tokens=True) == PINNED[source]


def test_sixty_steps_of_lora_learn_from_the_shipped_weights(
    tmp_path: Path, run_command: Callable[..., Any]
) -> None:
    """Validation loss falls by 30% at least (measured: from 3.98 to 2.43)."""
    done = run_command(
        "train.py",
        "-m",
        "strategy=zero_shot,lora",
        "strategy.learning_rate=5e-3",
        *(f"dataset.limit.{split}={n}" for split, n in (("train", 480), ("validation", 60))),
        "dataset.limit.test=2",
        "evaluation.validation_examples=2",
        "generation.max_new_tokens=4",
        "trainer.max_epochs=1",
        f"output_root={tmp_path}",
        f"cache_dir={tmp_path / 'cache'}",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    records = [json.loads(path.read_text()) for path in tmp_path.glob("default/*/result.json")]
    losses = {r["strategy"]: r["metrics"]["validation"]["cross_entropy"]["value"] for r in records}
    steps = {r["strategy"]: (r["training"] or {}).get("steps") for r in records}
    assert steps["lora"] == 60
    assert losses["lora"] < 0.7 * losses["zero_shot"]
