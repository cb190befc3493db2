"""Turns and speakers of a dialogue: `Anna: Hi` or `#Person1#: Hi`, one or more lines per turn."""

import re
from typing import NamedTuple

TITLES = {
    "mr", "mrs", "ms", "miss", "dr", "doctor", "prof", "professor", "sir", "madam", "uncle",
    "aunt", "auntie",
}  # fmt: skip
# Any text may follow a "#Person1#:" label. A plain label is one to four words that begin with a
# letter. Web addresses ("https://"), times ("at 5:30") and smileys ("haha :)") do not match.
_LABEL = re.compile(
    r"\s*(?:(?P<tag>\#[^#\n]{1,40}\#)\s*:"
    r"|(?P<name>[^\W\d_][^\s:.!?,]*\.?(?:[ ][^\s:.!?,]+\.?){0,3})(?::(?!//|\d)|[ ]:(?=\s)))"
)
_INNER_TAG = re.compile(r"(?<=\S)\s+(?=#Person\d+#\s*:)", re.IGNORECASE)
_WORD = re.compile(r"\w+")


class Turn(NamedTuple):
    """One turn: the speaker label as written ("" without a label) and the text after it."""

    speaker: str
    text: str


def turns(dialogue: str) -> list[Turn]:
    """Split a dialogue into turns; a line without a label continues the turn before it.

    If no line has a label, each line is one turn. A dialogue in one line is split at its
    `#Person1#:` labels.
    """
    found: list[Turn] = []
    for line in _INNER_TAG.sub("\n", dialogue).splitlines():
        if not line.strip():
            continue
        label = _LABEL.match(line)
        if label:
            found.append(Turn(label["tag"] or label["name"], line[label.end() :].strip()))
        elif found and found[-1].speaker:
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {line.strip()}".strip())
        else:
            found.append(Turn("", line.strip()))
    return found


def speakers(dialogue: str) -> list[str]:
    """Return the distinct speaker labels in the order of their first turn."""
    return list(dict.fromkeys(turn.speaker for turn in turns(dialogue) if turn.speaker))


def lead_n(dialogue: str, n: int = 3) -> str:
    """Return the first `n` turns with their labels in one line: the lead-n baseline.

    Gliwa et al. (2019), "SAMSum Corpus", report it as LEAD-3.
    """
    return " ".join(
        f"{turn.speaker}: {turn.text}".strip() if turn.speaker else turn.text
        for turn in turns(dialogue)[:n]
    )


def speaker_alias(label: str) -> str:
    """Return the word that refers to a speaker: the first word of the label that is not a title.

    "benson" refers to `Mr. Benson`, "kamil" to `Kamil Shum`, "person1" to `#Person1#`.
    """
    found = [word.casefold() for word in _WORD.findall(label)]
    return next((word for word in found if word not in TITLES), " ".join(found))
