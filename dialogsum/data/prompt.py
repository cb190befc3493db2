"""Build prompts: the instruction around a dialogue, after examples for in-context learning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from dialogsum.common.errors import DataError, suggestion
from dialogsum.config.schema import PromptConfig
from dialogsum.data.clean import Dialogue, normalized_text

SLOT = "{dialogue}"
SEPARATOR = "\n\n"  # between an example and what follows it
CHARACTERS_PER_TOKEN = 64  # far above any real text: where the search for a cut starts

Encode = Callable[[list[str]], list[list[int]]]  # texts to token ids, never cut


def check_template(template: str) -> str | None:
    """Return the problem of a template, or None. Braces around anything but a name are literal."""
    others = [name for name in re.findall(r"\{(\w*)\}", template) if name != "dialogue"]
    if others:
        return f"unknown placeholder '{{{others[0]}}}'{suggestion(others[0], ['dialogue'])}"
    if (count := template.count(SLOT)) != 1:
        return f"must hold {SLOT} exactly once, holds it {count} times"
    if escape := re.search(r"\\[nt]", template):
        return (
            f"holds {escape[0]} as two characters, not a line break or tab; type the character "
            "itself (in bash within $'...') or write the template in a file of conf/prompt/"
        )
    return None


@dataclass
class PromptBuilder:
    """Renders the prompt of a dialogue, with `cfg.shots` examples before it.

    Examples are drawn by `cfg.seed` alone and are the same for every dialogue, except that a
    dialogue is never its own example.

    Attributes:
        cfg: the section `prompt`.
        pool: dialogues that examples may come from: train without what other splits have.
        drawn: the examples, and a spare one for the dialogue that is an example itself; drawn from
            the pool unless given.

    Raises:
        DataError: a bad template, or a pool that is too small.
    """

    cfg: PromptConfig
    pool: Sequence[Dialogue] = ()
    drawn: list[Dialogue] = field(default_factory=list)

    def __post_init__(self) -> None:
        if problem := check_template(self.cfg.template):
            raise DataError(f"prompt.template: {problem}")
        self.before, self.after = self.cfg.template.split(SLOT)
        self.drawn = self.drawn or self._draw()

    def _draw(self) -> list[Dialogue]:
        shots = self.cfg.shots
        if shots == 0:
            return []
        first_with_text = {normalized_text(d.dialogue): d for d in reversed(self.pool)}
        distinct = list(first_with_text.values())[::-1]
        if len(distinct) <= shots:
            raise DataError(
                f"prompt.shots: {shots} examples need at least {shots + 1} distinct dialogues in "
                f"train that no other split has; there are {len(distinct)}"
            )
        order = np.random.default_rng(self.cfg.seed).permutation(len(distinct))
        return [distinct[i] for i in order[: shots + 1]]

    def render(self, dialogue: str, examples: Iterable[Dialogue] = ()) -> str:
        """Return the prompt; an example is the template with its dialogue and first reference."""
        parts = [self.before + d.dialogue + self.after + d.references[0] for d in examples]
        return SEPARATOR.join([*parts, self.before + dialogue + self.after])

    def examples_for(self, dialogue: str) -> list[Dialogue]:
        """Return the examples for a dialogue, never the dialogue itself."""
        text = normalized_text(dialogue)
        others = [d for d in self.drawn if normalized_text(d.dialogue) != text]
        return others[: self.cfg.shots]


@dataclass(frozen=True)
class EncodedPrompt:
    """Token ids of a prompt, the number of its examples, and whether the dialogue was cut."""

    ids: list[int]
    shots: int
    cut: bool


def encode_prompts(
    builder: PromptBuilder, dialogues: Sequence[str], encode: Encode, limit: int
) -> list[EncodedPrompt]:
    """Return prompts of at most `limit` tokens.

    A prompt that is too long first loses its examples, the longest first; then the end of the
    dialogue is cut, never the instruction after it.

    Raises:
        DataError: the instruction alone is longer than the limit.
    """
    # A giant text is shortened before it is tokenized, to something that is still too long.
    texts = [dialogue[: limit * CHARACTERS_PER_TOKEN] for dialogue in dialogues]
    examples = [builder.examples_for(dialogue) for dialogue in dialogues]
    ids: list[list[int]] = [[] for _ in dialogues]
    pending = list(range(len(dialogues)))
    while pending:
        encoded = encode([builder.render(texts[i], examples[i]) for i in pending])
        for i, tokens in zip(pending, encoded, strict=True):
            ids[i] = tokens
        pending = [i for i in pending if len(ids[i]) > limit and examples[i]]
        for i in pending:
            examples[i].remove(max(examples[i], key=lambda d: len(d.dialogue)))
    prompts = []
    for i, dialogue in enumerate(dialogues):
        too_long = len(ids[i]) > limit
        fitting = encode_shortened(builder, texts[i], encode, limit) if too_long else ids[i]
        cut = too_long or texts[i] != dialogue
        prompts.append(EncodedPrompt(fitting, len(examples[i]), cut))
    return prompts


def encode_shortened(
    builder: PromptBuilder, dialogue: str, encode: Encode, limit: int
) -> list[int]:
    """Return the prompt with the longest beginning of the dialogue that fits, by bisection."""
    best = encode([builder.render("")])[0]
    if len(best) > limit:
        raise DataError(
            f"dataset.max_source_tokens: {limit} is less than the {len(best)} tokens of the "
            "instruction alone (prompt.template)"
        )
    fits, too_long = 0, len(dialogue)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        tokens = encode([builder.render(dialogue[:middle].rstrip())])[0]
        if len(tokens) <= limit:
            fits, best = middle, tokens
        else:
            too_long = middle
    return best
