"""The deterministic sentence splitter behind ROUGE-Lsum; needs no model and no download.

A sentence ends at a line break, or after `.`, `!`, `?` or `…` (with any closing quotes or
brackets) that is followed by white space, except
- after a title or an initial (`Mr. Smith`, `J. Brown`): never;
- after another abbreviation or an ellipsis (`5 p.m. on`, `well... ok`): only before a capital;
- after `No.`: not before a digit (`No. 5`).

Text is split only at white space. The tokens of ROUGE-1, -2 and -L are therefore the same with
and without the splits, and every ROUGE implementation sees the same sentences.
"""

import re

SPLITTER = "dialogsum-sentences 1"

_TITLES = {
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "gen", "capt", "sgt", "lt", "col", "rev",
    "hon", "mt",
}  # fmt: skip
_ABBREVIATIONS = {
    "a.m", "p.m", "e.g", "i.e", "etc", "vs", "approx", "ca", "inc", "ltd", "co", "corp", "dept",
    "tel", "ext", "u.s", "u.k", "u.n", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
}  # fmt: skip
_BOUNDARY = re.compile(r"(?<![.!?…])(?P<end>[.!?…]+)[\"'”’)\]]*\s+")
_LONGEST_ABBREVIATION = 12  # characters read before a full stop: keeps long words linear
_LEADING_MARKS = "\"'“‘([#"


def split_sentences(text: str) -> list[str]:
    """Return the non-empty sentences of `text` in order, stripped."""
    return [
        sentence for line in text.splitlines() for sentence in _split_line(line.strip()) if sentence
    ]


def _split_line(line: str) -> list[str]:
    sentences, start = [], 0
    for match in _BOUNDARY.finditer(line):
        if _ends_sentence(_word_before(line, match.start()), match["end"], line[match.end() :]):
            sentences.append(line[start : match.end()].rstrip())
            start = match.end()
    sentences.append(line[start:])
    return sentences


def _word_before(line: str, end: int) -> str:
    words = line[max(0, end - _LONGEST_ABBREVIATION) : end].split()
    return words[-1].lstrip(_LEADING_MARKS) if words else ""


def _ends_sentence(word: str, end: str, rest: str) -> bool:
    following = rest.lstrip(_LEADING_MARKS)[:1]
    if end == ".":
        lowered = word.lower()
        if lowered in _TITLES or (len(word) == 1 and word.isupper() and word != "I"):
            return False
        if lowered == "no":
            return not following.isdigit()
        if lowered in _ABBREVIATIONS:
            return following.isupper()
    if end == "…" or end.startswith(".."):
        return not following.islower()
    return True
