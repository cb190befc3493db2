"""Places that cannot be written are mistakes of the user, found before anything is loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dialogsum import cli


@pytest.fixture(params=["proc", "file", "below a file", "link to nowhere", "long name"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "missing" / "folder")
    return {
        "proc": Path("/proc/none"),
        "file": tmp_path / "file",
        "below a file": tmp_path / "file" / "folder",
        "link to nowhere": tmp_path / "link",
        "long name": tmp_path / ("x" * 300),
    }[request.param]


def test_a_folder_that_cannot_be_written(place: Path, run_command: Callable) -> None:
    done = run_command("train.py", f"output_root={place}", f"cache_dir={place}")
    assert done.returncode == 2, done.stdout + done.stderr
    for key in ("output_root", "cache_dir"):
        assert f"  {key}: " in done.stderr
    assert "probably a bug" not in done.stderr


@pytest.mark.parametrize("option", ["--html", "--csv", "--plots"])
def test_an_output_that_cannot_be_written(
    place: Path, option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = place if option == "--plots" else place / "name"
    assert cli.main(["compare", str(tmp_path), option, str(path)]) == 2
    assert f"{option}: " in capsys.readouterr().err


def test_a_folder_is_not_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare", str(tmp_path), "--html", str(tmp_path)]) == 2
    assert "--html: " in capsys.readouterr().err
