"""What the composed exchanges are put together from."""

from tools.tiny.scenarios.common import OTHER
from tools.tiny.tales import Tale
from tools.tiny.talk.verbs import ACTIONS, REASONS, gerund, past, third

_OBJECTS = ("thing", "gift", "appliance", "furniture", "clothing", "dish", "cake", "event")
_TIMES = (("on", "day"), ("on", "day"), ("at", "clock"), ("at", "clock"), ("on", "date"))
_PLACES = (
    ("in", "city"),
    ("on", "street"),
    ("at the", "place"),
    ("at", "restaurant"),
    ("at the", "hotel"),
    ("at", "company"),
)


def scene(s: Tale) -> None:
    """Two actions, two objects, two more people, a time and a place, drawn independently."""
    verb, other = s.rng.sample(ACTIONS, 2)
    (on, time), (at, place) = s.rng.choice(_TIMES), s.rng.choice(_PLACES)
    s.person("X")
    s.person("Z")
    s.let(o=s.rng.choice(_OBJECTS), o2=s.rng.choice(_OBJECTS), t=time, w=place, town="city")
    s.words(
        v=verb, tv=third(verb), pv=past(verb), gv=gerund(verb), v2=other, pv2=past(other),
        on=on, at=at, bad=s.choose("too small", "ugly", "too old", "broken", "too heavy"),
        good=s.choose("cheaper", "nicer", "lighter", "newer", "stronger"),
        why_own=s.choose("mine is broken", "I needed one", "mine got lost", "mine is too small"),
        why2=s.choose("It's more important.", "That helps me more.", "It can't wait."),
    )  # fmt: skip


def reason(s: Tale, role: str) -> None:
    """Why `role` does not do something: `{why}` as said, `{why_A}` or `{why_B}` as told."""
    said, told = s.rng.choice(REASONS)
    forms = {key: s.slots[key + role] for key in ("he", "his", "him")}
    s.words(why=said.format_map(s.slots), **{f"why_{role}": told.format_map(s.slots | forms)})


def details(s: Tale, asker: str) -> str:
    """With some chance one more thing is settled; how a statement goes on because of it."""
    other = OTHER[asker]
    detail = s.choose("", "", "place", "price", "with")
    if detail == "place":
        s.say(asker, "[Where|And where|Where is it]?")
        s.say(other, "{at} {w}.")
        return " {at} {w}"
    if detail == "price":
        s.let(p="price:5-900")
        s.say(asker, "[How much|And the price|What does it cost]?")
        s.say(other, "[For you, {p}|{p}|{p}, as always].")
        return " for {p}"
    if detail == "with":
        s.say(asker, "[Take|Bring] {X} with you[, please|].")
        s.say(other, "[Okay|Good idea|If you like].")
        return " with {X}"
    return ""


def opening(s: Tale) -> None:
    """With some chance words that have nothing to do with the rest."""
    if s.maybe(0.4):
        s.a("[There you are|Good day|Look who is here|You again]{vB}[!|. Do you have a minute?]")
        s.b("[Go on|Yes|I have time|Tell me|Always]{vA}.")


def closing(s: Tale) -> None:
    """With some chance words that have nothing to do with what came before."""
    if s.maybe(0.3):
        s.a("[So be it|Until then|I must go|Let's stop here]{vB}.")
        if s.maybe():
            s.b("[Farewell|So long|Until then]{vA}.")
