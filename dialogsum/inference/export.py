"""Export of a run as a portable model: an adapter, a whole model, or one for CTranslate2."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch

from dialogsum.common.errors import UserError
from dialogsum.common.files import publish
from dialogsum.common.log_noise import silence_libraries
from dialogsum.config.recorded import load_recorded
from dialogsum.inference.ctranslate2 import convert
from dialogsum.inference.portable import form_of, run_prompts, write_portable
from dialogsum.modeling.backbone import load_tokenizer
from dialogsum.modeling.trained import load_trained_model
from dialogsum.tracking.record import completed


def export_run(
    run: Path,
    to: Path,
    *,
    merge: bool = False,
    format: str = "hf",
    dtype: str | None = None,
    trust: bool = False,
) -> None:
    """Write the trained model of a run to a new directory, which appears only when complete.

    Args:
        run: a completed run directory.
        to: directory to make.
        merge: fold an adapter into the base's weights.
        format: `hf` for transformers and peft, `ctranslate2` (always merged).
        dtype: of the weights; None: float32. int8 only for CTranslate2.
        trust: build whatever the run's configuration names.

    Raises:
        UserError: the run is not completed, trained nothing or cannot be merged; `to` exists; or
            the dtype does not fit.
    """
    record, source = completed(run), run / "model"
    if record is None:
        raise UserError(f"{run}: not a completed run")
    if to.exists():
        raise UserError(f"{to}: exists already; name a new directory")
    cfg = load_recorded(run, trust)
    if not source.is_dir():
        raise UserError(
            f"{run}: {cfg.strategy.name} trained nothing, so there is no model to export"
        )
    is_adapter = form_of(source) == "adapter" and not merge and format == "hf"
    if is_adapter and not cfg.model.pretrained:
        raise UserError(f"{run}: an adapter needs its base, which has random weights; add --merge")
    if dtype and is_adapter:
        raise UserError("--dtype: an adapter has the dtype of its training; add --merge")
    if dtype == "int8" and format == "hf":
        raise UserError("--dtype int8: only with --format ctranslate2")
    silence_libraries()
    tokenizer = load_tokenizer(cfg.model)
    builder = run_prompts(cfg)
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=f".{to.name}.") as folder:
        directory = Path(folder) / "export"
        model: Any = load_trained_model(cfg, run, merged=not is_adapter)
        if is_adapter:
            shutil.copytree(source, directory)
        elif format == "hf":
            model.to(getattr(torch, dtype or "float32")).save_pretrained(directory)
        else:
            whole = Path(folder) / "whole"
            model.save_pretrained(whole)
            tokenizer.save_pretrained(whole)
            convert(whole, directory, dtype or "float32")
        write_portable(directory, cfg, record, builder, tokenizer, model)
        publish(directory, to)


def push(directory: Path, repository: str) -> str:
    """Upload a portable model to the hub; return its address.

    Raises:
        UserError: no token, no permission, an invalid name or no connection.
    """
    from huggingface_hub import HfApi, errors

    api = HfApi()
    try:
        api.create_repo(repository, exist_ok=True)
        api.upload_folder(repo_id=repository, folder_path=directory)
    except (errors.HfHubHTTPError, errors.HFValidationError, errors.HTTPError, OSError) as error:
        reason = str(error).strip().splitlines()[0]
        raise UserError(
            f"--push {repository}: {reason} (the export is in {directory}); log in with "
            "`hf auth login` or set HF_TOKEN"
        ) from error
    return f"{api.endpoint}/{repository}"
