"""Secret files: made once with a secure random source, readable by their owner only, never overwritten."""

import os
import secrets
from pathlib import Path


def read_or_make(path: Path, make: bytes | None = None, *, size: int = 32) -> bytes:
    """The bytes of the secret at `path`; a new random one of `size` bytes (or `make`) is written where none is.

    Two processes may start at once: the first to create the file wins, the other reads it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(make if make is not None else secrets.token_bytes(size))
    return path.read_bytes()


def password(path: Path) -> str:
    """The password kept at `path`, made on first use."""
    return read_or_make(path, secrets.token_urlsafe(32).encode()).decode()
