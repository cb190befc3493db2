"""Text-to-text exercises that teach a small model to copy, to look up and to write sentences.

The order is a curriculum, so train on the rows as they come. First arbitrary words are repeated,
from one word to eight; then come the other short exercises (look up, data to a sentence), because
copying never starts on long inputs; then dialogues of `tales` and `talk` with exercises on them.
Among them is the retelling of a dialogue, but never at the instruction that the evaluation uses: a
model that did only these is weak at it, and that is meant.
"""

from collections.abc import Callable
from random import Random

from tools.tiny.exercises import Exercise
from tools.tiny.exercises.dialogues import (
    blanks,
    complete,
    list_values,
    masked_values,
    one_line,
    question,
    report,
    spans,
    tell_about,
    who_said,
)
from tools.tiny.exercises.short import (
    data_to_sentence,
    look_up,
    names_only,
    next_one,
    repeat,
    repeat_sentence,
    repeat_words,
    sort_sentences,
)

WINDOW, GROUPS, CHUNK = 2048, 4, 32
"""Rows that are sorted among themselves: into groups by target length, in these by source length,
and then cut into chunks, which are what stays together."""
WORDS_SHARE = 0.07
"""Share of the rows, the first ones, that only repeat words."""
SHORT_SHARE = 0.15
"""Share of the rows, these included, that are short exercises."""

SHORT: dict[Callable[[Random], Exercise], int] = {
    repeat_words: 10,
    repeat: 30,
    names_only: 15,
    look_up: 15,
    next_one: 10,
    data_to_sentence: 20,
    repeat_sentence: 10,
}
MIXED: dict[Callable[[Random], Exercise], int] = {
    repeat_words: 2,
    repeat: 4,
    look_up: 4,
    next_one: 2,
    data_to_sentence: 8,
    repeat_sentence: 2,
    sort_sentences: 4,
    question: 18,
    blanks: 8,
    complete: 18,
    report: 54,
    tell_about: 22,
    masked_values: 4,
    spans: 4,
    list_values: 8,
    one_line: 12,
    who_said: 4,
}


def generate_pretraining(split: str, size: int, seed: int = 0) -> list[dict[str, str]]:
    """Return `size` exercises: `dialogue` is the source text, `summary` the target text.

    They get harder with the index, and each `CHUNK` of them is of similar length: batches in random
    order were half padding, these a quarter. `topic` is the name of the exercise. Splits differ in
    their random numbers only; a bigger size is not an extension of a smaller one.
    """
    words, short = int(size * WORDS_SHARE), int(size * SHORT_SHARE)
    rows = []
    for index in range(size):
        rng = Random(f"{seed}-pretraining-{split}-{index}")
        if index < words:
            exercise: Callable[[Random], Exercise] = repeat_words
            source, target = repeat_words(rng, 2 + 6 * index // words)
        else:
            exercise = _draw(rng, SHORT if index < short else MIXED)
            source, target = exercise(rng)
        rows.append(
            {
                "id": f"pretraining-{split}-{index}",
                "dialogue": source,
                "summary": target,
                "topic": exercise.__name__,
            }
        )
    return _similar_lengths_together(rows, Random(f"{seed}-pretraining-{split}"))


def _similar_lengths_together(rows: list[dict[str, str]], rng: Random) -> list[dict[str, str]]:
    ordered: list[dict[str, str]] = []
    for start in range(0, len(rows), WINDOW):
        window = sorted(rows[start : start + WINDOW], key=lambda row: len(row["summary"]))
        size = max(CHUNK, len(window) // GROUPS)
        for at in range(0, len(window), size):
            window[at : at + size] = sorted(
                window[at : at + size], key=lambda row: len(row["dialogue"])
            )
        chunks = [window[at : at + CHUNK] for at in range(0, len(window), CHUNK)]
        rng.shuffle(chunks)
        ordered += [row for chunk in chunks for row in chunk]
    return ordered


def _draw(rng: Random, weights: dict[Callable[[Random], Exercise], int]):
    return rng.choices(list(weights), list(weights.values()))[0]
