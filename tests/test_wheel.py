"""The wheel in a fresh environment and another folder: nothing of the checkout is left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogsum.config.registration import conf_dir

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[1]
SOURCES = (
    "conf",
    "dialogsum",
    "train.py",
    "evaluate.py",
    "pyproject.toml",
    "setup.py",
    "README.md",
    "LICENSE",
)
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that the checkout gets no build folder."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / "source" / name, ignore=ignored)
        else:
            shutil.copy(source, folder / "source" / name)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*command, "-w", str(folder), str(folder / "source")], check=True)
    shutil.rmtree(folder / "source")
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a command of an environment that has the wheel and our dependencies, elsewhere."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", symlinks=True)
    python = folder / "venv" / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps"]
    subprocess.run([*command, "--no-index", str(wheel)], check=True)
    # A folder in a .pth file is searched, but its own .pth files are not read: the checkout, which
    # is installed there in development mode, stays invisible.
    [site] = (folder / "venv").glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (folder / "home").mkdir()

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
        kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
        return subprocess.run(
            arguments,
            capture_output=True,
            text=True,
            cwd=folder / "home",
            env=kept | {"PATH": path, "DIALOGSUM_CACHE": str(folder / "cache")} | environment,
            timeout=300,
            check=False,
        )

    return run


def test_wheel_holds_every_config_file_and_asset(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    configs = {f"dialogsum/conf/{p.relative_to(conf_dir())}" for p in conf_dir().rglob("*.yaml")}
    assets = {
        str(path.relative_to(ROOT))
        for folder in ("dialogsum/assets/tiny", "dialogsum/compare/assets")
        for path in (ROOT / folder).iterdir()
    }
    assert configs | assets <= names
    programs = {name for name in names if name.startswith("dialogsum/programs/")}
    assert programs == {"dialogsum/programs/train.py", "dialogsum/programs/evaluate.py"}
    assert not {name for name in names if not name.startswith("dialogsum")}
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_nothing_of_the_checkout_is_seen(installed: Run) -> None:
    program = (
        "import dialogsum, dialogsum.config.registration as c;"
        "print(dialogsum.__file__); print(c.conf_dir())"
    )
    done = installed("python", "-c", program)
    assert done.returncode == 0, done.stderr
    module, conf = map(Path, done.stdout.split())
    assert not module.is_relative_to(ROOT)
    assert conf == module.parent / "conf"


def test_train_sweep_compare_and_evaluate(installed: Run, tiny_model_dir: Path) -> None:
    tiny = [
        *("dataset.limit.train=16", "dataset.limit.validation=4", "dataset.limit.test=4"),
        *("generation.max_new_tokens=8", "trainer.max_epochs=1"),
        *("trainer.enable_progress_bar=false", f"model.path={tiny_model_dir}"),
        "model.pretrained=false",
    ]
    done = installed("dialogsum", "train", *tiny)
    assert done.returncode == 0, done.stdout + done.stderr
    done = installed("dialogsum", "train", "-m", "strategy=zero_shot,lora", *tiny)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("is completed already") == 1
    lines = done.stdout.splitlines()
    assert "Compare:   dialogsum compare outputs/default" in lines
    [next_] = [line for line in lines if line.startswith("Evaluate:")]
    command = next_.removeprefix("Evaluate:").split()
    assert command[:2] == ["dialogsum", "evaluate"]
    done = installed(*command)
    assert done.returncode == 0, done.stdout + done.stderr
    done = installed("dialogsum", "compare", "outputs/default", "--html", "report.html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "zero_shot" in done.stdout
    assert "report.html" in done.stdout


def test_a_mistake_is_reported_in_the_name_of_the_installed_command(installed: Run) -> None:
    done = installed("dialogsum", "train", "strategy=lorra")
    assert done.returncode == 2
    assert "strategy:" in done.stderr
    assert "did you mean 'lora'?" in done.stderr
    assert (
        "dialogsum train -m strategy=zero_shot" in installed("dialogsum", "train", "--help").stdout
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("dialogsum ev", ["evaluate"]),
        ("dialogsum train strategy=lora_", ["strategy=lora_fa", "strategy=lora_plus"]),
        ("dialogsum train -m model=flan_t5_s", ["model=flan_t5_small"]),
        ("dialogsum compare --base", ["--baseline"]),
    ],
)
def test_shell_completion(installed: Run, line: str, words: list[str]) -> None:
    """As bash does it when the Tab key is pressed."""
    script = f"""
        eval "$(dialogsum completion bash)"
        COMP_LINE='{line}'; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _dialogsum
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = installed("bash", "-c", script)
    assert set(words) <= set(done.stdout.split()), done.stdout + done.stderr
