"""Dataclass schemas of a configuration, with the constraints beside the fields.

Every fixed section of `conf/` is one dataclass here, so a wrong key or type is an error of
composition, not of the third hour of training. Four nodes are open because their content belongs
to other libraries (`strategy`, `trainer`, `optimizer`, `schedule`) and two are open mappings
(`logger`, `evaluation.metrics`); `dialogsum.preflight` checks those against real signatures.

A field whose metadata holds `OUTSIDE` does not change the result of a run and is therefore not part
of the fingerprint, from which the run directory is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Annotated, Any

from omegaconf import MISSING, DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from dialogsum.common.errors import Problem, UserError, readable, suggestion

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
# Beginning of pydantic's error type -> the requirement; the rest of the message is the value.
REQUIREMENTS = {
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be below {lt}",
    "int": "must be a whole number",
    "float": "must be a number",
    "bool": "must be true or false",
    "string": "must be a text",
}


def one_of(*choices: str) -> AfterValidator:
    """Constrain a field to `choices`."""

    def check(value: str) -> str:
        if value not in choices:
            raise ValueError(f"unknown value '{value}'{suggestion(value, choices)}")
        return value

    return AfterValidator(check)


def _count_or_auto(value: Any) -> Any:
    is_count = isinstance(value, int) and not isinstance(value, bool) and value > 0
    if not (is_count or value in ("auto", None)):
        raise ValueError(f"must be a whole number of at least 1, or auto, got '{value}'")
    return value


def _column_names(value: Any) -> Any:
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) for name in names):
        raise ValueError(f"must be a column's name or a list of them, got {value!r}")
    return value


def _folder_name(value: str) -> str:
    if not value or "/" in value or value.startswith("."):
        raise ValueError(f"must name a folder and a W&B group, got '{value}'")
    return value


def _no_fp16(value: str) -> str:
    if value in ("16", "16-mixed", "16-true", "fp16"):
        raise ValueError(
            "fp16 overflows in T5's feed-forward layers and gives NaN; "
            "use bf16-mixed or 32-true (auto chooses)"
        )
    return value


@dataclass
class ModelConfig:
    """Weights to start from: any `AutoModelForSeq2SeqLM`.

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
    summary: Annotated[Any, AfterValidator(_column_names)] = "summary"
    topic: str | None = None


@dataclass
class LimitConfig:
    """The first N dialogues of each split; null: all."""

    train: Annotated[int | None, Field(ge=1)] = None
    validation: Annotated[int | None, Field(ge=1)] = None
    test: Annotated[int | None, Field(ge=1)] = None


@dataclass
class DatasetConfig:
    """Source of the dialogues and their maximum lengths (in tokens, prompt included)."""

    name: str = MISSING
    path: str | None = None
    revision: str | None = None
    columns: ColumnsConfig = field(default_factory=ColumnsConfig)
    limit: LimitConfig = field(default_factory=LimitConfig)
    max_source_tokens: Annotated[int, Field(ge=2)] = 1024
    max_target_tokens: Annotated[int, Field(ge=2)] = 256
    drop_overlap: bool = False


@dataclass
class PromptConfig:
    """The instruction, and before it `shots` examples from train, drawn with `seed`."""

    name: str = MISSING
    template: str = MISSING
    shots: Annotated[int, Field(ge=0)] = 0
    seed: Annotated[int, Field(ge=0)] = 0


@dataclass
class BatchingConfig:
    """`batch_size` is always the examples per optimizer step, over all devices.

    `shuffle=false` keeps the order of the data in every epoch, for curricula.
    `tokens_per_batch` (padded source + target tokens; null: no splitting; auto: chosen by device)
    only splits a step into micro-batches; with dropout another split draws other random numbers.
    """

    batch_size: Annotated[int, Field(ge=1)] = 8
    shuffle: bool = True
    tokens_per_batch: Annotated[Any, AfterValidator(_count_or_auto)] = field(
        default="auto", metadata=OUTSIDE
    )


@dataclass
class HardwareConfig:
    """Lightning's accelerator, devices, strategy and precision (auto: bf16 where it is fast).

    `gradient_checkpointing=true` recomputes activations in the backward pass: less memory, longer
    steps, the same gradients.
    """

    accelerator: Annotated[str, one_of("auto", "cpu", "gpu", "cuda", "mps")] = "auto"
    devices: Annotated[Any, AfterValidator(_count_or_auto)] = 1
    strategy: Annotated[str, one_of("auto", "ddp")] = "auto"
    precision: Annotated[
        str, AfterValidator(_no_fp16), one_of("auto", "32-true", "bf16-mixed", "bf16-true")
    ] = "auto"
    num_workers: Annotated[int, Field(ge=0)] = field(default=0, metadata=OUTSIDE)
    compile: bool = False
    gradient_checkpointing: bool = field(default=False, metadata=OUTSIDE)


@dataclass
class CheckpointConfig:
    """Resume state is saved every `every_n_steps` optimizer steps and after each epoch.

    The best checkpoint is the one with the best value of the validation metric `monitor`.
    """

    every_n_steps: Annotated[int | None, Field(ge=1)] = field(default=None, metadata=OUTSIDE)
    monitor: str = "cross_entropy"


@dataclass
class GenerationConfig:
    """Decoding. `batch_size` counts dialogues and changes no result."""

    name: str = "greedy"
    num_beams: Annotated[int, Field(ge=1)] = 1
    max_new_tokens: Annotated[int, Field(ge=1)] = 128
    length_penalty: float = 1.0
    no_repeat_ngram_size: Annotated[int, Field(ge=0)] = 0
    batch_size: Annotated[int, Field(ge=1)] = field(default=16, metadata=OUTSIDE)


@dataclass
class EvaluationConfig:
    """`validation_examples` dialogues are generated and scored each epoch (null: all).

    `metrics` adds metrics to the built-in ones: name -> `_target_` node.
    """

    validation_examples: Annotated[int | None, Field(ge=1)] = 100
    metrics: dict[str, Any] = field(default_factory=dict)


@dataclass
class TrainConfig:
    """One run. The groups of `conf/` fill the sections.

    Attributes:
        name: the folder of the runs below output_root, and their W&B group
        seed: of first weights, order of the data and dropout; 0 is a seed
        plan: true runs nothing and prints what every job would train
        force: true repeats a completed run and moves the earlier one aside
        objective: the validation metric that a search (hydra/sweeper) is given
        output_root: the folder of all runs
        cache_dir: the folder of tokenized data
        on_error: whether the jobs after a failed one are run: continue or stop
        keep_checkpoints: true keeps all that a completed run would need to be resumed
    """

    name: Annotated[str, AfterValidator(_folder_name)] = field(default="default", metadata=OUTSIDE)
    # Lightning would take 0 for a seed that numpy refuses.
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    plan: bool = field(default=False, metadata=OUTSIDE)
    force: bool = field(default=False, metadata=OUTSIDE)
    objective: str = field(default="rougeL", metadata=OUTSIDE)
    output_root: str = field(default="outputs", metadata=OUTSIDE)
    cache_dir: str = field(default="~/.cache/dialogsum", metadata=OUTSIDE)
    on_error: Annotated[str, one_of("continue", "stop")] = field(
        default="continue", metadata=OUTSIDE
    )
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
    """Command of `evaluate.py`; an empty section is taken from the run.

    Attributes:
        run: a run directory, a sweep or a folder of them
        split: train, validation or test
        trust: true runs code that the run's configuration names and dialogsum does not know
        cache_dir: the folder of tokenized data
    """

    run: str = MISSING
    split: Annotated[str, one_of("train", "validation", "test")] = "test"
    trust: bool = False
    cache_dir: str = "~/.cache/dialogsum"
    dataset: Any = field(default_factory=dict)
    prompt: Any = field(default_factory=dict)
    generation: Any = field(default_factory=dict)
    hardware: Any = field(default_factory=dict)


def structured(schema: type) -> DictConfig:
    """Return the typed node of a schema, whose open mappings take any key."""
    node = OmegaConf.structured(schema)
    _open_mappings(node, schema)
    return node


def _open_mappings(node: DictConfig, schema: type) -> None:
    for spec in fields(schema):
        if is_dataclass(spec.default_factory):
            _open_mappings(node[spec.name], spec.default_factory)
        elif spec.default_factory is dict:
            # Without this `trainer.max_epochs=1` demands a leading "+".
            OmegaConf.set_struct(node[spec.name], False)


def plain(cfg: DictConfig) -> dict[str, Any]:
    """Return the resolved config as plain containers, without Hydra's own node.

    Checkpoints, records and W&B take this form: a DictConfig in a checkpoint makes
    `torch.load(weights_only=True)` refuse the file.
    """
    masked = OmegaConf.masked_copy(cfg, [str(key) for key in cfg if key != "hydra"])
    container = OmegaConf.to_container(masked, resolve=True)
    assert isinstance(container, dict)
    return _with_learning_rate_in_use({str(key): value for key, value in container.items()})


def restore(container: Any) -> DictConfig:
    """Return the typed config of what `plain` returned, as read from a run's config.yaml.

    Texts are literal: whatever looks like an interpolation was resolved, or escaped, before.

    Raises:
        omegaconf.errors.OmegaConfBaseException: a key or a value does not fit the schema.
    """
    values = _literal(_with_learning_rate_in_use(container))
    merged = OmegaConf.merge(structured(TrainConfig), values)
    assert isinstance(merged, DictConfig)
    return merged


def _literal(value: Any) -> Any:
    """Return plain containers whose texts OmegaConf does not interpolate."""
    if isinstance(value, dict):
        return {key: _literal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_literal(item) for item in value]
    if isinstance(value, str):
        return re.sub(r"(\\*)\$\{", r"\1\1\\${", value)
    return value


def _with_learning_rate_in_use(values: dict[str, Any]) -> dict[str, Any]:
    """Return `values` with the optimizer's learning rate as `strategy.learning_rate`.

    They are equal except in experiments, which scale the learning rate of each strategy's file.
    """
    strategy, optimizer = values.get("strategy"), values.get("optimizer")
    if not strategy or not optimizer or optimizer.get("lr") is None:
        return values
    return values | {"strategy": strategy | {"learning_rate": optimizer["lr"]}}


def constraint_problems(values: Mapping[str, Any]) -> list[Problem]:
    """Return every field of a resolved configuration whose value breaks its type or constraint."""
    try:
        TypeAdapter(TrainConfig).validate_python(values)
    except ValidationError as error:
        return [
            Problem(".".join(map(str, found["loc"])), _requirement(found))
            for found in error.errors()
        ]
    return []


def changed_decoding(generation: Any, changes: Mapping[str, Any]) -> DictConfig:
    """Return the section `generation` with some keys changed.

    Raises:
        UserError: not a key of the section, or a value that it cannot have.
    """
    try:
        changed = OmegaConf.merge(generation, changes)
    except OmegaConfBaseException as error:
        raise UserError(f"generation.{error.full_key}: {readable(error)}") from error
    if problems := constraint_problems({"generation": OmegaConf.to_container(changed)}):
        raise UserError("\n".join(map(str, problems)))
    assert isinstance(changed, DictConfig)
    return changed


def _requirement(error: Mapping[str, Any]) -> str:
    """Return what a field must be, from one of pydantic's errors."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["input"] is None:
        return "must not be null"
    for kind, requirement in REQUIREMENTS.items():
        if error["type"].startswith(kind):
            return f"{requirement.format(**error.get('ctx', {}))}, got {error['input']!r}"
    return f"{error['msg']}, got {error['input']!r}"
