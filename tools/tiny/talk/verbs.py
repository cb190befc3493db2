"""Actions for composed talk: verbs with their forms, and why somebody does not do something."""

ACTIONS = [
    "borrow", "buy", "sell", "paint", "repair", "clean", "carry", "wash", "pack", "return",
    "order", "collect", "deliver", "polish", "store", "copy", "wrap", "remove", "replace", "test",
    "measure", "check", "rent", "reserve", "cancel", "cover", "fix", "label", "move", "open",
    "close", "guard", "unpack", "count", "hide", "show", "describe", "discuss", "prepare",
    "weigh", "examine", "decorate", "save", "share", "trade", "offer", "use", "keep", "bring",
    "send", "take", "get", "find", "lend", "give", "choose", "draw", "see", "hold", "want",
    "need", "like", "miss", "lose", "leave", "throw", "forget", "steal", "inspect", "photograph",
    "present", "accept", "refuse", "donate", "design", "improve", "hang", "cut", "lift", "drop",
    "push", "cook", "taste", "announce", "explain", "finish", "start",
]  # fmt: skip

_PAST = {
    "buy": "bought", "sell": "sold", "wrap": "wrapped", "keep": "kept", "bring": "brought",
    "send": "sent", "take": "took", "get": "got", "find": "found", "lend": "lent", "give": "gave",
    "choose": "chose", "draw": "drew", "see": "saw", "hold": "held", "lose": "lost",
    "leave": "left",
    "throw": "threw", "forget": "forgot", "steal": "stole", "cut": "cut", "drop": "dropped",
    "hide": "hid", "show": "showed", "hang": "hung",
}  # fmt: skip
_DOUBLED = {"wrap", "get", "forget", "cut", "drop"}

REASONS = (
    ("I'm ill", "{he} is ill"),
    ("I have to work", "{he} has to work"),
    ("my car is broken", "{his} car is broken"),
    ("I have no money", "{he} has no money"),
    ("I have no time", "{he} has no time"),
    ("I hurt my back", "{he} hurt {his} back"),
    ("my mother is visiting", "{his} mother is visiting"),
    ("I have an exam", "{he} has an exam"),
    ("I don't know how", "{he} doesn't know how"),
    ("I'm too tired", "{he} is too tired"),
    ("I need it myself", "{he} needs it"),
    ("I promised to help {Z}", "{he} promised to help {Z}"),
    ("{Z} needs me", "{Z} needs {him}"),
    ("{Z} forbids it", "{Z} forbids it"),
    ("{Z} doesn't like it", "{Z} doesn't like it"),
    ("I'm in {town} then", "{he} is in {town}"),
    ("I have to go to {town}", "{he} has to go to {town}"),
    ("I want to go home", "{he} wants to go home"),
    ("it's too expensive", "it is too expensive"),
    ("it's too late", "it is too late"),
    ("it's dangerous", "it is dangerous"),
    ("it's too heavy", "it is too heavy"),
    ("my door is locked", "{his} door is locked"),
    ("my boss said no", "{his} boss said no"),
    ("I gave up", "{he} gave up"),
)
"""In the first person, and in the third."""


def third(verb: str) -> str:
    """`carry` → `carries`."""
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return verb + ("es" if verb.endswith(("s", "x", "sh", "ch", "z")) else "s")


def past(verb: str) -> str:
    """`carry` → `carried`, `buy` → `bought`."""
    if verb in _PAST:
        return _PAST[verb]
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    return verb + ("d" if verb[-1] == "e" else "ed")


def gerund(verb: str) -> str:
    """`carry` → `carrying`, `save` → `saving`."""
    if verb in _DOUBLED:
        return f"{verb}{verb[-1]}ing"
    if verb[-1] == "e" and verb[-2] != "e":
        return f"{verb[:-1]}ing"
    return f"{verb}ing"
