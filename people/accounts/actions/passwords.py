"""Passwords: hashed and compared, a few at a time. Parts of deeds, no deeds themselves."""

import secrets
from collections.abc import Iterable
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from people.accounts.rules import (
    GUESSES_AT_LEAST,
    ONE_TIME_LANES,
    ONE_TIME_MEMORY_KIB,
    ONE_TIME_PASSES,
    OUR_OWN_WORDS,
    PASSWORD_LANES,
    PASSWORD_MEMORY_KIB,
    PASSWORD_PASSES,
    PASSWORDS_AT_ONCE,
)

PASSWORDS = PasswordHash(
    (Argon2Hasher(time_cost=PASSWORD_PASSES, memory_cost=PASSWORD_MEMORY_KIB, parallelism=PASSWORD_LANES),)
)
ONE_TIME = PasswordHash(
    (Argon2Hasher(time_cost=ONE_TIME_PASSES, memory_cost=ONE_TIME_MEMORY_KIB, parallelism=ONE_TIME_LANES),)
)
JUDGED = 32
_IS_ONE_TIME = f"$m={ONE_TIME_MEMORY_KIB},"
_TURNS = BoundedSemaphore(PASSWORDS_AT_ONCE)


def hashed(password: str) -> str:
    """What is kept of a password that a person has chosen."""
    with _TURNS:
        return PASSWORDS.hash(password)


def hashed_once(password: str) -> str:
    """What is kept of a first password, drawn at random and soon given up."""
    with _TURNS:
        return ONE_TIME.hash(password)


def is_outdated(password_hash: str) -> bool:
    """Whether a chosen password would be hashed otherwise today; a first password is given up anyway."""
    return _IS_ONE_TIME not in password_hash and PASSWORDS.current_hasher.check_needs_rehash(password_hash)


def is_easily_guessed(password: str, *, known: Iterable[str]) -> bool:
    """Whether somebody who knows what people choose, and `known` of this person, is there in a few guesses.

    Long ones are judged by their beginning: the whole of one that was pasted would take seconds.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists take a quarter of a second, and few choose a password

    found = zxcvbn(password[:JUDGED], user_inputs=[*known, *OUR_OWN_WORDS])
    return int(found["guesses"]) < GUESSES_AT_LEAST


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one behind the hash.

    One of each kind is compared always: the time tells neither whether there is an account nor whether it still waits
    for its first sign-in.
    """
    is_one_time = password_hash is not None and _IS_ONE_TIME in password_hash
    chosen = None if is_one_time else password_hash
    once = password_hash if is_one_time else None
    with _TURNS:
        found = (
            PASSWORDS.verify(password, chosen or _chosen_by_nobody()),
            ONE_TIME.verify(password, once or _of_nobody()),
        )
    return password_hash is not None and found[is_one_time]


@cache
def _chosen_by_nobody() -> str:
    return PASSWORDS.hash(secrets.token_urlsafe(16))


@cache
def _of_nobody() -> str:
    return ONE_TIME.hash(secrets.token_urlsafe(16))
