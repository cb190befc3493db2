"""Variants of LoRA that differ in more than their configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from dialogsum.common.errors import Problem
from dialogsum.strategies.base import Capabilities
from dialogsum.strategies.peft import TASK, Peft
from dialogsum.strategies.peft_methods import Method, missing_extra

if TYPE_CHECKING:
    import peft
    from torch import Tensor, nn
    from torch.optim import Optimizer
    from transformers import PreTrainedModel


class AdaLora(Peft):
    """AdaLoRA (Zhang et al. 2023, arXiv:2303.10512): ranks are reallocated while training.

    Args:
        warmup_share: share of all steps before ranks are pruned.
        final_share: share of all steps, at the end, with fixed ranks.
    """

    set_by_run: ClassVar = {
        "total_step": "is the number of optimizer steps of the run",
        "tinit": "is set by strategy.warmup_share",
        "tfinal": "is set by strategy.final_share",
    }

    def __init__(
        self,
        name: str,
        peft: Any,
        warmup_share: float = 0.1,
        final_share: float = 0.3,
        **settings: Any,
    ) -> None:
        super().__init__(name, peft, **settings)
        self.warmup_share = warmup_share
        self.final_share = final_share

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        if not 0 <= self.warmup_share < 1 - self.final_share <= 1:
            what = f"{self.warmup_share} and final_share {self.final_share} leave no steps between"
            problems.append(Problem("strategy.warmup_share", what))
        first, last = self.node.get("init_r", 12), self.node.get("target_r", 8)
        if last > first:
            what = f"{last} is above init_r {first}: training removes ranks, it adds none"
            problems.append(Problem("strategy.peft.target_r", what))
        return problems

    def run_arguments(self, total_steps: int) -> dict[str, Any]:
        """Return the schedule in optimizer steps, which peft needs before wrapping the model."""
        steps = max(total_steps, 3)
        return {
            **super().run_arguments(total_steps),
            "total_step": steps,
            "tinit": int(steps * self.warmup_share),
            "tfinal": int(steps * self.final_share),
        }

    def after_optimizer_step(self, model: Any, step: int) -> None:
        allocator = model.base_model.rankallocator
        for averages in (allocator.exp_avg_ipt, allocator.exp_avg_unc):
            # A checkpoint is restored on the CPU, before the model moves to its device.
            averages.update({name: tensor.to(model.device) for name, tensor in averages.items()})
        model.base_model.update_and_allocate(step)

    def state(self, model: Any) -> dict[str, Any]:
        """Return the smoothed importances, which decide the next allocation, and the ranks."""
        allocator = model.base_model.rankallocator
        config = model.peft_config["default"]
        return {
            "importance": dict(allocator.exp_avg_ipt),
            "uncertainty": dict(allocator.exp_avg_unc),
            "rank_pattern": dict(config.rank_pattern or {}),
        }

    def restore(self, model: Any, state: dict[str, Any]) -> None:
        allocator = model.base_model.rankallocator
        allocator.exp_avg_ipt = dict(state["importance"])
        allocator.exp_avg_unc = dict(state["uncertainty"])
        allocator.ipt = dict(allocator.exp_avg_ipt)  # overwritten before it is read
        model.peft_config["default"].rank_pattern = state["rank_pattern"]

    def artifact_bytes(self, model: Any) -> int:
        config = model.peft_config["default"]
        written = super().artifact_bytes(model)
        return written if config.rank_pattern else written * config.target_r // config.init_r

    def export(self, model: Any, directory: Path) -> None:
        """Write an equivalent LoRA: the allocated ranks, singular values folded into A.

        peft reads its own AdaLoRA exports only for further training: in inference mode a forward
        pass with labels fails.
        """
        import peft
        from safetensors.torch import save_file

        config = model.peft_config["default"]
        weights, ranks = _as_lora(model)
        patterns = {name: rank for name, rank in ranks.items() if rank != config.target_r}
        lora = peft.LoraConfig(
            task_type=TASK,
            base_model_name_or_path=config.base_model_name_or_path,
            target_modules=config.target_modules,
            inference_mode=True,
            r=config.target_r,
            lora_alpha=config.target_r,  # scaling is alpha / r: 1
            rank_pattern=patterns,
            alpha_pattern=dict(patterns),
        )
        directory.mkdir(parents=True, exist_ok=True)
        lora.save_pretrained(str(directory))
        save_file(weights, directory / "adapter_model.safetensors", metadata={"format": "pt"})


def _as_lora(model: Any) -> tuple[dict[str, Tensor], dict[str, int]]:
    """Return LoRA's matrices under their names in the export, and the rank of each layer.

    AdaLoRA adds x (A * E)^T B^T s / n, where n is its current rank; triplets without budget have
    E = 0. One triplet is written for a layer that has lost all, so that every layer can be loaded.
    """
    weights, ranks = {}, {}
    for name, layer in model.base_model.model.named_modules():
        if not hasattr(layer, "lora_E"):
            continue
        a, e, b = (
            getattr(layer, part)["default"].detach() for part in ("lora_A", "lora_E", "lora_B")
        )
        active = e.flatten() != 0
        active[0] |= not active.any()
        scale = layer.scaling["default"] / (layer.ranknum["default"].detach() + 1e-5)
        prefix = f"base_model.model.{name}"
        weights[f"{prefix}.lora_A.weight"] = (a * e)[active].contiguous()
        weights[f"{prefix}.lora_B.weight"] = (b[:, active] * scale).contiguous()
        ranks[name] = int(active.sum())
    return weights, ranks


class LoraPlus(Peft):
    """LoRA+ (Hayou et al. 2024, arXiv:2402.12354): B learns faster than A.

    Args:
        ratio: learning rate of B divided by that of A.
    """

    def __init__(self, name: str, peft: Any, ratio: float = 16.0, **settings: Any) -> None:
        super().__init__(name, peft, **settings)
        self.ratio = ratio

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        if self.ratio < 1:
            problems.append(Problem("strategy.ratio", f"must be at least 1, is {self.ratio}"))
        return problems

    def parameter_groups(self, model: nn.Module, optimizer: Any) -> list[dict[str, Any]]:
        """Return the usual groups, with the matrices B in a separate one."""
        b_matrices = {id(p) for name, p in model.named_parameters() if ".lora_B." in name}
        groups = []
        for group in super().parameter_groups(model, optimizer):
            name, parameters = group["name"], group["params"]
            groups.append({**group, "params": [p for p in parameters if id(p) not in b_matrices]})
            fast = {"name": f"{name}_b", "lr": optimizer.keywords["lr"] * self.ratio}
            fast["params"] = [p for p in parameters if id(p) in b_matrices]
            groups.append({**group, **fast})
        return [group for group in groups if group["params"]]


class LoraFa(Peft):
    """LoRA-FA (Zhang et al. 2023, arXiv:2308.03303): A keeps its random start, B trains.

    The inputs of A are not needed for the backward pass. The gradient of B is corrected for the
    fixed A by peft's optimizer, which replaces the configured one.
    """

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        if not str(cfg.optimizer.get("_target_")).endswith("AdamW"):
            what = f"{self.name} brings its own AdamW and cannot use this optimizer"
            problems.append(Problem("optimizer", what))
        return problems

    def wrap(self, model: PreTrainedModel, config: peft.PeftConfig) -> nn.Module:
        wrapped = super().wrap(model, config)
        for name, parameter in wrapped.named_parameters():
            if ".lora_A." in name:
                parameter.requires_grad_(False)
        return wrapped

    def build_optimizer(self, model: Any, optimizer: Any) -> Optimizer:
        """Return peft's LoRA-FA optimizer with the configured lr, weight decay, betas and eps."""
        from peft.optimizers import create_lorafa_optimizer

        keywords = optimizer.keywords
        config = model.peft_config["default"]
        decay = keywords.get("weight_decay", 0.0)
        built = create_lorafa_optimizer(
            model, config.r, config.lora_alpha, lr=keywords["lr"], weight_decay=decay
        )
        for group in built.param_groups:
            group.update({key: keywords[key] for key in ("betas", "eps") if key in keywords})
        return built


class QuantizedLora(Peft):
    """LoRA on a base in 4 or 8 bits (QLoRA, Dettmers et al. 2023, arXiv:2305.14314).

    Args:
        quantization: arguments of `transformers.BitsAndBytesConfig`.
    """

    extra = Method(needs=("bitsandbytes", "quantization"))

    @classmethod
    def declared_capabilities(cls, node: Mapping[str, Any]) -> Capabilities:
        why = "merging would quantize the weights again; load the adapter on the unquantized model"
        declared = super().declared_capabilities(node)
        return replace(declared, merge=False, starts_at_base=False, why=why)

    def __init__(
        self, name: str, peft: Any, quantization: Mapping[str, Any], **settings: Any
    ) -> None:
        super().__init__(name, peft, **settings)
        self.quantization = dict(quantization)

    def validate(self, cfg: Any) -> list[Problem]:
        problems = super().validate(cfg)
        if missing := missing_extra(self.extra):
            problems.append(Problem("strategy", f"{self.name} {missing}"))
        if not cfg.model.pretrained:
            what = f"{self.name} quantizes weights while reading them; random ones are not read"
            problems.append(Problem("model.pretrained", what))
        if "bnb_4bit_compute_dtype" in self.quantization:
            where = "strategy.quantization.bnb_4bit_compute_dtype"
            problems.append(Problem(where, "is set by hardware.precision; leave it out"))
        return problems

    def backbone_arguments(self) -> dict[str, Any]:
        import torch
        from transformers import BitsAndBytesConfig

        config = BitsAndBytesConfig(**self.quantization)
        config.bnb_4bit_compute_dtype = torch.float32  # autocast decides, as for any other base
        return {"quantization_config": config}

    def checkpoint_tensors(self, model: nn.Module) -> dict[str, Tensor]:
        """Return the trained tensors: quantized weights cannot be loaded into an existing model."""
        return {name: p.data for name, p in model.named_parameters() if p.requires_grad}

    def wrap(self, model: PreTrainedModel, config: peft.PeftConfig) -> nn.Module:
        import peft

        if model.device.type != "meta":
            model = peft.prepare_model_for_kbit_training(model, use_gradient_checkpointing=False)
        return super().wrap(model, config)
