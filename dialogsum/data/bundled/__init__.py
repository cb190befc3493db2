"""Dialogues that come with the package: generated, so that they need neither files nor network."""

from dialogsum.data.bundled.generator import DEFAULT_SIZES, generate
from dialogsum.data.bundled.pretraining import generate_pretraining

# By `dataset.name`, where `dataset.path` is null.
GENERATORS = {"bundled": generate, "pretraining": generate_pretraining}

__all__ = ["DEFAULT_SIZES", "GENERATORS", "generate", "generate_pretraining"]
