"""The bundled dialogues: counts, determinism, separation of the splits, and well-formed text."""

import re
from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from tools.tiny.generator import DEFAULT_SIZES, generate
from tools.tiny.grammar import Story, article, fill
from tools.tiny.names import FEMALE, MALE
from tools.tiny.pools import HELD_OUT, POOLS, SEEN
from tools.tiny.scenarios import SEEN as SEEN_SCENARIOS
from tools.tiny.scenarios import UNSEEN as UNSEEN_SCENARIOS


@pytest.fixture(scope="module")
def splits() -> dict[str, list[dict[str, str]]]:
    return {split: generate(split, size) for split, size in DEFAULT_SIZES.items()}


@pytest.fixture(scope="module")
def rows(splits) -> list[dict[str, str]]:
    return [row for split in splits.values() for row in split]


def _mentions(text: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None


def test_sizes_and_fields(splits):
    assert {split: len(rows) for split, rows in splits.items()} == DEFAULT_SIZES
    for split, rows in splits.items():
        assert [row["id"] for row in rows] == [f"bundled-{split}-{i}" for i in range(len(rows))]
        assert all(
            set(row) == {"id", "dialogue", "summary", "topic", "group"} and all(row.values())
            for row in rows
        )


def test_deterministic_and_a_bigger_size_extends_a_smaller_one(splits):
    for split, rows in splits.items():
        assert generate(split, 25) == rows[:25]
    assert generate("train", 25, seed=1) != splits["train"][:25]


def test_unknown_split_names_the_known_ones():
    with pytest.raises(ValueError, match="train, validation, test"):
        generate("dev", 1)


def test_no_dialogue_twice_within_or_across_splits_and_seeds(rows):
    dialogues = [row["dialogue"] for row in rows]
    assert len(set(dialogues)) == len(dialogues)
    other_seed = {row["dialogue"] for row in generate("test", 100, seed=7)}
    train = {row["dialogue"] for row in rows if row["id"].startswith("bundled-train")}
    assert not other_seed & train


def test_at_least_40_scenarios_and_8_that_only_the_test_split_has(splits):
    topics = {split: {row["topic"] for row in rows} for split, rows in splits.items()}
    unseen = {scenario.__name__ for scenario in UNSEEN_SCENARIOS}
    assert len(topics["train"]) == len(SEEN_SCENARIOS) >= 40
    assert not unseen & (topics["train"] | topics["validation"])
    assert unseen <= topics["test"]
    assert len(unseen) >= 8
    for row in splits["test"]:
        assert (row["group"] == "unseen") == (row["topic"] in unseen)
    share = sum(row["group"] == "unseen" for row in splits["test"]) / len(splits["test"])
    assert 0.12 < share < 0.28


def test_held_out_fillers_are_disjoint_and_occur_in_the_test_split_only(splits):
    for kind, pool in POOLS.items():
        assert len(set(pool)) == len(pool), kind
        assert not set(SEEN[kind]) & set(HELD_OUT[kind])
        assert set(SEEN[kind]) | set(HELD_OUT[kind]) == set(pool)
        assert len(HELD_OUT[kind]) >= len(pool) // 6
    names = set(HELD_OUT["female"]) | set(HELD_OUT["male"])
    in_training = {
        word
        for split in ("train", "validation")
        for row in splits[split]
        for word in re.findall(r"\w+", row["dialogue"])
    }
    assert not names & in_training
    test_text = " ".join(row["dialogue"] for row in splits["test"])
    assert sum(_mentions(test_text, name) for name in names) > 50
    for kind in ("city", "street", "restaurant", "company", "hotel", "title"):
        text = " ".join(row["dialogue"] for row in splits["train"])
        assert not [phrase for phrase in HELD_OUT[kind] if _mentions(text, phrase)], kind


def test_pools_are_large():
    assert len(FEMALE) + len(MALE) >= 500
    assert not set(FEMALE) & set(MALE)
    assert sum(len(pool) for pool in POOLS.values()) >= 2000


def test_lengths(rows):
    for row in rows:
        assert len(row["dialogue"].split()) <= 75
        assert 8 <= len(row["summary"].split()) <= 36
        assert 3 <= row["dialogue"].count("\n") + 1 <= 16
    mean = sum(len(row["summary"].split()) for row in rows) / len(rows)
    assert 12 <= mean <= 30


def test_every_line_has_one_of_two_speakers_who_alternate(rows):
    styles = Counter()
    for row in rows:
        speakers = [line.partition(": ")[0] for line in row["dialogue"].split("\n")]
        assert len(set(speakers)) == 2
        assert all(one != two for one, two in pairwise(speakers))
        if speakers[0].startswith("#"):
            assert speakers[0] == "#Person1#"
            styles["label"] += 1
        else:
            assert set(speakers) <= set(FEMALE) | set(MALE)
            styles["name"] += 1
    assert min(styles.values()) > 0.3 * len(rows)


def test_text_is_well_formed(rows):
    broken = re.compile(r"[{}\[\]|]|  |\.\.| [,.!?;]|[,.!?;]{2}| $|\bNone\b")
    for row in rows:
        for text in (*row["dialogue"].split("\n"), row["summary"]):
            assert not broken.search(text), (row["topic"], text)
            assert text[-1] in ".!?", (row["topic"], text)
        for line in row["dialogue"].split("\n"):
            said = line.partition(": ")[2]
            assert not re.search(r"(^|[.!?] )[a-z]", said), (row["topic"], said)


def test_indefinite_articles_fit_their_nouns(rows):
    for row in rows:
        for text in (row["dialogue"], row["summary"]):
            for found, word in re.findall(r"\b([Aa]n?) ([\w-]+)", text):
                if found == "A" and word[0].isupper():
                    continue
                assert found.lower() == article(word), (row["topic"], text)


AN = ["umbrella", "hour", "8", "18", "80", "iron", "orange coat"]
A = ["uniform", "ukulele", "1", "house", "euro", "one-way ticket", "tunic"]


@pytest.mark.parametrize(("phrase", "expected"), [(p, "an") for p in AN] + [(p, "a") for p in A])
def test_article(phrase, expected):
    assert article(phrase) == expected


def test_templates_pick_fill_and_tidy():
    rng = Random(0)
    seen = {fill("[i see|oh, |]a {thing}[ now|] .", {"thing": "iron"}, rng) for _ in range(60)}
    assert "Oh, an iron now." in seen
    assert "An iron." in seen
    with pytest.raises(ValueError, match="unbalanced"):
        fill("[one|two", {}, rng)


def test_summaries_only_name_what_was_said(rows):
    known = [
        word for kind in ("female", "male", "surname", "city", "street") for word in POOLS[kind]
    ]
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, known)) + r")(?!\w)")
    for row in rows:
        for phrase in pattern.findall(row["summary"]):
            assert phrase in row["dialogue"], (row["topic"], row["summary"])


def test_summaries_reword(rows):
    novel = total = 0
    for row in rows:
        source = row["dialogue"].lower().replace("\n", " ").split()
        pairs = set(pairwise(source))
        words = row["summary"].lower().split()
        summary_pairs = list(pairwise(words))
        novel += sum(pair not in pairs for pair in summary_pairs)
        total += len(summary_pairs)
    assert 0.5 < novel / total < 0.9


def test_one_scenario_has_many_wordings():
    for scenario in SEEN_SCENARIOS + UNSEEN_SCENARIOS:
        openings, shapes = set(), set()
        for i in range(60):
            story = Story(Random(i), named=False)
            scenario(story)
            openings.add(story.dialogue[:100])
            shapes.add(len(story.turns))
        assert len(openings) > 8, scenario.__name__
        assert len(shapes) >= 2, scenario.__name__


def test_both_genders_and_matching_pronouns():
    for gender, pronouns in (("female", ("she", "her", "her")), ("male", ("he", "his", "him"))):
        story = Story(Random(3), named=True)
        story.person("C", gender)
        assert story.slots["C"] in POOLS[gender]
        assert (story.slots["heC"], story.slots["hisC"], story.slots["himC"]) == pronouns


def test_held_out_names_are_in_the_test_split_only() -> None:
    names = {name for kind in ("female", "male", "surname", "city") for name in HELD_OUT[kind]}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)")
    train, test = (
        [pattern.search(row["dialogue"] + row["summary"]) for row in generate(split, 300)]
        for split in ("train", "test")
    )
    assert not any(train)
    assert sum(map(bool, test)) > 80
