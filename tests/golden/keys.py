"""The keys made for the specimens: known to everybody, used for nothing else."""

import hashlib
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kernel.faces import Face
from kernel.keys import PURPOSES, Keyring, PublicKeys, SealingRing, purposes
from kernel.keys.files import put_key

NOW = datetime(2026, 6, 1, 1, 30, tzinfo=UTC)


@cache
def folder() -> Path:
    """A keys folder with one key of each purpose, the same every time."""
    made = Path(tempfile.mkdtemp(prefix="golden-keys-"))
    for name, purpose in PURPOSES.items():
        put_key(made, purpose, hashlib.sha256(f"golden {name}".encode()).digest(), NOW)
    return made


def ring(face: Face) -> Keyring:
    """What a face of the specimens' installation holds."""
    return Keyring(folder(), face)


def sealing(purpose: purposes.Purpose) -> SealingRing:
    """The ring of a purpose that seals."""
    return SealingRing(folder(), purpose)


def public_keys() -> PublicKeys:
    """What verifies the specimens' signatures."""
    return PublicKeys(ring(Face.REGISTRY).public_halves, [])
