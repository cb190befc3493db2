"""What a run is, top to bottom: data, model, strategy, trainer, fit, evaluate, record."""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hydra
import pytorch_lightning as pl
from omegaconf import DictConfig, OmegaConf

from dialogsum.common.distributed import rank
from dialogsum.common.errors import Interrupted, UserError
from dialogsum.common.files import directory_bytes, write_text
from dialogsum.common.library_noise import silence_libraries
from dialogsum.common.metric_catalog import LOWER_IS_BETTER
from dialogsum.common.paths import local_path
from dialogsum.config.schema import plain, restore, run_directory
from dialogsum.data.datamodule import DialogueDataModule
from dialogsum.data.load import load_splits
from dialogsum.evaluation.scoring import scoring_environment
from dialogsum.evaluation.split_evaluation import ValidationScorer, evaluate_split
from dialogsum.modeling import checkpoints as checkpoint_files
from dialogsum.modeling.backbone import (
    load_backbone,
    load_tokenizer,
    model_revision,
    recompute_activations,
)
from dialogsum.modeling.generation import Generator
from dialogsum.modeling.launch import launch, process_count
from dialogsum.modeling.module import SummarizationModule
from dialogsum.modeling.parameters import parameter_counts, summary_lines
from dialogsum.modeling.trainer import build_trainer, clip_settings, describe_device, total_steps
from dialogsum.tracking import record as records
from dialogsum.tracking.callbacks import Checkpoints, CleanStop, Meters
from dialogsum.tracking.loggers import MetricsCsv, build_loggers
from dialogsum.tracking.meters import Clocks, Memory
from dialogsum.tracking.progress import LogLines, TrainingProgress

log = logging.getLogger(__name__)


def run(cfg: DictConfig) -> dict[str, Any]:
    """Do the run that `cfg` describes, or what is left of it; returns its record.

    Raises:
        UserError: something that the user can mend.
        Interrupted: a signal came; the run continues when it is started again.
    """
    silence_libraries()
    directory = run_directory(cfg)
    with records.locked(directory):
        if cfg.force:
            records.set_aside(directory)
        if finished := records.completed(directory):
            _refuse_changed_data(cfg, finished)
            log.info("%s is completed already; force=true repeats it", directory.name)
            return finished
        write_text(directory / "config.yaml", OmegaConf.to_yaml(plain(cfg)))
        if process_count(cfg) > 1:
            return launch(cfg, directory)
        return Run(cfg, directory).execute()


class Run:
    """One attempt at a run, in its directory."""

    def __init__(self, cfg: DictConfig, directory: Path) -> None:
        self.cfg = cfg
        self.directory = directory
        self.config = plain(cfg)
        self.clocks, self.memory = Clocks(), Memory()
        self.checkpoints = Checkpoints(
            directory / "checkpoints",
            monitor=cfg.checkpoint.monitor,
            lower_is_better=cfg.checkpoint.monitor in LOWER_IS_BETTER,
            every_n_steps=cfg.checkpoint.every_n_steps,
            clocks=self.clocks,
        )
        self.stop = CleanStop(self.checkpoints)
        self.record = records.RunRecord(cfg, directory)
        self.meters = Meters(self.clocks, self.memory, self.record)
        self.progress = TrainingProgress(self.meters, self.record)
        self.log_lines = LogLines()
        self.metrics = {
            name: hydra.utils.instantiate(node) for name, node in cfg.evaluation.metrics.items()
        }

    def execute(self) -> dict[str, Any]:
        """All phases; whatever ends them stands in the record and in the trackers."""
        status, error = "failed", None
        self.memory.start_job()
        try:
            with self.stop:
                self._prepare()
                self._fit()
                self._evaluate()
                self._save()
            status = "completed"
        except (Interrupted, KeyboardInterrupt) as stop:
            status, error = "interrupted", str(stop) or "stopped by SIGINT"
            raise
        except BaseException as failure:
            error = f"{type(failure).__name__}: {failure}"
            raise
        finally:
            self._finish(status, error)
        return self.record.values

    def _prepare(self) -> None:
        """Everything that stands before the first training step."""
        resumed_step = self._resumed_step()
        self.loggers, self.wandb = build_loggers(
            self.cfg, self.directory, resumed_step, self.progress
        )
        pl.seed_everything(self.cfg.seed, workers=True, verbose=False)
        with self.clocks("tokenize"):
            self.tokenizer = load_tokenizer(self.cfg.model)
            self.data = DialogueDataModule(
                self.cfg,
                self.tokenizer,
                validation_examples=self.cfg.evaluation.validation_examples,
            )
            self.data.prepare_splits()
        self.stop.check()
        with self.clocks("load"):
            self.strategy = hydra.utils.instantiate(self.cfg.strategy, _recursive_=False)
            self.module = self._build_module()
        self.stop.check()
        watchers = [self.meters, self.progress, self.log_lines, self.stop, self.checkpoints]
        self.trainer = build_trainer(self.cfg, self.directory, watchers, self.loggers)
        self._describe()

    def _describe(self) -> None:
        """What is known before training, for the record, the tracker and the log.

        Raises:
            UserError: nothing would train though the strategy says that it trains.
        """
        self.record.values |= {
            "parameters": parameter_counts(self.module.model, self.strategy),
            "data": self.data.report.record(),
        }
        self.record.values["environment"] |= describe_device(self.trainer)
        self.record.values["environment"]["model_revision"] = model_revision(self.cfg.model)
        if self.wandb:
            self.wandb.describe(self.record.values["parameters"])
        for line in summary_lines(self.module.model):
            log.info(line)
        if self.strategy.capabilities.trains and not self.record.values["parameters"]["trainable"]:
            raise UserError("strategy: nothing of the model would train; see the table above")

    def _build_module(self) -> SummarizationModule:
        steps = total_steps(self.cfg, self.data.steps_per_epoch)
        model = load_backbone(self.cfg.model, self.cfg.seed, **self.strategy.backbone_arguments())
        # The adapter's first weights depend on the seed alone, not on what was loaded before.
        pl.seed_everything(self.cfg.seed, workers=True, verbose=False)
        model = self.strategy.prepare(model, steps, _micro_batches(self.data))
        if self.cfg.hardware.gradient_checkpointing:
            recompute_activations(model)
        if self.cfg.hardware.compile:
            model.compile()
        return SummarizationModule(
            model=model,
            strategy=self.strategy,
            optimizer=hydra.utils.instantiate(self.cfg.optimizer),
            schedule=hydra.utils.instantiate(self.cfg.schedule),
            total_steps=steps,
            generator=Generator(self.tokenizer, self.cfg.generation),
            scorer=ValidationScorer(self.data.dialogues["validation"], self.metrics, self.clocks),
            clip=clip_settings(self.cfg),
            config=self.config,
        )

    def _resumed_step(self) -> int:
        """The optimizer step that `last.ckpt` stands at, 0 where there is none."""
        if not self.checkpoints.last.exists():
            return 0
        step = int(checkpoint_files.read(self.checkpoints.last)["global_step"])
        log.info("resuming at step %d from %s", step, self.checkpoints.last)
        return step

    def _fit(self) -> None:
        if not self.strategy.capabilities.trains:
            return
        resume = self.checkpoints.last if self.checkpoints.last.exists() else None
        self.trainer.fit(self.module, datamodule=self.data, ckpt_path=resume, weights_only=True)
        if self.checkpoints.validated_step != self.trainer.global_step:
            # trainer.max_steps ended within an epoch: the last weights were never validated.
            self.trainer.validate(self.module, datamodule=self.data, verbose=False)
            self.checkpoints.consider(self.trainer)
        attempts = self.record.attempts_until_now("completed", self.clocks.seconds)
        fit_seconds = records.sum_clocks(attempts)["fit"]
        self.record.values["throughput"] = self.meters.throughput().record(fit_seconds)
        checkpoint_files.load_weights(self.module, self.checkpoints.best)
        self.record.values["training"] = {
            "epochs": self.trainer.current_epoch,
            "steps": self.trainer.global_step,
            "best_step": self.checkpoints.best_step,
            "monitor": self.checkpoints.monitor,
            "best_value": self.checkpoints.best_value,
        }

    def _evaluate(self) -> None:
        """Validation and test, both from the best checkpoint."""
        for split in ("validation", "test"):
            log.info("evaluating %s", split)
            self.log_lines.split = split
            evaluation = evaluate_split(
                self.trainer, self.module, self.data, split, self.metrics, self.clocks
            )
            if rank() == 0:
                evaluation.write(self.directory / "predictions" / f"{split}.jsonl")
            self.record.values["metrics"][split] = evaluation.metrics
            if split == "validation" and not self.strategy.capabilities.trains:
                self._log_untrained(evaluation.metrics)
        self.record.values["environment"] |= scoring_environment()

    def _log_untrained(self, figures: dict[str, Any]) -> None:
        """Where nothing is fitted, validation's figures are the whole history: step 0."""
        values = {
            f"validation/{n}": f["value"] for n, f in figures.items() if f["value"] is not None
        }
        for logger in self.loggers:
            logger.log_metrics(values, step=0)
            if isinstance(logger, MetricsCsv):
                logger.write()

    def _save(self) -> None:
        """Export the portable result and clear what only a resumption needs."""
        if rank() != 0:
            return
        with self.clocks("save"):
            target = self.directory / "model"
            temporary = self.directory / ".model"
            shutil.rmtree(temporary, ignore_errors=True)
            self.strategy.export(self.module.model, temporary)
            if temporary.exists():
                shutil.rmtree(target, ignore_errors=True)
                temporary.rename(target)
                self.tokenizer.save_pretrained(target)
            self.record.values["artifact_bytes"] = directory_bytes(target)
            if self.strategy.capabilities.trains and not self.cfg.keep_checkpoints:
                checkpoint_files.reduce_to_weights(self.checkpoints.best)

    def _finish(self, status: str, error: str | None) -> None:
        """Write the record, whatever has happened; on several devices the first process does."""
        values = self.record.values
        self.clocks.stop_all()
        if rank() != 0:
            return
        values["memory_bytes"] = self.memory.record()
        exit_code = {"completed": 0, "interrupted": 130}.get(status, 1)
        if wandb_run := getattr(self, "wandb", None):
            values["wandb"] = wandb_run.record()
        self.record.write(status, self.clocks.seconds, error)
        if status == "completed" and not self.cfg.keep_checkpoints:
            self.checkpoints.last.unlink(missing_ok=True)
        if wandb_run:  # after the record, which no upload may delay
            wandb_run.finish(values, exit_code)


def worker(config: Path) -> None:
    """One process of a run on several devices; `dialogsum.modeling.launch` starts them.

    Args:
        config: config.yaml in the run directory, whose lock the parent holds.
    """
    cfg = restore(OmegaConf.to_container(OmegaConf.load(config)))
    handlers: list[logging.Handler] = [logging.FileHandler(config.with_name("train.log"))]
    if rank() == 0:
        handlers.append(logging.StreamHandler(sys.stdout))
    logging.basicConfig(
        level=logging.INFO if rank() == 0 else logging.ERROR,
        format="%(asctime)s %(levelname).1s %(message)s",
        datefmt="%H:%M:%S",
        handlers=handlers,
    )
    silence_libraries()
    try:
        Run(cfg, config.parent).execute()
    except Interrupted:
        sys.exit(130)
    except Exception:
        log.exception("process %d failed", rank())
        sys.exit(1)


def _micro_batches(data: DialogueDataModule) -> Iterator[dict[str, Any]]:
    for step in data.train_dataloader(whole=True):
        yield from step["micro_batches"]


def _refuse_changed_data(cfg: DictConfig, finished: dict[str, Any]) -> None:
    """A finished run must not stand for data that is no longer there."""
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
