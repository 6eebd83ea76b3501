"""Who may work on what, and how the room stands."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, select

from exams.attempts.errors import NoSuchAttempt, NotCheckedIn
from exams.attempts.rules import (
    NO_ANSWER,
    Act,
    Attempt,
    AttemptId,
    Candidate,
    Practical,
    Presence,
    RoomNote,
    State,
    Step,
    Trouble,
)
from exams.attempts.tables import AttemptRecord, CheckInRecord, ContactRecord, MarksRecord, RoomNoteRecord, StepRecord
from exams.breaches import queries as breaches
from exams.breaches.rules import Breach
from exams.centres import queries as centres
from exams.practicals import queries as practicals
from exams.registrations import queries as registrations
from exams.registrations.errors import NoSuchRegistration
from exams.registrations.queries import RegistrationRow
from exams.results import queries as results
from exams.sittings import queries as sittings
from exams.sittings.queries import SittingRow
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel import sealed
from kernel.keys import PAPERS
from kernel.locks import hold
from kernel.work import Reading

MARKS = "marks"  # what is sealed of an attempt


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt as its candidate and the invigilators see it."""

    id: AttemptId
    sitting_id: UUID
    registration_id: UUID
    person_id: UUID
    admission_number: str
    state: State
    started_at: datetime
    deadline: datetime
    closed_at: datetime | None
    receipt: str | None
    is_desk_free: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an attempt has come: questions with an answer, of how many, and when its page was last heard of."""

    answered: int
    questions: int
    heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A candidate who was compared with identity card and photo, and the seat where they really sit."""

    at: datetime
    seat: int
    let_in_late_because: str | None


@dataclass(frozen=True, slots=True)
class InRoom:
    """One candidate of a sitting as the invigilators see them; the worst trouble first."""

    registration: RegistrationRow
    check_in: CheckIn | None
    attempt: AttemptRow | None
    progress: Progress | None
    breach: Breach | None
    presence: Presence
    troubles: tuple[Trouble, ...]

    @property
    def seat(self) -> int:
        """Where the candidate sits: the seat on the ticket until an invigilator moved them."""
        assert self.registration.seat is not None
        return self.check_in.seat if self.check_in else self.registration.seat


def as_rule(record: AttemptRecord) -> Attempt:
    """The row as the rules know it, once it has begun."""
    assert record.started_at is not None
    return Attempt(
        state=record.state,
        started_at=record.started_at,
        time_allowed=timedelta(minutes=record.minutes),
        extra=timedelta(minutes=record.extra_minutes),
    )


def own_attempt(reading: Reading, attempt_id: UUID) -> AttemptRow:
    """An attempt that the person who asks has begun. Raises NoSuchAttempt for anybody else's."""
    record = reading.session.get(AttemptRecord, attempt_id)
    if record is None or record.state is State.READY or record.person_id != reading.actor.person_id:
        raise NoSuchAttempt
    return as_row(record)


def attempt_of_registration(reading: Reading, registration_id: UUID) -> AttemptRow | None:
    """The attempt that a registration led to, where one was begun."""
    record = reading.session.scalars(
        select(AttemptRecord).where(
            AttemptRecord.registration_id == registration_id, AttemptRecord.state != State.READY
        )
    ).first()
    return None if record is None else as_row(record)


def attempts_of_sitting(reading: Reading, sitting_id: UUID) -> dict[UUID, AttemptRow]:
    """Attempts that were begun in a sitting, by registration."""
    records = reading.session.scalars(
        select(AttemptRecord).where(AttemptRecord.sitting_id == sitting_id, AttemptRecord.state != State.READY)
    )
    return {record.registration_id: as_row(record) for record in records}


def open_attempts(reading: Reading, sitting_id: UUID) -> int:
    """How many candidates of a sitting are still working."""
    found = reading.session.scalar(
        select(func.count()).where(AttemptRecord.sitting_id == sitting_id, AttemptRecord.state == State.OPEN)
    )
    return found or 0


def as_row(record: AttemptRecord) -> AttemptRow:
    """What may be shown of an attempt, once it has begun."""
    assert record.started_at is not None
    assert record.deadline is not None
    return AttemptRow(
        id=AttemptId(record.id),
        sitting_id=record.sitting_id,
        registration_id=record.registration_id,
        person_id=record.person_id,
        admission_number=record.admission_number,
        state=record.state,
        started_at=record.started_at,
        deadline=record.deadline,
        closed_at=record.closed_at,
        receipt=record.receipt,
        is_desk_free=record.desk_digest is None,
    )


def steps(reading: Reading, attempt_id: UUID) -> list[Step]:
    """Every step of an attempt in order."""
    rows = reading.session.scalars(
        select(StepRecord).where(StepRecord.attempt_id == attempt_id).order_by(StepRecord.sequence)
    )
    return [
        Step(row.sequence, row.question, row.act, json.loads(row.answer), row.flagged, row.page_ms, row.at)
        for row in rows
    ]


def kept_marks(reading: Reading, attempt_id: UUID) -> bytes | None:
    """What the attempt's questions earned when it was marked, None before. Raises SealBroken, KeyNotHeld."""
    if reading.session.get(MarksRecord, attempt_id) is None:
        return None
    return sealed.opened(reading, PAPERS, MARKS, attempt_id)


def last_sequence(reading: Reading, attempt_id: UUID) -> int:
    """The number of the last step that arrived. They arrive in order, so every one before it is there."""
    found = reading.session.scalar(select(func.max(StepRecord.sequence)).where(StepRecord.attempt_id == attempt_id))
    return found or 0


def progress(reading: Reading, sitting_id: UUID) -> dict[UUID, Progress]:
    """How far each attempt of a sitting has come, by attempt. One statement, however many candidates there are."""
    last = (
        select(StepRecord.attempt_id, func.max(StepRecord.sequence).label("sequence"))
        .join(AttemptRecord, AttemptRecord.id == StepRecord.attempt_id)
        .where(AttemptRecord.sitting_id == sitting_id, StepRecord.act == Act.ANSWER)
        .group_by(StepRecord.attempt_id, StepRecord.question)
        .subquery()
    )
    counted = (
        select(
            StepRecord.attempt_id,
            func.count().filter(StepRecord.answer != NO_ANSWER).label("answered"),
            func.max(StepRecord.at).label("saved_at"),
        )
        .join(
            last,
            and_(StepRecord.attempt_id == last.c.attempt_id, StepRecord.sequence == last.c.sequence),
        )
        .group_by(StepRecord.attempt_id)
        .subquery()
    )
    rows = reading.session.execute(
        select(
            AttemptRecord.id,
            func.coalesce(counted.c.answered, 0),
            func.jsonb_array_length(AttemptRecord.shape),
            func.greatest(counted.c.saved_at, ContactRecord.at),
        )
        .outerjoin(counted, counted.c.attempt_id == AttemptRecord.id)
        .outerjoin(ContactRecord, ContactRecord.attempt_id == AttemptRecord.id)
        .where(AttemptRecord.sitting_id == sitting_id)
    )
    return {row[0]: Progress(row[1], row[2], row[3]) for row in rows}


def check_ins(reading: Reading, sitting_id: UUID) -> dict[UUID, CheckIn]:
    """Who was checked in to a sitting, by registration."""
    rows = reading.session.scalars(select(CheckInRecord).where(CheckInRecord.sitting_id == sitting_id))
    return {row.registration_id: _check_in(row) for row in rows}


def check_in_of(reading: Reading, registration_id: UUID) -> CheckIn | None:
    """The check-in of one registration, where there is one."""
    row = reading.session.get(CheckInRecord, registration_id)
    return None if row is None else _check_in(row)


def check_in_record(reading: Reading, registration_id: UUID) -> CheckInRecord:
    """The row, locked, for this room's own actions. Raises NotCheckedIn."""
    record = reading.session.get(CheckInRecord, registration_id, with_for_update=True)
    if record is None:
        raise NotCheckedIn
    return record


def candidate(reading: Reading, registration_id: UUID) -> RegistrationRow:
    """A candidate with a seat in a sitting in which the actor is on duty. Raises NoSuchRegistration, NotOnDuty."""
    row = registrations.registration(reading, registration_id)
    if row.sitting_id is None or row.seat is None:
        raise NoSuchRegistration
    sittings.require_on_duty(reading, row.sitting_id)
    return row


def seat_numbers(reading: Reading, sitting: SittingRow) -> list[int]:
    """Every seat of the room that can be used, the spare ones included."""
    return [seat.number for seat in centres.usable_seats(reading, sitting.room.id)]


def taken_seats(reading: Reading, sitting_id: UUID, mover: UUID) -> set[int]:
    """Seats where others than `mover` sit, and those that are kept for candidates who may still come."""
    checked = check_ins(reading, sitting_id)
    others = [row for row in registrations.seated(reading, sitting_id) if row.id != mover]
    return {checked[row.id].seat if row.id in checked else row.seat for row in others if row.seat is not None}


def hold_room(reading: Reading, sitting_id: UUID, *, exclusively: bool = False) -> None:
    """Keep the room as it is until this work is over: many may start at once, but nobody while it is being closed.

    Whoever adds a line to the room record holds it exclusively, and before any row: a signature then covers every line
    that is there, and two acts never wait for each other in a ring.
    """
    hold(reading.session, f"exams.room:{sitting_id}", together=not exclusively)


def sitting_of_attempt(reading: Reading, attempt_id: UUID) -> UUID:
    """Where an attempt takes place, read without its row's lock. Raises NoSuchAttempt."""
    found = reading.session.scalar(select(AttemptRecord.sitting_id).where(AttemptRecord.id == attempt_id))
    if found is None:
        raise NoSuchAttempt
    return found


def attempt_record(reading: Reading, attempt_id: UUID) -> AttemptRecord:
    """The row of an attempt that was begun, locked against answers that are on their way; for this room's own actions.

    Raises:
        NoSuchAttempt
    """
    record = reading.session.get(AttemptRecord, attempt_id, with_for_update=True, populate_existing=True)
    if record is None or record.state is State.READY:
        raise NoSuchAttempt
    return record


def room_record(reading: Reading, sitting_id: UUID) -> list[RoomNote]:
    """The room record of a sitting, in the order in which it was written."""
    rows = reading.session.scalars(
        select(RoomNoteRecord).where(RoomNoteRecord.sitting_id == sitting_id).order_by(RoomNoteRecord.id)
    )
    return [RoomNote(row.at, row.kind, row.text, row.facts, row.by_person_id, row.registration_id) for row in rows]


def room(reading: Reading, sitting: SittingRow) -> tuple[InRoom, ...]:
    """Every candidate of a sitting by seat. A handful of statements, however many candidates there are."""
    checked = check_ins(reading, sitting.id)
    attempts = attempts_of_sitting(reading, sitting.id)
    progressed = progress(reading, sitting.id)
    found = breaches.breaches_in(reading, sitting.id)
    come = _practicals(reading, sitting.id) if sitting.part is Part.PRACTICAL else None
    is_on = sitting.state in (SittingState.DRAWN, SittingState.OPEN)
    candidates = []
    for row in registrations.seated(reading, sitting.id):
        attempt, breach = attempts.get(row.id), found.get(row.id)
        done = progressed.get(attempt.id) if attempt else None
        practical = come.get(row.id, Practical.WAITING) if come is not None else None
        known = _candidate(checked.get(row.id), attempt, done, breach, practical)
        troubles = known.troubles(opened_at=sitting.opened_at, now=reading.now) if is_on else ()
        candidates.append(InRoom(row, checked.get(row.id), attempt, done, breach, known.presence, troubles))
    return tuple(sorted(candidates, key=lambda candidate: candidate.seat))


def _practicals(reading: Reading, sitting_id: UUID) -> dict[UUID, Practical]:
    """How far those of a practical have come whose items are drawn: the last signature writes the result."""
    drawn = {record.registration_id for record, _, _ in practicals.drawn_in(reading, sitting_id)}
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


def _check_in(row: CheckInRecord) -> CheckIn:
    return CheckIn(row.at, row.seat, row.let_in_late_because)
