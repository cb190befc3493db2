"""Which names, times, numbers and places of the reference, backed by the dialogue, are kept.

Rules on the words of English text, no model: the same text gives the same entities everywhere.
They look for entities in the reference, where spelling is careful, and then only for their
words in dialogue and prediction, where it need not be.

names    capitalised words of the reference, without the speakers of the dialogue (they have
         `speaker_recall`), titles, common words; the first word of a sentence counts only if it
         is capitalised within a sentence somewhere, in the dialogue or the reference.
places   runs of such words that end in a word like "Street" or "Airport", that a short list of
         countries and cities holds, or that follow "in", "at", "near", or "to"/"from" after a
         word of motion or origin ("moves to Lyon"). They are not counted as names again.
times    weekdays, months, parts of the day, clock times, dates, years (see `values`).
numbers  other digits and number words (see `values`).

Known limits: first word of a sentence that stands nowhere else, lower-case names, "half past
five", paraphrases ("tomorrow" for a date) and coreference are not seen. The measure ranks
systems on the same dialogues; it is no fact checker.
"""

import math
import re
from functools import lru_cache
from typing import NamedTuple

from dialogsum.evaluation.sentences import split_sentences
from dialogsum.evaluation.turns import speakers, turns
from dialogsum.evaluation.values import NUMBER_WORDS, NUMBERS, TIME_WORDS, TIMES, values
from dialogsum.evaluation.wordlists import (
    COMMON_WORDS,
    KNOWN_PLACES,
    LANGUAGES,
    PLACE_HEADS,
    TITLES,
)

NAMES, PLACES = "names", "places"
ENTITY_KINDS = (NAMES, TIMES, NUMBERS, PLACES)

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*['’]?")
_ENDING = re.compile(r"(?:['’](?:s|ll|d|ve|re|m)?|n['’]t)$", re.IGNORECASE)
_TAG = re.compile(r"#[^#\s]{1,40}#|<[^<>\s]{1,40}>")

_AT_PERSON = re.compile(r"(?:angry|mad|look\w*|laugh\w*|shout\w*|yell\w*|smil\w*|star\w*)$")
_MOTION = re.compile(
    r"(?:go|goes|going|went|gone|come|comes|coming|came|mov(?:e|es|ed|ing)|travel\w*|fly|flies|"
    r"flying|flew|driv\w*|drove|return\w*|arriv\w*|back|trip|flight|way|welcome|is|are|was|were|"
    r"train|bus|tour|holiday|visit)$"
)


class Entity(NamedTuple):
    kind: str  # one of ENTITY_KINDS
    key: str  # normalised


class _Token(NamedTuple):
    text: str  # without possessive or contraction
    key: str  # case-folded
    initial: bool  # first of its sentence
    possessive: bool


class _Text(NamedTuple):
    """What is looked for in a dialogue or prediction."""

    words: str  # " word word word "
    values: frozenset[str]

    def holds(self, entity: Entity) -> bool:
        if entity.kind in (TIMES, NUMBERS):
            return entity.key in self.values
        return f" {entity.key} " in self.words


def entity_recall(prediction: str, reference: str, dialogue: str) -> dict[str, float]:
    """Share of the reference's entities, those that the dialogue holds, found in the prediction.

    Returns:
        {"all": share} and one share for each of `ENTITY_KINDS`, in 0..1; NaN where the reference
        has no such entity that stands in the dialogue.
    """
    expected = expected_entities(reference, dialogue)
    text = _read(prediction)
    kept = [(entity.kind, text.holds(entity)) for entity in expected]
    shares = {"all": _share([held for _, held in kept])}
    for kind in ENTITY_KINDS:
        shares[kind] = _share([held for its_kind, held in kept if its_kind == kind])
    return shares


@lru_cache(maxsize=8192)
def expected_entities(reference: str, dialogue: str) -> tuple[Entity, ...]:
    """Return the distinct entities of the reference that stand in the dialogue too."""
    spoken = _dialogue(dialogue)
    text = _TAG.sub(" ", reference)
    found = [Entity(kind, key) for key, kind in values(text).items()]
    found += _capitalised_entities(text, dialogue)
    return tuple(entity for entity in dict.fromkeys(found) if spoken.holds(entity))


def _capitalised_entities(reference: str, dialogue: str) -> list[Entity]:
    tokens = [token for sentence in split_sentences(reference) for token in _tokens(sentence)]
    evidence = _capitalised_inside(dialogue) | {
        token.text for token in tokens if token.text[0].isupper() and not token.initial
    }
    said_by = {token.key for label in speakers(dialogue) for token in _tokens(label)}
    found: list[Entity] = []
    run: list[_Token] = []
    context: list[str] = []
    for token in [*tokens, _Token(".", ".", True, False)]:
        proper = _is_proper(token) and (not token.initial or token.text in evidence)
        if run and (token.initial or not proper):
            found += _name_or_place(run, context, said_by)
            context, run = [], []
        if proper:
            run.append(token)
        else:
            context = [*context, token.key][-2:] if not token.initial else [token.key]
    return found


def _name_or_place(run: list[_Token], context: list[str], said_by: set[str]) -> list[Entity]:
    """Read a run of capitalised words, with the two words before it."""
    named = [token for token in run if token.key not in said_by and token.key not in TITLES]
    if not named:
        return []
    key = " ".join(token.key for token in run)
    untitled = len(named) == len(run)
    if key in KNOWN_PLACES or (
        untitled and not run[-1].possessive and _is_place(run, key, context)
    ):
        return [Entity(PLACES, key)]
    return [Entity(NAMES, token.key) for token in named]


def _is_place(run: list[_Token], key: str, context: list[str]) -> bool:
    if len(run) > 1 and run[-1].key in PLACE_HEADS:
        return True
    preposition = context[-1] if context else ""
    before = context[-2] if len(context) > 1 else ""
    if preposition in ("in", "near"):
        return key not in LANGUAGES
    if preposition == "at":
        return not _AT_PERSON.match(before)
    return preposition in ("to", "from") and bool(_MOTION.match(before))


def _is_proper(token: _Token) -> bool:
    common = token.key in COMMON_WORDS or token.key in TIME_WORDS or token.key in NUMBER_WORDS
    return token.text[0].isupper() and not common


def _tokens(sentence: str) -> list[_Token]:
    found: list[_Token] = []
    for raw in _TOKEN.findall(sentence):
        text = _ENDING.sub("", raw)
        if text:
            found.append(_Token(text, text.casefold(), not found, raw != text))
    return found


def _share(held: list[bool]) -> float:
    return sum(held) / len(held) if held else math.nan


def _read(text: str) -> _Text:
    untagged = _TAG.sub(" ", text)
    return _Text(
        f" {' '.join(token.key for token in _tokens(untagged))} ", frozenset(values(untagged))
    )


@lru_cache(maxsize=4096)
def _dialogue(dialogue: str) -> _Text:
    return _read(dialogue)


@lru_cache(maxsize=4096)
def _capitalised_inside(dialogue: str) -> frozenset[str]:
    """Words that are capitalised within a sentence of the dialogue, spelled as they are there."""
    return frozenset(
        token.text
        for turn in turns(dialogue)
        for sentence in split_sentences(_TAG.sub(" ", turn.text))
        for token in _tokens(sentence)
        if token.text[0].isupper() and not token.initial
    )
