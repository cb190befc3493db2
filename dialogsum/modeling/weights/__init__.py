"""Analysis of what training changed in a model's weights."""
