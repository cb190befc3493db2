"""Exercises without a dialogue: copying, looking up, data to sentences."""

from random import Random

from tools.tiny.exercises import Exercise
from tools.tiny.forms import FORMS
from tools.tiny.grammar import fill
from tools.tiny.invented import WideFillers, invented_name
from tools.tiny.pools import HELD_OUT, SEEN

_PERSON = ("female", "male")
_INVENTED = (*_PERSON, "surname", "city")
_WORDS = sorted(
    {word for pool in SEEN.values() for phrase in pool for word in phrase.split()}
    - {word for pool in HELD_OUT.values() for phrase in pool for word in phrase.split()}
    | {str(number) for number in range(100)}
)
_ITEMS = (
    *_PERSON,
    *_PERSON,
    "surname",
    "city",
    "street",
    "clock",
    "date",
    "price",
    "code",
    "digits",
)
_THINGS = ("thing", "gift", "appliance", "company", "restaurant", "day", "phone", "title", "hotel")


def repeat_words(rng: Random, most: int = 8) -> Exercise:
    """Up to `most` words that have nothing to do with each other, to be written again.

    Nothing in them can be guessed, so all that the loss can teach is copying.
    """
    words = [
        invented_name(rng, rng.choice(_INVENTED)) if rng.random() < 0.25 else rng.choice(_WORDS)
        for _ in range(rng.randint(1, most))
    ]
    text = " ".join(words)
    return f"Repeat: {text}", text


def repeat(rng: Random) -> Exercise:
    """Some names, places and numbers, to be written again."""
    fillers = WideFillers(rng)
    kinds = _ITEMS if rng.random() < 0.7 else _ITEMS + _THINGS
    items = [fillers.draw(rng.choice(kinds)) for _ in range(rng.randint(1, 6))]
    text = ", ".join(items)
    return f"Repeat: {text}", text


def names_only(rng: Random) -> Exercise:
    """First names, to be written again."""
    fillers = WideFillers(rng)
    text = " ".join(fillers.draw(rng.choice(_PERSON)) for _ in range(rng.randint(1, 5)))
    return f"Repeat names: {text}", text


def look_up(rng: Random) -> Exercise:
    """Pairs of names and values; the value that belongs to one name, or the other way round."""
    fillers = WideFillers(rng)
    kind = rng.choice(_ITEMS[4:] + _THINGS)
    pairs = [
        (fillers.draw(rng.choice(_PERSON)), fillers.draw(kind)) for _ in range(rng.randint(2, 6))
    ]
    name, value = rng.choice(pairs)
    text = "; ".join(f"{one}: {other}" for one, other in pairs)
    return (f"{text}. {name}?", value) if rng.random() < 0.7 else (f"{text}. {value}?", name)


def next_one(rng: Random) -> Exercise:
    """A row of words; the one after or before a given one."""
    fillers = WideFillers(rng)
    items = [fillers.draw(rng.choice(_ITEMS)) for _ in range(rng.randint(3, 7))]
    at = rng.randrange(len(items) - 1)
    text = ", ".join(items)
    if rng.random() < 0.7:
        return f"{text}. After {items[at]}?", items[at + 1]
    return f"{text}. Before {items[at + 1]}?", items[at]


def data_to_sentence(rng: Random) -> Exercise:
    """Fields and values, to be written as a sentence."""
    slots, templates = _form(rng)
    fields = [(key, value) for key, value in slots.items() if key[:2] not in ("he", "hi")]
    rng.shuffle(fields)
    text = "; ".join(f"{_field_name(key)}: {value}" for key, value in fields)
    return f"Sentence: {text}", fill(rng.choice(templates), slots, rng)


def repeat_sentence(rng: Random) -> Exercise:
    """One or two sentences, to be written again."""
    text = " ".join(_sentence(rng) for _ in range(rng.randint(1, 2)))
    return f"Repeat: {text}", text


def sort_sentences(rng: Random) -> Exercise:
    """Numbered sentences in disorder, to be put in order."""
    sentences = [_sentence(rng) for _ in range(rng.randint(2, 3))]
    order = list(range(len(sentences)))
    rng.shuffle(order)
    text = " ".join(f"({at + 1}) {sentences[at]}" for at in order)
    return f"Sort: {text}", " ".join(sentences)


def _form(rng: Random) -> tuple[dict[str, str], tuple[str, ...]]:
    kinds, templates = rng.choice(FORMS)
    fillers = WideFillers(rng)
    slots: dict[str, str] = {}
    for key, kind in kinds.items():
        if kind == "person":
            gender = rng.choice(_PERSON)
            he, his, him = ("she", "her", "her") if gender == "female" else ("he", "his", "him")
            slots.update({f"he_{key}": he, f"his_{key}": his, f"him_{key}": him})
            slots[key] = fillers.draw(gender)
        else:
            slots[key] = fillers.draw(kind)
    return slots, templates


def _field_name(key: str) -> str:
    return key.rstrip("2")


def _sentence(rng: Random) -> str:
    slots, templates = _form(rng)
    return fill(rng.choice(templates), slots, rng)
