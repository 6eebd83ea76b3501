"""The number of a certificate, and how a typed number is read.

Operator card: "T" + identity number, 19 characters (read). Manager certificate: the identity number alone (general
knowledge, not confirmed). All cards of one person share the number; the trade and the dates tell them apart.
"""

import re

from certification.certificates.errors import IdNumberUnusable, NumberRuleNotKnown
from people.accounts.rules import DocumentKind, id_numbers
from people.positions.rules import Position

PREFIXES = {Position.SPECIAL_OPERATION: "T", Position.PRINCIPAL: "", Position.SAFETY_MANAGER: ""}

_ID = re.compile(r"[0-9]{17}[0-9X]")
_NUMBER = re.compile(r"T?[0-9]{17}[0-9X]")


def certificate_number(position: Position, document_kind: str, document_number: str) -> str:
    """The number for a holder of `position`.

    Raises:
        NumberRuleNotKnown: for passports and travel permits, whose rule nobody has confirmed.
        IdNumberUnusable: when the identity number has not 18 characters.
    """
    if document_kind != DocumentKind.RESIDENT_ID:
        raise NumberRuleNotKnown
    number = id_numbers.normalised(document_number)
    if not _ID.fullmatch(number):
        raise IdNumberUnusable
    return PREFIXES[position] + number


def as_typed(text: str) -> str:
    """A typed number in its canonical form: half-width, upper case, without gaps."""
    return id_numbers.normalised(text)


def possible_numbers(typed: str) -> tuple[str, str]:
    """The numbers that a typed one may mean: people leave out the T of an operator's card."""
    number = as_typed(typed)
    return number, PREFIXES[Position.SPECIAL_OPERATION] + number


def is_number(text: str) -> bool:
    """Whether a canonical number has the shape of a certificate number and its check character fits (GB 11643)."""
    return bool(_NUMBER.fullmatch(text)) and id_numbers.check_digit(text[-18:-1]) == text[-1]
