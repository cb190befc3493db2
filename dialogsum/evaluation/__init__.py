"""Metrics, statistics and generation. Importing this package loads neither torch nor any metric."""
