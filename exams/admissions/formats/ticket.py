"""The admission ticket on one A4 page: who, where, when, which seat, and the rules of the room.

The QR code holds the admission number and nothing else, so that a reader at the check-in desk types it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exams.admissions.rules import TITLE, Admission, SittingFacts, ticket_rows
from kernel.documents import Fonts, code_matrix, pdf

TEMPLATE = Path(__file__).parent / "ticket.typ"


@dataclass(frozen=True, slots=True)
class Ticket:
    """All that is printed on a ticket; `photo` is a JPEG."""

    sitting: SittingFacts
    who: Admission
    photo: bytes


def ticket_pdf(ticket: Ticket, fonts: Fonts) -> bytes:
    """The ticket as PDF. Raises CharacterCannotBePrinted."""
    return pdf(TEMPLATE, ticket_values(ticket), fonts, title=TITLE, day=ticket.sitting.day)


def ticket_values(ticket: Ticket) -> dict[str, Any]:
    """What the template of a ticket prints."""
    number = ticket.who.admission_number
    return {
        "title": TITLE,
        "rows": [{"label": label, "value": value} for label, value in ticket_rows(ticket.sitting, ticket.who)],
        "photo": ticket.photo,
        "code": code_matrix(number)[0],
        "number": number,
        "duties": list(ticket.sitting.duties),
    }
