"""Process that reads the exports of strategies and cannot import dialogsum.

Reads lines of JSON `{"export", "base", "batch", "kind"}` from standard input and answers each with
`{"logits"}`, the file that holds them, or `{"error"}`.
"""

import json
import os
import sys
from pathlib import Path

sys.modules["dialogsum"] = None  # any import of it raises ImportError

import torch  # noqa: E402
from peft import PeftModel  # noqa: E402
from transformers import AutoModelForSeq2SeqLM, logging, set_seed  # noqa: E402

logging.set_verbosity_error()
set_seed(99)


def read(export: str, base: str, batch: str) -> str:
    """Write the logits of an export on a batch to a file beside it; return its path."""
    if (Path(export) / "adapter_config.json").exists():
        model = PeftModel.from_pretrained(AutoModelForSeq2SeqLM.from_pretrained(base), export)
    else:
        model = AutoModelForSeq2SeqLM.from_pretrained(export)
    with torch.no_grad():
        logits = model.eval()(**torch.load(batch)).logits
    torch.save(logits, f"{export}.logits")
    return f"{export}.logits"


answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # libraries print; only answers go to standard output
for line in sys.stdin:
    try:
        answer = {"logits": read(**json.loads(line))}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), file=answers, flush=True)
