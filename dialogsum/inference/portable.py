"""The portable form of a trained model: everything that plain transformers needs to summarize.

Beside the weights (an adapter or a whole model) and the tokenizer it holds `generation_config.json`
with the decoding settings, `dialogsum.json` with the prompt, and a model card.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from omegaconf import DictConfig
from transformers import PreTrainedTokenizerBase

from dialogsum.common.errors import UserError
from dialogsum.common.files import write_checksums, write_json, write_text
from dialogsum.config.schema import PromptConfig
from dialogsum.data.clean import Dialogue
from dialogsum.data.load import load_splits
from dialogsum.data.prompt import SLOT, PromptBuilder
from dialogsum.data.token_cache import prompt_builder
from dialogsum.inference.model_card import model_card
from dialogsum.modeling.generation import Generator

SETTINGS = "dialogsum.json"
CARD = "README.md"


@dataclass(frozen=True)
class PortableSettings:
    """The content of dialogsum.json.

    Attributes:
        prompt: the whole prompt, with its examples, around `{dialogue}`.
        template: the prompt of one dialogue, without examples.
        max_source_tokens: longest prompt in tokens; a longer dialogue needs to be split.
        shots: examples before each dialogue.
        examples: `[dialogue, summary]` of each example, and of a spare one for a dialogue that is
            an example itself.
        precision: that of the run, as in the section `hardware`.
        run: strategy, model, dataset, seed and fingerprint of the run.
    """

    prompt: str
    template: str
    max_source_tokens: int
    shots: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)
    precision: str = "auto"
    run: dict[str, Any] = field(default_factory=dict)

    def prompt_builder(self) -> PromptBuilder:
        """Return the builder of the run's prompts."""
        examples = [
            Dialogue(str(number), dialogue, (summary,))
            for number, (dialogue, summary) in enumerate(self.examples)
        ]
        return PromptBuilder(PromptConfig(template=self.template, shots=self.shots), drawn=examples)


def write_portable(
    directory: Path,
    cfg: DictConfig,
    record: dict[str, Any],
    builder: PromptBuilder,
    tokenizer: PreTrainedTokenizerBase,
    model: Any,
) -> None:
    """Complete a directory that holds exported weights.

    Args:
        directory: as written by `Strategy.export`.
        cfg: the run's configuration.
        record: the run's record so far, with its metrics.
        builder: the run's prompts.
        tokenizer: the model's.
        model: the trained model, whose special tokens the decoding uses.
    """
    # The padding and the truncation of the last call would be in tokenizer.json, which then depends
    # on whether this process tokenized or read the cache.
    if backend := getattr(tokenizer, "backend_tokenizer", None):
        backend.no_truncation()
        backend.no_padding()
    tokenizer.save_pretrained(directory)
    Generator(tokenizer, cfg.generation).config(model).save_pretrained(directory)
    keys = ("strategy", "model", "dataset", "seed", "fingerprint")
    settings = PortableSettings(
        prompt=builder.render(SLOT, builder.examples_for(SLOT)),
        template=builder.before + SLOT + builder.after,
        max_source_tokens=cfg.dataset.max_source_tokens,
        shots=cfg.prompt.shots,
        examples=[(d.dialogue, d.references[0]) for d in builder.drawn],
        precision=cfg.hardware.precision,
        run={key: record[key] for key in keys},
    )
    write_json(directory / SETTINGS, asdict(settings))
    write_text(directory / CARD, model_card(cfg, record, form_of(directory)))
    write_checksums(directory)


def form_of(directory: Path) -> str:
    """Return the form of the weights in a directory: adapter, ctranslate2 or model."""
    if (directory / "adapter_config.json").is_file():
        return "adapter"
    converted = (directory / "model.bin").is_file() and any(directory.glob("*vocabulary*.json"))
    return "ctranslate2" if converted else "model"


def run_prompts(cfg: DictConfig) -> PromptBuilder:
    """Return the builder of a run's prompts; its data are read only for examples."""
    splits = load_splits(cfg.dataset)[0] if cfg.prompt.shots else {}
    return prompt_builder(splits, cfg.prompt)


def read_settings(directory: Path) -> PortableSettings | None:
    """Return the settings of a portable model, None where it was not exported by this package.

    Raises:
        UserError: the file is damaged.
    """
    path = directory / SETTINGS
    if not path.is_file():
        return None
    try:
        return PortableSettings(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise UserError(f"{path}: damaged ({error}); export the run again") from error
