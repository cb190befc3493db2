"""Invented names of people, towns, streets and firms, for pretraining.

A model that sees ten thousand different names, most of them once, cannot learn them by heart and
has to learn to copy. No invented name is a held-out one: those stay unknown until the test.
"""

from random import Random

from tools.tiny.grammar import Fillers
from tools.tiny.pools import HELD_OUT, SEEN

_ONSETS = (
    *"bcdfghjklmnprstvwz",
    *("br", "ch", "cl", "dr", "fr", "gr", "kr", "pl", "sh", "sk", "st", "th", "tr", "y", "", ""),
)
_VOWELS = ("a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ea", "ie", "oa", "ou", "y")
_CODAS = (
    "",
    "",
    "",
    "",
    "n",
    "l",
    "r",
    "s",
    "m",
    "t",
    "k",
    "x",
    "nd",
    "rt",
    "ck",
    "ll",
    "nn",
    "th",
)
_ENDINGS = {
    "female": ("a", "a", "ia", "ina", "elle", "is", "y", "e", "ette", "ah"),
    "male": ("o", "us", "an", "er", "ik", "ard", "en", "on", "im", "ek", "as"),
    "surname": ("son", "ov", "ski", "ez", "er", "mann", "ton", "ley", "aro", "etti", "wu", "ami"),
    "city": ("ton", "ville", "burg", "port", "ford", "stad", "grad", "a", "field", "mouth", "ia"),
}
_STREET = ("Street", "Road", "Avenue", "Lane")
_FIRM = ("Labs", "Software", "Foods", "Logistics", "Energy", "Design", "Motors", "Media", "Paper")
_PLACE = ("Lantern", "Kettle", "Fox", "Anchor", "Spoon", "Orchid", "Table", "Barrel", "Garden")
_HOTEL = ("Hotel", "Inn", "Lodge", "Palace")

_RESERVED = {word.lower() for pool in HELD_OUT.values() for word in pool} | {
    part.lower() for pool in HELD_OUT.values() for word in pool for part in word.split()
}


def _syllables(rng: Random, count: int) -> str:
    return "".join(
        rng.choice(_ONSETS)
        + rng.choice(_VOWELS)
        + (rng.choice(_CODAS) if rng.random() < 0.5 else "")
        for _ in range(count)
    )


def invented_name(rng: Random, kind: str) -> str:
    """A name of `kind` (female, male, surname, city) that is in no held-out pool."""
    while True:
        if rng.random() < 0.5:
            # The front of one real name and the back of another: it looks like a name.
            one, two = rng.choice(SEEN[kind]).split()[0], rng.choice(SEEN[kind]).split()[-1]
            name = one[: max(2, len(one) // 2)] + two[len(two) // 2 :].lower()
        else:
            name = _syllables(rng, rng.choice((1, 1, 2))) + rng.choice(_ENDINGS[kind])
        name = name.capitalize()
        if 3 <= len(name) <= 10 and name.lower() not in _RESERVED:
            return name


class WideFillers(Fillers):
    """Fillers for pretraining: half of the names of people and places are invented."""

    def draw(self, kind: str) -> str:
        """A fresh value, as in `Fillers`, but not only from the pools."""
        name = kind.partition(":")[0]
        if self.rng.random() < 0.5:
            return super().draw(kind)
        rng = self.rng
        if name in _ENDINGS:
            value = invented_name(rng, name)
        elif name == "street":
            value = f"{invented_name(rng, 'surname')} {rng.choice(_STREET)}"
        elif name == "company":
            value = f"{invented_name(rng, 'surname')} {rng.choice(_FIRM)}"
        elif name == "hotel":
            value = f"{invented_name(rng, 'city')} {rng.choice(_HOTEL)}"
        elif name == "restaurant":
            value = f"{rng.choice(SEEN['color']).capitalize()} {rng.choice(_PLACE)}"
        else:
            return super().draw(kind)
        if value in self._used or value.lower() in _RESERVED:
            return super().draw(kind)
        self._used.add(value)
        return value
