"""Tests of `dialogsum weights` on real runs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogsum.commands import weights as command
from dialogsum.common.errors import UserError
from tests.tracking.wandb_files import NO_KEY, parts, run_of


@pytest.fixture(scope="module")
def runs(
    tmp_path_factory: pytest.TempPathFactory,
    tiny_run_in: Callable[[Path], list[str]],
    run_command: Callable,
) -> Path:
    """Run zero_shot, lora, full and prompt tuning with W&B; return their folder."""
    root = tmp_path_factory.mktemp("weights")
    strategies = "strategy=zero_shot,lora,full,prompt_tuning"
    done = run_command("train.py", "-m", *tiny_run_in(root), strategies, "logger=wandb", **NO_KEY)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "default"


def call(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.main(parser.parse_args(list(map(str, arguments))))


def measured(run: Path) -> dict[str, dict]:
    rows = json.loads((run / "weights" / "weights.json").read_text())
    return {row["name"]: row for row in rows}


def test_adapter_and_full_updates(
    runs: Path,
    no_key: None,
    capsys: pytest.CaptureFixture[str],
    recwarn: pytest.WarningsRecorder,
) -> None:
    lora, full = run_of(runs, "lora"), run_of(runs, "full")
    assert call(lora, full, "--tokens", 5) == 0
    printed = capsys.readouterr().out
    assert not [w for w in recwarn if "tied" in str(w.message)]
    adapter, whole = measured(lora), measured(full)

    query = "encoder.block.0.layer.0.SelfAttention.q.weight"
    assert sum(value > 0 for value in adapter[query]["singular_values"]) <= 8  # its rank
    assert adapter[query]["effective_rank"] <= 8 < whole[query]["effective_rank"]
    assert "shared.weight" not in adapter
    assert {"shared.weight", "lm_head.weight"} <= whole.keys()
    assert all(0 < row["relative_norm"] < 1 for row in [*adapter.values(), *whole.values()])
    assert "No token embedding was changed." in printed
    assert "tokens shared" in printed
    assert "lora seed 0 and full seed 0: overlap of leading directions" in printed


def test_plots_are_written_to_the_run_directory(runs: Path, no_key: None) -> None:
    pytest.importorskip("matplotlib")
    lora, full = run_of(runs, "lora"), run_of(runs, "full")
    assert call(lora, full, "--no-wandb") == 0

    names = {path.stem for path in (full / "weights").glob("*.png")}
    assert names >= {"relative_norm", "effective_rank", "spectrum", "tokens_shared"}
    assert (full / "weights" / f"against-{lora.name}" / "subspace_overlap.png").is_file()


def test_plots_are_logged_to_the_wandb_run(runs: Path, no_key: None) -> None:
    pytest.importorskip("matplotlib")
    lora = run_of(runs, "lora")
    before = parts(lora)
    assert call(lora) == 0
    added = parts(lora)[-1]
    keys = added.keys()

    assert added.run["run_id"] == before[0].run["run_id"]
    assert added.exit_code == 0
    assert added.summary["weights/mean_effective_rank"] <= 8
    for name in ("relative_norm", "effective_rank", "spectrum", "modules", "parameters"):
        assert any(key.startswith(f"weights/{name}") for key in keys), name


@pytest.mark.parametrize(
    ("strategy", "reason"),
    [("zero_shot", "changes no weights"), ("prompt_tuning", "parameters beside the weights")],
)
def test_unchanged_weights_are_refused(runs: Path, strategy: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        call(run_of(runs, strategy))


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no completed run"):
        call(tmp_path)
