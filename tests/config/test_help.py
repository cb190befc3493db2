"""The first hour: help that is written from the files, and says what every option is for."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import MISSING, fields
from typing import Any

import pytest

from dialogsum.config.help import GROUPS, SCHEMAS, key_purposes, purpose
from dialogsum.config.registration import conf_dir


def test_every_option_says_what_it_is_for() -> None:
    files = [path for path in conf_dir().glob("*/*.yaml") if path.parent.name in GROUPS["train"]]
    assert len(files) > 90
    for path in files:
        words = purpose(path.read_text(encoding="utf-8"))
        assert 10 <= len(words) <= 220, f"{path}: {words}"


@pytest.mark.parametrize("schema", SCHEMAS.values())
def test_every_key_of_the_top_level_says_what_it_is_for(schema: Any) -> None:
    words = key_purposes(schema)
    own = [f.name for f in fields(schema) if f.default_factory is MISSING]
    assert list(words) == own
    assert all(10 <= len(text) <= 100 for text in words.values())


def test_every_group_is_in_the_help() -> None:
    folders = {path.name for path in conf_dir().iterdir() if path.is_dir()}
    assert folders - {"hydra", "tuned"} == set(GROUPS["train"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# python train.py\n# Rank r. alpha: scale.\nname: x\n# no", "Rank r"),
        ("# python train.py\n# A (Chung et al. 2022), B: c.\n# D.", "A (Chung et al. 2022), B: c"),
        ("# @package _global_\n# python x\n# One\n# line.", "One line"),
        ("name: x", ""),
    ],
)
def test_purpose_is_the_first_sentence(text: str, words: str) -> None:
    assert purpose(text) == words


def test_help_of_train(run_command: Any) -> None:
    done = run_command("train.py", "--help", COLUMNS="100")
    assert done.returncode == 0
    assert not done.stderr
    text = done.stdout
    assert "   * lora            LoRA on all linear layers\n" in text
    assert "     qlora_nf4       LoRA on a base in 4 bits" in text
    assert "limit.train limit.validation limit.test" in text
    assert re.search("\n  force +true repeats a completed run and moves the earlier one", text)
    assert "  python train.py -m strategy=zero_shot,full,lora seed=0,1,2" in text
    assert max(map(len, text.splitlines())) <= 100


def test_help_of_evaluate_speaks_of_evaluation(run_command: Any) -> None:
    text = run_command("evaluate.py", "--help").stdout
    assert "python evaluate.py RUN_DIR generation=beam4" in text
    assert "\n  strategy\n" not in text
    assert "lora" not in text
    assert "  split             " in text
    assert re.search("\n  generation +name num_beams max_new_tokens", text)
    assert "logger" not in text
    assert "* is the default" not in text


def test_help_of_the_console_command_and_its_parts() -> None:
    def shown(*arguments: str) -> str:
        command = [sys.executable, "-m", "dialogsum", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    text = shown("--help")
    for name in ("train", "evaluate", "compare", "score", "completion"):
        assert re.search(rf"\n    {name} +\w", text)
    for name in ("compare", "score", "completion"):
        assert f"usage: dialogsum {name}" in shown(name, "--help")


def test_whole_configuration_is_shown(run_command: Any) -> None:
    done = run_command("train.py", "--cfg", "job", "strategy=full")
    assert done.returncode == 0
    assert "  name: full\n" in done.stdout
    assert not done.stderr
