"""How the room stands, and its record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from exams.arrivals import queries as arrivals
from exams.arrivals.queries import CheckIn
from exams.attempts import queries as attempting
from exams.attempts.queries import AttemptRow, Progress
from exams.breaches import queries as breaches
from exams.breaches.rules import Breach
from exams.invigilation.rules import Candidate, Practical, Presence, RoomNote, Trouble
from exams.invigilation.tables import RoomNoteRecord
from exams.practicals import queries as practicals
from exams.registrations import queries as registrations
from exams.registrations.queries import RegistrationRow
from exams.results import queries as results
from exams.sittings.queries import SittingRow
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel.work import Reading


@dataclass(frozen=True, slots=True)
class InRoom:
    """One candidate of a sitting as the invigilators see them; the worst trouble first. `stands` decides both."""

    registration: RegistrationRow
    check_in: CheckIn | None
    attempt: AttemptRow | None
    progress: Progress | None
    breach: Breach | None
    stands: Candidate
    presence: Presence
    troubles: tuple[Trouble, ...]

    @property
    def seat(self) -> int:
        """Where the candidate sits: the seat on the ticket until an invigilator moved them."""
        assert self.registration.seat is not None
        return self.check_in.seat if self.check_in else self.registration.seat


def room_record(reading: Reading, sitting_id: UUID) -> list[RoomNote]:
    """The room record of a sitting, in the order in which it was written."""
    rows = reading.session.scalars(
        select(RoomNoteRecord).where(RoomNoteRecord.sitting_id == sitting_id).order_by(RoomNoteRecord.id)
    )
    return [RoomNote(row.at, row.kind, row.text, row.facts, row.by_person_id, row.registration_id) for row in rows]


def room(reading: Reading, sitting: SittingRow) -> tuple[InRoom, ...]:
    """Every candidate of a sitting by seat. A handful of statements, however many candidates there are."""
    checked = arrivals.check_ins(reading, sitting.id)
    attempts = attempting.attempts_of_sitting(reading, sitting.id)
    progressed = attempting.progress(reading, sitting.id)
    found = breaches.breaches_in(reading, sitting.id)
    come = _practicals(reading, sitting.id) if sitting.part is Part.PRACTICAL else None
    candidates = []
    for row in registrations.seated(reading, sitting.id):
        attempt, breach = attempts.get(row.id), found.get(row.id)
        done = progressed.get(attempt.id) if attempt else None
        practical = come.get(row.id, Practical.WAITING) if come is not None else None
        known = _candidate(checked.get(row.id), attempt, done, breach, practical)
        troubles = troubles_in(sitting, known, reading.now)
        candidates.append(InRoom(row, checked.get(row.id), attempt, done, breach, known, known.presence, troubles))
    return tuple(sorted(candidates, key=lambda candidate: candidate.seat))


def troubles_in(sitting: SittingRow, candidate: Candidate, now: datetime) -> tuple[Trouble, ...]:
    """What is wrong with a candidate; nothing is in a room that is not held yet, or no longer."""
    is_on = sitting.state in (SittingState.DRAWN, SittingState.OPEN)
    return candidate.troubles(opened_at=sitting.opened_at, now=now) if is_on else ()


def _practicals(reading: Reading, sitting_id: UUID) -> dict[UUID, Practical]:
    """How far those of a practical have come whose items are drawn: the last signature writes the result."""
    drawn = practicals.with_items(reading, sitting_id)
    finished = results.results_of_sitting(reading, sitting_id).keys()
    return dict.fromkeys(drawn, Practical.AT_ITEMS) | dict.fromkeys(finished, Practical.FINISHED)


def _candidate(
    check_in: CheckIn | None,
    attempt: AttemptRow | None,
    done: Progress | None,
    breach: Breach | None,
    practical: Practical | None,
) -> Candidate:
    return Candidate(
        is_checked_in=check_in is not None,
        state=attempt.state if attempt else None,
        started_at=attempt.started_at if attempt else None,
        heard_at=done.heard_at if done else None,
        is_desk_free=attempt.is_desk_free if attempt else False,
        is_breach_proposed=breach is not None and breach.is_undecided,
        is_sent_out=breach is not None and breach.is_confirmed,
        practical=practical,
    )
