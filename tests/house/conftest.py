"""The platform, for these tests."""

from tests.cast.platform import copies, machine, own_workplace, settings, site, work_as, workplace

__all__ = ["copies", "machine", "own_workplace", "settings", "site", "work_as", "workplace"]
