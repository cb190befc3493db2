"""Training of the tiny model's tokenizer: `python -m tools.tiny.tokenizer DIR`.

BPE on words, with bytes for everything else.

Like the one of FLAN-T5, it marks the start of a word (so "Anna" is the same piece at a line's
start and inside a line), turns newlines into spaces and has the ids pad 0, eos 1, unk 2 and
sentinels at the end. Punctuation and digits stand apart, so that a name or a number keeps its
pieces whatever follows it. Characters without a piece become bytes: nothing is unknown.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tools.tiny.exercises.dialogues import SENTINELS

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PAD, EOS, UNK = "<pad>", "</s>", "<unk>"
_PIECES = (
    r"▁?#Person\d+#"  # a speaker is one piece
    r"|'(?:s|t|re|ve|m|ll|d)(?!\w)"  # the ends of I'm, don't, we'll
    r"|▁?\d"  # digit by digit: a number is copied like a word, not learned
    r"|▁?[^\w▁]"  # punctuation and symbols
)


def train_tokenizer(texts: Iterable[str], vocab_size: int = 2600) -> Tokenizer:
    """Train a tokenizer of exactly `vocab_size` pieces (if the texts have that many).

    The same texts give the same tokenizer. Save it with `save_tokenizer`.
    """
    from tokenizers import AddedToken, Tokenizer, decoders, models, processors, trainers

    special = [PAD, EOS, UNK]
    byte_pieces = [f"<0x{byte:02X}>" for byte in range(256)]
    sentinels = [f"<extra_id_{i}>" for i in reversed(range(SENTINELS))]

    learner = Tokenizer(models.BPE())
    _set_splitting(learner)
    learner.train_from_iterator(
        texts,
        trainers.BpeTrainer(
            vocab_size=vocab_size - len(special) - len(byte_pieces) - len(sentinels),
            show_progress=False,
            limit_alphabet=200,
        ),
    )
    learned = json.loads(learner.to_str())["model"]
    pieces = sorted(learned["vocab"], key=learned["vocab"].__getitem__)
    vocab = {piece: i for i, piece in enumerate([*special, *byte_pieces, *pieces, *sentinels])}

    tokenizer = Tokenizer(
        models.BPE(
            vocab=vocab,
            merges=[tuple(merge) for merge in learned["merges"]],
            unk_token=UNK,
            byte_fallback=True,
        )
    )
    _set_splitting(tokenizer)
    tokenizer.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {EOS}", pair=f"$A {EOS} $B {EOS}", special_tokens=[(EOS, vocab[EOS])]
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in (*special, *sentinels)]
    )
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, directory: str | Path) -> None:
    """Write a directory that `AutoTokenizer.from_pretrained` loads."""
    from transformers import PreTrainedTokenizerFast

    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        eos_token=EOS,
        unk_token=UNK,
        additional_special_tokens=[f"<extra_id_{i}>" for i in range(SENTINELS)],
        model_max_length=512,
        clean_up_tokenization_spaces=False,
    ).save_pretrained(directory)


INSTRUCTION = "Summarize the following conversation. Summary: "


def tokenizer_texts(exercises: int = 12_000, dialogues: int = 8000, seed: int = 0) -> list[str]:
    """Return the texts of the shipped tokenizer: exercises and dialogues for training."""
    from tools.tiny.generator import generate
    from tools.tiny.pretraining import generate_pretraining

    rows = generate_pretraining("train", exercises, seed) + generate("train", dialogues, seed)
    texts = [text for row in rows for text in (row["dialogue"], row["summary"])]
    # The words of the usual instruction, so that it costs few tokens; the model never sees it.
    return texts + [INSTRUCTION] * dialogues


def _set_splitting(tokenizer: Tokenizer) -> None:
    from tokenizers import Regex, normalizers, pre_tokenizers

    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True),
            pre_tokenizers.Split(Regex(_PIECES), behavior="isolated"),
        ]
    )


if __name__ == "__main__":
    save_tokenizer(train_tokenizer(tokenizer_texts()), Path(sys.argv[1]))
