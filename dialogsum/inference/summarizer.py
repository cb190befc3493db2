"""Summaries of new dialogues from a run, an exported model or a published one."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from omegaconf import DictConfig, OmegaConf
from transformers import GenerationConfig as LibraryGenerationConfig
from transformers import PreTrainedTokenizerBase

from dialogsum.common.errors import UserError, suggestion
from dialogsum.common.files import check_folder
from dialogsum.common.hub import fetch
from dialogsum.common.log_noise import silence_libraries
from dialogsum.common.paths import local_path
from dialogsum.config.recorded import CONFIG_FILE, load_recorded
from dialogsum.config.registration import conf_dir
from dialogsum.config.schema import GenerationConfig, ModelConfig, PromptConfig, changed_decoding
from dialogsum.data.batching import pack, pad
from dialogsum.data.clean import clean_text
from dialogsum.data.prompt import PromptBuilder
from dialogsum.data.tokenize import source_encoder
from dialogsum.inference.ctranslate2 import CTranslate2Engine
from dialogsum.inference.export import export_run
from dialogsum.inference.long_dialogues import split_dialogue
from dialogsum.inference.portable import form_of, read_settings, run_prompts
from dialogsum.modeling.backbone import (
    PICKLED,
    SAFETENSORS,
    SMALL_FILES,
    load_backbone,
    load_tokenizer,
)
from dialogsum.modeling.generation import Generator
from dialogsum.modeling.trained import load_trained_model
from dialogsum.modeling.trainer import resolve_precision
from dialogsum.tracking.record import completed

log = logging.getLogger(__name__)

# Dialogues that are read before the first of them is summarized: few at first, for an early
# answer, then many, because batches of similar length waste less.
FIRST_WINDOW, LARGEST_WINDOW = 16, 256
# Files of an export beside those of any model.
EXPORTED_FILES = ("dialogsum.json", "adapter_*", "model.bin", "*vocabulary*.json")
ENGINES = ("hf", "ctranslate2")


@dataclass(frozen=True)
class Summary:
    """The summary of one dialogue.

    Attributes:
        text: the summary.
        parts: how many parts the dialogue was split into because it is longer than the model's
            window; the summaries of several parts are summarized again.
        truncated: no end token was generated within `generation.max_new_tokens`.
        candidates: all texts, the likeliest first.
    """

    text: str
    parts: int
    truncated: bool
    candidates: tuple[str, ...]


class Engine(Protocol):
    """Generates texts for prompts."""

    def generate(
        self, prompts: Sequence[list[int]], candidates: int
    ) -> list[list[tuple[str, bool]]]:
        """Return per prompt `candidates` texts, the likeliest first, and whether each is cut."""


@dataclass(frozen=True)
class LoadedModel:
    """A model with everything that its summaries depend on."""

    engine: Engine
    tokenizer: PreTrainedTokenizerBase
    builder: PromptBuilder
    max_source_tokens: int


class Summarizer:
    """Summarizes dialogues with the prompt and the decoding that the model was trained with.

    Example:
        >>> summarizer = Summarizer("RUN_DIR")
        >>> summarizer("Anna: Lunch at noon?\\nBen: Sure, see you there!")

    Args:
        source: a run directory, a directory of `dialogsum export`, or a model by directory or hub
            id, which is given the default prompt.
        engine: `hf`, or `ctranslate2`, which converts the model first (kept in no file).
        trust: build whatever the run's configuration names, for runs of other people.
        generation: changes of the decoding, such as `num_beams=4`.

    Raises:
        UserError: there is no such model, the run is not completed, or an unknown setting.
    """

    def __init__(
        self,
        source: str | Path,
        *,
        engine: str = "hf",
        trust: bool = False,
        **generation: Any,
    ) -> None:
        silence_libraries()
        loaded = load(str(source), generation, engine, trust)
        self.builder = loaded.builder
        self.max_source_tokens = loaded.max_source_tokens
        self.encode = source_encoder(loaded.tokenizer)
        self.engine = loaded.engine

    def __call__(self, dialogue: str) -> str:
        """Return the summary of one dialogue."""
        return next(self.summarize([dialogue])).text

    def summarize(self, dialogues: Iterable[str], candidates: int = 1) -> Iterator[Summary]:
        """Yield a summary per dialogue, in their order; a dialogue without text has an empty one.

        Args:
            dialogues: texts with a line per turn; some are read ahead.
            candidates: texts per dialogue.
        """
        waiting, size = iter(dialogues), FIRST_WINDOW
        while window := [clean_text(text) for text in islice(waiting, size)]:
            yield from self._summarize(window, candidates)
            size = min(2 * size, LARGEST_WINDOW)

    def _summarize(self, dialogues: Sequence[str], candidates: int) -> list[Summary]:
        """Return a summary per dialogue: of all parts first, then of the parts' summaries."""
        parts = [self._parts(dialogue) if dialogue else [] for dialogue in dialogues]
        texts = self.engine.generate(
            [self._prompt(part) for of_dialogue in parts for part in of_dialogue], candidates
        )
        found = iter(texts)
        results = [[next(found) for _ in of_dialogue] for of_dialogue in parts]
        summaries = [_combined(result) for result in results]
        # Only what became shorter is summarized again, or there would be no end.
        again = [
            n
            for n, summary in enumerate(summaries)
            if summary.parts > 1 and len(self._parts(summary.text)) < summary.parts
        ]
        if again:
            second = self._summarize([summaries[n].text for n in again], candidates)
            for n, summary in zip(again, second, strict=True):
                summaries[n] = replace(summary, parts=summaries[n].parts)
        return summaries

    def _parts(self, dialogue: str) -> list[str]:
        return split_dialogue(
            dialogue, lambda text: len(self._prompt(text)), self.max_source_tokens
        )

    def _prompt(self, dialogue: str) -> list[int]:
        """Return the token ids of a prompt; examples are left out where they leave no room."""
        examples = self.builder.examples_for(dialogue)
        ids = self.encode([self.builder.render(dialogue, examples)])[0]
        if examples and len(ids) > self.max_source_tokens:
            ids = self.encode([self.builder.render(dialogue)])[0]
        return ids


def _combined(parts: list[list[tuple[str, bool]]]) -> Summary:
    """Return the texts of one part as they are, of several the best ones, a line each."""
    if len(parts) == 1:
        texts = tuple(text for text, _ in parts[0])
        return Summary(texts[0], 1, parts[0][0][1], texts)
    joined = "\n".join(texts[0][0] for texts in parts)
    return Summary(joined, len(parts), any(texts[0][1] for texts in parts), (joined,))


class TransformersEngine:
    """Generation with transformers, of similarly long prompts together.

    Args:
        model: the trained model.
        tokenizer: the model's.
        generation: the section `generation`.
        precision: as in the section `hardware`.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: PreTrainedTokenizerBase,
        generation: Any,
        precision: str = "auto",
    ) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = model.to(self.device).eval()
        self.tokenizer = tokenizer
        self.generation = generation
        bf16 = resolve_precision(precision, "auto").startswith("bf16")
        # A new context each time: autocast keeps state.
        self.autocast = lambda: (
            torch.autocast(self.device.type, torch.bfloat16) if bf16 else nullcontext()
        )

    @torch.inference_mode()
    def generate(
        self, prompts: Sequence[list[int]], candidates: int
    ) -> list[list[tuple[str, bool]]]:
        """Return per prompt `candidates` texts, the likeliest first, and whether each is cut."""
        generator = Generator(self.tokenizer, _with_beams(self.generation, candidates), candidates)
        lengths = np.array([len(ids) for ids in prompts])
        nothing = np.zeros_like(lengths)
        batches = pack(
            range(len(prompts)), lengths, nothing, None, max_examples=self.generation.batch_size
        )
        texts: list[list[tuple[str, bool]]] = [[] for _ in prompts]
        for batch in batches:
            rows = [np.array(prompts[i]) for i in batch]
            ids = pad(rows, self.tokenizer.pad_token_id).to(self.device)
            mask = pad([np.ones_like(row) for row in rows], 0).to(self.device)
            with self.autocast():
                generated = iter(generator(self.model, ids, mask))
            for i in batch:
                texts[i] = list(islice(generated, candidates))
        return texts


def _with_beams(generation: Any, candidates: int) -> Any:
    """Return the decoding with at least as many beams as candidates."""
    return OmegaConf.merge(generation, {"num_beams": max(generation.num_beams, candidates)})


def load(source: str, generation: dict[str, Any], engine: str, trust: bool = False) -> LoadedModel:
    """Load a run, an exported model or a published model.

    Raises:
        UserError: see `Summarizer`.
    """
    if engine not in ENGINES:
        raise UserError(f"engine: unknown engine '{engine}'{suggestion(engine, ENGINES)}")
    path = local_path(source)
    if path and not path.is_dir():
        raise UserError(f"{path}: no such directory; name a run, an exported model or a hub id")
    run = path if path and (path / CONFIG_FILE).is_file() else None
    if run and engine == "ctranslate2":
        with tempfile.TemporaryDirectory() as folder:
            export_run(run, Path(folder) / "model", format="ctranslate2", trust=trust)
            return _load_model(f"{folder}/model", generation)
    if engine == "ctranslate2" and not (path and form_of(path) == "ctranslate2"):
        raise UserError(f"{source}: engine ctranslate2 needs a run, or an export for ctranslate2")
    return _load_run(run, generation, trust) if run else _load_model(source, generation)


def _load_run(run: Path, generation: dict[str, Any], trust: bool) -> LoadedModel:
    if not completed(run):
        raise UserError(
            f"{run}: the run is not completed; the command that started it continues it"
        )
    cfg = load_recorded(run, trust)
    tokenizer = load_tokenizer(cfg.model)
    decoding = changed_decoding(cfg.generation, generation)
    model = load_trained_model(cfg, run)
    return LoadedModel(
        engine=TransformersEngine(model, tokenizer, decoding, cfg.hardware.precision),
        tokenizer=tokenizer,
        builder=run_prompts(cfg),
        max_source_tokens=cfg.dataset.max_source_tokens,
    )


def _load_model(source: str, generation: dict[str, Any]) -> LoadedModel:
    """Load a model that is not a run; without dialogsum.json it is given the default prompt."""
    folder = local_path(source) or _fetch(source)
    check_folder(folder)
    cfg = OmegaConf.structured(ModelConfig(name=source, path=str(folder)))
    settings = read_settings(folder)
    if settings is None:
        log.warning("%s: not exported by dialogsum; using the default prompt", source)
    decoding = changed_decoding(_recorded_decoding(folder), generation)
    tokenizer = load_tokenizer(cfg)
    engine: Engine
    if (form := form_of(folder)) == "ctranslate2":
        engine = CTranslate2Engine(folder, tokenizer, decoding)
    else:
        model = _load_adapter(folder) if form == "adapter" else load_backbone(cfg, seed=0)
        precision = settings.precision if settings else "auto"
        engine = TransformersEngine(model, tokenizer, decoding, precision)
    return LoadedModel(
        engine=engine,
        tokenizer=tokenizer,
        builder=settings.prompt_builder() if settings else _default_prompt(),
        max_source_tokens=settings.max_source_tokens if settings else 512,
    )


def _fetch(name: str) -> Path:
    """Return the folder with the files of a model on the hub, in any form of an export."""
    folder = fetch(name, None, "model", (*SMALL_FILES, *EXPORTED_FILES, *SAFETENSORS))
    if any(folder.glob("*.safetensors")) or form_of(folder) == "ctranslate2":
        return folder
    return fetch(name, None, "model", (*SMALL_FILES, *PICKLED))


def _default_prompt() -> PromptBuilder:
    template = OmegaConf.load(conf_dir() / "prompt" / "zero_shot.yaml").template
    return PromptBuilder(PromptConfig(template=template))


def _load_adapter(folder: Path) -> Any:
    import peft

    config = peft.PeftConfig.from_pretrained(str(folder))
    base = config.base_model_name_or_path
    cfg = OmegaConf.structured(ModelConfig(name="base", path=base, revision=config.revision))
    return peft.PeftModel.from_pretrained(load_backbone(cfg, seed=0), folder)


def _recorded_decoding(folder: Path) -> DictConfig:
    """Return the section `generation` from the folder's generation_config.json."""
    section = OmegaConf.structured(GenerationConfig)
    if (folder / "generation_config.json").is_file():
        recorded = LibraryGenerationConfig.from_pretrained(folder)
        for key in ("num_beams", "max_new_tokens", "length_penalty", "no_repeat_ngram_size"):
            if (value := getattr(recorded, key)) is not None:
                section[key] = value
    return section
