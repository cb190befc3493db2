"""Talk about anything for pretraining: two or three short exchanges after each other.

The scenarios of `tales` are few, so what is learned from them is learned by heart. Here any of the
exchanges may follow any other, and what can be reported is a matter of combination. None of them is
the business of a fine-tuning scenario. The slots of an exchange are its own, so that all fit
together; X and Y are people who are talked about.
"""

from dialogsum.data.bundled.tales import Tale
from dialogsum.data.bundled.talk.argued import ARGUED
from dialogsum.data.bundled.talk.told import TOLD

EXCHANGES = (*TOLD, *ARGUED)


def talk(s: Tale) -> None:
    """Two or three exchanges, each with statements and questions."""
    for exchange in s.rng.sample(EXCHANGES, s.rng.choice((2, 2, 3))):
        exchange(s)
