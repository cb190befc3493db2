"""Fingerprints name run directories: those of existing configurations never change."""

# One command line per entry, however long.
# ruff: noqa: E501

from __future__ import annotations

import pytest
from hydra import compose, initialize_config_dir

from dialogsum.config.registration import conf_dir, register
from dialogsum.config.run_names import fingerprint

# Computed by commit d5b8fa2, except that of the demo, which has lost a metric since.
PINNED = {
    "": "482bdb00",
    "seed=7 name=other output_root=elsewhere": "aa126f59",
    "model=flan_t5_base dataset=dialogsum": "7015eb00",
    "model=flan_t5_xxl dataset=samsum strategy=full": "4dfec516",
    "strategy=zero_shot prompt=few_shot": "488aa725",
    "strategy=zero_shot prompt=one_shot prompt.seed=4 generation=beam4": "425f3504",
    "strategy=full optimizer=adafactor schedule=cosine": "ffabd147",
    "strategy=lora_qv strategy.peft.r=32 strategy.peft.lora_alpha=64": "5505b33a",
    "strategy=lora_ga strategy.examples=16": "f14ac02a",
    "strategy=boft": "e63c30e7",
    "strategy=last_blocks schedule=constant schedule.warmup=100": "3ef2c0e7",
    "strategy=qlora_nf4 model=flan_t5_xl": "14cf28f1",
    "strategy=adalora trainer.max_steps=500 trainer.max_epochs=null": "bd2f0aa4",
    "strategy=ia3 strategy.learning_rate=3e-3": "352fbed9",
    "strategy=prompt_tuning batching.batch_size=16 batching.shuffle=false batching.tokens_per_batch=4096": "cf4e0343",
    "hardware=gpu_ddp hardware.devices=4 hardware.precision=bf16-mixed hardware.compile=true": "50c9ff4e",
    "dataset.limit.train=100 dataset.limit.validation=10 dataset.limit.test=20": "f7f2cfd0",
    "dataset=samsum dataset.revision=main dataset.drop_overlap=true dataset.max_source_tokens=512": "3bf6549f",
    "dataset=dialogsum dataset.columns.summary=[a,b] dataset.columns.topic=t": "2de773ba",
    "+evaluation.metrics.mine._target_=torch.nn.Identity evaluation.validation_examples=null": "d9a4a619",
    "generation.length_penalty=2.0 generation.num_beams=2 generation.max_new_tokens=64 generation.no_repeat_ngram_size=2": "6721e51e",
    "experiment=demo": "f6d1f40c",
    "experiment=in_context": "ff929201",
    "model.path=owner/other model.pretrained=false checkpoint.monitor=rougeL checkpoint.every_n_steps=5": "765bdceb",
    "+trainer.val_check_interval=0.5 trainer.log_every_n_steps=1 logger=[wandb,tensorboard]": "4388adba",
}


@pytest.mark.parametrize("overrides", PINNED)
def test_fingerprints_are_as_before(overrides: str) -> None:
    register()
    # As composed before schedules could begin above 0; other steps are another run.
    arguments = [*overrides.split(), "~schedule.warmup_from_zero"]
    if "model=" not in overrides and "model.path" not in overrides:
        arguments.append("model.path=owner/tiny")  # the content of the bundled model may change
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        cfg = compose("train", overrides=arguments, return_hydra_config=True)
    assert fingerprint(cfg) == PINNED[overrides]


def test_the_learning_rate_in_use_is_recorded() -> None:
    """A search scales the learning rate of the strategy's file."""
    from dialogsum.config.schema import plain, restore

    register()
    with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
        search = compose("train", ["experiment=tune_lr", "strategy.tuning.factor=10.0"])
        same = compose("train", ["experiment=tune_lr", "strategy.learning_rate=1e-2"])
    assert plain(search)["strategy"]["learning_rate"] == plain(search)["optimizer"]["lr"] == 1e-2
    assert restore(plain(search)).strategy.learning_rate == 1e-2
    assert fingerprint(search) == fingerprint(restore(plain(search))) == fingerprint(same)
