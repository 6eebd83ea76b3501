"""Passwords in tests: the platform's own function with small figures. The right ones cost too much."""

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from people.accounts.actions import passwords

REAL = passwords.PASSWORDS
CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))


def hash_cheaply() -> None:
    """From here on this process hashes cheaply. Every process can check what it hashed."""
    passwords.PASSWORDS = CHEAP
