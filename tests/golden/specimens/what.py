"""What a specimen is, and what they share.

`write` gives the same every time, so that a writer that changes without a new number is found. `verify` is handed what
stands in a file, of whichever number, and raises where it does not hold.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kernel.keys import Signature
from kernel.lasting import canonical_json
from tests.golden import keys

NOW = keys.NOW
SITTING, PERSON, VERSION = UUID(int=7), UUID(int=8), UUID(int=9)
SECRET = bytes(range(32))

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Specimen:
    """`name` is the folder, `format` the number that is written now. What is `fresh` differs each time it is made."""

    name: str
    format: int
    write: Callable[[], dict[str, Any]]
    verify: Callable[[Content], None]
    fresh: tuple[str, ...] = ()


class NotAsItWas(AssertionError):
    """A specimen does not verify."""


def hold(condition: object, what: str) -> None:
    if not condition:
        raise NotAsItWas(what)


def signed(kept: Content, what: str, message: bytes) -> None:
    signature = Signature(kept["algorithm"], kept["key_id"], bytes.fromhex(kept["signature"]))
    hold(keys.public_keys().has_signed(signature, what, message, NOW), f"the signature over a {what} does not hold")


def as_text(content: Content) -> str:
    """How a specimen is kept: JSON that people can read and compare."""
    return json.dumps(json.loads(canonical_json(content)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
