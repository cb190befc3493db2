"""Every file below conf/: it composes, it is valid, and every strategy plans on every model."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import DictConfig, OmegaConf

from dialogsum.config.registration import conf_dir, register
from dialogsum.config.run_names import fingerprint, run_name
from dialogsum.config.schema import restore
from dialogsum.preflight.checks import check

CONF = conf_dir()
OPTIONS = sorted(
    (str(path.parent.relative_to(CONF)), path.stem)
    for path in CONF.rglob("*.yaml")
    if path.parent != CONF
)
STRATEGIES = sorted(path.stem for path in (CONF / "strategy").glob("*.yaml"))
# What only a machine with the right hardware, package or path can run.
NEEDS = {
    ("hardware", "gpu"): {"hardware.accelerator"},
    ("hardware", "gpu_ddp"): {"hardware.accelerator"},
    ("strategy", "qlora_nf4"): {"strategy"},
    ("strategy", "qlora_int8"): {"strategy"},
}
# FLAN-T5's geometries: d_model, d_ff, layers, heads; trainable parameters of full fine-tuning.
GEOMETRY = {
    "flan_t5_small": (512, 1024, 8, 6, 76_961_152),
    "flan_t5_base": (768, 2048, 12, 12, 247_577_856),
    "flan_t5_large": (1024, 2816, 24, 16, 783_150_080),
    "flan_t5_xl": (2048, 5120, 24, 32, 2_849_757_184),
    "flan_t5_xxl": (4096, 10240, 24, 64, 11_135_332_352),
}


def compose_train(*overrides: str) -> DictConfig:
    register()
    with initialize_config_dir(version_base="1.3", config_dir=str(CONF)):
        return compose("train", overrides=list(overrides), return_hydra_config=True)


@pytest.fixture(scope="session")
def geometry_dirs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """config.json of every FLAN-T5, which is all that a plan needs."""
    directories = {}
    for name, (d_model, d_ff, layers, heads, _) in GEOMETRY.items():
        directories[name] = tmp_path_factory.mktemp(name)
        config = {
            "model_type": "t5",
            "architectures": ["T5ForConditionalGeneration"],
            "d_model": d_model,
            "d_kv": 64,
            "d_ff": d_ff,
            "num_layers": layers,
            "num_decoder_layers": layers,
            "num_heads": heads,
            "vocab_size": 32128,
            "feed_forward_proj": "gated-gelu",
            "tie_word_embeddings": False,
            "decoder_start_token_id": 0,
            "pad_token_id": 0,
            "eos_token_id": 1,
        }
        (directories[name] / "config.json").write_text(json.dumps(config))
    return directories


def test_every_group_is_there() -> None:
    groups = {group for group, _ in OPTIONS}
    assert {
        *("model", "dataset", "prompt", "strategy", "hardware", "batching", "trainer"),
        *("optimizer", "schedule", "generation", "logger", "experiment"),
    } <= groups
    assert len(STRATEGIES) >= 36
    assert len(OPTIONS) == len(list(CONF.rglob("*.yaml"))) - len(list(CONF.glob("*.yaml")))


def choosing(group: str, option: str) -> list[str]:
    """What a user says for a file to be composed; tuned values come with strategy and model."""
    if group != "tuned":
        return [f"{group}={option}"]
    models = [path.stem for path in (CONF / "model").glob("*.yaml")]
    [pair] = [(s, m) for s in STRATEGIES for m in models if option == f"{s}_{m}"]
    return [f"strategy={pair[0]}", f"model={pair[1]}"]


@pytest.mark.parametrize(("group", "option"), OPTIONS, ids=["/".join(o) for o in OPTIONS])
def test_file_composes_and_is_valid(group: str, option: str, tmp_path: Path) -> None:
    if group.startswith("hydra"):
        assert compose_train() is not None  # composed with every configuration
        return
    overrides = [*choosing(group, option), "plan=true"]
    if (group, option) == ("dataset", "custom"):
        file = tmp_path / "rows.jsonl"
        file.write_text('{"dialogue": "A: hi", "summary": "A greets."}\n')
        overrides.append(f"dataset.path={file}")
    problems = check(compose_train(*overrides))
    expected = NEEDS.get((group, option), set())
    unexpected = [p for p in problems if not any(p.where.startswith(e) for e in expected)]
    assert not unexpected, [str(problem) for problem in unexpected]


def test_tuned_rates_are_in_force_after_equal_searches() -> None:
    files = sorted((CONF / "tuned").glob("*_tiny.yaml"))
    assert len(files) >= 10
    for file in files:
        found = OmegaConf.load(file).strategy
        cfg = compose_train(*choosing("tuned", file.stem))
        assert cfg.optimizer.lr == found.learning_rate, file.name
        assert cfg.strategy.tuning.trials == found.tuning.trials == 5, file.name
        searched = {"model": "tiny", "dataset": "bundled", "train examples": 800}
        assert cfg.strategy.tuning["searched on"] == searched


@pytest.mark.parametrize(
    "spelling",
    ["strategy=lora.yaml", "strategy=./lora", "model=tiny.yaml", "model=./tiny.yaml"],
)
def test_another_spelling_of_an_option_has_its_tuned_rate(spelling: str) -> None:
    """Shells complete the suffix of a file."""
    assert compose_train(spelling).strategy == compose_train().strategy
    assert fingerprint(compose_train(spelling)) == fingerprint(compose_train())


@pytest.mark.parametrize("path", sorted(CONF.rglob("*.yaml")), ids=lambda p: str(p.name))
def test_file_opens_with_its_command(path: Path) -> None:
    head = path.read_text().splitlines()[:3]
    if path.parent.parent.name == "hydra" and path.parent.name != "help":
        assert head[0].startswith("# ")
        return
    assert any("python train.py" in line or "evaluate.py" in line for line in head), head


def planned(model: str, path: Path) -> dict[str, dict]:
    """The plan of every strategy on one model, and the processor's `seconds` for it."""
    from dialogsum.preflight.plan import plan

    plans = {}
    for strategy in STRATEGIES:
        cfg = compose_train(f"model={model}", f"model.path={path}", f"strategy={strategy}")
        started = time.process_time()
        plans[strategy] = plan(cfg)
        plans[strategy]["seconds"] = time.process_time() - started
    return plans


@pytest.mark.parametrize("model", ["flan_t5_small", "flan_t5_base"])
def test_every_strategy_plans_as_pinned(model: str, geometry_dirs: dict[str, Path]) -> None:
    for strategy, plan in planned(model, geometry_dirs[model]).items():
        pinned = compose_train(f"strategy={strategy}").strategy.trainable[model]
        assert plan["trainable"] == pinned, strategy


@pytest.mark.slow
@pytest.mark.parametrize("model", ["flan_t5_large", "flan_t5_xl", "flan_t5_xxl"])
def test_every_strategy_plans_on_large_models(model: str, geometry_dirs: dict[str, Path]) -> None:
    """In seconds each, whatever the method does with weights in a run."""
    plans = planned(model, geometry_dirs[model])
    assert plans["full"]["trainable"] == GEOMETRY[model][-1]
    assert all(plan["total"] >= GEOMETRY[model][-1] * 0.99 for plan in plans.values())
    assert max(plan["seconds"] for plan in plans.values()) < 15


def test_lora_counts_of_the_notebooks(geometry_dirs: dict[str, Path]) -> None:
    from dialogsum.preflight.plan import plan

    small = plan(
        compose_train(
            "strategy=lora_qv", f"model.path={geometry_dirs['flan_t5_small']}", "strategy.peft.r=8"
        )
    )
    base = plan(
        compose_train(
            "strategy=lora_qv", f"model.path={geometry_dirs['flan_t5_base']}", "strategy.peft.r=32"
        )
    )
    assert (small["trainable"], small["total"]) == (344_064, 77_305_216)
    assert (base["trainable"], base["total"]) == (3_538_944, 251_116_800)
    assert round(small["percent"], 3) == 0.445
    assert round(base["percent"], 2) == 1.41


def test_plan_counts_no_more_memory_than_a_whole_step_can_fill(
    geometry_dirs: dict[str, Path],
) -> None:
    from dialogsum.preflight.plan import plan

    def peak(*overrides: str) -> int:
        cfg = compose_train(f"model.path={geometry_dirs['flan_t5_small']}", *overrides)
        return plan(cfg)["peak_memory_bytes"]

    whole = peak("batching.batch_size=4", "batching.tokens_per_batch=null")
    assert peak("batching.batch_size=4", "batching.tokens_per_batch=1000000") == whole
    assert peak("batching.batch_size=4", "batching.tokens_per_batch=500") < whole


def test_fingerprint_names_what_changes_a_result() -> None:
    base = fingerprint(compose_train())
    same = (
        "name=other",
        "output_root=elsewhere",
        "cache_dir=elsewhere",
        "force=true",
        "keep_checkpoints=true",
        "batching.tokens_per_batch=512",
        "hardware.num_workers=2",
        "generation.batch_size=3",
        "logger=[tensorboard]",
        "trainer.log_every_n_steps=1",
        "trainer.enable_progress_bar=false",
        "+strategy.paper=another",
        "checkpoint.every_n_steps=5",
    )
    other = (
        "seed=1",
        "strategy.peft.r=4",
        "strategy.learning_rate=1",
        "batching.batch_size=4",
        "dataset.limit.train=5",
        "generation.num_beams=2",
        "hardware.precision=bf16-mixed",
        "trainer.max_epochs=1",
        "prompt=few_shot",
        "model=flan_t5_small",
        "optimizer.weight_decay=0.5",
    )
    for override in same:
        override = override.lstrip("+") if override.startswith("+strategy") else override
        assert fingerprint(compose_train(override)) == base, override
    prints = [fingerprint(compose_train(override)) for override in other]
    assert len({base, *prints}) == len(other) + 1


def test_fingerprint_survives_config_yaml_and_relative_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dialogsum.config.schema import plain

    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    relative = compose_train("dataset=samsum", "dataset.path=data")
    absolute = compose_train("dataset=samsum", f"dataset.path={tmp_path / 'data'}")
    assert fingerprint(relative) == fingerprint(absolute)
    assert run_name(restore(plain(relative))) == run_name(relative)
    assert run_name(relative).startswith("lora-tiny-samsum-seed0-")
