"""Tests of hub models: download, cache, offline use, and one-sentence errors."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import load_backbone
from tests.hub import COMMIT, Hub, serve

# Loads what the command line names, one after the other; an answer per line.
PROGRAM = """
import json, sys
import torch
from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import load_backbone, load_tokenizer, model_revision
from dialogsum.common.errors import UserError
for what in sys.argv[1:]:
    path, _, revision = what.partition("@")
    cfg = ModelConfig(name="x", path=path, revision=revision or None)
    try:
        tokenizer, model = load_tokenizer(cfg), load_backbone(cfg, seed=0)
    except UserError as error:
        print(json.dumps(str(error)))
        continue
    ids = torch.tensor([tokenizer("Anna: hello").input_ids])
    with torch.inference_mode():
        logits = model.eval()(input_ids=ids, decoder_input_ids=ids).logits
    untied = model.lm_head.weight is not model.shared.weight
    found = [model_revision(cfg), model.name_or_path, untied, logits.sum().item()]
    print(json.dumps(found))
"""
GOOD = "owner/flan"


@pytest.fixture(scope="module")
def served(tiny_model_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """Write a folder of models, untied like FLAN-T5; return it and the sum of the logits."""
    root = tmp_path_factory.mktemp("served")
    folder = root / GOOD
    shutil.copytree(tiny_model_dir, folder)
    cfg = ModelConfig(name="x", path=str(tiny_model_dir), pretrained=False)
    model = load_backbone(cfg, seed=1).eval()
    torch.nn.init.normal_(model.lm_head.weight, generator=torch.Generator().manual_seed(2))
    tensors = {n: p.detach().contiguous() for n, p in model.named_parameters()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    for name in ("README.md", "tf_model.h5", "flax_model.msgpack"):
        (folder / name).write_text("not asked for")
    pickled = root / "owner" / "pickled"
    shutil.copytree(tiny_model_dir, pickled)
    torch.save(tensors, pickled / "pytorch_model.bin")
    for name in ("cut", "refused", "gated"):
        shutil.copytree(folder, root / "owner" / name)
    partial = root / "owner" / "partial"
    shutil.copytree(tiny_model_dir, partial)
    del tensors["lm_head.weight"]
    save_file(tensors, partial / "model.safetensors", metadata={"format": "pt"})
    from dialogsum.modeling.backbone import load_tokenizer

    ids = torch.tensor([load_tokenizer(cfg)("Anna: hello").input_ids])
    with torch.inference_mode():
        return root, model(input_ids=ids, decoder_input_ids=ids).logits.sum().item()


@pytest.fixture(scope="module")
def hub(served: tuple[Path, float]) -> Iterator[tuple[str, type[Hub]]]:
    with serve(served[0]) as server:
        server[1].refused |= {
            "owner/refused": (401, ""),
            "owner/gated": (403, "GatedRepo"),
        }
        yield server


def load(address: str, cache: Path, *models: str, **environment: str) -> list[Any]:
    """Load models in a separate process: the hub's library reads its environment at import."""
    settings = {"HF_ENDPOINT": address, "HF_HOME": str(cache), "HF_HUB_ETAG_TIMEOUT": "3"}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *models],
        capture_output=True,
        text=True,
        env=kept | settings | environment,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def loaded(served: tuple[Path, float], name: str = GOOD) -> list[Any]:
    return [COMMIT, name, True, pytest.approx(served[1], rel=1e-4)]


def test_download_then_cache_then_offline_then_no_network(
    hub: tuple[str, type[Hub]], served: tuple[Path, float], tmp_path: Path
) -> None:
    address, server = hub
    server.asked.clear()
    assert load(address, tmp_path, GOOD) == [loaded(served)]
    assert not any(name in line for line in server.asked for name in ("README", "tf_", "flax"))
    assert sum("GET" in line and "model.safetensors" in line for line in server.asked) == 1
    server.asked.clear()
    assert load(address, tmp_path, GOOD, f"{GOOD}@{COMMIT}") == [loaded(served)] * 2
    assert [line for line in server.asked if "resolve" in line] == []
    server.asked.clear()
    there = [GOOD, f"{GOOD}@{COMMIT}", "owner/other"]
    offline = load(address, tmp_path, *there, HF_HUB_OFFLINE="1")
    assert not server.asked
    no_network = load("http://127.0.0.1:9", tmp_path, *there)
    missing = (
        "model 'owner/other' is not (completely) in the local cache and the hub cannot be "
        "reached; connect once to download it, or give a local copy with model.path=DIR"
    )
    assert offline == no_network == [loaded(served), loaded(served), missing]


def test_each_refusal_is_one_sentence(
    hub: tuple[str, type[Hub]], served: tuple[Path, float], tmp_path: Path
) -> None:
    address, server = hub
    server.cut.add("owner/cut/model.safetensors")
    names = ("nothing", "refused", "gated", "cut", "partial", "pickled", "flan@v1", "flan@v2")
    answers = load(address, tmp_path, *(f"owner/{name}" for name in names), "a model")
    nothing, refused, gated, cut, partial, pickled, pinned, revision, no_name = answers
    assert nothing == (
        "model 'owner/nothing' is neither a local path nor on the hub, or it is private and you "
        "are not logged in (`hf auth login`); check model.path, or give a local copy with "
        "model.path=DIR"
    )
    assert "could not be downloaded: the hub answers 401; if permission is missing" in refused
    assert "needs its owner's permission: ask for it on the hub and log in with" in gated
    assert "could not be downloaded" in cut
    assert "start again to continue" in cut
    assert partial == (
        "model.path: the weights of 'owner/partial' lack 1 of the model's tensors "
        "(lm_head.weight, …); they belong to another config.json, or the copy is incomplete"
    )
    assert pickled == loaded(served, "owner/pickled")
    assert pinned == loaded(served)
    assert revision == ("model 'owner/flan' at revision 'v2' does not exist; check model.revision")
    assert no_name == "model.path: 'a model' is neither a local path nor a name of the hub"
    assert all("\n" not in answer for answer in answers if isinstance(answer, str))
    server.cut.clear()
    assert load(address, tmp_path, "owner/cut") == [loaded(served, "owner/cut")]


@pytest.mark.slow
def test_a_hub_that_never_answers_ends_in_a_sentence(served: Any, tmp_path: Path) -> None:
    with serve(served[0]) as (address, server):
        server.silent = 60
        before = time.monotonic()
        [message] = load(address, tmp_path, GOOD)
        assert time.monotonic() - before < 90
    assert "is not (completely) in the local cache and the hub cannot be reached" in message


@pytest.mark.parametrize(
    ("file", "content", "part"),
    [
        ("config.json", b"{", "config.json' is not a valid JSON"),
        ("config.json", b"{}", "config.json of"),
        ("tokenizer.json", b"{", "the tokenizer of"),
        ("model.safetensors", b"\xff" * 100, "the weights of"),
        ("model.safetensors", None, "the weights of"),
    ],
)
def test_broken_files_are_named(
    served: tuple[Path, float], tmp_path: Path, file: str, content: bytes | None, part: str
) -> None:
    from dialogsum.common.errors import UserError
    from dialogsum.modeling.backbone import load_tokenizer

    folder = tmp_path / "model"
    shutil.copytree(served[0] / GOOD, folder)
    path = folder / file
    path.write_bytes(path.read_bytes()[:-1000] if content is None else content)
    cfg = ModelConfig(name="x", path=str(folder))
    with pytest.raises(UserError, match=r"model\.path") as caught:
        load_tokenizer(cfg)
        load_backbone(cfg, seed=0)
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)
