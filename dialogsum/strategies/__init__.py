"""Strategies for adapting a model, behind one interface."""

from dialogsum.strategies.base import Capabilities, Counts, Strategy
from dialogsum.strategies.data_driven import Corda, Eva, LoraGa
from dialogsum.strategies.lora import AdaLora, LoraFa, LoraPlus, QuantizedLora
from dialogsum.strategies.own_weights import Frozen, Full, Selective
from dialogsum.strategies.peft import Peft

__all__ = [
    "AdaLora",
    "Capabilities",
    "Corda",
    "Counts",
    "Eva",
    "Frozen",
    "Full",
    "LoraFa",
    "LoraGa",
    "LoraPlus",
    "Peft",
    "QuantizedLora",
    "Selective",
    "Strategy",
]
