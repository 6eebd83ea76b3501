"""A sitting is planned, and candidates get their seats."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from exams.centres import queries as centres
from exams.integrity.queries import candidates_behind_questions, conflicts_in
from exams.integrity.rules import require_none, require_none_knows
from exams.registrations import actions as registering
from exams.registrations import queries as registrations
from exams.registrations.rules import admission_number
from exams.sittings import queries
from exams.sittings.errors import (
    SAY_WHY,
    CandidateIsBusy,
    CapacityTooLarge,
    CheckedInAlready,
    NoLongerAdmitted,
    OtherExam,
    OtherKindOfRoom,
    RoomIsTaken,
    SittingIsFull,
)
from exams.sittings.events import LotDrawn, SittingPlanned
from exams.sittings.queries import records
from exams.sittings.rules import METHOD, SittingId, State, require_state, require_time_to_come, seat_order
from exams.sittings.tables import SITTING_NUMBERS, LotRecord, SittingRecord
from exams.standards import queries as standards
from exams.standards.rules import Part, Standard
from kernel.because import because
from kernel.clock import shanghai_date
from kernel.ids import new_id
from kernel.locks import hold
from kernel.work import Work, action
from people.access.rules import Permission

SEED_BITS = 128


@action(needs=Permission.PLAN_SITTINGS)
def plan_sitting(
    work: Work, *, room_id: UUID, qualification: str, part: Part, starts_at: datetime, capacity: int | None = None
) -> SittingId:
    """A sitting in a room at a time. Without `capacity` it takes what room and rule allow.

    Raises:
        NoSuchRoom, OtherKindOfRoom, NoStandard, StartsInThePast, StartsTooFarAhead, CapacityTooLarge, RoomIsTaken.
    """
    room = centres.room(work, room_id)
    if room.kind.value != part.value:
        raise OtherKindOfRoom(fields={"room_id": OtherKindOfRoom()})
    require_time_to_come(starts_at, work.now)
    day = shanghai_date(starts_at)
    standard = standards.standard_for(qualification, part, day, room.centre.region)
    most = min(room.seats, standards.room_rules()["candidates_at_most"].value)
    if not 1 <= (capacity or most) <= most:
        raise CapacityTooLarge(fields={"capacity": CapacityTooLarge(most=most)}, most=most)
    ends_at = starts_at + timedelta(minutes=_minutes(standard))
    _require_room_free(work, room_id, starts_at, ends_at)
    record = SittingRecord(
        id=new_id(),
        code=f"{day.year}-{work.session.scalar(select(SITTING_NUMBERS.next_value())):04d}",
        centre_id=room.centre.id,
        room_id=room.id,
        qualification=qualification,
        part=part,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=capacity or most,
        state=State.PLANNED,
        standard=standard.as_json(),
        numbers_given=0,
        planned_at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    work.announce(
        SittingPlanned(
            sitting_id=record.id,
            code=record.code,
            room_id=room.id,
            qualification=qualification,
            part=part.value,
            starts_at=starts_at,
        )
    )
    return SittingId(record.id)


def _minutes(standard: Standard) -> int:
    """How long the room is taken: a theory exam with those who start late, a practical with its turns.

    A sitting that opens late moves its end, see `open_sitting`.
    """
    rules = standards.room_rules()
    if standard.part is Part.PRACTICAL:
        return rules["practical_block_minutes"].value
    return standard.minutes.value + rules["late_entry_minutes"].value


def _require_room_free(work: Work, room_id: UUID, starts_at: datetime, ends_at: datetime) -> None:
    centres.lock_room(work, room_id)  # two officers planning at once must see each other
    for other in records.overlapping(work, starts_at, ends_at):
        if other.room_id == room_id:
            raise RoomIsTaken(code=other.code, starts=other.starts_at, ends=other.ends_at)


@action(needs=Permission.PLAN_SITTINGS)
def seat_candidates(work: Work, sitting_id: UUID, *, registration_ids: Sequence[UUID], by_lot: bool = True) -> int:
    """Give seats and admission numbers to accepted applications; how many were seated. All of them or none.

    Applications are taken in the order in which they came in; seats by lot from a recorded seed, or in order. Each
    application is decided anew for the day of the exam. Staff already assigned are checked against the new candidates.

    Raises:
        NoSuchSitting, StepOutOfOrder, SittingIsFull, NoSuchRegistration, OtherExam, CandidateIsBusy, NotWaiting,
        NoLongerAdmitted, StaffInConflict.
    """
    record = records.sitting_record(work, sitting_id)
    require_state(record.state, State.PLANNED)
    rows = sorted(
        (registrations.registration(work, id_) for id_ in dict.fromkeys(registration_ids)),
        key=lambda row: (row.applied_at, row.id),
    )
    _require_same_exam(record, rows)
    free = queries.free_seats(work, queries.sitting(work, sitting_id))
    if len(rows) > len(free):
        raise SittingIsFull(free=len(free), wanted=len(rows))
    hold_people(work, [row.person_id for row in rows])
    _require_candidates_free(work, record, rows)
    _seat(work, record, rows, _order(work, record, free, len(rows)) if by_lot else seat_order(free, None))
    require_staff_free(work, record)
    return len(rows)


def _require_same_exam(record: SittingRecord, rows: Sequence[registrations.RegistrationRow]) -> None:
    for row in rows:
        if (row.qualification, row.part) != (record.qualification, record.part):
            raise OtherExam(name=row.name)


def _require_candidates_free(work: Work, record: SittingRecord, rows: Sequence[registrations.RegistrationRow]) -> None:
    busy = records.busy_candidates(work, record)
    for row in rows:
        if row.person_id in busy:
            raise CandidateIsBusy(name=row.name, code=busy[row.person_id])


def _order(work: Work, record: SittingRecord, free: Sequence[int], wanted: int) -> list[int]:
    seed = secrets.randbits(SEED_BITS)
    seats = seat_order(free, seed)
    if wanted:
        draw_lot(work, record.id, "seats", seed, given=list(free), drawn=seats[:wanted])
    return seats


def _seat(
    work: Work, record: SittingRecord, rows: Sequence[registrations.RegistrationRow], seats: Sequence[int]
) -> None:
    day, region = shanghai_date(record.starts_at), centres.centre(work, record.centre_id).region
    for row, seat in zip(rows, seats, strict=False):
        record.numbers_given += 1
        decision = registering.give_seat(
            work,
            registration_id=row.id,
            sitting_id=record.id,
            exam_on=day,
            seat=seat,
            admission_number=admission_number(record.code, record.numbers_given),
            region=region,
        )
        if not decision.is_accepted:
            raise NoLongerAdmitted(name=row.name, day=day)


@action(needs=Permission.PLAN_SITTINGS)
def unseat_candidate(work: Work, sitting_id: UUID, *, registration_id: UUID, reason: str) -> None:
    """Take a seat back before the sitting opens, from somebody who is not checked in; the candidate waits again.

    Raises:
        NoSuchSitting, StepOutOfOrder, ReasonMissing, NoSuchRegistration, NotSeated, CheckedInAlready.
    """
    record = records.sitting_record(work, sitting_id)
    require_state(record.state, State.PLANNED, State.CONFIRMED, State.DRAWN)
    said = because(reason, SAY_WHY)
    row = registrations.registration(work, registration_id)
    if row.sitting_id != record.id:
        raise OtherExam(name=row.name)
    if row.attended_at is not None:  # whoever was let in here would be let in unseen in the next sitting
        raise CheckedInAlready(name=row.name)
    registering.take_seat_back(work, registration_id=row.id, reason=said)


def hold_people(work: Work, person_ids: Iterable[UUID]) -> None:
    """Let nobody else give these people a seat or a duty until this work ends: two officers must see each other.

    Always in the same order, so that two who hold several never wait for each other.
    """
    for person_id in sorted(set(person_ids)):
        hold(work.session, f"exams.sittings.person:{person_id}")


def draw_lot(
    work: Work, sitting_id: UUID, purpose: str, seed: int, *, given: list[int] | list[str], drawn: list[int] | list[str]
) -> UUID:
    """Record a lot with its seed, for the actions of this room."""
    lot = LotRecord(
        id=new_id(),
        sitting_id=sitting_id,
        purpose=purpose,
        method=METHOD,
        seed=str(seed),
        given=given,
        drawn=drawn,
        at=work.now,
    )
    work.session.add(lot)
    work.session.flush()
    work.announce(LotDrawn(lot_id=lot.id, sitting_id=sitting_id, purpose=purpose, seed=lot.seed))
    return lot.id


def require_nobody_knows(work: Work, record: SittingRecord) -> None:
    """Refuse when a candidate stands behind the questions. Raises CandidatesMadeQuestions."""
    require_none_knows(candidates_behind_questions(work, queries.sitting(work, record.id).ground))


def require_staff_free(work: Work, record: SittingRecord) -> None:
    """Refuse when somebody on duty is in conflict with a candidate or the questions. Raises StaffInConflict."""
    on_duty = {duty.person_id: duty.name for duty in queries.duties(work, record.id)}
    require_none(conflicts_in(work, queries.sitting(work, record.id).ground, on_duty))
