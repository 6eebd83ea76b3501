"""Passwords: hashed and compared, a few at a time. Parts of deeds, no deeds themselves."""

import secrets
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from people.accounts.rules import (
    ONE_TIME_LANES,
    ONE_TIME_MEMORY_KIB,
    ONE_TIME_PASSES,
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
