"""Everything recorded about a run: result.json, clocks, memory, metrics.csv and W&B."""
