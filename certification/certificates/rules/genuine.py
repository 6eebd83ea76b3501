"""Whether a record is what the registry signed, and not what somebody with rights in the database made of it.

Two signatures: over the facts of the card, for the registry's own pages; and over the statement, which is what
strangers are shown, the photo included and the whole number not. A stranger's page must verify without being told the
number.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from certification.certificates.rules.face import CertificateFacts
from certification.certificates.rules.printing import facts_as_json, signed_message
from kernel.canonical import canonical_json
from kernel.keys import is_signed

STATEMENT_FORMAT = 1
STATED = (
    *("public_code", "name", "position", "category", "item", "category_en", "item_en", "masked_number"),
    *("first_issued_on", "valid_from", "valid_until", "regime", "authority", "demonstration"),
)
HIDDEN, SHOWN_LAST = 16, 3  # of the number's end; three digits before the last character are shown again


def masked_number(number: str) -> str:
    """Enough of a number to compare it with the card in the hand; as the public view shows it."""
    return f"{number[:-HIDDEN]}{'*' * (HIDDEN - SHOWN_LAST - 1)}{number[-SHOWN_LAST - 1 : -1]}*"


def photo_digest(jpeg: bytes) -> str:
    """How a statement names the photo."""
    return hashlib.sha256(jpeg).hexdigest()


def statement_message(stated: Mapping[str, Any], photo: str) -> bytes:
    """What the registry signs for strangers: the columns of STATED and the digest of the photo."""
    values = {name: str(value) if isinstance(value, date) else value for name, value in stated.items()}
    return b"anpei certificate statement\n" + canonical_json(
        {"format": STATEMENT_FORMAT, "photo": photo, **{name: values[name] for name in STATED}}
    )


def is_stated(stated: Mapping[str, Any], photo: str, signature: bytes | None, public_key: bytes) -> bool:
    """Whether the registry signed exactly this for strangers."""
    return signature is not None and is_signed(public_key, signature, statement_message(stated, photo))


def are_signed(
    facts: dict[str, Any], signature: bytes, public_key: bytes, *, columns: CertificateFacts, code: str
) -> bool:
    """Whether the registry signed these facts, and the columns beside them say the same."""
    return facts == facts_as_json(columns, code) and is_signed(public_key, signature, signed_message(facts))
