"""Dialogues that come with the package: generated, so that they need neither files nor network."""

from tools.tiny.generator import DEFAULT_SIZES, generate
from tools.tiny.pretraining import generate_pretraining

# By `dataset.name`, where `dataset.path` is null.
GENERATORS = {"bundled": generate, "pretraining": generate_pretraining}

__all__ = ["DEFAULT_SIZES", "GENERATORS", "generate", "generate_pretraining"]
