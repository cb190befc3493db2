"""The template language and the `Story` that scenarios write their dialogues into.

Templates are strings with two constructs:

- `[one|two|]` picks one of the alternatives (an empty one is allowed, they nest);
- `{slot}` inserts the value of a slot; an "a" in front becomes "an" where the value asks for it.

Sentences get their capital letter afterwards, so that a slot may stand anywhere.
"""

import re
from collections.abc import Callable
from functools import cache
from random import Random

from tools.tiny import makers
from tools.tiny.pools import CLOSED, HELD_OUT, SEEN

USUAL = 0.8
"""Chance of a summary's first wording: what is mentioned depends on the wording, and a choice
between equals can't be foreseen by any model."""
_AN_NUMBERS = re.compile(r"^(8|11|18)(\D|$)|^8\d")
_A_SOUNDS = ("uni", "use", "usu", "euro", "ukulele", "one ", "one-", "once", "uk")
_AN_SOUNDS = ("hour", "honest", "heir", "honor")


def article(phrase: str) -> str:
    """`a` or `an`, by the sound of the phrase's first word."""
    word = phrase.lower()
    if word[0].isdigit():
        return "an" if _AN_NUMBERS.match(word) else "a"
    if word.startswith(_AN_SOUNDS):
        return "an"
    if word.startswith(_A_SOUNDS):
        return "a"
    return "an" if word[0] in "aeiou" else "a"


@cache
def _parse(template: str) -> tuple:
    """Turns a template into nested tuples of text, `("slot", name)` and `("pick", options)`."""
    pieces, rest = _sequence(template, 0, top=True)
    if rest != len(template):
        raise ValueError(f"unbalanced brackets in template: {template!r}")
    return pieces


def _sequence(template: str, at: int, top: bool) -> tuple[tuple, int]:
    pieces: list = []
    start = at
    while at < len(template):
        char = template[at]
        if char in "[{" or (char in "|]" and not top):
            if at > start:
                pieces.append(template[start:at])
            if char in "|]":
                return tuple(pieces), at
            if char == "{":
                end = template.index("}", at)
                pieces.append(("slot", template[at + 1 : end]))
                at = start = end + 1
                continue
            options = []
            while template[at] != "]":
                option, at = _sequence(template, at + 1, top=False)
                if at >= len(template):
                    raise ValueError(f"unbalanced brackets in template: {template!r}")
                options.append(option)
            pieces.append(("pick", options))
            at = start = at + 1
            continue
        at += 1
    if at > start:
        pieces.append(template[start:at])
    return tuple(pieces), at


_ENDS_IN_A = re.compile(r"(^|[ (])[aA] $")


def _expand(pieces: tuple, slots: dict[str, str], rng: Random, out: list[str]) -> None:
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
        elif piece[0] == "pick":
            _expand(piece[1][int(rng.random() * len(piece[1]))], slots, rng, out)
        else:
            value = slots[piece[1]]
            if out and _ENDS_IN_A.search(out[-1]) and article(value) == "an":
                out[-1] = out[-1][:-1] + "n "
            out.append(value)


_SENTENCE_START = re.compile(r"(^|[.!?] )([a-z])")
_SPACES = re.compile(r" {2,}")
_SPACE_BEFORE = re.compile(r" +([,.!?;])")


def tidy(text: str) -> str:
    """Single spaces, none before punctuation, a capital at the start of each sentence."""
    text = _SPACE_BEFORE.sub(r"\1", _SPACES.sub(" ", text.strip()))
    return _SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), text)


def fill(template: str, slots: dict[str, str], rng: Random) -> str:
    """Expands one template."""
    out: list[str] = []
    _expand(_parse(template), slots, rng, out)
    return tidy("".join(out))


# "Okay." at the start of a sentence: superfluous in the middle of a turn.
_NOD = re.compile(r"^(?:Okay|Sure|All right|Fine|Yes|No problem|Of course|Certainly)\. (?=\w)")


class Fillers:
    """Draws members of the pools, without repeating one inside a dialogue.

    `held_out` is the chance that a draw comes from the held-out part of its pool: 0 for the train
    and validation splits, a quarter for the test split.
    """

    def __init__(self, rng: Random, held_out: float = 0.0):
        self.rng, self.held_out = rng, held_out
        self._used: set[str] = set()

    def draw(self, kind: str) -> str:
        """A fresh value of a pool (`city`) or of a maker with an optional range (`price:20-90`)."""
        name, _, argument = kind.partition(":")
        for _ in range(100):
            if name in makers.MAKERS:
                value = makers.MAKERS[name](self.rng, argument)
            elif name in CLOSED:
                value = self.rng.choice(CLOSED[name])
            else:
                part = HELD_OUT if self.rng.random() < self.held_out else SEEN
                value = self.rng.choice(part[name])
            if value not in self._used:
                self._used.add(value)
                return value
        raise RuntimeError(f"no fresh value left for {kind}")


class Story:
    """A dialogue between A and B and its summary, while a scenario writes them.

    Either the speakers have first names or they are #Person1# and #Person2# in the order in which
    they speak. Slots that every template can use, for X in A, B and each `person`:
    `{X}` the name, `{heX} {hisX} {himX}` pronouns (without a name: the label again),
    and for speakers `{vX}`: ", Anna" where a name fits, mostly, else nothing.
    """

    def __init__(
        self,
        rng: Random,
        held_out: float = 0.0,
        named: bool | None = None,
        fillers: Fillers | None = None,
    ):
        self.rng = rng
        self.fillers = fillers or Fillers(rng, held_out)
        self.named = rng.random() < 0.6 if named is None else named
        self.turns: list[tuple[str, str]] = []
        self.sentences: list[str] = []
        self.slots: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._people: list[str] = []
        if self.named:
            for role in "AB":
                self.person(role)
                self.slots["v" + role] = f", {self.slots[role]}"

    # ---- slots

    def person(self, slot: str, gender: str | None = None) -> None:
        """Introduces somebody with a first name and the matching pronouns."""
        gender = gender or self.rng.choice(("female", "male"))
        he, his, him = ("she", "her", "her") if gender == "female" else ("he", "his", "him")
        name = self.fillers.draw(gender)
        self._people.append(slot)
        self.slots.update({slot: name, "he" + slot: he, "his" + slot: his, "him" + slot: him})

    def let(self, **kinds: str) -> None:
        """Draws a value for each slot: `let(place="restaurant", price="price:20-60")`."""
        for slot, kind in kinds.items():
            self._kinds[slot] = kind
            self.slots[slot] = self.fillers.draw(kind)

    def put(self, **values: str) -> None:
        """Sets slots to given values, or to one of several alternatives `"one|two"`."""
        for slot, value in values.items():
            self._kinds[slot] = ""
            self.slots[slot] = self.rng.choice(value.split("|"))

    def redraw(self, slot: str) -> None:
        """Replaces a slot by a fresh value of its kind; the former one stays in `{old_slot}`."""
        self.slots["old_" + slot] = self.slots[slot]
        self.slots[slot] = self.fillers.draw(self._kinds[slot])

    def maybe(self, chance: float = 0.5) -> bool:
        """True with the given chance."""
        return self.rng.random() < chance

    def choose(self, *options: str) -> str:
        """One of the options, to branch on."""
        return self.rng.choice(options)

    # ---- turns

    def a(self, *templates: str) -> None:
        """A says one of the templates."""
        self._say("A", templates)

    def b(self, *templates: str) -> None:
        """B says one of the templates."""
        self._say("B", templates)

    def say(self, role: str, *templates: str) -> None:
        """`a` or `b`, for helpers that work for both."""
        self._say(role, templates)

    def _say(self, role: str, templates: tuple[str, ...]) -> None:
        if not self.turns and not self.named:
            self._label(role)
        if self.named:
            other = "B" if role == "A" else "A"
            keep = self.slots["v" + other]
            # People rarely say each other's name twice in a short talk.
            if self._named_already(other) or self.rng.random() < 0.4:
                self.slots["v" + other] = ""
            text = fill(self.rng.choice(templates), self.slots, self.rng)
            self.slots["v" + other] = keep
        else:
            text = fill(self.rng.choice(templates), self.slots, self.rng)
        if self.turns and self.turns[-1][0] == role:
            text = f"{self.turns.pop()[1]} {_NOD.sub('', text)}"
        self.turns.append((role, text))

    def _named_already(self, role: str) -> bool:
        return any(self.slots["v" + role] in text for _, text in self.turns)

    def _label(self, first: str) -> None:
        for role in "AB":
            label = "#Person1#" if role == first else "#Person2#"
            self.slots.update({role: label, "he" + role: label, "him" + role: label})
            self.slots.update({"his" + role: f"{label}'s", "v" + role: ""})

    def correct(
        self, role: str, slot: str, shown: str = "", keep: float = 0.6, fact: bool = False
    ) -> bool:
        """With some chance, `role` changes a slot right after naming it; the other one agrees.

        `shown` is the phrase that names the value, by default the bare slot. A `fact` was only
        misremembered, anything else is a wish that changes. Returns whether the slot changed. The
        turn before must not be a question to `role`.
        """
        if self.rng.random() < keep:
            return False
        self.redraw(slot)
        shown = shown or f"{{{slot}}}"
        other = "B" if role == "A" else "A"
        slip = (
            f"[Sorry|Wait|Hold on|No], [I meant|I mean|I should say] {shown}, not {{old_{slot}}}."
        )
        if fact:
            self.say(role, slip, f"[No, wait|Oh, sorry|Sorry, no], [it's|that's] {shown}.")
            self.say(
                other, f"[Okay|All right|I see|Got it|Ah], {shown}.", "[Okay|All right|I see]."
            )
            return True
        self.say(
            role,
            f"[Oh, wait|Sorry|No, wait|Hmm, no|Actually], make it {shown}[, please|].",
            slip,
            f"[On second thought|Hmm, let me think. No], {shown} [would be|is] better.",
        )
        self.say(
            other,
            f"[Sure|Okay|All right|No problem|Fine], {shown}[ then| it is|].",
            "[Sure|Okay|All right|No problem], [that works too|that's fine].",
        )
        return True

    # ---- summary

    def sum(self, *templates: str) -> None:
        """Adds one of the templates to the summary: the first one with the chance `USUAL`."""
        first, *others = templates
        chosen = first if not others or self.rng.random() < USUAL else self.rng.choice(others)
        self.sentences.append(fill(chosen, self.slots, self.rng))

    @property
    def dialogue(self) -> str:
        """The turns, one per line, each with its speaker."""
        return "\n".join(f"{self.slots[role]}: {text}" for role, text in self.turns)

    @property
    def faithful(self) -> bool:
        """Whether every drawn value that the summary names was said in the dialogue."""
        said, told = self.dialogue.lower(), self.summary.lower()
        drawn = [*self._kinds, *self._people, *(f"old_{slot}" for slot in self._kinds)]
        values = (self.slots[slot].lower() for slot in drawn if slot in self.slots)
        return all(value in said for value in values if value in told)

    @property
    def summary(self) -> str:
        """The sentences of the summary."""
        return " ".join(self.sentences)


Scenario = Callable[[Story], None]
