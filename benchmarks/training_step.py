"""Measure a training step with the library's kernels and with ours, as ratios within one run.

    python benchmarks/training_step.py [--model DIR] [--repeat 10] [--tokens 120]

Eight sequences of one length, targets a third as long; full fine-tuning and LoRA on all linear
layers, in fp32 and under bf16 autocast. The variants take turns and the median counts, so that
other work on the machine affects all of them equally.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import peft
import torch
from transformers import AutoConfig, AutoModelForSeq2SeqLM, PreTrainedModel
from transformers.activations import NewGELUActivation

from dialogsum.common.log_noise import silence_libraries
from dialogsum.config.schema import ModelConfig
from dialogsum.modeling.backbone import load_backbone

TINY = Path(__file__).resolve().parents[1] / "dialogsum" / "assets" / "tiny"


def main() -> None:
    """Time all variants of full fine-tuning and LoRA in fp32 and bf16."""
    silence_libraries()
    arguments = parse()
    config = AutoConfig.from_pretrained(arguments.model)
    batch = make_batch(config.vocab_size, arguments.tokens)
    print(f"{arguments.model}: seconds per step, median of {arguments.repeat}")
    for method in ("full", "lora"):
        for dtype in (torch.float32, torch.bfloat16):
            steps = {
                name: training_step(adapted(model, method), fused, dtype, batch)
                for name, (model, fused) in variants(arguments.model).items()
            }
            report(f"{method}, {dtype}", in_turns(steps, arguments.repeat))


def variants(path: Path) -> dict[str, tuple[PreTrainedModel, bool]]:
    """Return models, each with one more of our kernels, and whether their AdamW is fused."""
    cfg = ModelConfig(name="benchmark", path=str(path), pretrained=False)
    library = AutoModelForSeq2SeqLM.from_config(AutoConfig.from_pretrained(path))
    gelu, ours = load_backbone(cfg, seed=0), load_backbone(cfg, seed=0)
    gelu.set_attn_implementation("sdpa")
    assert any(isinstance(module, NewGELUActivation) for module in library.modules())
    return {
        "library": (library.train(), False),
        "one-kernel GELU": (gelu, False),
        "+ written-out attention": (ours, False),
        "+ fused AdamW": (load_backbone(cfg, seed=0), True),
    }


def adapted(model: PreTrainedModel, method: str) -> Any:
    """Return the model for full fine-tuning, or with LoRA as in conf/strategy/lora.yaml."""
    if method == "full":
        return model
    return peft.get_peft_model(model, peft.LoraConfig(r=8, target_modules="all-linear"))


def training_step(
    model: Any, fused: bool, dtype: torch.dtype, batch: dict[str, torch.Tensor]
) -> Callable[[], None]:
    """Return a function that runs one optimizer step."""
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-4, fused=fused)

    def step() -> None:
        with torch.autocast("cpu", torch.bfloat16, enabled=dtype == torch.bfloat16):
            loss = model(**batch).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    return step


def make_batch(vocabulary: int, tokens: int) -> dict[str, torch.Tensor]:
    """Return int64 `input_ids` and `attention_mask` (8, tokens), `labels` (8, tokens // 3)."""
    generator = torch.Generator().manual_seed(0)
    sources = torch.randint(3, vocabulary, (8, tokens), generator=generator)
    labels = torch.randint(3, vocabulary, (8, tokens // 3), generator=generator)
    return {"input_ids": sources, "attention_mask": torch.ones_like(sources), "labels": labels}


def in_turns(actions: dict[str, Callable[[], None]], repeat: int) -> dict[str, float]:
    """Return the median seconds of each action after two rounds of warm-up."""
    seconds: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(repeat + 2):
        for name, action in actions.items():
            start = time.perf_counter()
            action()
            seconds[name].append(time.perf_counter() - start)
    return {name: median(values[2:]) for name, values in seconds.items()}


def report(title: str, seconds: dict[str, float]) -> None:
    """Print seconds and the ratio to the library of each variant."""
    print(title)
    slowest = seconds["library"]
    for name, value in seconds.items():
        print(f"  {name:<24}{value:8.3f} s  {value / slowest:6.2f}")


def parse() -> argparse.Namespace:
    """Return the command line's arguments."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=TINY, help="a directory with a config.json")
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--tokens", type=int, default=120)
    return parser.parse_args()


if __name__ == "__main__":
    main()
