"""The way of a dialogue, one module per step: locate, read, clean, load (split and limit), prompt,
tokenize (through token_cache), batch, resumable_loader, and datamodule as the whole.

Data knows no strategy and no model. Up to `prompt`, no module imports torch or `datasets` at import
time, so that the checks before a command may use them.
"""
