"""The platform, for these tests."""

from tests.cast.platform import copies, settings

__all__ = ["copies", "settings"]
