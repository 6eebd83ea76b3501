"""Whether a record is what the registry signed, and not what somebody with rights in the database made of it.

Two signatures: over the facts of the card, for the registry's own pages; and over the statement, which is what
strangers are shown, the photo included and the whole number not. A stranger's page must verify without being told the
number.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from certification.certificates.rules.face import CertificateFacts
from certification.certificates.rules.facts import facts_as_json, signed_message
from kernel.keys import PublicKeys, Signature
from kernel.lasting import FormatUnknown, canonical_json, lasting

STATEMENT = lasting("certification.statement")
STATED = (
    *("public_code", "name", "position", "category", "item", "category_en", "item_en", "masked_number"),
    *("first_issued_on", "valid_from", "valid_until", "regime", "authority", "demonstration"),
)
HIDDEN, SHOWN_LAST = 16, 3  # of the number's end; three digits before the last character are shown again


class Over(StrEnum):
    """What a signature stands over."""

    FACTS = "facts"
    STATEMENT = "statement"


SIGNED_AS = {Over.FACTS: "certificate", Over.STATEMENT: "certificate statement"}


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature, the layout of what it stands over, and when it was made."""

    signature: Signature
    format: int
    at: datetime


def masked_number(number: str) -> str:
    """Enough of a number to compare it with the card in the hand; as the public view shows it."""
    return f"{number[:-HIDDEN]}{'*' * (HIDDEN - SHOWN_LAST - 1)}{number[-SHOWN_LAST - 1 : -1]}*"


def photo_digest(jpeg: bytes) -> str:
    """How a statement names the photo."""
    return hashlib.sha256(jpeg).hexdigest()


def statement_message(stated: Mapping[str, Any], photo: str, number: int = STATEMENT.format) -> bytes:
    """What the registry signs for strangers: the columns of STATED and the digest of the photo.

    Raises FormatUnknown for a statement of a later release.
    """
    if number != STATEMENT.format:
        raise FormatUnknown(kind=STATEMENT.name, format=number)
    values = {name: str(value) if isinstance(value, date) else value for name, value in stated.items()}
    return canonical_json(STATEMENT.written({"photo": photo, **{name: values[name] for name in STATED}}))


def is_stated(stated: Mapping[str, Any], photo: str, signed: Collection[Signed], keys: PublicKeys) -> bool:
    """Whether the registry signed exactly this for strangers."""
    return _all_hold(signed, Over.STATEMENT, keys, lambda one: statement_message(stated, photo, one.format))


def are_signed(
    facts: dict[str, Any], signed: Collection[Signed], keys: PublicKeys, *, columns: CertificateFacts, code: str
) -> bool:
    """Whether the registry signed these facts, and the columns beside them say the same."""
    is_same = facts == facts_as_json(columns, code)
    return is_same and _all_hold(signed, Over.FACTS, keys, lambda _: signed_message(facts))


def _all_hold(signed: Collection[Signed], over: Over, keys: PublicKeys, message: Callable[[Signed], bytes]) -> bool:
    """At least one signature, and none that does not hold: one put beside a genuine one vouches for nothing."""

    def holds(one: Signed) -> bool:
        try:
            return keys.has_signed(one.signature, SIGNED_AS[over], message(one), one.at)
        except FormatUnknown:
            return False

    return bool(signed) and all(holds(one) for one in signed)
