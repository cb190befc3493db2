"""Test of docs/extending.md: its files are written and its commands run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.strategies.contract import ROOT

TUTORIAL = ROOT / "docs" / "extending.md"
FILE = re.compile(r"^\*\*`(.+?)`\*\*\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)

Shell = Callable[..., str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the tutorial's files to a user's folder; return it."""
    directory = tmp_path_factory.mktemp("user")
    for name, content in FILE.findall(TUTORIAL.read_text(encoding="utf-8")):
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return directory


@pytest.fixture(scope="module")
def shell(folder: Path) -> Shell:
    """Return a function that runs a line of the tutorial in that folder, pip installs included."""
    site = folder / "site"

    def run(line: str, *more: str) -> str:
        program, *arguments = line.split()
        command = {
            "python": [sys.executable],
            "dialogsum": [sys.executable, "-m", "dialogsum"],
            "pip": [sys.executable, "-m", "pip"],
        }[program]
        if program == "pip":
            more = (*more, "--no-deps", "--no-build-isolation", f"--target={site}")
        places = (str(site), str(ROOT))
        result = subprocess.run(
            [*command, *arguments, *more],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(places)},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    shutil.copy(ROOT / "train.py", folder)
    return run


def test_tutorial(folder: Path, shell: Shell, tiny_run: list[str]) -> None:
    """Both kinds of strategy are listed, planned and trained by the tutorial's own commands."""
    yaml_only, packaged = CONSOLE.findall(TUTORIAL.read_text(encoding="utf-8"))
    perform(yaml_only, "lora_ff", shell, tiny_run)
    perform(packaged, "every_other_block", shell, tiny_run)
    output = next(Path(o.removeprefix("output_root=")) for o in tiny_run if "output_root" in o)
    results = [json.loads(path.read_text()) for path in output.glob("*/*/result.json")]
    assert {r["strategy"] for r in results} == {"lora_ff", "every_other_block"}
    assert {r["status"] for r in results} == {"completed"}
    [adapter] = output.glob("*/lora_ff-*/model/adapter_config.json")
    assert json.loads(adapter.read_text())["r"] == 16


def perform(block: str, name: str, shell: Shell, tiny_run: list[str]) -> None:
    """Run the lines of one console block, training with a tiny model."""
    lines = block.strip().splitlines()
    assert sum(line.startswith("python train.py") for line in lines) == 2
    for line in lines:
        output = shell(line, *(tiny_run if line.startswith("python") else ()))
        if line.startswith("dialogsum strategies") or "plan=true" in line:
            assert name in output


def test_searchpath(folder: Path, shell: Shell, tiny_run: list[str]) -> None:
    line = f"python train.py hydra.searchpath=[file://{folder}/my_configs] strategy=lora_ff"
    assert "lora_ff" in shell(f"{line} plan=true", *tiny_run)


def test_origin(folder: Path, shell: Shell) -> None:
    """The list shows the origin of each strategy, and counts parameters that no file declares."""
    shell("pip install ./my_package")
    rows = shell("dialogsum strategies --config-dir my_configs").splitlines()
    [mine] = [row.split() for row in rows if row.startswith("lora_ff")]
    assert mine[1:4] == ["1,179,648", "3,244,032", "yes"]
    assert mine[4] == str(folder / "my_configs")
    [other] = [row.split() for row in rows if row.startswith("every_other_block")]
    assert other[3:5] == ["yes", "my_strategies"]
