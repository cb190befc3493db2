"""Broken configurations: every mistake is told at once, with its place and what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra

from dialogsum.config.composition import explain
from dialogsum.config.schema import conf_dir, register
from dialogsum.preflight.checks import check

Problems = Callable[..., list[str]]


@pytest.fixture
def problems(tiny_model_dir: Path, tmp_path: Path) -> Problems:
    """What a command line is told, line by line, as train.py finds it."""

    def find(*arguments: str) -> list[str]:
        given = [a.replace("TMP", str(tmp_path)) for a in arguments]
        sound = [f"model.path={tiny_model_dir}", "model.pretrained=false"]
        overrides = [*sound, f"output_root={tmp_path}", *given]
        GlobalHydra.instance().clear()
        register()
        try:
            with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
                return [str(problem) for problem in check(compose("train", overrides=overrides))]
        except Exception as error:
            explained = explain(error, overrides, "train")
            assert explained is not None
            return [str(problem) for problem in explained.problems]

    return find


def test_a_sound_configuration_has_no_problem(problems: Problems) -> None:
    assert problems() == []
    assert problems("model.path=owner/t5-3b-v1.0", "model.pretrained=true") == []  # of the hub
    assert problems("strategy=full", "prompt=few_shot", "generation=beam4", "seed=0") == []


# One mistake each: the arguments, and the line that is to be told.
ONE = [
    # groups
    ("strategy=lorra", "strategy: there is no option 'lorra'; did you mean 'lora'?"),
    (
        "model=flan_t5_smal",
        "model: there is no option 'flan_t5_smal'; did you mean 'flan_t5_small'",
    ),
    ("dataset=samsun", "dataset: there is no option 'samsun'; did you mean 'samsum'?"),
    ("experiment=demoo", "experiment: there is no option 'demoo'; did you mean 'demo'?"),
    ("logger=[tensorbord]", "logger: there is no option 'tensorbord'; did you mean 'tensorboard'?"),
    ("hydra/launcher=ray", "hydra/launcher: 'ray' needs another package: pip install hydra-ray-"),
    ("hydra/sweeper=optuna", "hydra/sweeper: 'optuna' needs another package: pip install hydra-o"),
    ("strategy=LoRA", "strategy: there is no option 'LoRA'; did you mean 'lora'?"),
    ("strategy=selective", "strategy: there is no option 'selective'; --help lists them"),
    ("strategy=null", "strategy: needs one of its options: adalora, "),
    ("logger=null", "logger: for none say logger=[]"),
    ("experiment=null", "experiment: for none leave it out"),
    ("+strategy=lora", "strategy: is there already; leave out the +"),
    ("~model", "model: cannot be taken away: every run needs one"),
    ("model=[tiny]", "model: takes one option, not a list"),
    (
        "strategy=[lora,full]",
        "strategy: takes one option, not a list; -m strategy=lora,full ",
    ),
    # keys
    ("modle=tiny", "modle: there is no such key; did you mean 'model'?"),
    (
        "batching.batchsize=4",
        "batching.batchsize: there is no such key; did you mean 'batch_size'?",
    ),
    ("+trainer.max_epochs=1", "trainer.max_epochs: is there already; leave out the +"),
    ("hydra.launcher.n_jobs=2", "hydra.launcher.n_jobs: there is no such key; there is _target_"),
    ("~seed", "seed: cannot be taken away"),
    ("~model.path", "model.path: cannot be taken away"),
    ("hydra.sweeper.params.seed=1", "hydra.sweeper.params.seed: "),
    ("+sede=1", "sede: there is no such key; did you mean 'seed'?"),
    ("trainer.max_epoch=3", "trainer.max_epoch: no argument of Lightning's Trainer; did you mean"),
    (
        "optimizer.weight_deca=0",
        "optimizer.weight_deca: no argument of AdamW; did you mean 'weight_",
    ),
    ("schedule.warmups=1", "schedule.warmups: no argument of linear_with_warmup; did you mean"),
    (
        "strategy.peft.lora_alfa=3",
        "strategy.peft.lora_alfa: no argument of LoraConfig; did you mean",
    ),
    ("strategy.pefft=1", "strategy.pefft: no argument of Peft; did you mean 'peft'?"),
    ("strategy=full strategy.peft.r=4", "strategy.peft: no argument of Full; there is"),
    # syntax
    ("seed", "seed: cannot be read as key=value"),
    ("=3", "=3: cannot be read as key=value: the key is missing"),
    ("strategy.peft.r=[1", "strategy.peft.r=[1: cannot be read as key=value"),
    # several values without a sweep
    ("strategy=lora,full", "strategy: takes one value; add -m for a sweep"),
    ("seed=range(3)", "seed: takes one value; add -m for a sweep"),
    (
        "cache_dir=~/cache",
        "cache_dir=~/cache: cannot be read as key=value: put the value ",
    ),
    ("seed=range(0,3,0)", "seed=range(0,3,0): cannot be read as key=value: range() arg 3 must"),
    # types
    ("seed=one", "seed: must be a whole number, is 'one'"),
    ("seed=${oc.decode:x}", "seed: must be a whole number, is 'x'"),
    ("seed=null", "seed: must not be null"),
    ("model.pretrained=maybe", "model.pretrained: must be true or false, is 'maybe'"),
    ("model.path=[a]", "model.path: must be a text, is ['a']"),
    ("dataset.limit=5", "dataset.limit: is a section: give one of its keys a value, not 5"),
    ("generation.length_penalty=x", "generation.length_penalty: must be a number, is 'x'"),
    ("model.path=${oc.env:NOT_SET_HERE}", "Environment variable 'NOT_SET_HERE' not found"),
    ("+evaluation.metrics.mine=5", "evaluation.metrics.mine._target_: is missing: the class"),
    ("trainer.max_epochs=three", "trainer.max_epochs: must be Optional[int], is 'three'"),
    ("strategy.learning_rate=fast", "strategy.learning_rate: must be float | None, is 'fast'"),
    ("strategy.peft.r=eight", "strategy.peft.r: must be int, is 'eight'"),
    ("optimizer.betas=0.9", "optimizer.betas: must be tuple["),
    ("optimizer.betas=[0.9]", "optimizer.betas: must be tuple["),
    ("schedule.warmup=[1]", "schedule.warmup: must be float, is [1]"),
    (
        "batching.tokens_per_batch=much",
        "batching.tokens_per_batch: must be a number of tokens, nul",
    ),
    (
        "hardware.devices=[0,1]",
        "hardware.devices: must be a number of devices or auto, is '[0, 1]'",
    ),
    # values
    ("seed=-1", "seed: must be from 0 to 4294967295, is -1"),
    ("seed=4294967296", "seed: must be from 0 to 4294967295, is 4294967296"),
    ("prompt.seed=-1", "prompt.seed: must be at least 0, got -1"),
    ("name=a/b", "name: names a folder and a W&B group; 'a/b' does not"),
    ("on_error=ignore", "on_error: must be continue or stop, is 'ignore'"),
    ("objective=rouge3", "objective: 'rouge3' is no validation figure; did you mean 'rouge"),
    ("checkpoint.monitor=loss", "checkpoint.monitor: 'loss' is no validation figure"),
    ("checkpoint.every_n_steps=0", "checkpoint.every_n_steps: must be at least 1, is 0"),
    ("batching.batch_size=0", "batching.batch_size: must be at least 1, is 0"),
    ("generation.num_beams=0", "generation.num_beams: must be at least 1, is 0"),
    ("dataset.limit.test=0", "dataset.limit.test: must be at least 1 or null, got 0"),
    ("dataset.max_source_tokens=1", "dataset.max_source_tokens: must be at least 2, got 1"),
    (
        "prompt.template='Sum up {dialog}'",
        "prompt.template: unknown placeholder '{dialog}'; did yo",
    ),
    ("prompt.template=Summary", "prompt.template: must hold {dialogue} exactly once"),
    ("prompt.shots=-1", "prompt.shots: must be at least 0, got -1"),
    ("strategy.learning_rate=0", "strategy.learning_rate: must be above 0, is 0"),
    ("optimizer.weight_decay=-1", "optimizer: is refused: Invalid weight_decay value: -1"),
    ("optimizer.lr=0", "optimizer.lr: must be above 0, is 0"),
    ("trainer.gradient_clip_val=-1", "trainer.gradient_clip_val: must be at least 0, is -1"),
    ("schedule.warmup=-1", "schedule: is refused: warmup must be 0 or more, is -1"),
    ("trainer.log_every_n_steps=0", "trainer.log_every_n_steps: must be at least 1, is 0"),
    ("trainer.val_check_interval=0", "trainer.val_check_interval: must be at least 1, is 0"),
    ("strategy.peft.r=0", "strategy.peft: is refused: `r` should be a positive integer"),
    ("strategy.peft.target_modules=[qq]", "strategy.peft: is refused: Target modules"),
    ("trainer.max_epochs=0", "trainer.max_epochs: neither max_epochs nor max_steps is above 0"),
    ("trainer.limit_train_batches=-3", "trainer: is refused: You have passed invalid value -3"),
    ("hardware.precision=bf16-mixd", "hardware.precision: 'bf16-mixd' is unknown; did you mean"),
    ("hardware.accelerator=gpus", "hardware.accelerator: 'gpus' is unknown; did you mean 'gpu'?"),
    ("hardware.strategy=dpp", "hardware.strategy: 'dpp' is unknown; did you mean 'ddp'?"),
    # what another section sets
    ("trainer.precision=16", "trainer.precision: is set by hardware.precision"),
    ("trainer.devices=2", "trainer.devices: is set by hardware.devices"),
    ("trainer.accumulate_grad_batches=2", "is set by batching.tokens_per_batch"),
    ("trainer.callbacks=[]", "trainer.callbacks: cannot be set: the run's own callbacks are fixed"),
    ("trainer.limit_predict_batches=1", "is set by dataset.limit.test: it would leave dialogues"),
    ("trainer.fast_dev_run=true", "trainer.fast_dev_run: saves no checkpoint to evaluate; use"),
    ("schedule.total_steps=9", "schedule.total_steps: is set by the run itself"),
    (
        "logger=tensorboard logger.tensorboard.save_dir=x",
        "logger.tensorboard.save_dir: is set by the run itself",
    ),
    # what would train nothing
    (
        "strategy=prompt_tuning strategy.peft.num_virtual_tokens=0",
        "strategy.peft: is refused: nothing of the model would train",
    ),
    (
        "strategy=last_blocks strategy.patterns=[nothing]",
        "strategy.patterns: is refused: ['nothing'] matches no parameter of this model",
    ),
    # what is not there
    (
        "model.path='owner/a model'",
        "model.path: 'owner/a model' is neither a local path nor a na",
    ),
    ("dataset=custom dataset.path=.hidden/", ".hidden: no such file or directory"),
    ("model.path=TMP/nothing", "nothing"),
    ("model.revision=v1", "is a local directory, which has no revisions; leave it null"),
    ("dataset.path=TMP/nothing", "nothing: no such file or directory"),
    ("dataset=custom", "dataset.path: is null; give a directory, a file or a data set of the hub"),
    ("output_root=/dev/null/runs", "output_root: /dev/null is no directory"),
    ("cache_dir=/dev/null/cache", "cache_dir: /dev/null is no directory"),
    (
        "strategy._target_=nowhere.Mine",
        "strategy._target_: 'nowhere.Mine' cannot be imported: there",
    ),
    (
        "strategy.peft._target_=peft.LoraKonfig",
        "'peft.LoraKonfig' cannot be imported: peft has no LoraKonfig; did you mean 'LoraConfig'?",
    ),
    ("strategy.peft._target_=torch.nn.Linear", "'torch.nn.Linear' is no config class of peft"),
    ("strategy._target_=torch.nn.Linear", "is no strategy: it must extend dialogsum.strategies.St"),
    ("optimizer._target_=torch.optim", "optimizer._target_: 'torch.optim' is no class or function"),
    ("optimizer._target_=null", "optimizer._target_: is missing: the class or function to build"),
    ("optimizer._partial_=false", "optimizer._partial_: must be true: it is built later"),
    ("strategy.peft=null", "strategy.peft._target_: is missing"),
    # impossible combinations
    (
        "hardware.precision=16-mixed",
        "hardware.precision: fp16 overflows in T5's feed-forward layers",
    ),
    (
        "strategy=lora strategy.peft._target_=peft.XLoraConfig",
        "strategy.peft: X-LoRA mixes adapters that were trained before",
    ),
    (
        "strategy=prompt_tuning strategy.peft._target_=peft.MultitaskPromptTuningConfig",
        "strategy.peft: multitask prompt tuning learns what several tasks share",
    ),
    ("strategy.peft.bias=all", "strategy.peft: T5 has no bias parameters, so BitFit"),
    ("hardware=cpu hardware.strategy=fsdp", "hardware.strategy: 'fsdp' is unknown"),
    ("prompt=few_shot dataset.limit.train=3", "prompt.shots: 3 examples need more than the 3 of"),
    ("logger=wandb logger.wandb.project=team/x", "logger.wandb.project: a project's name cannot"),
    ("logger=wandb logger.wandb.mode=onlin", "logger.wandb.mode: must be one of online, offline"),
    ("logger=wandb logger.wandb=null", "logger.wandb: must be the settings of a logger, is 'None'"),
]


@pytest.mark.parametrize(("arguments", "line"), ONE, ids=[arguments for arguments, _ in ONE])
def test_one_mistake_is_told_where_it_is(problems: Problems, arguments: str, line: str) -> None:
    told = problems(*([arguments] if "'" in arguments else arguments.split()))
    assert len(told) == 1, told
    assert line in told[0]
    assert "\n" not in told[0]


def test_all_mistakes_are_told_at_once(problems: Problems) -> None:
    told = problems(
        *(
            "strategy=lorra",
            "modle=tiny",
            "seed=x",
            "generation.num_beams=0",
            "trainer.precision=16",
        ),
        *("optimizer.momentum=1", "dataset.path=TMP/nothing", "hardware.precision=16-mixed"),
    )
    places = [line.partition(":")[0] for line in told]
    assert places == [
        *("strategy", "modle", "seed", "dataset.path", "generation.num_beams"),
        *("hardware.precision", "trainer.precision", "optimizer.momentum"),
    ]


def test_what_stands_below_a_group_that_is_not_there_is_left_alone(problems: Problems) -> None:
    told = problems("strategy=lora_plu", "strategy.ratio=16", "seed=x")
    assert [line.partition(":")[0] for line in told] == ["strategy", "seed"]


def test_a_null_section_with_an_override_below_it(problems: Problems) -> None:
    [line] = problems("trainer=null", "trainer.max_epochs=1")
    assert line == "trainer: needs one of its options: default"


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ({"text": "A: hi", "summary": "s"}, "dataset.columns.dialogue"),
        ({"dialogue": "A: hi", "tldr": "s"}, "dataset.columns.summary"),
    ],
)
def test_missing_columns(problems: Problems, tmp_path: Path, content: Any, part: str) -> None:
    for split in ("train", "validation", "test"):
        (tmp_path / f"{split}.jsonl").write_text(json.dumps(content))
    told = problems("dataset=custom", "dataset.path=TMP")
    assert told
    assert all(line.startswith(part) for line in told)


@pytest.mark.parametrize("value", ["5", "null", "[]", "[summary,3]"])
def test_summary_columns_are_names(problems: Problems, tmp_path: Path, value: str) -> None:
    for split in ("train", "validation", "test"):
        (tmp_path / f"{split}.jsonl").write_text('{"dialogue": "A: hi", "summary": "s"}')
    [line] = problems("dataset=custom", "dataset.path=TMP", f"dataset.columns.summary={value}")
    assert line.startswith("dataset.columns.summary: must be a column's name or a list of them")


def test_local_data_have_no_revision(problems: Problems, tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text('{"dialogue": "A: hi", "summary": "s"}')
    arguments = ("dataset=custom", "dataset.path=TMP/all.jsonl", "dataset.revision=v1")
    [line] = problems(*arguments)
    assert line.startswith("dataset.revision: ")
    assert line.endswith("all.jsonl is local, which has no revisions; leave it null")


@pytest.mark.parametrize(
    ("config", "part"),
    [
        ("{", "config.json cannot be read"),
        ("{}", "config.json names no model_type"),
        ('{"model_type": "gpt2"}', "is a gpt2 model; dialogsum trains encoder-decoders"),
        (None, "has no config.json, so it is no model"),
    ],
)
def test_directories_that_are_no_model(
    problems: Problems, tmp_path: Path, config: str | None, part: str
) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    if config is not None:
        (tmp_path / "config.json").write_text(config)
    [line] = problems("model.path=TMP")
    assert line.startswith("model.path: ")
    assert part in line


def test_a_model_without_weights_or_tokenizer(
    problems: Problems, tmp_path: Path, tiny_model_dir: Path
) -> None:
    (tmp_path / "config.json").write_text((tiny_model_dir / "config.json").read_text())
    told = problems("model.path=TMP", "model.pretrained=true")
    assert len(told) == 2
    assert "has no tokenizer (tokenizer.json, spiece.model" in told[0]
    assert told[1].endswith("holds no weights; model.pretrained=false starts from random ones")


@pytest.mark.parametrize(
    ("module", "arguments", "line"),
    [
        ("tensorboard", "logger=tensorboard", "needs tensorboard: pip install 'dialogsum[tensorbo"),
        (
            "bitsandbytes",
            "strategy=qlora_nf4",
            "bitsandbytes: pip install 'dialogsum[quantization]'",
        ),
        ("sklearn", "strategy=adamss", "needs sklearn: pip install 'dialogsum[adamss]'"),
    ],
)
def test_missing_packages_are_told_with_their_extra(
    problems: Problems, monkeypatch: pytest.MonkeyPatch, module: str, arguments: str, line: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)  # importing it fails from now on
    assert any(line in told for told in problems(arguments)), problems(arguments)


def test_devices_that_are_not_there(problems: Problems) -> None:
    import torch

    if torch.cuda.is_available():
        many = torch.cuda.device_count() + 1
        [line] = problems("hardware=gpu", f"hardware.devices={many}")
        assert line == f"hardware.devices: {many} GPUs are asked for, {many - 1} are here"
    else:
        [line] = problems("hardware=gpu")
        assert line == "hardware.accelerator: no GPU is here; use hardware=cpu"
