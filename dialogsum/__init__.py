"""dialogsum: compare parameter-efficient and full fine-tuning on dialogue summarization."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("dialogsum")
except PackageNotFoundError:  # running from a checkout that was never installed
    __version__ = "0.0.0"
