"""Templates, examples for in-context learning, and what is given up when a prompt is too long."""

from __future__ import annotations

from typing import Any

import pytest

from dialogsum.common.errors import DataError
from dialogsum.config.schema import PromptConfig
from dialogsum.data.clean import Dialogue, normalized_text, without_overlap
from dialogsum.data.prompt import (
    PromptBuilder,
    check_template,
    encode_prompts,
)
from dialogsum.data.tokenize import source_encoder

from .conftest import TEMPLATE, dialogues

SHORT = "w1 {dialogue} w2"


def builder(shots: int = 0, pool: list[Dialogue] | None = None, **changes: Any) -> PromptBuilder:
    cfg = PromptConfig(name="p", shots=shots, **({"template": SHORT} | changes))
    return PromptBuilder(cfg, pool or [])


POOL = dialogues([f"w{i} w{i} w{i}" for i in range(10, 30)])


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("no slot", "must hold {dialogue} exactly once, holds it 0 times"),
        ("{dialogue} {dialogue}", "holds it 2 times"),
        ("{dialog}", "unknown placeholder '{dialog}'; did you mean 'dialogue'?"),
        (r"Summarize.\n{dialogue}", r"holds \n as two characters"),
        ("{dialogue} {}", "unknown placeholder '{}'"),
    ],
)
def test_bad_templates(template: str, message: str) -> None:
    assert message in (check_template(template) or "")
    with pytest.raises(DataError, match=r"prompt\.template: "):
        builder(template=template)


@pytest.mark.parametrize("template", [TEMPLATE, '{"text": "{dialogue}"}', "{dialogue}"])
def test_good_templates(template: str) -> None:
    assert check_template(template) is None


def test_render_takes_the_dialogue_literally() -> None:
    text = builder(template=TEMPLATE).render("A: {dialogue} {x} \\n")
    assert text == (
        "Summarize the following conversation.\n\nA: {dialogue} {x} \\n\n\nSummary: "
    )  # fmt: skip


def test_examples_stand_before_with_their_summaries() -> None:
    built = builder(2, POOL)
    first, second = built.examples_for("w5")
    assert built.render("w5", [first, second]) == (
        f"w1 {first.dialogue} w2{first.references[0]}\n\n"
        f"w1 {second.dialogue} w2{second.references[0]}\n\n"
        "w1 w5 w2"
    )


def test_examples_come_from_a_seed_of_their_own() -> None:
    def drawn(seed: int) -> list[str]:
        return [d.id for d in builder(3, POOL, seed=seed).examples_for("x")]

    assert drawn(0) == drawn(0)
    assert len({tuple(drawn(seed)) for seed in range(5)}) > 1
    assert len(set(drawn(0))) == 3


def test_a_dialogue_is_never_its_own_example() -> None:
    built = builder(3, POOL)
    for d in POOL:
        examples = built.examples_for(d.dialogue.upper() + " \n")
        assert len(examples) == 3
        assert d.dialogue not in [e.dialogue for e in examples]


def test_the_pool_holds_nothing_of_another_split() -> None:
    train = dialogues(["a b", "c", "d", "A  B"])
    pool = without_overlap(
        {"train": train, "validation": dialogues(["C"]), "test": dialogues(["x"])}
    )
    assert [d.dialogue for d in pool] == ["a b", "d", "A  B"]
    texts = {normalized_text(d.dialogue) for d in builder(1, pool).drawn}
    assert texts == {"a b", "d"}


def test_too_few_examples() -> None:
    with pytest.raises(DataError, match=r"prompt\.shots: 3 examples need at least 4 distinct"):
        builder(3, dialogues(["a", "A", "b", "c"]))


def encode(word_tokenizer: Any, built: PromptBuilder, texts: list[str], limit: int) -> list[Any]:
    return encode_prompts(built, texts, source_encoder(word_tokenizer), limit)


def test_examples_are_dropped_before_the_dialogue_is_cut(word_tokenizer: Any) -> None:
    built = builder(2, POOL)  # an example is w1 + 3 words + w2<summary>, the prompt 3 + words
    long = " ".join(["w9"] * 20)
    rows = {limit: encode(word_tokenizer, built, [long], limit)[0] for limit in range(10, 40)}
    assert {limit: row.shots for limit, row in rows.items()} == {
        limit: 2 if limit >= 33 else 1 if limit >= 28 else 0 for limit in range(10, 40)
    }
    for limit, row in rows.items():
        assert len(row.ids) <= limit
        assert row.cut is (limit < 23)
        assert row.ids[-2:] == [5, 1]  # the instruction's tail and the end token stay
        if row.cut:
            assert len(row.ids) == limit


def test_the_longest_example_goes_first(word_tokenizer: Any) -> None:
    built = builder(2, dialogues(["w7 w7", "w8 " * 9, "w9 " * 12]))
    row = encode(word_tokenizer, built, ["w5"], 20)[0]
    shorter = min(built.examples_for("w5"), key=lambda d: len(d.dialogue))
    assert row.shots == 1
    assert row.ids[1] == word_tokenizer(shorter.dialogue)["input_ids"][0]


def test_an_instruction_that_is_too_long(word_tokenizer: Any) -> None:
    with pytest.raises(DataError, match=r"dataset\.max_source_tokens: 2 is less than the 3 tokens"):
        encode(word_tokenizer, builder(), ["w5 w5"], 2)


def test_a_giant_dialogue_is_cut_quickly(word_tokenizer: Any) -> None:
    row = encode(word_tokenizer, builder(), ["w5 " * 2_000_000], 50)[0]
    assert row.cut
    assert len(row.ids) == 50


def test_cut_with_the_real_tokenizer(t5_tokenizer: Any) -> None:
    text = "\n".join(f"#Person{i % 2 + 1}#: I'd never say so, number {i}!" for i in range(300))
    built = builder(template=TEMPLATE)
    row = encode_prompts(built, [text, "A: hi"], source_encoder(t5_tokenizer), 512)[0]
    assert row.cut
    assert 505 <= len(row.ids) <= 512
    decoded = t5_tokenizer.decode(row.ids)
    assert decoded.startswith("Summarize the following conversation. #Person1#: I'd never")
    assert decoded.endswith("Summary:</s>")
