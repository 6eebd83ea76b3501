"""The rules of credited study."""

from training.study.rules.coverage import Coverage, Stretch, is_covered, length
from training.study.rules.sessions import BEAT_AT_MOST, BEAT_EVERY, Ended, StudySession, carried_from, check_after_ms

__all__ = [
    "BEAT_AT_MOST",
    "BEAT_EVERY",
    "Coverage",
    "Ended",
    "Stretch",
    "StudySession",
    "carried_from",
    "check_after_ms",
    "is_covered",
    "length",
]
