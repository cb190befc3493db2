"""Fixtures: the developer's W&B key is hidden."""

from tests.tracking.conftest import no_key

__all__ = ["no_key"]
