"""Ids of people and accounts, and the rules of signing in."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

PersonId = NewType("PersonId", UUID)

IDLE_SESSION_ENDS_AFTER = timedelta(hours=4)
SESSION_ENDS_AFTER = timedelta(hours=12)
SEEN_IS_NOTED_EVERY = timedelta(minutes=5)  # not with each page: a page that is only read writes nothing

GUESSING_WINDOW = timedelta(minutes=15)
GUESSES_PER_NAME = 5
GUESSES_PER_ADDRESS = 40  # an exam centre's thirty candidates sign in from behind one address

PASSWORD_AT_LEAST = 8
# Argon2id by the second recommendation of RFC 9106, section 4: what a guess costs.
PASSWORD_PASSES = 3
PASSWORD_MEMORY_KIB = 64 * 1024
PASSWORD_LANES = 4


class Sex(StrEnum):
    """As on the identity card."""

    MALE = "male"
    FEMALE = "female"


class DocumentKind(StrEnum):
    """What a person's identity was read from."""

    RESIDENT_ID = "resident_id"  # 居民身份证, and 港澳台居民居住证, which follows the same standard
    HONG_KONG_MACAO_PERMIT = "hong_kong_macao_permit"  # 港澳居民来往内地通行证
    TAIWAN_PERMIT = "taiwan_permit"  # 台湾居民来往大陆通行证
    FOREIGN_PERMANENT_RESIDENCE = "foreign_permanent_residence"  # 外国人永久居留身份证
    PASSPORT = "passport"


def is_session_alive(*, opened_at: datetime, seen_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a sign-in still counts: not ended, not idle for too long, not older than a working day."""
    if ended_at is not None:
        return False
    return now - seen_at < IDLE_SESSION_ENDS_AFTER and now - opened_at < SESSION_ENDS_AFTER


def is_guessing(*, failures_of_name: int, failures_of_address: int) -> bool:
    """Whether so many sign-ins failed lately that the next one must wait."""
    return failures_of_name >= GUESSES_PER_NAME or failures_of_address >= GUESSES_PER_ADDRESS
