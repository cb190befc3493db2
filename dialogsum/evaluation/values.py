"""Times and numbers of an English text in one normal form each, so that they can be compared.

"4 pm", "4:00 p.m." and "four" all hold the value "4"; "3:30" is "3:30"; "May 15th" is "may" and
"15"; "1,500" is "1500"; "twenty-five" is "25"; "Fri" is "friday". Not read: "half past five",
ordinal words ("second" is mostly no number), and "one" on its own (mostly a pronoun).
"""

import re
from collections.abc import Iterator

from dialogsum.evaluation.wordlists import word_set

TIMES, NUMBERS = "times", "numbers"

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_AMBIGUOUS_MONTHS = word_set("march may")  # read only with a capital and a date around them
_DATE_CONTEXT = word_set("in of on by this next last since until from early late mid")
_PARTS_OF_DAY = word_set(
    "today tomorrow yesterday tonight morning afternoon evening night noon midnight weekend"
)
# Not "Sat" and "Sun", which are words.
_SHORT = {"Tues": "tuesday", "Thur": "thursday", "Thurs": "thursday", "Sept": "september"} | {
    name[:3].capitalize(): name
    for name in (*_WEEKDAYS[:5], *_MONTHS)
    if name not in _AMBIGUOUS_MONTHS
}
TIME_WORDS = frozenset(_WEEKDAYS) | frozenset(_MONTHS) | _PARTS_OF_DAY

_UNITS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * tens for tens, word in enumerate(_TENS, start=2)
}
_SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9}
NUMBER_WORDS = frozenset(_SMALL) | frozenset(_SCALES) | {"hundred"}

_DIGITS = re.compile(
    r"(?<![\w.])(?:"
    r"(?P<clock>\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\b|o\s?['’]?\s?clock\b)|\d{1,2}:\d{2}(?!\d))"
    r"|(?P<date>\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/]))"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th)\b"
    r"|(?P<year>(?:19|20)\d\d)(?![\d,.]\d|\d)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


def values(text: str) -> dict[str, str]:
    """Return the times and numbers of a text: normal form -> `TIMES` or `NUMBERS`."""
    found: dict[str, str] = {}
    for match in _DIGITS.finditer(text):
        kind = match.lastgroup or "number"  # one of the groups always matches
        raw = match[kind]
        found.setdefault(_normal(kind, raw), NUMBERS if kind == "number" else TIMES)
    tokens = _WORD.findall(text)
    for word in _time_words(tokens):
        found.setdefault(word, TIMES)
    for value in number_words(token.casefold() for token in tokens):
        found.setdefault(str(value), NUMBERS)
    return found


def number_words(tokens: Iterator[str]) -> list[int]:
    """Return the numbers that lower-case word tokens spell, without a lone "one"."""
    numbers: list[int] = []
    phrase: list[str] = []
    for token in [*tokens, ""]:
        extends = token in NUMBER_WORDS or (token == "and" and phrase[-1:] == ["hundred"])
        if extends and not _starts_anew(phrase, token):
            phrase.append(token)
            continue
        if phrase and phrase != ["one"]:
            numbers.append(_spelled(phrase))
        phrase = [token] if extends else []
    return numbers


def _starts_anew(phrase: list[str], token: str) -> bool:
    """Whether a number word begins another number: "five thirty" is 5 and 30."""
    if not phrase or token not in _SMALL or phrase[-1] not in _SMALL:
        return False
    return not (_SMALL[phrase[-1]] >= 20 and 0 < _SMALL[token] < 10)


def _spelled(phrase: list[str]) -> int:
    total, current = 0, 0
    for word in phrase:
        if word in _SMALL:
            current += _SMALL[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES:
            total += (current or 1) * _SCALES[word]
            current = 0
    return total + current


def _time_words(tokens: list[str]) -> Iterator[str]:
    for position, token in enumerate(tokens):
        word = token.casefold().removesuffix("s")
        if word in _AMBIGUOUS_MONTHS:
            before = tokens[position - 1].casefold() if position else ""
            if token[0].isupper() and before in _DATE_CONTEXT:
                yield word
        elif word in TIME_WORDS:
            yield word
        elif token in _SHORT:
            yield _SHORT[token]


def _normal(kind: str, raw: str) -> str:
    if kind == "clock":
        hour, minutes = [*re.findall(r"\d+", raw), ""][:2]
        return f"{int(hour)}:{minutes}" if minutes and int(minutes) else str(int(hour))
    if kind == "number":
        whole, _, decimals = raw.replace(",", "").partition(".")
        decimals = decimals.rstrip("0")
        return f"{int(whole)}.{decimals}" if decimals else str(int(whole))
    return raw if kind == "date" else str(int(raw))
