"""The model card of a portable model: README.md with the front matter that the hub reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from omegaconf import DictConfig

from dialogsum.common.formatting import format_count
from dialogsum.common.metric_catalog import measure
from dialogsum.common.paths import local_path

METRICS = ("rouge1", "rouge2", "rougeL", "rougeLsum", "chrf", "cross_entropy")
LICENCES = {
    "dialogsum": "DialogSum (Chen et al. 2021) is published under CC BY-NC-SA 4.0.",
    "samsum": "SAMSum (Gliwa et al. 2019) is published under CC BY-NC-ND 4.0: research only.",
    "bundled": "The bundled dialogues come with dialogsum and under its license.",
}

CARD = """\
---
{front_matter}
---

# {title}

Summarizes dialogues: {base}, {method}, on {dataset}. Trained with dialogsum {version}.

## Use

{loading}

The model was trained on prompts of at most {max_source_tokens} tokens; `dialogsum summarize
--model FOLDER FILE` splits longer dialogues at turns.

## Training

| | |
|---|---|
| base model | {base}{revision} |
| method | {method} |
| trainable parameters | {trainable} of {total} ({percent:.2f}%) |
| data | {dataset}, {rows} training dialogues (content {data_hash}) |
| seed | {seed} |
| run | {fingerprint} |

Command: `{command}`

## Results

{dialogues} test dialogues; ROUGE: {protocol}. Brackets: 95% bootstrap intervals over dialogues.
Computed in {dtype}.

{metrics}

## License

{licence} The license of the base model applies to the weights.
"""

LOADING = """\
```python
import json
from pathlib import Path
IMPORTS

folder = "."
tokenizer = AutoTokenizer.from_pretrained(folder)
MODEL
settings = GenerationConfig.from_pretrained(folder)
prompt = json.loads(Path(folder, "dialogsum.json").read_text())["prompt"]
dialogue = "Anna: Lunch at noon?\\nBen: Sure, see you there!"
GENERATE
print(tokenizer.decode(output, skip_special_tokens=True))
```"""
IMPORTS = "from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, GenerationConfig"
GENERATE = """\
inputs = tokenizer(prompt.replace("{dialogue}", dialogue), return_tensors="pt")
output = model.generate(**inputs, generation_config=settings)[0]"""
# Form of the export -> how it is imported, loaded and used.
FORMS = {
    "model": (IMPORTS, "model = AutoModelForSeq2SeqLM.from_pretrained(folder)", GENERATE),
    # Not AutoPeftModel: it resizes the embeddings to the tokenizer, which ties FLAN-T5's head.
    "adapter": (
        "from peft import PeftConfig, PeftModel\n" + IMPORTS,
        "base = PeftConfig.from_pretrained(folder).base_model_name_or_path\n"
        "model = PeftModel.from_pretrained(AutoModelForSeq2SeqLM.from_pretrained(base), folder)",
        GENERATE,
    ),
    "ctranslate2": (
        "from ctranslate2 import Translator\n"
        "from transformers import AutoTokenizer, GenerationConfig",
        "translator = Translator(folder)",
        """\
tokens = tokenizer.tokenize(prompt.replace("{dialogue}", dialogue), add_special_tokens=True)
[result] = translator.translate_batch(
    [tokens], beam_size=settings.num_beams, max_decoding_length=settings.max_new_tokens
)
output = tokenizer.convert_tokens_to_ids(result.hypotheses[0])""",
    ),
}


def loading_code(form: str) -> str:
    """Return the code that loads the model and summarizes a dialogue, without dialogsum."""
    code = LOADING
    for name, text in zip(("IMPORTS", "MODEL", "GENERATE"), FORMS[form], strict=True):
        code = code.replace(name, text, 1)
    return code


def model_card(cfg: DictConfig, record: Mapping[str, Any], form: str) -> str:
    """Return the text of the card.

    Args:
        cfg: the run's configuration.
        record: the run's record, with parameters, data and metrics.
        form: of the export: model, adapter or ctranslate2.
    """
    test, parameters, data = record["metrics"]["test"], record["parameters"], record["data"]
    strategy, revision = cfg.strategy.name, record["environment"].get("model_revision")
    base = cfg.model.path if local_path(cfg.model.path) is None else cfg.model.name
    return CARD.format(
        front_matter=_front_matter(cfg, form),
        title=f"{cfg.model.name}, {strategy}, {cfg.dataset.name}",
        base=base if cfg.model.pretrained else f"{base} from random weights",
        revision=f" at revision {revision}" if revision else "",
        method=f"{strategy} ({cfg.strategy.paper})" if cfg.strategy.get("paper") else strategy,
        dataset=cfg.dataset.path if _is_on_hub(cfg.dataset.path) else cfg.dataset.name,
        version=record["environment"]["packages"].get("dialogsum"),
        loading=loading_code(form),
        max_source_tokens=cfg.dataset.max_source_tokens,
        trainable=format_count(parameters["trainable"]),
        total=format_count(parameters["total"]),
        percent=parameters["percent"],
        rows=f"{data['rows']['train']:,}",
        data_hash=data["hash"][:8],
        seed=cfg.seed,
        fingerprint=record["fingerprint"],
        command=_command(cfg),
        dialogues=test["rouge1"]["n"],
        protocol=", ".join(record["environment"]["protocol"][k] for k in ("rouge", "references")),
        dtype=record["environment"]["dtype"],
        metrics=_metric_table(test),
        licence=LICENCES.get(cfg.dataset.name, "The license of the training data applies."),
    )


def _front_matter(cfg: DictConfig, form: str) -> str:
    """Return the metadata that the hub reads, one `key: value` per line."""
    library = {"model": "transformers", "adapter": "peft"}.get(form, form)
    lines = [
        f"library_name: {library}",
        "pipeline_tag: summarization",
        "language: en",
        "tags: [dialogue-summarization, dialogsum]",
    ]
    if _is_on_hub(cfg.model.path):
        lines.append(f"base_model: {cfg.model.path}")
    if _is_on_hub(cfg.dataset.path):
        lines.append(f"datasets: [{cfg.dataset.path}]")
    return "\n".join(lines)


def _is_on_hub(path: str | None) -> bool:
    return path is not None and local_path(path) is None


def _command(cfg: DictConfig) -> str:
    """Return the command that trains the model again, with the settings that name a run."""
    groups = f"model={cfg.model.name} dataset={cfg.dataset.name} strategy={cfg.strategy.name}"
    settings = (
        f"strategy.learning_rate={cfg.strategy.learning_rate} seed={cfg.seed} "
        f"batching.batch_size={cfg.batching.batch_size}"
    )
    trainer = "".join(
        f" trainer.{key}={cfg.trainer[key]}"
        for key in ("max_epochs", "max_steps")
        if cfg.trainer.get(key)
    )
    return f"python train.py {groups} {settings}{trainer}"


def _metric_table(metrics: Mapping[str, Any]) -> str:
    rows = ["| metric | value |", "|---|---|"]
    for name in METRICS:
        if name in metrics:
            values = (metrics[name][key] for key in ("value", "ci_low", "ci_high"))
            scale, digits = (1, 4) if name == "cross_entropy" else (100, 2)
            value, low, high = (f"{scale * v:.{digits}f}" for v in values)
            rows.append(f"| {measure(name).label} | {value} [{low}, {high}] |")
    return "\n".join(rows)
