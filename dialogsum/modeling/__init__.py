"""Backbones, the Lightning modules around them, schedules, trainer and checkpoints."""
