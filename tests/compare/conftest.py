"""A sweep as it stands on the disk, made once; and the command line in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dialogsum.cli import main
from dialogsum.compare.comparison import Options, compare_runs
from dialogsum.compare.page import html_text
from tests.compare.factory import Factory, dialogues

Command = Callable[..., str]


@pytest.fixture(scope="session")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six strategies, three seeds, a failed, an interrupted and a killed run."""
    return make_sweep(tmp_path_factory.mktemp("sweep"))


def make_sweep(root: Path, n: int = 60) -> Path:
    """See `sweep`; returns its folder."""
    factory = Factory(root, dialogues(n))
    for seed in range(3):
        for strategy in ("zero_shot", "full", "lora", "lora_qv", "ia3", "prompt_tuning"):
            factory.run(strategy, seed)
    factory.run("layer_norm", status="failed", error="RuntimeError: out of memory")
    factory.run("layer_norm", 1, status="interrupted", error="stopped by SIGTERM")
    factory.run("layer_norm", 2, status=None)
    return root / "default"


@pytest.fixture(scope="session")
def report(sweep: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """report.html of `sweep`."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html_text(compare_runs([sweep], Options())), encoding="utf-8")
    return path


@pytest.fixture
def factory(tmp_path: Path) -> Factory:
    """Writes single runs over 24 dialogues."""
    return Factory(tmp_path, dialogues(24))


@pytest.fixture
def compare(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """`compare(DIR, "--csv", …)` -> what the command printed on a wide terminal."""
    monkeypatch.setenv("COLUMNS", "240")

    def call(*arguments: object, code: int = 0) -> str:
        assert main(["compare", *map(str, arguments)]) == code
        captured = capsys.readouterr()
        return captured.out if code == 0 else captured.err

    return call
