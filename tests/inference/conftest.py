"""Finished runs of the bundled model in fp32: full, LoRA, and three examples without training."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stopping import run_here

ARGUMENTS = [
    "dataset.limit.train=64",
    "dataset.limit.validation=4",
    "dataset.limit.test=12",
    "generation.max_new_tokens=24",
    "trainer.max_epochs=1",
    "trainer.enable_progress_bar=false",
    "hardware.precision=32-true",
]


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return name -> run directory."""
    folder = tmp_path_factory.mktemp("runs")
    arguments = [*ARGUMENTS, f"output_root={folder}", f"cache_dir={folder / 'cache'}"]
    settings = {
        "full": ["strategy=full", "generation.num_beams=2"],
        "lora": ["strategy=lora"],
        "last_blocks": ["strategy=last_blocks"],
        "few_shot": ["strategy=zero_shot", "prompt=one_shot", "dataset.max_source_tokens=512"],
    }
    return {name: run_here([*arguments, *of_run]) for name, of_run in settings.items()}
