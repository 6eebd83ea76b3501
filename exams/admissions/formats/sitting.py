"""What the exam office takes to the room: the list for the door, the list to sign, and all tickets, as one PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exams.admissions.formats.ticket import Ticket, ticket_values
from exams.admissions.rules import PARTS, Admission, LeftOut, SittingFacts
from kernel.documents import Fonts, pdf

TEMPLATE = Path(__file__).parent / "sitting.typ"
TITLE = "考场资料"
UNSHOWN = "□"  # the mark for a missing character, which the fonts do have


@dataclass(frozen=True, slots=True)
class SittingPapers:
    """Everybody who has a seat, in the order of seats; the tickets of those who have one; who is left out and why."""

    sitting: SittingFacts
    seated: Sequence[Admission]
    tickets: Sequence[Ticket]
    left_out: Sequence[tuple[Admission, LeftOut]]


def sitting_pdf(papers: SittingPapers, fonts: Fonts) -> bytes:
    """The lists and tickets. A name that cannot be set stands on the lists with a box for what no font draws."""
    sitting = papers.sitting
    values = {
        "exam": f"{sitting.exam} {PARTS[sitting.part]}",
        "code": sitting.code,
        "where": f"{sitting.centre} {sitting.room}",
        "when": sitting.time,
        "doors": f"{sitting.doors_open_at:%H:%M}",
        "seated": [_row(who, fonts) for who in papers.seated],
        "tickets": [ticket_values(ticket) for ticket in papers.tickets],
        "left_out": [_row(who, fonts) | {"why": why.words} for who, why in papers.left_out],
    }
    return pdf(TEMPLATE, values, fonts, title=f"{TITLE} {sitting.code}", day=sitting.day)


def _row(who: Admission, fonts: Fonts) -> dict[str, Any]:
    return {
        "seat": str(who.seat),
        "name": "".join(each if fonts.can_set(each) else UNSHOWN for each in who.name),
        "number": who.admission_number,
        "masked": who.masked_number,
    }
