"""What fine-tuning changed in a model's weights."""
