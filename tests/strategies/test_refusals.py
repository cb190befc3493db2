"""Tests that impossible methods and arguments are refused before anything is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import DictConfig, OmegaConf

from dialogsum.config.registration import conf_dir, register
from dialogsum.preflight.checks import check
from dialogsum.strategies.peft_methods import Method, missing_extra

register()

REFUSED = {
    "peft.AdaptionPromptConfig": "adaption prompt patches the attention",
    "peft.CPTConfig": "CPT is defined on the tokens of a causal",
    "peft.XLoraConfig": "X-LoRA mixes adapters",
    "peft.PolyConfig": "task id",
    "peft.MultitaskPromptTuningConfig": "task id",
    "peft.TrainableTokensConfig": "trainable tokens replace the head",
    "peft.tuners.shadow.config.ShadowConfig": "Shadow builds its shadow network",
}


@pytest.fixture
def composed(tiny_model_dir: Path, tmp_path: Path):
    def make(*overrides: str) -> DictConfig:
        with initialize_config_dir(version_base="1.3", config_dir=str(conf_dir())):
            return compose(
                "train",
                overrides=[
                    f"model.path={tiny_model_dir}",
                    "model.pretrained=false",
                    f"output_root={tmp_path}",
                    *overrides,
                ],
            )

    return make


def problems(cfg: DictConfig, **peft: object) -> list[str]:
    if peft:
        OmegaConf.update(cfg, "strategy.peft", peft, merge=False)
    return [str(problem) for problem in check(cfg)]


@pytest.mark.parametrize(("target", "reason"), REFUSED.items())
def test_unsupported(composed, target: str, reason: str) -> None:
    [problem] = problems(composed("strategy=lora"), _target_=target)
    assert problem.startswith("strategy.peft: ") and reason in problem


def test_by_name(run_command, tmp_path: Path) -> None:
    """Asking for a method without a strategy gives the reason, not a similar name."""
    reasons = {
        "adaption_prompt": "adaption prompt patches the attention of Llama",
        "cpt": "CPT is defined on the tokens",
        "shadow": "Shadow builds its shadow network for causal models only",
        "xlora": "X-LoRA mixes adapters",
        "x_lora": "X-LoRA mixes adapters",
        "alora": "aLoRA switches on after invocation tokens",
        "bitfit": "T5 has no bias parameters",
        "poly": "Poly learns what several tasks share",
    }
    done = run_command("train.py", "-m", f"strategy={','.join(reasons)}", f"output_root={tmp_path}")
    assert done.returncode == 2
    for name, reason in reasons.items():
        assert f"strategy: '{name}' is not offered: {reason}" in done.stderr


def test_variants_of_lora(composed) -> None:
    """aLoRA and BitFit are arguments of LoraConfig, not separate classes."""
    [alora] = problems(composed("strategy=lora", "+strategy.peft.alora_invocation_tokens=[5,6]"))
    assert "aLoRA" in alora and "gradient is zero" in alora
    [bitfit] = problems(composed("strategy=lora", "+strategy.peft.bias=all"))
    assert "T5 has no bias parameters" in bitfit


def test_arguments_are_checked(composed) -> None:
    """Also arguments of nested nodes, and of the strategy itself."""
    [wrong] = problems(composed("strategy=lora", "+strategy.peft.rank=4"))
    assert wrong.startswith("strategy.peft.rank: not an argument of LoraConfig")
    [nested] = problems(composed("strategy=eva", "+strategy.peft.eva_config.rha=2.0"))
    assert nested.startswith("strategy.peft.eva_config.rha: not an argument of EvaConfig")
    assert "'strategy.peft.eva_config.rho'" in nested
    [share] = problems(composed("strategy=adalora", "strategy.warmup_share=0.8"))
    assert share.startswith("strategy.warmup_share: ")
    [ranks] = problems(composed("strategy=adalora", "strategy.peft.target_r=16"))
    assert ranks.startswith("strategy.peft.target_r: 16 is above init_r 12")
    [ratio] = problems(composed("strategy=lora_plus", "strategy.ratio=0.5"))
    assert ratio == "strategy.ratio: must be at least 1, is 0.5"
    [examples] = problems(composed("strategy=eva", "strategy.examples=0"))
    assert examples.startswith("strategy.examples: ")
    [rate] = problems(composed("strategy=full", "strategy.learning_rate=0"))
    assert rate == "strategy.learning_rate: must be above 0, is 0"


def test_lora_fa_brings_its_optimizer(composed) -> None:
    [problem] = problems(composed("strategy=lora_fa", "optimizer=adafactor"))
    assert problem == "optimizer: lora_fa brings its own AdamW and cannot use this optimizer"
    assert not problems(composed("strategy=lora_fa"))


def test_recomputation_is_refused_where_it_cannot_work(composed) -> None:
    setting = "hardware.gradient_checkpointing=true"
    [problem] = problems(composed("strategy=prefix_tuning", setting))
    assert problem.startswith("hardware.gradient_checkpointing: prefix_tuning ")
    assert not problems(composed("strategy=lora", setting))


def test_declared_in_the_file(composed) -> None:
    """The capabilities of an unknown method are those of its file."""
    cfg = composed("strategy=lora", "generation=beam4")
    assert not problems(cfg)
    OmegaConf.update(cfg, "strategy.capabilities", {"beams": False, "why": "It would mix them up."})
    [problem] = problems(cfg)
    assert problem.startswith("generation.num_beams: lora cannot be decoded with beams; use 1.")
    assert problem.endswith("It would mix them up.")
    OmegaConf.update(cfg, "strategy.capabilities", {"beam": False}, merge=False)
    [problem] = problems(cfg)
    assert problem.startswith("strategy.capabilities.beam: ") and "'beams'" in problem


def test_missing_extra() -> None:
    assert missing_extra(Method(needs=("json", "any"))) is None
    expected = "needs no_such_module: pip install 'dialogsum[some]'"
    assert missing_extra(Method(needs=("no_such_module", "some"))) == expected
