"""dialogsum: compare parameter-efficient and full fine-tuning on dialogue summarization."""

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dialogsum.inference.summarizer import Summarizer as Summarizer

try:
    __version__ = version("dialogsum")
except PackageNotFoundError:  # running from a checkout that was never installed
    __version__ = "0.0.0"


def __getattr__(name: str) -> Any:
    """Import `Summarizer` when it is first used: the commands without a model load no torch."""
    if name != "Summarizer":
        raise AttributeError(f"module 'dialogsum' has no attribute '{name}'")
    from dialogsum.inference.summarizer import Summarizer

    return Summarizer
