"""Ways of adapting a model, behind one interface."""

from dialogsum.strategies.base import Capabilities, Strategy
from dialogsum.strategies.frozen import Frozen
from dialogsum.strategies.full import Full
from dialogsum.strategies.peft import AdaLora, Peft
from dialogsum.strategies.selective import Selective

__all__ = ["AdaLora", "Capabilities", "Frozen", "Full", "Peft", "Selective", "Strategy"]
