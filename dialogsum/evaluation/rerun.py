"""Evaluating a finished run again, with its exported model."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import hydra
from omegaconf import DictConfig, OmegaConf

from dialogsum.common.files import write_text
from dialogsum.common.formatting import format_headline
from dialogsum.common.library_noise import silence_libraries
from dialogsum.data.datamodule import DialogueDataModule
from dialogsum.data.locate import SPLITS
from dialogsum.evaluation import scoring
from dialogsum.evaluation.evaluate import evaluate_split
from dialogsum.modeling.backbone import load_tokenizer
from dialogsum.modeling.generation import Generator
from dialogsum.modeling.inference import InferenceModule
from dialogsum.modeling.trained import load_trained_model
from dialogsum.modeling.trainer import build_trainer, describe_device
from dialogsum.tracking.callbacks import Meters
from dialogsum.tracking.meters import Clocks, Memory
from dialogsum.tracking.record import RunRecord

log = logging.getLogger(__name__)


def evaluate_run(cfg: DictConfig, run: Path, split: str, directory: Path) -> dict[str, Any]:
    """Generate and score one split; everything goes into `directory`, result.json last.

    Args:
        cfg: the run's configuration with the evaluation's changes.
        run: the run directory, whose exported model is loaded.
        split: train, validation or test.
        directory: below `evaluations/` of the run; must not hold a result yet.
    """
    silence_libraries()
    clocks, memory = Clocks(), Memory()
    memory.start_job()
    record = RunRecord(cfg, directory)
    with clocks("tokenize"):
        tokenizer = load_tokenizer(cfg.model)
        read = SPLITS if _is_own_data(cfg, run) else (split,)
        data = DialogueDataModule.prepared(cfg, tokenizer, (split,), read=read)
    with clocks("load"):
        model = load_trained_model(cfg, run)
    module = InferenceModule(model, Generator(tokenizer, cfg.generation))
    meters = Meters(clocks, memory, record)
    trainer = build_trainer(cfg, directory, [meters], [])
    metrics = {n: hydra.utils.instantiate(node) for n, node in cfg.evaluation.metrics.items()}
    evaluation = evaluate_split(trainer, module, data, split, metrics, clocks)
    write_text(directory / "config.yaml", OmegaConf.to_yaml(cfg, resolve=True))
    evaluation.write(directory / "predictions.jsonl")
    record.values |= {
        "split": split,
        "metrics": {split: evaluation.figures},
        "data": data.report.record(),
        "memory_bytes": memory.record(),
        "generation": OmegaConf.to_container(cfg.generation),
    }
    record.values["environment"] |= {
        **describe_device(trainer),
        "scorer": scoring.SCORER,
        "protocol": scoring.PROTOCOL,
    }
    record.write("completed", clocks.seconds)
    log.info("%s: %s", split, format_headline(evaluation.figures))
    return record.values


def _is_own_data(cfg: DictConfig, run: Path) -> bool:
    """Whether the run was trained on this data set: its splits must be the same ones then.

    Of a file that the run has divided, the test split is a tenth, not the whole.
    """
    own = OmegaConf.load(run / "config.yaml").dataset
    return (own.name, own.path) == (cfg.dataset.name, cfg.dataset.path)
