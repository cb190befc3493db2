"""Shared ground floor: errors, atomic files, hub access, formatting, metric catalog."""
