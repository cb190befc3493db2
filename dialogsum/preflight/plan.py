"""plan=true: what each job would train and cost, without weights, data or a run directory."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hydra
import torch
from omegaconf import DictConfig
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from transformers import PretrainedConfig

from dialogsum.common.errors import UserError
from dialogsum.common.formatting import format_bytes, format_count
from dialogsum.common.log_noise import silence_libraries
from dialogsum.config.job_label import job_label
from dialogsum.data.batching import resolve_tokens_per_batch
from dialogsum.data.token_cache import cached_statistics
from dialogsum.modeling.backbone import load_tokenizer, meta_backbone
from dialogsum.modeling.trainer import resolve_precision

PLANNED_STEPS = 1000  # rank schedules need a number; the counts do not depend on it
NOTE = (
    "Peak memory: the tensors of training, roughly; on a CPU the process needs Python and the "
    "libraries beside it. Tokens are known after the first run has counted them."
)
WIDEST = 1000  # columns; wider than any table here


def plan_table(jobs: list[DictConfig], swept: list[str], width: int | None = None) -> str:
    """Return one row per job, as text.

    Args:
        jobs: the composed jobs.
        swept: the keys that have several values; their values name the rows.
        width: columns of the table; by default those of the terminal, 120 outside of one.
    """
    silence_libraries()
    width = width or shutil.get_terminal_size((120, 24)).columns
    plans = [(job_label(job, swept), plan(job)) for job in jobs]
    title = f"{len(jobs)} job{'s' if len(jobs) > 1 else ''}, nothing is run"
    table = _table(title, plans, "{:,}".format)
    if Console(width=WIDEST).measure(table).maximum > width:
        table = _table(title, plans, format_count)  # 11.1 B: the label needs the room
    text = io.StringIO()
    Console(file=text, width=width).print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


def _table(
    title: str, plans: list[tuple[str, dict[str, Any]]], count: Callable[[int], str]
) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        caption_justify="left",
        box=SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
    )
    table.add_column("job", overflow="fold")
    headings = ("trainable", "total", "%", "artifact", "peak\nmemory ~", "tokens/\nepoch")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    for label, row in plans:
        table.add_row(
            label,
            count(row["trainable"]),
            count(row["total"]),
            f"{row['percent']:.3g}",
            format_bytes(row["artifact_bytes"]),
            format_bytes(row["peak_memory_bytes"]),
            format_count(row["tokens_per_epoch"]),
        )
    table.caption = NOTE
    return table


def plan(cfg: DictConfig) -> dict[str, Any]:
    """Return counts and estimates of one job.

    Returns:
        `trainable`, `total`, `percent`; `artifact_bytes`; `peak_memory_bytes`, a rough estimate of
        what training needs; `tokens_per_epoch`, None unless the data are in the cache.
    """
    backbone = meta_backbone(cfg.model)
    strategy = hydra.utils.instantiate(cfg.strategy, _recursive_=False)
    sizes = strategy.count(backbone, PLANNED_STEPS)
    counts = {"trainable": sizes.trainable, "total": sizes.total}
    return {
        **counts,
        "percent": 100 * sizes.trainable / sizes.total,
        "artifact_bytes": sizes.artifact_bytes or None,
        "peak_memory_bytes": peak_memory_bytes(cfg, counts, backbone.config),
        "tokens_per_epoch": cached_tokens(cfg),
    }


def peak_memory_bytes(cfg: DictConfig, counts: dict[str, Any], config: PretrainedConfig) -> int:
    """Estimate weights, gradients and AdamW's moments in fp32, and one micro-batch; roughly.

    A micro-batch keeps about 20 vectors of d_model and 4 of d_ff per token and layer for the
    backward pass, attention's scores, and the logits with their gradient. Of the peaks allocated on
    an H100 (flan-t5-small, bf16, steps of 8 and 64, full and LoRA) it gave 0.81 to 1.19.
    """
    states = 4 * counts["total"] + 12 * counts["trainable"]
    if not counts["trainable"]:
        return states
    width = (
        2 if "bf16" in resolve_precision(cfg.hardware.precision, cfg.hardware.accelerator) else 4
    )
    device = (
        "cuda"
        if cfg.hardware.accelerator in ("gpu", "cuda")
        or (cfg.hardware.accelerator == "auto" and torch.cuda.is_available())
        else "cpu"
    )
    budget = resolve_tokens_per_batch(cfg.batching.tokens_per_batch, device)
    longest = cfg.dataset.max_source_tokens + cfg.dataset.max_target_tokens
    whole_step = cfg.batching.batch_size * longest
    tokens = min(budget or whole_step, whole_step)
    layers = config.num_layers + config.num_decoder_layers
    per_token = layers * (20 * config.d_model + 4 * config.d_ff + config.num_heads * 256)
    targets = tokens * cfg.dataset.max_target_tokens / longest
    return states + round(width * tokens * per_token + 12 * targets * config.vocab_size)


def cached_tokens(cfg: DictConfig) -> int | None:
    """Return the source and target tokens of one epoch; None unless they were counted before."""
    try:
        tokenizer = load_tokenizer(cfg.model)
    except UserError:
        return None
    cache = Path(cfg.cache_dir).expanduser()
    statistics = cached_statistics(cfg.dataset, cfg.prompt, tokenizer, cache)
    return statistics["source_tokens"] + statistics["target_tokens"] if statistics else None
