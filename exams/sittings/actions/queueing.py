"""Seats for the first of the queue. Who may not sit any more is refused and told so, and holds nobody else up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from exams.registrations import actions as registering
from exams.registrations import queries as registrations
from exams.registrations.queries import RegistrationRow
from exams.sittings import queries
from exams.sittings.actions.planning import seat_candidates
from exams.sittings.errors import SittingIsFull
from exams.sittings.queries import records
from exams.sittings.rules import State, require_state
from exams.sittings.tables import SittingRecord
from kernel.clock import shanghai_date
from kernel.work import Work, action
from people.access.rules import Permission


@dataclass(frozen=True, slots=True)
class Seating:
    """How many were seated, and the registrations that were passed over: refused now, or busy elsewhere and waiting."""

    seated: int
    passed_over: tuple[UUID, ...]


@action(needs=Permission.PLAN_SITTINGS)
def seat_first(work: Work, sitting_id: UUID, *, count: int, by_lot: bool = True) -> Seating:
    """Seat those who wait longest, up to `count`; whoever may not sit on that day is passed over.

    Raises:
        NoSuchSitting, StepOutOfOrder, SittingIsFull, StaffInConflict.
    """
    record = records.sitting_record(work, sitting_id)
    require_state(record.state, State.PLANNED)
    free = len(queries.free_seats(work, queries.sitting(work, sitting_id)))
    if count > free:
        raise SittingIsFull(free=free, wanted=count)
    fit, passed_over = _looked_through(work, record, count)
    seat_candidates(work, sitting_id, registration_ids=[row.id for row in fit], by_lot=by_lot)
    return Seating(len(fit), tuple(passed_over))


def _looked_through(work: Work, record: SittingRecord, count: int) -> tuple[list[RegistrationRow], list[UUID]]:
    """The first `count` who may sit, and those before them who may not."""
    busy = records.busy_candidates(work, record)
    day = shanghai_date(record.starts_at)
    fit: list[RegistrationRow] = []
    passed_over: list[UUID] = []
    while len(fit) < count:
        fresh = _next_of_queue(work, record, count, {row.id for row in fit} | set(passed_over))
        if not fresh:
            break
        for row in fresh[: count - len(fit)]:
            if row.person_id in busy or not _is_fit(work, row, day):
                passed_over.append(row.id)
            else:
                fit.append(row)
    return fit, passed_over


def _next_of_queue(work: Work, record: SittingRecord, count: int, seen: set[UUID]) -> Sequence[RegistrationRow]:
    waiting = registrations.first_waiting(
        work,
        record.qualification,
        record.part,
        exam_on=shanghai_date(record.starts_at),
        count=count + len(seen),
    )
    return [row for row in waiting if row.id not in seen]


def _is_fit(work: Work, row: RegistrationRow, day: date) -> bool:
    return registering.decide_anew(work, registration_id=row.id, exam_on=day).is_accepted
