"""What is kept of a run: its record, clocks and memory meters, metrics and W&B."""
