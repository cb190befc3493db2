"""Exercises for pretraining and the tokenizer: disjoint from the task, solvable, lossless."""

import re
from collections import Counter
from random import Random

import pytest

from tools.tiny.exercises.dialogues import SENTINELS
from tools.tiny.generator import generate
from tools.tiny.invented import WideFillers, invented_name
from tools.tiny.pools import HELD_OUT, SEEN
from tools.tiny.pretraining import (
    CHUNK,
    MIXED,
    SHORT,
    SHORT_SHARE,
    WINDOW,
    WORDS_SHARE,
    generate_pretraining,
)
from tools.tiny.scenarios import SEEN as SEEN_SCENARIOS
from tools.tiny.scenarios import UNSEEN as UNSEEN_SCENARIOS
from tools.tiny.tales import TALES, Tale
from tools.tiny.talk import EXCHANGES, talk
from tools.tiny.talk.composed import COMPOSED
from tools.tiny.tokenizer import save_tokenizer, tokenizer_texts, train_tokenizer

SIZE = 3000
TEXTS = [
    "Anna: Hi, Anna! It's 7:30 in Lima.\n#Person1#: I don't know #Person2#'s name.",
    "naïve café Ωmega 日本語 🙂👩‍👩‍👧 “quoted” ½ ﬁ e\u0301 \u200b ~^`|\\",
    'Tabs\tand\r\nlines, $1,250.00 (50%) <b>markup</b> [x] {y} "z" a_b C3PO',
    "  leading and trailing  ",
]


@pytest.fixture(scope="module")
def rows():
    return generate_pretraining("train", SIZE)


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    from transformers import AutoTokenizer

    directory = tmp_path_factory.mktemp("tokenizer")
    save_tokenizer(train_tokenizer(tokenizer_texts(3000, 1000)), directory)
    return AutoTokenizer.from_pretrained(directory)


def test_rows_have_the_same_shape_as_dialogues(rows):
    assert len(rows) == SIZE
    assert {row["id"] for row in rows} == {f"pretraining-train-{i}" for i in range(SIZE)}
    assert all(set(row) == {"id", "dialogue", "summary", "topic"} for row in rows)
    assert all(row["dialogue"] and row["summary"] for row in rows)


def test_deterministic_and_other_rows_for_other_splits_and_seeds(rows):
    assert generate_pretraining("train", SIZE)[-50:] == rows[-50:]
    sources = {row["dialogue"] for row in rows if len(row["dialogue"]) > 60}
    for other in (generate_pretraining("validation", 300), generate_pretraining("train", 300, 1)):
        assert not sources & {row["dialogue"] for row in other}


def index(row):
    return int(row["id"].rpartition("-")[2])


def test_rows_of_similar_length_stand_together_without_leaving_their_window(rows):
    for window in range(0, SIZE, WINDOW):
        indices = {index(row) for row in rows[window : window + WINDOW]}
        assert indices == set(range(window, min(window + WINDOW, SIZE)))

    def padded(ordered):
        batches = [ordered[at : at + CHUNK] for at in range(0, SIZE, CHUNK)]
        columns = [[len(row[key]) for row in b] for b in batches for key in ("dialogue", "summary")]
        return 1 - sum(map(sum, columns)) / sum(max(c) * len(c) for c in columns)

    assert padded(sorted(rows, key=index)) > 0.45
    assert padded(rows) < 0.25


def test_short_exercises_come_first(rows):
    short = {exercise.__name__ for exercise in SHORT}
    rows = sorted(rows, key=index)
    words_end, short_end = int(SIZE * WORDS_SHARE), int(SIZE * SHORT_SHARE)
    words, first, rest = rows[:words_end], rows[words_end:short_end], rows[short_end:]
    assert {row["topic"] for row in words} == {"repeat_words"}
    assert max(len(row["summary"].split()) for row in words[:30]) <= 2
    assert {row["topic"] for row in first} == short
    assert {row["topic"] for row in rest} == {exercise.__name__ for exercise in MIXED}
    means = [
        sum(len(row["dialogue"].split()) for row in part) / len(part) for part in (first, rest)
    ]
    assert means[0] < 15 < means[1] < 50


def test_no_exercise_has_the_evaluated_form(rows):
    """`report` retells dialogues, but of other scenarios and never at the word summarize."""
    for row in rows:
        assert "summar" not in row["dialogue"].lower()
        if row["topic"] == "complete":
            instruction = row["dialogue"].partition("\n\n")[0]
            blanked = re.sub(
                "^Complete(: | a text on the following conversation. )", "", instruction
            )
            parts = re.split(r"<extra_id_\d+>", blanked)
            assert re.fullmatch(".+?".join(map(re.escape, parts)), row["summary"], re.DOTALL)


def test_statements_tell_the_truth_about_their_dialogue():
    """Every value that a statement of any exchange or tale names was said."""
    for exchange in (*EXCHANGES, *COMPOSED, *TALES):
        for i in range(60):
            tale = Tale(Random(i))
            exchange(tale)
            told = " ".join(tale.statements).lower()
            for value in tale.values:
                if re.search(rf"(?<!\w){re.escape(value.lower())}(?!\w)", told):
                    assert value.lower() in tale.dialogue.lower(), (tale.dialogue, told)


def test_any_exchanges_fit_together():
    names = [exchange.__name__ for exchange in EXCHANGES]
    assert len(names) == len(set(names)) >= 30
    everything = Tale(Random(0))
    for exchange in EXCHANGES:
        before = set(everything.slots)
        exchange(everything)
        kinds = {slot for slot in set(everything.slots) - before if len(slot) > 3}
        assert kinds or {"X", "Y"} & set(everything.slots)


def test_at_least_240_scenarios_and_none_of_the_fine_tuning_ones():
    tales = {tale.__name__ for tale in (*TALES, *EXCHANGES, *COMPOSED)}
    assert len(tales) >= 240
    assert not tales & {scenario.__name__ for scenario in SEEN_SCENARIOS + UNSEEN_SCENARIOS}


def test_no_pretraining_dialogue_line_opens_a_fine_tuning_dialogue():
    openings = {
        row["dialogue"].split("\n")[0].partition(": ")[2]
        for split in ("train", "test")
        for row in generate(split, 300)
    }
    for i in range(300):
        tale = Tale(Random(i))
        (talk if i % 2 else TALES[i % len(TALES)])(tale)
        assert tale.turns[0][1] not in openings


def test_held_out_names_never_occur(rows):
    words = set(re.findall(r"\w+", " ".join(r["dialogue"] + " " + r["summary"] for r in rows)))
    for kind in ("female", "male", "surname", "city"):
        assert not set(HELD_OUT[kind]) & words
    rng = Random(0)
    held_out = {word.lower() for kind in HELD_OUT for word in HELD_OUT[kind]}
    assert not held_out & {invented_name(rng, "female").lower() for _ in range(2000)}


def test_most_names_are_seen_only_a_few_times():
    fillers = [WideFillers(Random(i)).draw("female") for i in range(4000)]
    invented = [name for name in fillers if name not in SEEN["female"]]
    assert len(invented) > 1500
    assert len(set(invented)) > 0.6 * len(invented)


def test_answers_stand_in_their_dialogue():
    for i in range(40 * len(TALES)):
        tale = Tale(Random(i))
        (talk if i % 2 else TALES[i // 2 % len(TALES)])(tale)
        text = tale.dialogue.lower()
        assert tale.questions
        assert all(answer.lower() in text for _, answer in tale.questions), tale.dialogue
        assert len(tale.dialogue.split()) < 80


def test_copying_exercises_are_solvable(rows):
    by_topic = Counter(row["topic"] for row in rows)
    assert min(by_topic[exercise.__name__] for exercise in MIXED) > 20
    for row in rows:
        source, target = row["dialogue"], row["summary"]
        if row["topic"] in {
            "repeat",
            "repeat_words",
            "names_only",
            "repeat_sentence",
            "look_up",
            "next_one",
        }:
            assert target in source
        if row["topic"] in {"blanks", "masked_values", "spans"}:
            asked = re.findall(r"<extra_id_\d+>", source)
            assert asked == re.findall(r"<extra_id_\d+>", target)
            assert asked == [f"<extra_id_{i}>" for i in range(len(asked))]
            assert len(asked) <= SENTINELS


def test_tokenizer_ids_and_special_pieces(tokenizer):
    assert len(tokenizer) == 2600
    assert (tokenizer.pad_token_id, tokenizer.eos_token_id, tokenizer.unk_token_id) == (0, 1, 2)
    assert tokenizer("Hello").input_ids[-1] == 1
    assert tokenizer.convert_tokens_to_ids("<extra_id_0>") == 2599
    assert tokenizer.convert_tokens_to_ids(f"<extra_id_{SENTINELS - 1}>") == 2600 - SENTINELS
    assert tokenizer("a <extra_id_1> b").input_ids.count(2598) == 1


@pytest.mark.parametrize("text", TEXTS)
def test_tokenizer_is_lossless_and_knows_every_text(tokenizer, text):
    ids = tokenizer(text).input_ids
    assert tokenizer.unk_token_id not in ids
    # The zero-width space is no white space: only runs of white space become one space.
    assert tokenizer.decode(ids, skip_special_tokens=True) == " ".join(
        re.split(r"\s+", text.strip())
    )


def test_tokenizer_is_lossless_on_random_unicode(tokenizer):
    rng = Random(0)
    for _ in range(200):
        points = (rng.choice((rng.randint(33, 126), rng.randint(0xA1, 0x2FFF))) for _ in range(20))
        text = "".join(map(chr, points)).replace("▁", "")
        text = " ".join(re.split(r"\s+", text.strip()))
        ids = tokenizer(text, add_special_tokens=False).input_ids
        assert 2 not in ids
        assert tokenizer.decode(ids) == text


def test_a_name_has_the_same_pieces_everywhere(tokenizer):
    name = tokenizer.tokenize("Anna")
    assert tokenizer.tokenize("Anna: Anna,\nAnna!") == [*name, ":", *name, ",", *name, "!"]
    assert tokenizer.tokenize("#Person1#: #Person2#'s") == ["▁#Person1#", ":", "▁#Person2#", "'s"]
    assert tokenizer.tokenize("417") == ["▁4", "1", "7"]


def test_dialogues_are_short_and_common_names_one_piece(tokenizer):
    rows = generate("train", 300)
    lengths = sorted(len(tokenizer(row["dialogue"]).input_ids) for row in rows)
    assert sum(lengths) / len(lengths) < 105
    pieces = [len(tokenizer.tokenize(name)) for name in SEEN["female"] + SEEN["male"]]
    assert sum(count == 1 for count in pieces) > 0.3 * len(pieces)
    assert max(pieces) <= 6


def test_tokenizer_training_is_deterministic():
    texts = tokenizer_texts(500, 200)
    assert train_tokenizer(texts, 1200).to_str() == train_tokenizer(texts, 1200).to_str()
