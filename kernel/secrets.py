"""Secret files: made once with a secure random source, readable by their owner only, never overwritten."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def read_or_make(path: Path, make: bytes | None = None, *, size: int = 32) -> bytes:
    """The bytes of the secret at `path`; a new random one of `size` bytes (or `make`) is written where none is.

    Two processes may start at once: the first to put the file in its place wins, the other reads it. The file is
    written before it gets its name, so that nobody ever reads half a secret, not even after a power cut.
    """
    with suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(make if make is not None else secrets.token_bytes(size))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    return path.read_bytes()


LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


def legible(count: int) -> str:
    """A random word of `count` signs that can be read from paper and typed: 4.9 bits each."""
    return "".join(secrets.choice(LEGIBLE) for _ in range(count))


def legible_groups() -> str:
    """Three groups of four: 59 bits."""
    return "-".join(legible(4) for _ in range(3))


def password(path: Path) -> str:
    """The password kept at `path`, made on first use."""
    return read_or_make(path, secrets.token_urlsafe(32).encode()).decode()
