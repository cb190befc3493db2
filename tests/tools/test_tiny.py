"""tools/: it writes the files that the package ships, and the package does not need it."""

from __future__ import annotations

import ast
from pathlib import Path

from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf
from setuptools import find_packages

from dialogsum.config.registration import conf_dir, register
from dialogsum.config.schema import DatasetConfig
from dialogsum.data.load import load_splits
from dialogsum.preflight.checks import check
from tests.conftest import ROOT
from tools.tiny.generator import DEFAULT_SIZES
from tools.tiny.write_dialogues import BUNDLED, write_dialogues
from tools.tiny.write_exercises import write_exercises

register()


def test_bundled_rows_are_generated_byte_for_byte(tmp_path: Path) -> None:
    for path in write_dialogues(tmp_path, DEFAULT_SIZES):
        assert path.read_bytes() == (BUNDLED / path.name).read_bytes(), path.name


def test_exercises_are_a_data_set_that_training_reads(tmp_path: Path) -> None:
    sizes = {"train": 64, "validation": 8, "test": 8}
    write_exercises(tmp_path, sizes)
    cfg = OmegaConf.structured(DatasetConfig(name="pretraining", path=str(tmp_path)))
    dialogues, report = load_splits(cfg)
    assert report.rows == sizes
    assert all(dialogue.references for rows in dialogues.values() for dialogue in rows)


def test_pretraining_config_passes_the_checks(tmp_path: Path) -> None:
    write_exercises(tmp_path, {"train": 64, "validation": 8, "test": 8})
    folder = f"hydra.searchpath=[file://{ROOT / 'tools' / 'tiny' / 'conf'}]"
    chosen = ["experiment=pretrain_tiny", f"dataset.path={tmp_path}"]
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        assert not check(compose("train", overrides=[folder, *chosen]))


def test_package_does_not_use_tools() -> None:
    packages = find_packages(str(ROOT), include=["dialogsum*"])  # as in setup.py
    assert not [name for name in packages if "tools" in name]
    for path in (ROOT / "dialogsum").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [node.module] if isinstance(node, ast.ImportFrom) else []
            modules += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            assert not [m for m in modules if m and m.split(".")[0] == "tools"], path
