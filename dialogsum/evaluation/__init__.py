"""Scoring of summaries: metrics, statistics and evaluation of a split. Imports nothing itself."""
