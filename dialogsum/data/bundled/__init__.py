"""Dialogues that come with the package: generated, so that they need neither files nor network."""

from dialogsum.data.bundled.generator import DEFAULT_SIZES, generate

__all__ = ["DEFAULT_SIZES", "generate"]
