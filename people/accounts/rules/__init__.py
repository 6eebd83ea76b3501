"""Ids of people and accounts, and the rules of signing in."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from people.access.rules import Role

PersonId = NewType("PersonId", UUID)

IDLE_SESSION_ENDS_AFTER = timedelta(hours=4)
SESSION_ENDS_AFTER = timedelta(hours=12)
SEEN_IS_NOTED_EVERY = timedelta(minutes=5)  # not with each page: a page that is only read writes nothing

GUESSING_WINDOW = timedelta(minutes=15)
GUESSES_FROM_ONE_PLACE = 5  # at one name, from one address
# An exam centre's thirty candidates come with slips from behind one address, where none of them has signed in before,
# and each may first mistype the own name. Names are counted, not how often one is tried.
NAMES_PER_ADDRESS = 80
GUESSES_PER_NAME = 20  # from everywhere together
AT_HOME_FOR = timedelta(days=30)  # an address from which somebody has signed in stays theirs so long

PASSWORD_AT_LEAST = 8
FIRST_CHINESE = "\u2e80"
STAFF_PASSWORD_AT_LEAST = 10
KEEPERS_PASSWORD_AT_LEAST = 12
# Whoever holds one of these decides about others, or sees the questions.
KEEPERS = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.AUDITOR,
        Role.CERTIFICATE_OFFICER,
        Role.EXAM_OFFICER,
        Role.QUESTION_APPROVER,
        Role.QUESTION_AUTHOR,
        Role.QUESTION_REVIEWER,
    }
)
# Argon2id as OWASP's Password Storage Cheat Sheet gives it for servers: what a guess costs. The 64 MiB of RFC 9106 took
# a third of a second for each sign-in, and a room signs in at once.
PASSWORD_PASSES = 2
PASSWORD_MEMORY_KIB = 19 * 1024
PASSWORD_LANES = 1
PASSWORDS_AT_ONCE = 4  # of one process; a fifth waits a moment, and two cores hash no faster with more
# A first password is drawn by the machine, 59 bits, and given up at the first sign-in: nobody guesses it from a stolen
# table, however fast. Dear as a chosen one, those of four hundred new workers would take a minute.
ONE_TIME_PASSES = 1
ONE_TIME_MEMORY_KIB = 8 * 1024
ONE_TIME_LANES = 1
ONE_TIME_PASSWORD_LASTS = timedelta(days=14)  # a slip of paper on its way to a worker on another shift
GUESSES_AT_LEAST = 10**8  # by somebody who knows what people choose
OUR_OWN_WORDS = ("anpei", "anpei-demo", "安培", "anquan", "peixun", "kaoshi")


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


def password_at_least(roles: Collection[str]) -> int:
    """How many characters a password of somebody with these roles has at least."""
    if KEEPERS & set(roles):
        return KEEPERS_PASSWORD_AT_LEAST
    return PASSWORD_AT_LEAST if set(roles) <= {Role.WORKER} else STAFF_PASSWORD_AT_LEAST


def password_length(password: str) -> int:
    """Its characters; a Chinese one counts as two, for there are thousands to choose from."""
    return sum(2 if each >= FIRST_CHINESE else 1 for each in password)


def is_session_alive(*, opened_at: datetime, seen_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a sign-in still counts: not ended, not idle for too long, not older than a working day."""
    if ended_at is not None:
        return False
    return now - seen_at < IDLE_SESSION_ENDS_AFTER and now - opened_at < SESSION_ENDS_AFTER


def is_guessing(*, of_name: int, names_from_address: int, of_both: int, is_at_home: bool) -> bool:
    """Whether so many sign-ins failed lately that the next one must wait.

    A stranger who guesses at a name from elsewhere must not keep its owner out, on the day of an exam for example, and
    neither must whoever guesses at other names from the same address: what all others did counts only where the owner
    has not signed in lately.

    Args:
        of_name: failures at this name, from everywhere.
        names_from_address: names at which sign-ins from this address failed, however often each.
        of_both: failures at this name from this address.
        is_at_home: whether the owner has signed in from this address lately.
    """
    if of_both >= GUESSES_FROM_ONE_PLACE:
        return True
    return not is_at_home and (of_name >= GUESSES_PER_NAME or names_from_address >= NAMES_PER_ADDRESS)
