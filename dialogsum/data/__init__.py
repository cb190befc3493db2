"""Dialogues: where they come from, how they are cleaned, tokenised and batched.

Data knows no strategy and no model. `source`, `files` and `prompt` import neither torch nor the
`datasets` library at import time, so that preflight may use them.
"""
