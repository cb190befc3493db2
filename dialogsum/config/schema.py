"""The shape of a configuration: dataclass schemas, fingerprint and run names.

Every fixed section of `conf/` is one dataclass here, so a wrong key or type is an error of
composition, not of the third hour of training. Four nodes are open because their content belongs
to other libraries (`strategy`, `trainer`, `optimizer`, `schedule`) and two are open mappings
(`logger`, `evaluation.metrics`); `dialogsum.preflight.checks` checks those against real signatures.

A field whose metadata holds `OUTSIDE` does not change the result of a run and is therefore not part
of the fingerprint, from which the run directory is named.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from hydra.core.config_store import ConfigStore
from omegaconf import MISSING, DictConfig, OmegaConf

from dialogsum.common.paths import local_path
from dialogsum.config import search_path as plugins

OUTSIDE = {"fingerprint": False}

OUTSIDE_OPEN_NODES = {
    "strategy": {"paper", "trainable", "tuning", "capabilities", "fit"},
    "trainer": {
        "enable_progress_bar",
        "enable_model_summary",
        "log_every_n_steps",
        "num_sanity_val_steps",
        "profiler",
        "default_root_dir",
    },
}


@dataclass
class ModelConfig:
    """Which weights; any `AutoModelForSeq2SeqLM`.

    `path` is a hub id or a directory, `revision` a branch, tag or commit of the hub (null: main),
    `pretrained=false` builds random weights from its config.json.
    """

    name: str = MISSING
    path: str = MISSING
    revision: str | None = None
    pretrained: bool = True


@dataclass
class ColumnsConfig:
    """The columns of the user's files; `summary` may be a list of columns, one per reference."""

    id: str | None = None
    dialogue: str = "dialogue"
    summary: Any = "summary"
    topic: str | None = None


@dataclass
class LimitConfig:
    """The first N dialogues of each split; null: all."""

    train: int | None = None
    validation: int | None = None
    test: int | None = None


@dataclass
class DatasetConfig:
    """Where the dialogues come from and how long they may be (in tokens, prompt included)."""

    name: str = MISSING
    path: str | None = None
    revision: str | None = None
    columns: ColumnsConfig = field(default_factory=ColumnsConfig)
    limit: LimitConfig = field(default_factory=LimitConfig)
    max_source_tokens: int = 1024
    max_target_tokens: int = 256
    drop_overlap: bool = False


@dataclass
class PromptConfig:
    """The instruction, and before it `shots` examples from train, drawn with `seed`."""

    name: str = MISSING
    template: str = MISSING
    shots: int = 0
    seed: int = 0


@dataclass
class BatchingConfig:
    """`batch_size` is always the examples per optimizer step, over all devices.

    `shuffle=false` keeps the order of the data in every epoch, for curricula.
    `tokens_per_batch` (padded source + target tokens; null: no splitting; auto: chosen by device)
    only splits a step into micro-batches.
    """

    batch_size: int = 8
    shuffle: bool = True
    tokens_per_batch: Any = field(default="auto", metadata=OUTSIDE)


@dataclass
class HardwareConfig:
    """Lightning's accelerator, devices, strategy and precision (auto: bf16 where it is fast).

    `gradient_checkpointing=true` recomputes activations in the backward pass: less memory, longer
    steps, the same gradients.
    """

    accelerator: str = "auto"
    devices: Any = 1
    strategy: str = "auto"
    precision: str = "auto"
    num_workers: int = field(default=0, metadata=OUTSIDE)
    compile: bool = False
    gradient_checkpointing: bool = field(default=False, metadata=OUTSIDE)


@dataclass
class CheckpointConfig:
    """Resume state is saved every `every_n_steps` optimizer steps and after each epoch.

    The best checkpoint is the one with the best validation figure `monitor`.
    """

    every_n_steps: int | None = field(default=None, metadata=OUTSIDE)
    monitor: str = "cross_entropy"


@dataclass
class GenerationConfig:
    """Decoding. `batch_size` counts dialogues and changes no result."""

    name: str = "greedy"
    num_beams: int = 1
    max_new_tokens: int = 128
    length_penalty: float = 1.0
    no_repeat_ngram_size: int = 0
    batch_size: int = field(default=16, metadata=OUTSIDE)


@dataclass
class EvaluationConfig:
    """`validation_examples` dialogues are generated and scored each epoch (null: all).

    `metrics` adds metrics to the built-in ones: name -> `_target_` node.
    """

    validation_examples: int | None = 100
    metrics: dict[str, Any] = field(default_factory=dict)


@dataclass
class TrainConfig:
    """One run. The groups of `conf/` fill the sections.

    Attributes:
        name: the folder of the runs below output_root, and their W&B group
        seed: of first weights, order of the data and dropout; 0 is a seed
        plan: true runs nothing and prints what every job would train
        force: true repeats a completed run and moves the earlier one aside
        objective: the validation figure that a search (hydra/sweeper) is given
        output_root: the folder of all runs
        cache_dir: the folder of tokenised data
        on_error: whether the jobs after a failed one are run: continue or stop
        keep_checkpoints: true keeps all that a completed run would need to be resumed
    """

    name: str = field(default="default", metadata=OUTSIDE)
    seed: int = 0
    plan: bool = field(default=False, metadata=OUTSIDE)
    force: bool = field(default=False, metadata=OUTSIDE)
    objective: str = field(default="rougeL", metadata=OUTSIDE)
    output_root: str = field(default="outputs", metadata=OUTSIDE)
    cache_dir: str = field(default="~/.cache/dialogsum", metadata=OUTSIDE)
    on_error: str = field(default="continue", metadata=OUTSIDE)
    keep_checkpoints: bool = field(default=False, metadata=OUTSIDE)
    model: ModelConfig = field(default_factory=ModelConfig)
    dataset: DatasetConfig = field(default_factory=DatasetConfig)
    prompt: PromptConfig = field(default_factory=PromptConfig)
    strategy: Any = field(default_factory=dict)
    batching: BatchingConfig = field(default_factory=BatchingConfig)
    trainer: Any = field(default_factory=dict)
    optimizer: Any = field(default_factory=dict)
    schedule: Any = field(default_factory=dict)
    hardware: HardwareConfig = field(default_factory=HardwareConfig)
    checkpoint: CheckpointConfig = field(default_factory=CheckpointConfig)
    generation: GenerationConfig = field(default_factory=GenerationConfig)
    evaluation: EvaluationConfig = field(default_factory=EvaluationConfig)
    logger: Any = field(default_factory=dict, metadata=OUTSIDE)


@dataclass
class EvaluateConfig:
    """What `evaluate.py` is told; a section that is empty here is as in the run.

    Attributes:
        run: a run directory, a sweep or a folder of them
        split: train, validation or test
    """

    run: str = MISSING
    split: str = "test"
    dataset: Any = field(default_factory=dict)
    prompt: Any = field(default_factory=dict)
    generation: Any = field(default_factory=dict)
    hardware: Any = field(default_factory=dict)


def register() -> None:
    """Make the schemas and the resolvers of `conf/` known to Hydra. Idempotent."""
    for name, schema, open_nodes in (
        ("train_schema", TrainConfig, ("strategy", "trainer", "optimizer", "schedule", "logger")),
        ("evaluate_schema", EvaluateConfig, ("dataset", "prompt", "generation", "hardware")),
    ):
        node = OmegaConf.structured(schema)
        for key in open_nodes:
            # Without this `trainer.max_epochs=1` demands a leading "+".
            OmegaConf.set_struct(node[key], False)
        if name == "train_schema":
            OmegaConf.set_struct(node.evaluation.metrics, False)
        ConfigStore.instance().store(name=name, node=node)
    OmegaConf.register_new_resolver("run_name", _resolve_run_name, replace=True)
    OmegaConf.register_new_resolver("asset", _asset, replace=True)
    OmegaConf.register_new_resolver("rate_times", _rate_times, replace=True)
    plugins.register()


def conf_dir() -> Path:
    """`conf/` of the checkout, or the copy that the wheel carries inside the package.

    The copy first: beside an installed package there may be another's folder of that name.
    """
    package = Path(__file__).resolve().parents[1]
    return next(d for d in (package / "conf", package.parent / "conf") if d.is_dir())


def plain(cfg: DictConfig) -> dict[str, Any]:
    """The resolved config as plain containers, without Hydra's own node.

    Checkpoints, records and W&B take this form: a DictConfig in a checkpoint makes
    `torch.load(weights_only=True)` refuse the file.
    """
    masked = OmegaConf.masked_copy(cfg, [str(key) for key in cfg if key != "hydra"])
    container = OmegaConf.to_container(masked, resolve=True)
    assert isinstance(container, dict)
    return {str(key): value for key, value in container.items()}


def restore(container: Any) -> DictConfig:
    """A typed config from what `plain` gave, as read from a run's config.yaml.

    Raises:
        omegaconf.errors.OmegaConfBaseException: a key or a value does not fit the schema.
    """
    register()
    schema = ConfigStore.instance().load("train_schema.yaml").node
    merged = OmegaConf.merge(schema, container)
    assert isinstance(merged, DictConfig)
    return merged


def fingerprint(cfg: DictConfig) -> str:
    """Eight hex digits that name everything which can change the result of a run.

    Nulls are left out, so that a field added later with a null default keeps old fingerprints;
    paths that exist are made absolute, so that the same run from another folder finds itself.
    """
    relevant = _relevant(plain(cfg), TrainConfig)
    text = json.dumps(relevant, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def run_name(cfg: DictConfig) -> str:
    """`<strategy>-<model>-<dataset>-seed<N>-<fingerprint>`."""
    parts = [cfg.strategy.get("name"), cfg.model.name, cfg.dataset.name]
    slugs = [re.sub(r"[^A-Za-z0-9_.]+", "_", str(part)) for part in parts]
    return f"{'-'.join(slugs)}-seed{cfg.seed}-{fingerprint(cfg)}"


def run_directory(cfg: DictConfig) -> Path:
    """Where this run lives: made from the config, never from the command line."""
    return Path(cfg.output_root).expanduser().absolute() / cfg.name / run_name(cfg)


def _asset(name: str) -> str:
    """A directory that comes with the package."""
    return str(Path(__file__).resolve().parents[1] / "assets" / name)


def _rate_times(factor: float, *, _root_: DictConfig) -> float:
    """The strategy's learning rate times `factor`, to three digits, for searches."""
    return float(f"{_root_.strategy.learning_rate * factor:.2e}")


def _resolve_run_name(*, _root_: DictConfig) -> str:
    return run_name(_root_)


def _relevant(values: dict[str, Any], schema: Any) -> dict[str, Any]:
    declared = {f.name: f for f in fields(schema)} if is_dataclass(schema) else {}
    kept: dict[str, Any] = {}
    for key, value in values.items():
        spec = declared.get(key)
        if value is None or (spec and spec.metadata.get("fingerprint") is False):
            continue
        if key == "path" and isinstance(value, str) and (path := local_path(value)):
            value = str(path)
        if isinstance(value, dict):
            inner = spec.default_factory if spec else None
            value = _relevant(value, inner if is_dataclass(inner) else None)
            outside = OUTSIDE_OPEN_NODES.get(key, set()) if schema is TrainConfig else set()
            value = {k: v for k, v in value.items() if k not in outside}
        kept[key] = value
    return kept
