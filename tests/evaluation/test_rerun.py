"""evaluate.py on the data that a run has divided itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.bundled import bundled_rows


def test_test_is_the_split_that_the_run_held_out(
    run_command: Any, tiny_run: list[str], tmp_path: Path
) -> None:
    """One file is divided by the run; as a file of its own it would be whole, train included."""
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in bundled_rows("train", 40)))
    sound = [a for a in tiny_run if not a.startswith("dataset.limit")]
    mine = ("strategy=zero_shot", "dataset=custom", f"dataset.path={file}")
    done = run_command("train.py", *sound, *mine)
    assert done.returncode == 0, done.stdout + done.stderr
    [run] = (tmp_path / "default").glob("zero_shot-*")
    done = run_command("evaluate.py", f"run={run}")
    assert done.returncode == 0, done.stdout + done.stderr
    [again] = run.glob("evaluations/*/result.json")
    first, second = (json.loads(path.read_text()) for path in (run / "result.json", again))
    assert second["metrics"]["test"] == first["metrics"]["test"]
    assert second["data"]["rows"] == first["data"]["rows"]
