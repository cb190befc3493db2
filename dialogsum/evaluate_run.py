"""An evaluation, top to bottom: data, the exported model, trainer, evaluate, record."""

from __future__ import annotations

import filecmp
import logging
from pathlib import Path
from typing import Any

import hydra
from omegaconf import DictConfig, OmegaConf

from dialogsum.common.errors import UserError
from dialogsum.common.files import write_text
from dialogsum.common.formatting import format_headline
from dialogsum.common.log_noise import silence_libraries
from dialogsum.common.paths import local_path
from dialogsum.config.hydra_app import mark_reported, report_bug
from dialogsum.config.recorded import read_recorded
from dialogsum.data.datamodule import DialogueDataModule
from dialogsum.data.locate import SPLITS
from dialogsum.evaluation.scoring import scoring_environment
from dialogsum.evaluation.split_evaluation import evaluate_split
from dialogsum.modeling.backbone import load_tokenizer
from dialogsum.modeling.generation import Generator
from dialogsum.modeling.inference import InferenceModule
from dialogsum.modeling.trained import load_trained_model
from dialogsum.modeling.trainer import build_trainer, describe_device
from dialogsum.preflight.evaluation_jobs import EvaluationJob
from dialogsum.tracking.callbacks import Meters
from dialogsum.tracking.meters import Clocks, Memory
from dialogsum.tracking.progress import LogLines
from dialogsum.tracking.record import RunRecord

log = logging.getLogger(__name__)


def run_evaluation(job: EvaluationJob) -> None:
    """Evaluate a finished run; a failure is printed once."""
    try:
        evaluate_run(job.cfg, job.run, job.split, job.directory)
    except UserError as error:
        log.error("%s: %s", job.run.name, error)
        mark_reported(error)
        raise
    except Exception as error:
        report_bug(error)
        mark_reported(error)
        raise
    if (job.run / "wandb").is_dir():
        from dialogsum.tracking.wandb_run import log_evaluation

        log_evaluation(job.run, job.directory)


def evaluate_run(cfg: DictConfig, run: Path, split: str, directory: Path) -> dict[str, Any]:
    """Generate and score one split; everything goes into `directory`, result.json last.

    Args:
        cfg: the run's configuration with the evaluation's changes.
        run: the run directory, whose exported model is loaded.
        split: train, validation or test.
        directory: below `evaluations/` of the run; must not hold a result yet.

    Returns:
        the record that was written.
    """
    silence_libraries()
    clocks, memory = Clocks(), Memory()
    memory.start_job()
    record = RunRecord(cfg, directory)
    with clocks("tokenize"):
        tokenizer = load_tokenizer(cfg.model)
        read = SPLITS if _is_own_data(cfg, run) else (split,)
        data = DialogueDataModule(cfg, tokenizer, splits=(split,), read=read)
        data.prepare_splits()
    with clocks("load"):
        model = load_trained_model(cfg, run)
    module = InferenceModule(model, Generator(tokenizer, cfg.generation))
    watchers = [Meters(clocks, memory, record), LogLines(split=split)]
    trainer = build_trainer(cfg, directory, watchers, [])
    metrics = {n: hydra.utils.instantiate(node) for n, node in cfg.evaluation.metrics.items()}
    evaluation = evaluate_split(trainer, module, data, split, metrics, clocks)
    write_text(directory / "config.yaml", OmegaConf.to_yaml(cfg, resolve=True))
    evaluation.write(directory / "predictions.jsonl")
    record.values |= {
        "split": split,
        "metrics": {split: evaluation.metrics},
        "data": data.report.record(),
        "memory_bytes": memory.record(),
        "generation": OmegaConf.to_container(cfg.generation),
    }
    record.values["environment"] |= {
        **describe_device(trainer),
        **scoring_environment(),
    }
    record.write("completed", clocks.seconds)
    log.info("%s: %s", split, format_headline(evaluation.metrics))
    return record.values


def _is_own_data(cfg: DictConfig, run: Path) -> bool:
    """Return whether the run was trained on this data set: its splits must be the same ones then.

    The test split of a file that the run divided is a tenth of the file, not all of it, however its
    path is written and whatever copy of it is named.
    """
    own, given = read_recorded(run)["dataset"]["path"], cfg.dataset.path
    if own == given:
        return True
    own_path, given_path = local_path(own), local_path(given)
    if own_path is None or given_path is None:
        return False
    if own_path.is_file() and given_path.is_file():
        return filecmp.cmp(own_path, given_path, shallow=False)
    return own_path == given_path
