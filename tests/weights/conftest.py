"""No key of the developer's reaches W&B here."""

from tests.tracking.conftest import no_key

__all__ = ["no_key"]
