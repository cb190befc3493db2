"""Comparing finished runs. Nothing here imports torch."""
