"""The instruction around a dialogue, with examples from train for in-context learning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from dialogsum.common.errors import DataError, suggestion
from dialogsum.config.schema import PromptConfig
from dialogsum.data.clean import Dialogue, normalized_text

SLOT = "{dialogue}"
BETWEEN = "\n\n"  # between an example and what follows it
CHARACTERS_PER_TOKEN = 64  # far above any real text: where the search for a cut starts


def check_template(template: object) -> str | None:
    """What is wrong with a template, or None. Braces that hold no plain name are literal."""
    if not isinstance(template, str):
        return f"must be a text, it is {template!r}"
    count = template.count(SLOT)
    others = [name for name in re.findall(r"\{(\w*)\}", template) if name != "dialogue"]
    if others:
        return f"unknown placeholder '{{{others[0]}}}'{suggestion(others[0], ['dialogue'])}"
    if count != 1:
        return f"must hold {SLOT} exactly once, it holds it {count} times"
    return None


def check_prompt(cfg: PromptConfig) -> list[tuple[str, str]]:
    """`(dotted path, message)` for each mistake."""
    problems = []
    if message := check_template(cfg.template):
        problems.append(("prompt.template", message))
    if cfg.shots < 0:
        problems.append(("prompt.shots", f"must be at least 0, it is {cfg.shots}"))
    if cfg.seed < 0:
        problems.append(("prompt.seed", f"must be at least 0, it is {cfg.seed}"))
    return problems


@dataclass
class PromptBuilder:
    """Renders dialogues; with `shots`, examples stand before them.

    `pool` are the dialogues that examples may come from: `example_pool` of train. They are drawn by
    `cfg.seed` alone, the same for every dialogue except that a dialogue never meets itself. Raises
    `DataError` for a bad template or a pool that is too small.
    """

    cfg: PromptConfig
    pool: Sequence[Dialogue] = ()
    drawn: list[Dialogue] = field(init=False)

    def __post_init__(self) -> None:
        for where, what in check_prompt(self.cfg):
            raise DataError(f"{where}: {what}")
        self.before, self.after = self.cfg.template.split(SLOT)
        self.drawn = self.draw()

    def draw(self) -> list[Dialogue]:
        """`shots` examples and one spare, for the dialogue that is one of them itself."""
        if self.cfg.shots == 0:
            return []
        distinct = list({normalized_text(d.dialogue): d for d in reversed(self.pool)}.values())[
            ::-1
        ]
        if len(distinct) <= self.cfg.shots:
            raise DataError(
                f"prompt.shots: {self.cfg.shots} examples need at least {self.cfg.shots + 1} "
                f"distinct dialogues in train that no other split has; there are {len(distinct)}"
            )
        order = np.random.default_rng(self.cfg.seed).permutation(len(distinct))
        return [distinct[i] for i in order[: self.cfg.shots + 1]]

    def render(self, dialogue: str, examples: Iterable[Dialogue] = ()) -> str:
        """The prompt as text; each example is the template with its summary."""
        parts = [self.before + d.dialogue + self.after + d.references[0] for d in examples]
        return BETWEEN.join([*parts, self.before + dialogue + self.after])

    def examples_for(self, dialogue: str) -> list[Dialogue]:
        """The examples for a dialogue, never the dialogue itself."""
        text = normalized_text(dialogue)
        return [d for d in self.drawn if normalized_text(d.dialogue) != text][: self.cfg.shots]


def example_pool(splits: dict[str, list[Dialogue]]) -> list[Dialogue]:
    """The dialogues of train that no other split has."""
    held_out = {
        normalized_text(d.dialogue)
        for split, rows in splits.items()
        if split != "train"
        for d in rows
    }
    return [d for d in splits.get("train", []) if normalized_text(d.dialogue) not in held_out]


@dataclass(frozen=True)
class Encoded:
    """The token ids of one prompt, how many examples it kept, and whether the dialogue was cut."""

    ids: list[int]
    shots: int
    cut: bool


def encode_prompts(
    builder: PromptBuilder,
    dialogues: Sequence[str],
    encode: Callable[[list[str]], list[list[int]]],
    limit: int,
) -> list[Encoded]:
    """Prompts of at most `limit` tokens.

    What is too long first loses its examples, the longest first; then the end of the dialogue is
    cut, never the instruction after it. Raises `DataError` where the instruction alone is too long.
    """
    examples = [builder.examples_for(dialogue) for dialogue in dialogues]
    texts = [clip(dialogue, limit) for dialogue in dialogues]
    ids: list[list[int]] = [[] for _ in dialogues]
    open_ = list(range(len(dialogues)))
    while open_:
        found = encode([builder.render(texts[i], examples[i]) for i in open_])
        for i, tokens in zip(open_, found, strict=True):
            ids[i] = tokens
        open_ = [i for i in open_ if len(ids[i]) > limit and examples[i]]
        for i in open_:
            examples[i].remove(max(examples[i], key=lambda d: len(d.dialogue)))
    cut = [text != dialogue for text, dialogue in zip(texts, dialogues, strict=True)]
    for i, tokens in enumerate(ids):
        if len(tokens) > limit:
            ids[i], cut[i] = cut_dialogue(builder, texts[i], encode, limit), True
    return [Encoded(*row) for row in zip(ids, map(len, examples), cut, strict=True)]


def clip(dialogue: str, limit: int) -> str:
    """Keeps a giant text from being tokenised whole only to be cut."""
    return dialogue[: limit * CHARACTERS_PER_TOKEN]


def cut_dialogue(
    builder: PromptBuilder,
    dialogue: str,
    encode: Callable[[list[str]], list[list[int]]],
    limit: int,
) -> list[int]:
    """The ids of the prompt with the longest beginning of the dialogue that fits (bisection)."""
    fits, best = 0, encode([builder.render("")])[0]
    if len(best) > limit:
        raise DataError(
            f"dataset.max_source_tokens: {limit} is less than the {len(best)} tokens of the "
            "instruction alone (prompt.template)"
        )
    too_long = len(dialogue)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        tokens = encode([builder.render(dialogue[:middle].rstrip())])[0]
        if len(tokens) <= limit:
            fits, best = middle, tokens
        else:
            too_long = middle
    return best
