"""The documented commands from exercises to published weights, with few exercises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from tools.tiny.publish import TINY, publish
from tools.tiny.tokenizer import save_tokenizer, tokenizer_texts, train_tokenizer
from tools.tiny.write_exercises import write_exercises

ROOT = Path(__file__).resolve().parents[3]


def test_exercises_to_weights(tmp_path: Path) -> None:
    write_exercises(tmp_path / "exercises", {"train": 400, "validation": 8, "test": 8})
    command = [
        *(sys.executable, "train.py", "--config-dir", "tools/tiny/conf"),
        *("experiment=pretrain_tiny", "name=pretrain_tiny", f"output_root={tmp_path}"),
        *(f"dataset.path={tmp_path / 'exercises'}", f"cache_dir={tmp_path / 'cache'}"),
        *("hardware=cpu", "hardware.precision=32-true", "generation.max_new_tokens=4"),
        *("trainer.enable_progress_bar=false", "trainer.log_every_n_steps=1"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    [run] = (tmp_path / "pretrain_tiny").glob("from_scratch-tiny-pretraining-seed0-*")
    (tmp_path / "published").mkdir()
    files = publish(run, target=tmp_path / "published", history=tmp_path / "published")
    assert all(file.stat().st_size for file in files)
    weights, shipped = load_file(files[0]), load_file(TINY / "model.safetensors")
    assert {n: w.shape for n, w in weights.items()} == {n: w.shape for n, w in shipped.items()}
    assert {weight.dtype for weight in weights.values()} == {torch.bfloat16}


def test_shipped_tokenizer_is_trained_byte_for_byte(tmp_path: Path) -> None:
    save_tokenizer(train_tokenizer(tokenizer_texts()), tmp_path)
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (TINY / file.name).read_bytes(), file.name
