"""Ways of adapting a model, behind one interface."""

from dialogsum.strategies.base import Counts, Strategy
from dialogsum.strategies.capabilities import Capabilities
from dialogsum.strategies.data_driven import Corda, Eva, LoraGa
from dialogsum.strategies.frozen import Frozen
from dialogsum.strategies.full import Full
from dialogsum.strategies.lora import AdaLora, LoraFa, LoraPlus, QuantizedLora
from dialogsum.strategies.peft import Peft
from dialogsum.strategies.selective import Selective

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
