"""Portable models: the same summaries without dialogsum, and uploads."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dialogsum import Summarizer
from dialogsum.common.errors import UserError
from dialogsum.inference.export import export_run
from tests.hub import TOKEN, serve
from tests.inference.test_summarize import CHAT, predictions
from tests.stopping import run_here

# The code of the model card around any dialogue, in a process that cannot import dialogsum.
WITHOUT_DIALOGSUM = "import sys\nsys.modules['dialogsum'] = None\n"


def card_code(folder: Path) -> str:
    [code] = re.findall(r"```python\n(.*?)```", (folder / "README.md").read_text(), re.DOTALL)
    return code


def plain_summary(folder: Path, dialogue: str) -> str:
    code = card_code(folder)
    shown = re.search(r"^dialogue = .*$", code, re.MULTILINE)
    assert shown
    code = code.replace(shown[0], f"dialogue = {dialogue!r}")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DIALOGSUM + code],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": "", "HF_HUB_OFFLINE": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("full", {}),
        ("lora", {}),
        ("lora", {"merge": True}),
        ("last_blocks", {}),
        ("full", {"format": "ctranslate2"}),
    ],
    ids=["full", "adapter", "merged", "selective", "ctranslate2"],
)
def test_same_summaries_without_dialogsum(
    runs: dict[str, Path], tmp_path: Path, name: str, settings: dict[str, object]
) -> None:
    """The card's code in plain transformers or CTranslate2, and `Summarizer` on the export."""
    folder = tmp_path / "export"
    export_run(runs[name], folder, **settings)
    rows = predictions(runs[name])
    found = [summary.text for summary in Summarizer(folder).summarize(r["source"] for r in rows)]
    assert found == [row["prediction"] for row in rows]
    assert plain_summary(folder, rows[0]["source"]) == rows[0]["prediction"]


def test_the_run_itself_holds_a_portable_model(runs: dict[str, Path]) -> None:
    folder = runs["full"] / "model"
    row = predictions(runs["full"])[0]
    assert plain_summary(folder, row["source"]) == row["prediction"]
    decoding = json.loads((folder / "generation_config.json").read_text())
    assert (decoding["num_beams"], decoding["max_new_tokens"]) == (2, 24)


def test_card_has_metrics_and_command(runs: dict[str, Path]) -> None:
    card = (runs["lora"] / "model" / "README.md").read_text()
    record = json.loads((runs["lora"] / "result.json").read_text())
    rouge = record["metrics"]["test"]["rouge1"]
    assert f"{100 * rouge['value']:.2f} [{100 * rouge['ci_low']:.2f}" in card
    assert "strategy=lora" in card
    assert record["fingerprint"] in card


def test_the_model_does_not_depend_on_the_token_cache(tmp_path: Path) -> None:
    """A run that tokenized, and one that read the cache."""
    arguments = [
        *("strategy=lora", "dataset.limit.train=8", "dataset.limit.validation=2"),
        *("dataset.limit.test=2", "generation.max_new_tokens=4", "trainer.max_epochs=1"),
        *("dataset.max_target_tokens=8", "trainer.enable_progress_bar=false"),
        *(f"output_root={tmp_path}", f"cache_dir={tmp_path / 'cache'}"),
    ]
    cold, warm = (run_here([*arguments, f"name={name}"]) / "model" for name in ("cold", "warm"))
    for name in ("tokenizer.json", "tokenizer_config.json"):
        assert (cold / name).read_bytes() == (warm / name).read_bytes()
    assert json.loads((cold / "tokenizer.json").read_text())["truncation"] is None


@pytest.mark.parametrize(
    ("name", "settings", "keyword"),
    [
        ("lora", {"dtype": "bfloat16"}, "--merge"),
        ("full", {"dtype": "int8"}, "ctranslate2"),
        ("few_shot", {}, "trained nothing"),
    ],
)
def test_refusals(
    runs: dict[str, Path], tmp_path: Path, name: str, settings: dict[str, object], keyword: str
) -> None:
    with pytest.raises(UserError, match=keyword.replace("-", "[-]")):
        export_run(runs[name], tmp_path / "export", **settings)
    assert not list(tmp_path.iterdir())
    (tmp_path / "there").mkdir()
    with pytest.raises(UserError, match="exists"):
        export_run(runs["full"], tmp_path / "there")


def test_dtype(runs: dict[str, Path], tmp_path: Path) -> None:
    export_run(runs["lora"], tmp_path / "half", merge=True, dtype="bfloat16")
    whole = (runs["full"] / "model" / "model.safetensors").stat().st_size
    half = (tmp_path / "half" / "model.safetensors").stat().st_size
    assert half == pytest.approx(whole / 2, rel=0.05)
    assert Summarizer(tmp_path / "half")(CHAT)


def test_push_and_use_from_the_hub(runs: dict[str, Path], tmp_path: Path) -> None:
    """In processes of their own: the hub's address is read at import."""
    served = tmp_path / "served"
    served.mkdir()
    (tmp_path / "chat.txt").write_text(CHAT)
    with serve(served) as (address, _):
        environment = os.environ | {
            "HF_ENDPOINT": address,
            "HF_HOME": str(tmp_path / "home"),
            "HF_HUB_DISABLE_XET": "1",
        }

        def dialogsum(*arguments: str, token: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-m", "dialogsum", *arguments],
                capture_output=True,
                text=True,
                env=environment | {"HF_TOKEN": token},
                check=False,
            )

        export = ["export", "--run", str(runs["full"]), "--push", "me/chats", "--to"]
        refused = dialogsum(*export, str(tmp_path / "refused"), token="hf_wrong")
        assert refused.returncode == 2
        assert "HF_TOKEN" in refused.stderr
        assert "Traceback" not in refused.stderr
        done = dialogsum(*export, str(tmp_path / "export"), token=TOKEN)
        assert done.returncode == 0, done.stderr
        assert f"{address}/me/chats" in done.stdout
        for file in (tmp_path / "export").iterdir():
            assert (served / "me" / "chats" / file.name).read_bytes() == file.read_bytes()
        arguments = ["summarize", "--model", "me/chats", str(tmp_path / "chat.txt")]
        summary = dialogsum(*arguments, token=TOKEN)
        (served / "me" / "chats" / "dialogsum.json").unlink()
        (served / "me" / "chats" / "generation_config.json").unlink()
        shutil.rmtree(tmp_path / "home")
        published = dialogsum(*arguments, token=TOKEN)  # a model of somebody else
    assert summary.returncode == 0, summary.stderr
    assert summary.stdout.strip() == Summarizer(runs["full"])(CHAT)
    assert published.returncode == 0, published.stderr
    assert "default prompt" in published.stderr
