"""What somebody sees who waits at a terminal: a word before every wait, bars with figures."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def screen_of(*arguments: str) -> str:
    """All that `python train.py` writes to a terminal of 160 columns, without colours."""
    terminal, end = pty.openpty()
    command = [sys.executable, str(ROOT / "train.py"), *arguments]
    environment = os.environ | {"COLUMNS": "160", "TERM": "xterm"}
    process = subprocess.Popen(command, stdout=end, stderr=end, cwd=ROOT, env=environment)
    os.close(end)
    chunks = []
    try:
        while chunk := os.read(terminal, 65536):
            chunks.append(chunk)
    except OSError:  # the other end was closed
        pass
    os.close(terminal)
    text = b"".join(chunks).decode()
    assert process.wait(timeout=60) == 0, text
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def test_a_run_at_a_terminal(tiny_run: list[str]) -> None:
    with_bar = [a for a in tiny_run if not a.startswith("trainer.enable_progress_bar")]
    text = screen_of(*with_bar, "trainer.log_every_n_steps=1")
    assert "checking the configuration" in text
    assert re.search(r"Epoch 1/2 .*train/loss: \d", text)
    assert re.search(r"Epoch 2/2 .*train/tokens_per_s: \d", text)
    assert "Epoch 0" not in text
    assert "comparing the runs of" in text
    assert text.rstrip().splitlines()[-1].startswith("Summarize: dialogsum summarize --run ")
