"""Fixtures that all tests share: a tiny untied T5 on disk, real data, and real commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# Several test processes with several threads each make torch tens of times slower on two cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[1]
GEOMETRY = {
    "model_type": "t5",
    "architectures": ["T5ForConditionalGeneration"],
    "d_model": 64,
    "d_kv": 16,
    "d_ff": 128,
    "num_layers": 2,
    "num_decoder_layers": 2,
    "num_heads": 4,
    "feed_forward_proj": "gated-gelu",
    "dropout_rate": 0.1,
    "tie_word_embeddings": False,
    "decoder_start_token_id": 0,
    "pad_token_id": 0,
    "eos_token_id": 1,
}


@pytest.fixture(scope="session")
def tiny_model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A T5 v1.1 of 0.4 M parameters without weights, untied as FLAN-T5 is, with a tokenizer."""
    from transformers import AutoTokenizer

    from tests.bundled import bundled_rows

    directory = tmp_path_factory.mktemp("tiny_model")
    shipped = AutoTokenizer.from_pretrained(ROOT / "dialogsum" / "assets" / "tiny")
    texts = [f"{row['dialogue']} {row['summary']}" for row in bundled_rows("train", 400)]
    # Adam turns the rounding of a gradient near 0, which a rare token has, into a step: with the
    # shipped vocabulary of 2,600 one weight of two processes was off by 1e-5.
    tokenizer = shipped.train_new_from_iterator(texts, vocab_size=1500, show_progress=False)
    tokenizer.save_pretrained(directory)
    config = GEOMETRY | {"vocab_size": len(tokenizer)}
    (directory / "config.json").write_text(json.dumps(config))
    return directory


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real data sets and the real FLAN-T5 tokenizer; skips where absent."""
    path = Path(os.environ.get("DIALOGSUM_SHARED", ROOT.parent / "shared"))
    if not (path / "data").is_dir():
        if os.environ.get("DIALOGSUM_REQUIRE_SHARED"):
            pytest.fail("DIALOGSUM_REQUIRE_SHARED is set, but the real data are not here")
        pytest.skip("real data are not here: set DIALOGSUM_SHARED")
    return path


@pytest.fixture(scope="session")
def tiny_run_in(tiny_model_dir: Path) -> Callable[[Path], list[str]]:
    """Overrides, below a folder, of a run that takes seconds: tiny weights, 24 dialogues."""

    def overrides(folder: Path) -> list[str]:
        return [
            f"model.path={tiny_model_dir}",
            "model.pretrained=false",
            "dataset.limit.train=24",
            "dataset.limit.validation=4",
            "dataset.limit.test=4",
            "generation.max_new_tokens=8",
            "batching.batch_size=4",
            "trainer.max_epochs=2",
            "trainer.enable_progress_bar=false",
            "hardware.precision=32-true",  # on any CPU
            f"output_root={folder}",
            f"cache_dir={folder / 'cache'}",
        ]

    return overrides


@pytest.fixture
def tiny_run(tiny_run_in: Callable[[Path], list[str]], tmp_path: Path) -> list[str]:
    """`tiny_run_in` the test's own folder."""
    return tiny_run_in(tmp_path)


Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def run_command() -> Command:
    """Runs `python train.py ...` or `python evaluate.py ...` as a user would, in a process."""

    def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / script), *arguments],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=os.environ | environment,
            timeout=900,  # a job of a minute, on a machine that others hold
            check=False,
        )

    return run
