"""What each reported measure is called for people, and which direction is better. Said once, here.

Keys are metric names as in `result.json` (without `@group`), or dotted paths into the record for
costs. A measure in neither direction (length ratio: 1 is best; novelty: a style) is not ranked.
"""

from typing import NamedTuple

HIGHER, LOWER, NEITHER = "higher", "lower", "neither"


class Measure(NamedTuple):
    label: str
    better: str  # HIGHER, LOWER or NEITHER


SCORES: dict[str, Measure] = {
    "rouge1": Measure("ROUGE-1", HIGHER),
    "rouge2": Measure("ROUGE-2", HIGHER),
    "rougeL": Measure("ROUGE-L", HIGHER),
    "rougeLsum": Measure("ROUGE-Lsum", HIGHER),
    "rouge1_best": Measure("ROUGE-1, best reference", HIGHER),
    "rouge2_best": Measure("ROUGE-2, best reference", HIGHER),
    "rougeL_best": Measure("ROUGE-L, best reference", HIGHER),
    "rougeLsum_best": Measure("ROUGE-Lsum, best reference", HIGHER),
    "speaker_recall": Measure("Speaker recall", HIGHER),
    "length_ratio": Measure("Length ratio", NEITHER),
    "novel_ngrams": Measure("Novel bigrams", NEITHER),
    "empty": Measure("Empty outputs", LOWER),
    "truncated": Measure("Truncated outputs", LOWER),
    "repetition": Measure("Repeated 4-grams", LOWER),
    "cross_entropy": Measure("Cross-entropy", LOWER),
}
COSTS: dict[str, Measure] = {
    "parameters.trainable": Measure("Trainable parameters", LOWER),
    "parameters.total": Measure("Parameters", LOWER),
    "parameters.percent": Measure("Trainable share", LOWER),
    "artifact_bytes": Measure("Artifact size", LOWER),
    "memory_bytes.fit_peak_allocated": Measure("Peak memory, training", LOWER),
    "memory_bytes.fit_peak_reserved": Measure("Peak memory reserved, training", LOWER),
    "memory_bytes.generate_peak_allocated": Measure("Peak memory, generation", LOWER),
    "memory_bytes.process_peak_rss": Measure("Peak memory, process", LOWER),
    "time_s.fit": Measure("Training time", LOWER),
    "time_s.generate": Measure("Generation time", LOWER),
    "throughput.tokens_per_s": Measure("Tokens per second", HIGHER),
    "throughput.examples_per_s": Measure("Examples per second", HIGHER),
}
MEASURES = SCORES | COSTS
LOWER_IS_BETTER = frozenset(name for name, m in MEASURES.items() if m.better == LOWER)


def measure(name: str) -> Measure:
    """Describe a metric, also `metric@group`; an unknown one keeps its name, higher is better."""
    base, _, group = name.partition("@")
    known = MEASURES.get(base, Measure(base.replace("_", " "), HIGHER))
    return known._replace(label=f"{known.label} ({group})") if group else known
