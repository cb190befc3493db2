"""Run directories as training writes them, without training: a corrupted reference per dialogue."""

from __future__ import annotations

import csv
import io
import random
from copy import deepcopy
from pathlib import Path
from shutil import copy
from typing import Any

import numpy as np
import yaml

from dialogsum.common.files import write_json, write_jsonl, write_text
from dialogsum.config.run_names import fingerprint
from dialogsum.config.schema import restore
from dialogsum.data.clean import Dialogue, content_hash
from dialogsum.evaluation.scoring import (
    PROTOCOL,
    Example,
    prediction_rows,
    score_examples,
    summarize,
)
from tests.bundled import bundled_rows

CONFIG: dict[str, Any] = {
    "name": "default",
    "seed": 0,
    "output_root": "outputs",
    "model": {"name": "tiny", "path": "tiny", "pretrained": True},
    "dataset": {"name": "bundled", "max_source_tokens": 256, "max_target_tokens": 96},
    "prompt": {"name": "zero_shot", "template": "Summarize: {dialogue}", "shots": 0},
    "strategy": {},
    "batching": {"batch_size": 8},
    "trainer": {"max_epochs": 3, "gradient_clip_val": 1.0},
    "optimizer": {"_target_": "torch.optim.AdamW", "_partial_": True, "weight_decay": 0.01},
    "schedule": {
        "_target_": "dialogsum.modeling.schedules.constant_with_warmup",
        "_partial_": True,
    },
}
# name -> target, learning rate, trainable parameters of 390,144, quality, fit seconds
STRATEGIES: dict[str, tuple[str, float | None, int, float, float]] = {
    "zero_shot": ("Frozen", None, 0, 0.10, 0.0),
    "full": ("Full", 1e-3, 390_144, 0.72, 84.0),
    "lora": ("Peft", 5e-3, 43_008, 0.68, 61.0),
    "lora_qv": ("Peft", 5e-3, 12_288, 0.60, 52.0),
    "ia3": ("Peft", 1e-2, 1_536, 0.45, 47.0),
    "layer_norm": ("Selective", 1e-2, 1_344, 0.38, 41.0),
    "prompt_tuning": ("Peft", 3e-1, 1_280, 0.25, 66.0),
}
TOTAL = 390_144


def dialogues(n: int, skip: int = 0, references: int = 1) -> list[Dialogue]:
    """Return `n` bundled dialogues; further references are shortened first ones.

    They are from the test split, or, because it has 300, from the train split if `n` is larger.
    """
    rows = bundled_rows("test" if skip + n <= 300 else "train", skip + n)[skip:]
    return [
        Dialogue(
            row["id"],
            row["dialogue"],
            tuple(" ".join(row["summary"].split()[k:]) for k in range(references)),
            group=row["group"],
        )
        for row in rows
    ]


class Factory:
    """Writes run directories below `root`.

    Args:
        fast: made-up scores and intervals, for sets whose size is what matters.
    """

    def __init__(self, root: Path, test: list[Dialogue], fast: bool = False) -> None:
        self.root, self.test, self.fast = root, test, fast

    def config(self, strategy: str, seed: int, changes: dict[str, Any]) -> dict[str, Any]:
        """A config.yaml; `changes` by dotted path."""
        target, rate, trainable, _, _ = STRATEGIES[strategy]
        config = deepcopy(CONFIG)
        node: dict[str, Any] = {"_target_": f"dialogsum.strategies.{target}", "name": strategy}
        if rate is not None:
            node |= {"learning_rate": rate, "trainable": {"tiny": trainable}}
        config |= {"seed": seed, "strategy": node, "output_root": str(self.root)}
        for path, value in changes.items():
            _set(config, path, value)
        if rate is not None:
            config["optimizer"]["lr"] = node["learning_rate"]
        return config

    def run(
        self,
        strategy: str,
        seed: int = 0,
        *,
        status: str | None = "completed",
        quality: float | None = None,
        error: str | None = None,
        **changes: Any,
    ) -> Path:
        """Write one run; `status=None` leaves it without a record, as a kill does.

        Args:
            quality: 0..1, share of the reference's words that the outputs hold.
            changes: config values, `__` for dots: `strategy__learning_rate=1e-4`.
        """
        config = self.config(strategy, seed, {k.replace("__", "."): v for k, v in changes.items()})
        record, directory = self._record(config, status, error)
        write_text(directory / "config.yaml", yaml.safe_dump(config, sort_keys=False))
        write_text(directory / "train.log", "started\n")
        if status is None:
            return directory
        if status == "completed":
            quality = STRATEGIES[strategy][3] if quality is None else quality
            figures = self.predict(
                directory / "predictions" / "test.jsonl", f"{strategy}{quality}", seed, quality
            )
            copy(
                directory / "predictions" / "test.jsonl", directory / "predictions/validation.jsonl"
            )
            record["metrics"] = {"validation": figures, "test": figures}
            if record["parameters"]["trainable"]:
                self._history(directory, figures["rougeL"]["value"], seed)
        write_json(directory / "result.json", record)
        return directory

    def _history(self, directory: Path, final: float, seed: int) -> None:
        rng = random.Random(f"{directory.name}{seed}")
        rows: list[dict[str, Any]] = []
        for step in range(10, 91, 10):
            loss = 6 * 0.97**step + rng.random() * 0.2 + 1
            rows.append({"step": step, "epoch": step // 31, "train/loss": round(loss, 4)})
            if step % 30 == 0:
                share = step / 90 * (0.9 + 0.1 * rng.random())
                rows[-1] |= {
                    "seconds": step * 0.7,
                    "validation/cross_entropy": round(loss * 0.95, 4),
                    "validation/rougeL": final * share,
                    "validation/rougeL_ci_low": final * share - 0.03,
                    "validation/rougeL_ci_high": final * share + 0.04,
                }
        names = list(dict.fromkeys(name for row in rows for name in row))
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, names)
        writer.writeheader()
        writer.writerows(rows)
        write_text(directory / "metrics.csv", buffer.getvalue())

    def predict(
        self,
        path: Path,
        name: str,
        seed: int,
        quality: float,
        test: list[Dialogue] | None = None,
    ) -> dict[str, Any]:
        """Write predictions of this quality; returns their figures.

        Untrained outputs (quality of zero_shot) do not depend on the seed.
        """
        seed = 0 if name.startswith("zero_shot") else seed
        examples = []
        for dialogue in self.test if test is None else test:
            text = corrupt(dialogue, quality, random.Random(f"{name}{seed}{dialogue.id}"))
            examples.append(
                Example(
                    dialogue.id,
                    dialogue.dialogue,
                    dialogue.references,
                    text,
                    group=dialogue.group,
                )
            )
        scores = fake_scores(examples) if self.fast else score_examples(examples)
        write_jsonl(path, prediction_rows(examples, scores))
        if self.fast:
            means = {name: float(column.mean()) for name, column in scores.items()}
            return {
                name: {
                    "value": mean,
                    "ci_low": mean - 0.01,
                    "ci_high": mean + 0.01,
                    "n": len(examples),
                }
                for name, mean in means.items()
            }
        return summarize(scores, groups=[example.group for example in examples])

    def evaluation(
        self, run: Path, key: str, test: list[Dialogue], quality: float, **changes: Any
    ) -> Path:
        """A later evaluation of a run, on other dialogues or with other settings."""
        config = yaml.safe_load((run / "config.yaml").read_text())
        for path, value in changes.items():
            _set(config, path.replace("__", "."), value)
        record, _ = self._record(config, "completed", None)
        folder = run / "evaluations" / key
        name = config["strategy"]["name"]
        figures = self.predict(folder / "predictions.jsonl", name, config["seed"], quality, test)
        record |= {"split": "test", "metrics": {"test": figures}}
        write_text(folder / "config.yaml", yaml.safe_dump(config))
        write_json(folder / "result.json", record)
        return folder

    def _record(
        self, config: dict[str, Any], status: str | None, error: str | None
    ) -> tuple[dict[str, Any], Path]:
        cfg = restore(config)
        strategy, seed = config["strategy"]["name"], config["seed"]
        _, _, trainable, _, fit = STRATEGIES[strategy]
        name = f"{strategy}-{config['model']['name']}-{config['dataset']['name']}"
        directory = self.root / config["name"] / f"{name}-seed{seed}-{fingerprint(cfg)}"
        record = {
            "schema_version": 1,
            "status": status,
            "error": error,
            "fingerprint": fingerprint(cfg),
            "name": config["name"],
            "strategy": strategy,
            "model": config["model"]["name"],
            "dataset": config["dataset"]["name"],
            "prompt": config["prompt"]["name"],
            "seed": seed,
            "parameters": {
                "trainable": trainable,
                "total": TOTAL,
                "percent": 100 * trainable / TOTAL,
            },
            "metrics": {"validation": {}, "test": {}},
            "time_s": {"load": 1.0, "fit": fit + seed, "validate": 3.0, "generate": 5.0},
            "throughput": {"tokens_per_s": 120_000 / fit if fit else None},
            "memory_bytes": {"fit_peak_allocated": None, "process_peak_rss": 600_000_000},
            "artifact_bytes": 4 * trainable or None,
            "data": {"hash": content_hash({"test": self.test}), "rows": {"test": len(self.test)}},
            "environment": {
                "git": {"commit": "0" * 40, "dirty": False},
                "packages": {"torch": "2.13.0"},
                "device": "cpu",
                "scorer": "rouge-score-rs 0.2.1",
                "protocol": PROTOCOL,
            },
            "wandb": None,
            "attempts": [],
            "started_at": "2026-11-21T12:00:00+00:00",
            "finished_at": f"2026-11-21T12:{seed:02d}:00+00:00",
        }
        return record, directory


def corrupt(dialogue: Dialogue, quality: float, rng: random.Random) -> str:
    """A summary that keeps about `quality` of the reference and fills up from the dialogue."""
    filling = dialogue.dialogue.replace("#", "").replace(":", "").split()
    words = [
        word if rng.random() < quality else rng.choice(filling)
        for word in dialogue.references[0].split()
    ]
    return " ".join(words)


def fake_scores(examples: list[Example]) -> dict[str, np.ndarray]:
    """Scores of the right shape in no time: for tests of size."""
    rng = np.random.default_rng(len(examples[0].prediction))
    names = ("rouge1", "rouge2", "rougeL", "rougeLsum", "length_ratio", "speaker_recall")
    return {name: rng.beta(2 + 0.2 * k, 5, len(examples)) for k, name in enumerate(names)}


def _set(config: dict[str, Any], path: str, value: Any) -> None:
    *sections, last = path.split(".")
    for section in sections:
        config = config.setdefault(section, {})
    config[last] = value
