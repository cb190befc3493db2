"""Label, unit and better direction of every metric and cost: one entry here and it is everywhere.

Keys are metric names as in `result.json` (without `@group`), or dotted paths into the record for
costs. An entry with a `heading` is a column of the tables; the others are in the CSV file and can
be chosen in the report.
"""

from typing import NamedTuple

# NEITHER is not ranked: a length ratio is best at 1, novel n-grams are a style.
HIGHER, LOWER, NEITHER = "higher", "lower", "neither"
# How a recorded value is printed; see `dialogsum.compare.numbers`.
SCORE, SHARE, PLAIN, COUNT, BYTES, SECONDS, PERCENT, PER_SECOND = (
    "score",  # 0..1, printed times 100
    "share",  # 0..1, printed as a percentage
    "plain",
    "count",
    "bytes",
    "seconds",
    "percent",  # 0..100
    "per_second",
)


class Measure(NamedTuple):
    """A metric or a cost.

    Attributes:
        heading: short title of its table column; "" keeps it out of the tables.
        fallback_for: the cost whose column replaces this one where any run recorded it.
    """

    label: str
    better: str
    unit: str = PLAIN
    heading: str = ""
    help: str = ""
    fallback_for: str = ""


_OVERLAP = "mean over dialogues, times 100; several references: their average"

SCORES: dict[str, Measure] = {
    "rouge1": Measure("ROUGE-1", HIGHER, SCORE, "ROUGE-1", _OVERLAP),
    "rouge2": Measure("ROUGE-2", HIGHER, SCORE, "ROUGE-2", _OVERLAP),
    "rougeL": Measure("ROUGE-L", HIGHER, SCORE, "ROUGE-L", _OVERLAP),
    "rougeLsum": Measure("ROUGE-Lsum", HIGHER, SCORE),
    "rouge1_best": Measure("ROUGE-1, best reference", HIGHER, SCORE),
    "rouge2_best": Measure("ROUGE-2, best reference", HIGHER, SCORE),
    "rougeL_best": Measure("ROUGE-L, best reference", HIGHER, SCORE),
    "rougeLsum_best": Measure("ROUGE-Lsum, best reference", HIGHER, SCORE),
    "speaker_recall": Measure("Speaker recall", HIGHER, SCORE),
    "length_ratio": Measure("Length ratio", NEITHER),
    "novel_ngrams": Measure("Novel bigrams", NEITHER, SHARE),
    "empty": Measure("Empty outputs", LOWER, SHARE),
    "truncated": Measure("Truncated outputs", LOWER, SHARE),
    "repetition": Measure("Repeated 4-grams", LOWER, SHARE),
    "cross_entropy": Measure("Cross-entropy", LOWER),
}
COSTS: dict[str, Measure] = {
    "parameters.trainable": Measure("Trainable parameters", LOWER, COUNT, "Trainable"),
    "parameters.total": Measure("Parameters", LOWER, COUNT),
    "parameters.percent": Measure("Trainable share", LOWER, PERCENT, "Share"),
    "artifact_bytes": Measure(
        "Artifact size", LOWER, BYTES, "Artifact", "bytes of the adapter, or of the exported model"
    ),
    "memory_bytes.fit_peak_allocated": Measure(
        "Peak memory, training", LOWER, BYTES, "Peak memory", "of training, on the device"
    ),
    "memory_bytes.fit_peak_reserved": Measure("Peak memory reserved, training", LOWER, BYTES),
    "memory_bytes.generate_peak_allocated": Measure("Peak memory, generation", LOWER, BYTES),
    "memory_bytes.process_peak_rss": Measure(
        "Peak memory, process",
        LOWER,
        BYTES,
        "Peak RSS",
        "of the whole process, where no device measures its own",
        fallback_for="memory_bytes.fit_peak_allocated",
    ),
    "time_s.fit": Measure(
        "Training time",
        LOWER,
        SECONDS,
        "Fit time",
        "training steps only: no loading, validation or generation",
    ),
    "time_s.generate": Measure(
        "Generation time",
        LOWER,
        SECONDS,
        "Generation",
        "validation and test of the run itself",
        fallback_for="time_s.fit",
    ),
    "throughput.tokens_per_s": Measure("Tokens per second", HIGHER, PER_SECOND, "Tokens/s"),
    "throughput.examples_per_s": Measure("Examples per second", HIGHER, PER_SECOND),
}
LOWER_IS_BETTER = frozenset(
    name for name, known in (SCORES | COSTS).items() if known.better == LOWER
)


def measure(name: str) -> Measure:
    """Return the entry of a metric, also `metric@group`, or of a cost.

    An unknown name, such as a custom metric, is its own label and higher is better.
    """
    base, _, group = name.partition("@")
    known = SCORES.get(base) or COSTS.get(base) or Measure(base.replace("_", " "), HIGHER)
    return known._replace(label=f"{known.label} ({group})") if group else known
