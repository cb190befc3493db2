"""Text-to-text exercises for pretraining: what each one asks and what its answer is."""

Exercise = tuple[str, str]
"""Source text and target text."""
