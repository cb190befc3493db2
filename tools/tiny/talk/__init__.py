"""Talk about anything for pretraining: one or two short exchanges after each other.

The matter of a tale of `tales` is its own, so it can be learned by heart. Here any of the exchanges
may follow any other, and those of `composed` are put together from parts: what can be reported is a
matter of combination. None of them is the business of a fine-tuning scenario. X, Y and Z are people
who are talked about.
"""

from tools.tiny.tales import Tale
from tools.tiny.talk.argued import ARGUED
from tools.tiny.talk.composed import COMPOSED
from tools.tiny.talk.parts import closing, opening
from tools.tiny.talk.told import TOLD

EXCHANGES = (*TOLD, *ARGUED)


def talk(s: Tale) -> None:
    """Exchanges, each with statements and questions; a third of the talks has no composed one."""
    kind = s.rng.random()
    opening(s)
    if kind < 0.33:
        exchanges = s.rng.sample(EXCHANGES, 2)
    else:
        exchanges = [s.rng.choice(COMPOSED), *s.rng.sample(EXCHANGES, int(kind > 0.75))]
        s.rng.shuffle(exchanges)
    for exchange in exchanges:
        exchange(s)
    closing(s)
