"""Passwords: hashed and compared, a few at a time. Parts of deeds, no deeds themselves."""

import secrets
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from people.accounts.rules import PASSWORD_LANES, PASSWORD_MEMORY_KIB, PASSWORD_PASSES, PASSWORDS_AT_ONCE

PASSWORDS = PasswordHash(
    (Argon2Hasher(time_cost=PASSWORD_PASSES, memory_cost=PASSWORD_MEMORY_KIB, parallelism=PASSWORD_LANES),)
)
_TURNS = BoundedSemaphore(PASSWORDS_AT_ONCE)


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _TURNS:
        return PASSWORDS.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one behind the hash. Where there is no hash, saying no takes as long."""
    with _TURNS:
        return PASSWORDS.verify(password, password_hash or _hash_of_nothing()) and password_hash is not None


@cache
def _hash_of_nothing() -> str:
    """What the password of an unknown name is compared with, so that it takes as long as that of a known one."""
    return PASSWORDS.hash(secrets.token_urlsafe(16))
