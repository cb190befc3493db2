"""Broken configurations: all mistakes at once, each with its dotted path and what to do."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser

from dialogsum.config.registration import conf_dir, register
from dialogsum.preflight.checks import check
from dialogsum.preflight.command_line import explain, quoted
from dialogsum.preflight.trainer_settings import trainer_keys
from dialogsum.preflight.unknown_keys import TRAINER_KEYS

Problems = Callable[..., list[str]]


@pytest.fixture
def problems(tiny_model_dir: Path, tmp_path: Path) -> Problems:
    """The problems of a command line, as train.py reports them."""

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
            explained = explain(error, [], overrides, "train")
            assert explained is not None
            return [str(problem) for problem in explained.problems]

    return find


def test_a_sound_configuration_has_no_problem(problems: Problems) -> None:
    assert problems() == []
    assert problems("model.path=owner/t5-3b-v1.0", "model.pretrained=true") == []  # of the hub
    assert problems("strategy=full", "prompt=few_shot", "generation=beam4", "seed=0") == []


# One mistake each: the arguments, the dotted path of the problem, and a keyword of the message.
ONE = [
    # groups
    ("strategy=lorra", "strategy", "did you mean 'lora'?"),
    ("strategy=LoRA", "strategy", "did you mean 'lora'?"),
    ("strategy=selective", "strategy", "--help"),
    ("strategy=null", "strategy", "options: adalora, "),
    ("strategy=[lora,full]", "strategy", "-m strategy=lora,full"),
    ("model=flan_t5_smal", "model", "did you mean 'flan_t5_small'?"),
    ("model=[tiny]", "model", "not a list"),
    ("dataset=samsun", "dataset", "did you mean 'samsum'?"),
    ("experiment=demoo", "experiment", "did you mean 'demo'?"),
    ("experiment=null", "experiment", "leave it out"),
    ("logger=[tensorbord]", "logger", "did you mean 'tensorboard'?"),
    ("logger=null", "logger", "logger=[]"),
    ("hydra/launcher=ray", "hydra/launcher", "pip install hydra-ray-launcher"),
    ("hydra/sweeper=optuna", "hydra/sweeper", "pip install hydra-optuna-sweeper"),
    ("+strategy=lora", "strategy", "leave out the +"),
    ("~model", "model", "cannot be removed"),
    # keys
    ("modle=tiny", "modle", "did you mean 'model'?"),
    ("+sede=1", "sede", "did you mean 'seed'?"),
    ("batching.batchsize=4", "batching.batchsize", "did you mean 'batching.batch_size'?"),
    ("+trainer.max_epochs=1", "trainer.max_epochs", "leave out the +"),
    ("hydra.launcher.n_jobs=2", "hydra.launcher.n_jobs", "unknown key"),
    ("~seed", "seed", "cannot be removed"),
    ("~model.path", "model.path", "cannot be removed"),
    ("hydra.sweeper.params.seed=1", "hydra.sweeper.params.seed", ""),
    ("trainer.max_epoch=3", "trainer.max_epoch", "did you mean 'trainer.max_epochs'?"),
    ("optimizer.weight_deca=0", "optimizer.weight_deca", "did you mean 'optimizer.weight_decay'?"),
    ("schedule.warmups=1", "schedule.warmups", "did you mean 'schedule.warmup'?"),
    ("strategy.peft.lora_alfa=3", "strategy.peft.lora_alfa", "did you mean 'strategy.peft.lora_al"),
    ("strategy.pefft=1", "strategy.pefft", "did you mean 'strategy.peft'?"),
    ("strategy=full strategy.peft.r=4", "strategy.peft", "not an argument of Full"),
    # keys of other sections and other tools
    ("learning_rate=1e-4", "learning_rate", "did you mean 'strategy.learning_rate'?"),
    ("lr=1e-3", "lr", "did you mean 'strategy.learning_rate'?"),
    ("optimizer.learning_rate=1e-3", "optimizer.learning_rate", "'strategy.learning_rate'?"),
    ("batch_size=16", "batch_size", "did you mean 'batching.batch_size'?"),
    ("trainer.batch_size=16", "trainer.batch_size", "did you mean 'batching.batch_size'?"),
    ("epochs=3", "epochs", "did you mean 'trainer.max_epochs'?"),
    ("trainer.epochs=3", "trainer.epochs", "did you mean 'trainer.max_epochs'?"),
    ("+max_steps=3", "max_steps", "did you mean 'trainer.max_steps'?"),
    ("strategy.r=16", "strategy.r", "did you mean 'strategy.peft.r'?"),
    ("lora.r=16", "lora.r", "did you mean 'strategy.peft.r'?"),
    ("rank=8", "rank", "did you mean 'strategy.peft.r'?"),
    ("strategy.peft.rank=8", "strategy.peft.rank", "did you mean 'strategy.peft.r'?"),
    ("strategy.lora_alpha=8", "strategy.lora_alpha", "did you mean 'strategy.peft.lora_alpha'?"),
    ("num_beams=4", "num_beams", "did you mean 'generation.num_beams'?"),
    ("beams=4", "beams", "did you mean 'generation.num_beams'?"),
    ("revision=v1", "revision", "did you mean 'dataset.revision' or 'model.revision'?"),
    # syntax
    ("seed", "seed", "cannot be read as key=value"),
    ("=3", "=3", "the key is missing"),
    ("strategy.peft.r=[1", "strategy.peft.r", "cannot be read as a list"),
    ("cache_dir=~/cache", "cache_dir", "write 'cache_dir=\"~/cache\"'"),
    ("seed=range(0,3,0)", "seed", "range() arg 3"),
    # several values without a sweep
    ("strategy=lora,full", "strategy", "add -m"),
    ("seed=range(3)", "seed", "add -m"),
    # types
    ("seed=one", "seed", "whole number, got 'one'"),
    ("seed=${oc.decode:x}", "seed", "whole number, got 'x'"),
    ("seed=null", "seed", "must not be null"),
    ("model.pretrained=maybe", "model.pretrained", "true or false, got 'maybe'"),
    ("model.path=[a]", "model.path", "must be a text, got ['a']"),
    ("model.path=${oc.env:NOT_SET_HERE}", "model.path", "'NOT_SET_HERE' not found"),
    ("dataset.limit=5", "dataset.limit", "is a section"),
    ("generation.length_penalty=x", "generation.length_penalty", "must be a number, got 'x'"),
    ("+evaluation.metrics.mine=5", "evaluation.metrics.mine._target_", "is missing"),
    ("trainer.max_epochs=three", "trainer.max_epochs", "got 'three'"),
    ("strategy.learning_rate=fast", "strategy.learning_rate", "must be float | None, got 'fast'"),
    ("strategy.peft.r=eight", "strategy.peft.r", "must be int, got 'eight'"),
    ("optimizer.betas=0.9", "optimizer.betas", "must be tuple["),
    ("optimizer.betas=[0.9]", "optimizer.betas", "must be tuple["),
    ("schedule.warmup=[1]", "schedule.warmup", "must be float, got [1]"),
    ("batching.tokens_per_batch=much", "batching.tokens_per_batch", "or auto, got 'much'"),
    ("batching.tokens_per_batch=0", "batching.tokens_per_batch", "or auto, got '0'"),
    ("hardware.devices=[0,1]", "hardware.devices", "or auto, got '[0, 1]'"),
    # values
    ("seed=-1", "seed", "must be at least 0, got -1"),
    ("seed=4294967296", "seed", "must be below 4294967296"),
    ("name=a/b", "name", "got 'a/b'"),
    ("on_error=ignore", "on_error", "continue, stop"),
    ("objective=rouge3", "objective", "did you mean 'rouge"),
    ("checkpoint.monitor=loss", "checkpoint.monitor", "unknown validation metric 'loss'"),
    ("checkpoint.every_n_steps=0", "checkpoint.every_n_steps", "at least 1, got 0"),
    ("batching.batch_size=0", "batching.batch_size", "at least 1, got 0"),
    ("generation.num_beams=0", "generation.num_beams", "at least 1, got 0"),
    ("generation.no_repeat_ngram_size=-1", "generation.no_repeat_ngram_size", "at least 0, got -1"),
    ("evaluation.validation_examples=0", "evaluation.validation_examples", "at least 1, got 0"),
    ("hardware.num_workers=-1", "hardware.num_workers", "at least 0, got -1"),
    ("hardware.devices=0", "hardware.devices", "at least 1"),
    ("dataset.limit.test=0", "dataset.limit.test", "at least 1, got 0"),
    ("dataset.max_source_tokens=1", "dataset.max_source_tokens", "at least 2, got 1"),
    ("prompt.seed=-1", "prompt.seed", "at least 0, got -1"),
    ("prompt.shots=-1", "prompt.shots", "at least 0, got -1"),
    ("prompt.template='Sum up {dialog}'", "prompt.template", "did you mean"),
    ("prompt.template=Summary", "prompt.template", "{dialogue}"),
    ("strategy.learning_rate=0", "strategy.learning_rate", "must be above 0"),
    # the learning rate in use, not that of the strategy's file
    ("experiment=tune_lr strategy.tuning.factor=0", "strategy.learning_rate", "must be above 0"),
    ("optimizer.weight_decay=-1", "optimizer", "Invalid weight_decay value: -1"),
    ("trainer.gradient_clip_val=-1", "trainer.gradient_clip_val", "at least 0, got -1"),
    ("trainer.log_every_n_steps=0", "trainer.log_every_n_steps", "at least 1, got 0"),
    ("trainer.val_check_interval=0", "trainer.val_check_interval", "at least 1, got 0"),
    ("trainer.max_epochs=0", "trainer.max_epochs", "neither max_epochs nor max_steps"),
    ("trainer.limit_train_batches=-3", "trainer.limit_train_batches", "at least 1, got -3"),
    ("trainer.limit_train_batches=0", "trainer.limit_train_batches", "at least 1, got 0"),
    ("trainer.limit_train_batches=0.0", "trainer.limit_train_batches", "at least 1, got 0.0"),
    ("trainer.max_steps=0", "trainer.max_steps", "at least 1"),
    ("trainer.max_time=00:00:00:05", "trainer.max_time", "trainer.max_steps"),
    ("trainer.val_check_interval=00:00:00:05", "trainer.val_check_interval", "00:00:00:05"),
    ("trainer.min_epochs=99", "trainer.min_epochs", "above trainer.max_epochs"),
    ("schedule.warmup=-1", "schedule", "warmup must be"),
    ("strategy.peft.r=0", "strategy.peft", "positive integer"),
    ("strategy.peft.target_modules=[qq]", "strategy.peft", "Target modules"),
    ("hardware.precision=bf16-mixd", "hardware.precision", "did you mean 'bf16-mixed'?"),
    ("hardware.precision=16-mixed", "hardware.precision", "fp16 overflows"),
    ("hardware.accelerator=gpus", "hardware.accelerator", "did you mean 'gpu'?"),
    ("hardware.strategy=dpp", "hardware.strategy", "did you mean 'ddp'?"),
    ("hardware=cpu hardware.strategy=fsdp", "hardware.strategy", "auto, ddp"),
    # keys that another section sets
    ("optimizer.lr=0.1", "optimizer.lr", "is set by strategy.learning_rate"),
    ("trainer.precision=16", "trainer.precision", "is set by hardware.precision"),
    ("trainer.devices=2", "trainer.devices", "is set by hardware.devices"),
    ("trainer.accumulate_grad_batches=2", "trainer.accumulate_grad_batches", "tokens_per_batch"),
    ("trainer.callbacks=[]", "trainer.callbacks", "cannot be set"),
    ("trainer.limit_predict_batches=1", "trainer.limit_predict_batches", "dataset.limit.test"),
    ("trainer.fast_dev_run=true", "trainer.fast_dev_run", "trainer.max_steps"),
    ("schedule.total_steps=9", "schedule.total_steps", "is set by the run itself"),
    (
        "logger=tensorboard logger.tensorboard.save_dir=x",
        "logger.tensorboard.save_dir",
        "is set by the run itself",
    ),
    # strategies that would train nothing
    (
        "strategy=prompt_tuning strategy.peft.num_virtual_tokens=0",
        "strategy.peft",
        "no parameter of the model would train",
    ),
    ("strategy=last_blocks strategy.patterns=[nothing]", "strategy.patterns", "no parameter"),
    # paths and names that do not exist
    ("model.path=owner/--a", "model.path", "neither a local path nor"),
    ("model.path=TMP/nothing", "model.path", "no directory"),
    ("model.revision=v1", "model.revision", "leave it null"),
    ("dataset.path=TMP/nothing", "dataset.path", "no such file or directory"),
    ("dataset=custom dataset.path=.hidden/", "dataset.path", "no such file or directory"),
    ("dataset=custom", "dataset.path", "is null"),
    ("output_root=/dev/null/runs", "output_root", "/dev/null is not a directory"),
    ("cache_dir=/dev/null/cache", "cache_dir", "/dev/null is not a directory"),
    ("strategy._target_=nowhere.Mine", "strategy._target_", "no module nowhere"),
    ("strategy.peft._target_=peft.LoraKonfig", "strategy.peft._target_", "did you mean 'LoraConfi"),
    ("strategy.peft._target_=torch.nn.Linear", "strategy.peft._target_", "not a peft config class"),
    ("strategy._target_=torch.nn.Linear", "strategy._target_", "dialogsum.strategies.Strategy"),
    ("optimizer._target_=torch.optim", "optimizer._target_", "not a class or function"),
    ("optimizer._target_=null", "optimizer._target_", "is missing"),
    ("optimizer._partial_=false", "optimizer._partial_", "must be true"),
    ("strategy.peft=null", "strategy.peft._target_", "is missing"),
    # impossible combinations
    ("strategy=lora strategy.peft._target_=peft.XLoraConfig", "strategy.peft", "X-LoRA"),
    (
        "strategy=prompt_tuning strategy.peft._target_=peft.MultitaskPromptTuningConfig",
        "strategy.peft",
        "multitask prompt tuning",
    ),
    ("strategy.peft.bias=all", "strategy.peft", "BitFit"),
    ("prompt=few_shot dataset.limit.train=3", "prompt.shots", "dataset.limit.train"),
    ("logger=wandb logger.wandb.project=team/x", "logger.wandb.project", "cannot"),
    ("logger=wandb logger.wandb.mode=onlin", "logger.wandb.mode", "online, offline"),
    ("logger=wandb logger.wandb=null", "logger.wandb", "settings of a logger"),
]


@pytest.mark.parametrize(("arguments", "where", "keyword"), ONE, ids=[case[0] for case in ONE])
def test_one_mistake_is_reported_at_its_key(
    problems: Problems, arguments: str, where: str, keyword: str
) -> None:
    found = problems(*([arguments] if "'" in arguments else arguments.split()))
    assert len(found) == 1, found
    assert found[0].startswith(f"{where}: ")
    assert keyword in found[0]
    assert "\n" not in found[0]


def test_all_mistakes_are_reported_at_once(problems: Problems) -> None:
    found = problems(
        *("strategy=lorra", "modle=tiny", "seed=x", "generation.num_beams=0"),
        *("trainer.precision=16", "optimizer.momentum=1", "dataset.path=TMP/nothing"),
        *("hardware.precision=16-mixed", "dataset.limit.train=0"),
    )
    assert sorted(line.partition(":")[0] for line in found) == [
        *("dataset.limit.train", "dataset.path", "generation.num_beams", "hardware.precision"),
        *("modle", "optimizer.momentum", "seed", "strategy", "trainer.precision"),
    ]


def test_an_argument_and_the_range_of_another_section(problems: Problems) -> None:
    found = problems("optimizer.foo=1", "schedule.warmup=-3", "strategy.peft.r=0")
    places = ["optimizer.foo", "schedule", "strategy.peft"]
    assert [line.partition(":")[0] for line in found] == places


TEXTS = [
    *("Sum up: {dialogue}", "a=b {dialogue}", "a, b {dialogue}", "f(x) {dialogue}", "{dialogue}"),
    *("it's {dialogue}", 'say "{dialogue}"', """it's "so": {dialogue}""", "{dialogue} #", "[1"),
    *("{dialogue} $HOME", "a\\ {dialogue}, b\\", "`ls` {dialogue}!", "a (b) {dialogue}", "~/a, b"),
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("key", ["prompt.template", "dataset.path"])
def test_texts_are_quoted_for_hydra_and_the_shell(problems: Problems, key: str, text: str) -> None:
    """The advice, typed in a shell, sets the text; nothing that follows from the text is said."""
    typed = quoted(key, text)
    [override] = shlex.split(typed)
    [parsed] = OverridesParser.create().parse_overrides([override])
    assert parsed.value() == text
    choice = ("dataset=custom",) if key == "dataset.path" else ()
    for line in problems(*choice, f"{key}={text}"):
        assert line.startswith(f"{key}: ")
        assert "write " not in line or line.endswith(f"write {typed}")


def test_a_refused_override_leaves_the_rest_of_its_section_unjudged(problems: Problems) -> None:
    found = problems("dataset=custom", "dataset.path=/a (1).jsonl", "dataset.max_source_tokens=1")
    assert [line.partition(":")[0] for line in found] == [
        "dataset.path",
        "dataset.max_source_tokens",
    ]


def test_suggested_arguments_of_lightning_exist() -> None:
    assert set(TRAINER_KEYS) <= trainer_keys()


@pytest.mark.parametrize("where", ["name", "prompt.template", "logger.mine.key"])
def test_secrets_do_not_get_into_records(
    problems: Problems, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setenv("MY_API_TOKEN", "hf_do_not_tell")
    line = next(
        line
        for line in problems(f"+{where}=${{oc.env:MY_API_TOKEN}}" if "mine" in where else
                             f"{where}=${{oc.env:MY_API_TOKEN}}")
        if "MY_API_TOKEN" in line
    )  # fmt: skip
    assert line.startswith(f"{where}: ")
    assert "hf_do_not_tell" not in line


@pytest.mark.parametrize("target", ["optimizer", "schedule", "strategy"])
def test_own_code_is_built_after_everything_else_was_checked(
    problems: Problems, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """A user's class in a configuration of theirs: a mistake elsewhere, and it is not called."""
    (tmp_path / "own_module.py").write_text(
        "from pathlib import Path\n"
        "from dialogsum.strategies import Full\n\n\n"
        "class Own(Full):\n"
        "    def __init__(self, *_, **__):\n"
        f"        Path({str(tmp_path / 'called')!r}).touch()\n"
        "        raise ValueError('called')\n\n\n"
        "def own(params, lr=0, **_):\n"
        "    return Own()\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    name = "own_module.Own" if target == "strategy" else "own_module.own"
    own = ("strategy=full", f"{target}._target_={name}")
    for mistake in ("seed=-1", "trainer.precision=16", "modle=tiny", "model=tinyy"):
        assert problems(*own, mistake)
        assert not (tmp_path / "called").exists()
    sys.modules.pop("own_module", None)


def test_keys_below_an_unknown_option_are_not_reported(problems: Problems) -> None:
    found = problems("strategy=lora_plu", "strategy.ratio=16", "seed=x")
    assert [line.partition(":")[0] for line in found] == ["strategy", "seed"]


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
    found = problems("dataset=custom", "dataset.path=TMP")
    assert found
    assert all(line.startswith(part) for line in found)


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
        ("{}", "config.json has no model_type"),
        ('{"model_type": "gpt2"}', "is a gpt2 model; dialogsum trains encoder-decoders"),
        (None, "has no config.json, so it is not a model"),
    ],
)
def test_directories_without_a_model(
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
    found = problems("model.path=TMP", "model.pretrained=true")
    assert len(found) == 2
    assert "has no tokenizer (tokenizer.json, spiece.model" in found[0]
    assert found[1].endswith("has no weights; model.pretrained=false starts from random ones")


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
def test_missing_packages_are_reported_with_their_extra(
    problems: Problems, monkeypatch: pytest.MonkeyPatch, module: str, arguments: str, line: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)  # importing it fails from now on
    assert any(line in problem for problem in problems(arguments)), problems(arguments)


@pytest.mark.parametrize("hardware", ["auto", "cpu", "cpu_ddp"])
def test_more_devices_than_the_machine_has(problems: Problems, hardware: str) -> None:
    assert problems("hardware=cpu_ddp") == []
    [line] = problems(f"hardware={hardware}", "hardware.devices=9999")
    assert line.startswith("hardware.devices: must be at most ")


def test_missing_devices(problems: Problems) -> None:
    import torch

    if torch.cuda.is_available():
        many = torch.cuda.device_count() + 1
        [line] = problems("hardware=gpu", f"hardware.devices={many}")
        assert line.startswith("hardware.devices: ")
    else:
        [line] = problems("hardware=gpu")
        assert line.startswith("hardware.accelerator: ")


@pytest.mark.parametrize(("launcher", "refused"), [("basic", True), ("submitit_slurm", False)])
def test_devices_of_other_machines_are_not_counted_here(launcher: str, refused: bool) -> None:
    """A cluster's launcher starts the jobs on machines that this one does not know."""
    register()
    GlobalHydra.instance().clear()
    overrides = ["hardware=cpu", "hardware.devices=9999"]
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        cfg = compose("train", overrides=overrides, return_hydra_config=True)
    cfg.hydra.runtime.choices["hydra/launcher"] = launcher
    assert ("hardware.devices" in {problem.where for problem in check(cfg)}) == refused
