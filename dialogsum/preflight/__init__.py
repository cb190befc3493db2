"""Checks of a whole configuration before anything is loaded."""
