"""A run, top to bottom: data, model, strategy, trainer, fit, evaluate, export, record."""

from __future__ import annotations

import logging
import math
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hydra
import pytorch_lightning as pl
from omegaconf import DictConfig, OmegaConf
from pytorch_lightning.loggers import Logger
from torch import nn
from transformers import PreTrainedTokenizerBase

from dialogsum.common.distributed import rank
from dialogsum.common.errors import ConfigurationError, Interrupted, UserError
from dialogsum.common.files import directory_bytes, publish, write_text
from dialogsum.common.log_noise import silence_libraries
from dialogsum.common.paths import local_path
from dialogsum.config.base_model import base_record, named_base
from dialogsum.config.job_label import log_prefix
from dialogsum.config.recorded import load_recorded
from dialogsum.config.run_names import run_directory
from dialogsum.config.schema import plain, restore
from dialogsum.data.datamodule import DialogueDataModule
from dialogsum.data.load import load_splits
from dialogsum.data.token_cache import prompt_builder
from dialogsum.evaluation.scoring import scoring_environment
from dialogsum.evaluation.split_evaluation import ValidationScorer, evaluate_split
from dialogsum.inference.portable import write_portable
from dialogsum.modeling import checkpoints as checkpoint_files
from dialogsum.modeling.backbone import (
    load_backbone,
    load_tokenizer,
    model_revision,
    recompute_activations,
)
from dialogsum.modeling.generation import Generator
from dialogsum.modeling.hardware import check_hardware
from dialogsum.modeling.launch import launch, process_count
from dialogsum.modeling.model_limits import check_lengths
from dialogsum.modeling.module import SummarizationModule
from dialogsum.modeling.parameters import parameter_counts, summary_lines
from dialogsum.modeling.trainer import build_trainer, clip_settings, describe_device, total_steps
from dialogsum.strategies import Strategy
from dialogsum.tracking import record as records
from dialogsum.tracking.attempt import Attempt
from dialogsum.tracking.loggers import MetricsCsv

log = logging.getLogger(__name__)


def run(cfg: DictConfig) -> dict[str, Any]:
    """Do the run that `cfg` describes, or what is left of it; return its record.

    Raises:
        UserError: a mistake that the user can correct.
        Interrupted: a signal came; the run continues when it is started again.
    """
    silence_libraries()
    cfg = restore(plain(cfg))  # with the learning rate in use, as a worker reads it
    directory = run_directory(cfg)
    with records.locked(directory):
        if cfg.force:
            records.set_aside(directory)
        if finished := records.intact(directory):
            _refuse_changed_data(cfg, finished)
            log.info("%s is completed already; force=true repeats it", directory.name)
            return finished
        write_text(directory / "config.yaml", OmegaConf.to_yaml(cfg, resolve=True))
        if (count := process_count(cfg)) > 1:
            return _execute_in_processes(count, directory)
        return execute(cfg, directory)


def execute(cfg: DictConfig, directory: Path) -> dict[str, Any]:
    """Do all phases of a run in this process; return its record, which is written in any case."""
    attempt = Attempt(cfg, directory)
    with attempt.recorded():
        parts = build(attempt)
        describe(attempt, parts)
        if parts.strategy.capabilities.trains:
            fit(attempt, parts)
        evaluate(attempt, parts)
        export(attempt, parts)
    return attempt.record.values


@dataclass(frozen=True)
class RunParts:
    """All that a run is built from."""

    tokenizer: PreTrainedTokenizerBase
    data: DialogueDataModule
    strategy: Strategy
    module: SummarizationModule
    trainer: pl.Trainer
    metrics: dict[str, Any]  # beside the built-in ones: name -> callable


def build(attempt: Attempt) -> RunParts:
    """Start the loggers, then build data, model, strategy and trainer."""
    cfg, clocks = attempt.cfg, attempt.clocks
    metrics = {n: hydra.utils.instantiate(node) for n, node in cfg.evaluation.metrics.items()}
    attempt.start_loggers()
    pl.seed_everything(cfg.seed, workers=True, verbose=False)
    with clocks("tokenize"):
        tokenizer = load_tokenizer(cfg.model)
        # What the command could not know: this machine, and the config.json of a model of the hub.
        if problems := [*check_hardware(cfg.hardware), *check_lengths(cfg)]:
            raise ConfigurationError(problems)
        examples = cfg.evaluation.validation_examples
        data = DialogueDataModule(cfg, tokenizer, validation_examples=examples)
        data.prepare_splits()
    attempt.stop.check()
    with clocks("load"):
        strategy = hydra.utils.instantiate(cfg.strategy, _recursive_=False)
        steps = total_steps(cfg, data.steps_per_epoch)
        module = SummarizationModule(
            model=build_model(cfg, strategy, data, steps),
            strategy=strategy,
            optimizer=hydra.utils.instantiate(cfg.optimizer),
            schedule=hydra.utils.instantiate(cfg.schedule),
            total_steps=steps,
            generator=Generator(tokenizer, cfg.generation),
            scorer=ValidationScorer(data.dialogues["validation"], metrics, clocks),
            clip=clip_settings(cfg),
            config=plain(cfg),
        )
    attempt.stop.check()
    trainer = build_trainer(cfg, attempt.directory, attempt.callbacks, attempt.loggers)
    return RunParts(tokenizer, data, strategy, module, trainer, metrics)


def build_model(
    cfg: DictConfig, strategy: Strategy, data: DialogueDataModule, total_steps: int
) -> nn.Module:
    """Load the backbone and let the strategy prepare it for training."""
    model: Any = load_backbone(cfg.model, cfg.seed, **strategy.backbone_arguments())
    # The adapter's first weights depend on the seed alone, not on what was loaded before.
    pl.seed_everything(cfg.seed, workers=True, verbose=False)
    batches = (
        batch for step in data.train_dataloader(whole=True) for batch in step["micro_batches"]
    )
    model = strategy.prepare(model, total_steps, batches)
    if cfg.hardware.gradient_checkpointing:
        recompute_activations(model)
    if cfg.hardware.compile:
        model.compile()
    return model


def describe(attempt: Attempt, parts: RunParts) -> None:
    """Write what is known before training into the record, the tracker and the log.

    Raises:
        UserError: nothing would train though the strategy is one that trains.
    """
    values = attempt.record.values
    values["parameters"] = parameter_counts(parts.module.model, parts.strategy)
    values["data"] = parts.data.report.record()
    values["environment"] |= describe_device(parts.trainer)
    values["base"] = base_record(attempt.cfg)
    log.info("base: %s", named_base(attempt.cfg.model.name, values["base"]))
    values["environment"]["model_revision"] = model_revision(attempt.cfg.model)
    if attempt.wandb:
        attempt.wandb.describe(values["parameters"])
    for line in summary_lines(parts.module.model):
        log.info(line)
    if parts.strategy.capabilities.trains and not values["parameters"]["trainable"]:
        raise UserError("strategy: nothing of the model would train; see the table above")


def fit(attempt: Attempt, parts: RunParts) -> None:
    """Train from the start or from `last.ckpt`; leave the best weights in the module."""
    checkpoints, trainer, module = attempt.checkpoints, parts.trainer, parts.module
    trainer.fit(module, datamodule=parts.data, ckpt_path=attempt.resumed, weights_only=True)
    if checkpoints.validated_step != trainer.global_step:
        # trainer.max_steps ended within an epoch: the last weights were never validated.
        trainer.validate(module, datamodule=parts.data, verbose=False)
        checkpoints.consider(trainer)
    attempts = attempt.record.attempts_until_now("completed", attempt.clocks.seconds)
    fit_seconds = records.sum_clocks(attempts)["fit"]
    attempt.record.values["throughput"] = attempt.meters.throughput().record(fit_seconds)
    checkpoint_files.load_weights(module, checkpoints.best)
    attempt.record.values["training"] = {
        # Not trainer.current_epoch: of a run that continues at its last step it is one less.
        "epochs": math.ceil(trainer.global_step / trainer.num_training_batches),
        "steps": trainer.global_step,
        "best_step": checkpoints.best_step,
        "monitor": checkpoints.monitor,
        "best_value": checkpoints.best_value,
        "tokens_per_batch": parts.data.budget,  # in effect: the numbers of dropout depend on it
    }


def evaluate(attempt: Attempt, parts: RunParts) -> None:
    """Generate and score validation and test, both with the best weights."""
    values = attempt.record.values
    for split in ("validation", "test"):
        log.info("evaluating %s", split)
        attempt.log_lines.split = split
        evaluation = evaluate_split(
            parts.trainer, parts.module, parts.data, split, parts.metrics, attempt.clocks
        )
        if rank() == 0:
            evaluation.write(attempt.directory / "predictions" / f"{split}.jsonl")
        values["metrics"][split] = evaluation.metrics
    values["environment"] |= scoring_environment()
    if not parts.strategy.capabilities.trains:
        _log_untrained(attempt.loggers, values["metrics"]["validation"])


def _log_untrained(loggers: list[Logger], metrics: dict[str, Any]) -> None:
    """Log validation at step 0: without training it is the whole history."""
    values = {f"validation/{n}": m["value"] for n, m in metrics.items() if m["value"] is not None}
    for logger in loggers:
        logger.log_metrics(values, step=0)
        if isinstance(logger, MetricsCsv):
            logger.write()


def export(attempt: Attempt, parts: RunParts) -> None:
    """Write the portable model; drop the state of checkpoints that only resuming needs."""
    if rank() != 0:
        return
    with attempt.clocks("save"):
        target = attempt.directory / "model"
        temporary = attempt.directory / ".model"
        shutil.rmtree(temporary, ignore_errors=True)
        parts.strategy.export(parts.module.model, temporary)
        if temporary.exists():
            builder = prompt_builder(parts.data.dialogues, attempt.cfg.prompt)
            values, model = attempt.record.values, parts.module.model
            write_portable(temporary, attempt.cfg, values, builder, parts.tokenizer, model)
            shutil.rmtree(target, ignore_errors=True)
            publish(temporary, target)
        attempt.record.values["artifact_bytes"] = directory_bytes(target)
        if parts.strategy.capabilities.trains and not attempt.cfg.keep_checkpoints:
            checkpoint_files.reduce_to_weights(attempt.checkpoints.best)


def _execute_in_processes(count: int, directory: Path) -> dict[str, Any]:
    """Let `count` workers execute the run; return the record that the first of them wrote."""
    exit_code, stopped_by = launch(count, directory)
    record = records.read_result(directory) or {
        "status": "failed",
        "error": "no record was written",
    }
    if record["status"] == "completed" and (exit_code == 0 or stopped_by):
        return record
    if stopped_by or record["status"] == "interrupted":
        raise Interrupted(f"stopped by {stopped_by or 'a signal'}")
    raise UserError(f"{record['error']} (see {directory / 'train.log'})")


def worker(config: Path) -> None:
    """Execute a run as one of several processes; `dialogsum.modeling.launch` starts them.

    Args:
        config: config.yaml in the run directory, whose lock the parent holds.
    """
    cfg = load_recorded(config.parent, trust=True)  # the parent wrote it
    handlers: list[logging.Handler] = [logging.FileHandler(config.with_name("train.log"))]
    if rank() == 0:
        handlers.append(logging.StreamHandler(sys.stdout))
    logging.basicConfig(
        level=logging.INFO if rank() == 0 else logging.ERROR,
        format=f"%(asctime)s %(levelname).1s {log_prefix(_root_=cfg)}%(message)s",
        datefmt="%H:%M:%S",
        handlers=handlers,
    )
    silence_libraries()
    try:
        execute(cfg, config.parent)
    except Interrupted:
        sys.exit(130)
    except Exception:
        log.exception("process %d failed", rank())
        sys.exit(1)


def _refuse_changed_data(cfg: DictConfig, finished: dict[str, Any]) -> None:
    """Refuse to return a finished run's record for data that have changed since."""
    if local_path(cfg.dataset.path) is None:
        return
    _, report = load_splits(cfg.dataset)
    if report.hash != finished["data"]["hash"]:
        raise UserError(
            f"dataset.path: the data in {cfg.dataset.path} has changed since this run was "
            f"completed ({run_directory(cfg)}); force=true repeats the run and keeps the old one"
        )


if __name__ == "__main__":
    worker(Path(sys.argv[1]))
