"""Practicals for those who may see them: the exam office, the two examiners, the candidate; what stands in `views`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from exams.centres.rules import Duty
from exams.practicals.errors import NoSuchPractical
from exams.practicals.queries.dated import STANDARDS, standard_for, standard_of, standards
from exams.practicals.queries.views import (
    DrawnState,
    Ended,
    Examiner,
    Outcome,
    Practical,
    Signed,
    drawn_item,
    views,
)
from exams.practicals.rules import DrawnItem
from exams.practicals.tables import (
    PracticalDrawRecord,
    PracticalEndingRecord,
    PracticalExaminerRecord,
    PracticalItemRecord,
    PracticalOutcomeRecord,
    PracticalRecord,
    PracticalRunRecord,
)
from exams.sittings import queries as sittings
from exams.sittings.errors import NoSuchSitting
from exams.sittings.queries import SittingRow
from exams.sittings.queries.records import in_scope
from exams.sittings.rules import State
from exams.standards.rules import Part
from kernel.db import among
from kernel.paging import Page, cut, nearest
from kernel.work import Reading
from people.access.rules import Permission

__all__ = [
    "STANDARDS",
    "DrawnState",
    "Ended",
    "Examiner",
    "Outcome",
    "Practical",
    "Signed",
    "standard_for",
    "standard_of",
    "standards",
]


class Todo(StrEnum):
    """What is still to do about a practical."""

    DRAW = "draw"
    FINISH = "finish"  # items are drawn; sheets, signatures or the simulation are missing
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the list is narrowed to. `sitting`: its code; `search`: part of a name, start of a number."""

    search: str = ""
    sitting: str = ""
    day: date | None = None
    todo: Todo | None = None


def practicals(reading: Reading, filters: Filters | None = None, *, page: int = 1) -> Page[Practical]:
    """One page of the practicals that the person may see and `filters` leave; newest first.

    The exam office sees those of its scope; an examiner those they examine, unless they were relieved of the sitting.
    """
    statement = _filtered(reading, filters or Filters())
    total = reading.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    page = nearest(page, total)
    return Page(tuple(views(reading, reading.session.scalars(cut(statement, page)).all())), total, page)


def all_practicals(reading: Reading, filters: Filters) -> list[Practical]:
    """Everything that `practicals` shows on all its pages together."""
    return views(reading, reading.session.scalars(_filtered(reading, filters)).all())


def _filtered(reading: Reading, filters: Filters) -> Select[PracticalRecord]:
    wanted: list[ColumnElement[bool]] = [in_scope(reading, PracticalRecord.sitting_id)]
    if not reading.actor.may(Permission.ARRANGE_PRACTICAL):
        wanted.append(_is_examined_by_actor(reading))
    if filters.day is not None:
        wanted.append(PracticalRecord.held_on == filters.day)
    if filters.sitting:
        wanted.append(PracticalRecord.sitting_id == _coded(reading, filters.sitting))
    if filters.search:
        by_name = PracticalRecord.name.contains(filters.search, autoescape=True)
        wanted.append(or_(by_name, PracticalRecord.admission_number.startswith(filters.search, autoescape=True)))
    if filters.todo is not None:
        wanted.append(_is_to_do(filters.todo))
    newest = (PracticalRecord.held_on.desc(), PracticalRecord.admission_number, PracticalRecord.id)
    return select(PracticalRecord).where(*wanted).order_by(*newest)


def _coded(reading: Reading, code: str) -> UUID | None:
    """None for a code that no sitting has: then nothing is found."""
    try:
        return sittings.id_coded(reading, code)
    except NoSuchSitting:
        return None


def _is_examined_by_actor(reading: Reading) -> ColumnElement[bool]:
    """An examiner sees what they examine now: not where somebody took their place, nor where they were relieved."""
    own, later = PracticalExaminerRecord, aliased(PracticalExaminerRecord)
    taken = exists().where(later.practical_id == own.practical_id, later.place == own.place, later.turn > own.turn)
    examined = select(own.practical_id).where(own.person_id == reading.actor.person_id, ~taken)
    relieved = sittings.relieved_of(reading, reading.actor.person_id)
    return and_(PracticalRecord.id.in_(examined), ~among(PracticalRecord.sitting_id, relieved))


def _is_to_do(todo: Todo) -> ColumnElement[bool]:
    is_drawn, is_signed, is_ended = (
        exists().where(table.practical_id == PracticalRecord.id)
        for table in (PracticalDrawRecord, PracticalOutcomeRecord, PracticalEndingRecord)
    )
    is_over = or_(is_signed, is_ended)
    found: dict[Todo, ColumnElement[bool]] = {
        Todo.DRAW: and_(~is_drawn, ~is_over),
        Todo.FINISH: and_(is_drawn, ~is_over),
        Todo.NOTHING: is_over,
    }
    return found[todo]


def open_sittings(reading: Reading) -> list[SittingRow]:
    """The practical sittings that are under way, for the exam office."""
    return sittings.all_sittings(reading, sittings.Filters(part=Part.PRACTICAL, state=State.OPEN))


def untaken_duties(reading: Reading) -> list[SittingRow]:
    """The practical sittings in which the examiner is on duty and has not taken it up yet."""
    ahead = (State.CONFIRMED, State.DRAWN, State.OPEN)
    return [
        row
        for row, duty in sittings.sittings_on_duty(reading)
        if duty.duty is Duty.EXAMINER and duty.taken_up_at is None and row.state in ahead
    ]


def own_practicals(reading: Reading) -> list[Practical]:
    """The practicals of the signed-in candidate, newest first."""
    wanted = (
        select(PracticalRecord)
        .where(PracticalRecord.person_id == reading.actor.person_id)
        .order_by(PracticalRecord.held_on.desc())
    )
    return views(reading, reading.session.scalars(wanted).all())


def own_practical(reading: Reading, practical_id: UUID) -> Practical:
    """A practical of the signed-in candidate. Raises NoSuchPractical."""
    found = _practical(reading, practical_id)
    if found.person_id != reading.actor.person_id:
        raise NoSuchPractical
    return found


def examined_practical(reading: Reading, practical_id: UUID) -> tuple[Practical, int]:
    """A practical that the signed-in person examines, and their place.

    Raises:
        NoSuchPractical: also for an examiner who was relieved of the sitting, most of all when that was for a conflict.
    """
    found = _practical(reading, practical_id)
    place = found.place_of(reading.actor.person_id)
    if place is None or sittings.is_relieved(reading, found.sitting_id, reading.actor.person_id):
        raise NoSuchPractical
    return found, place


def practical(reading: Reading, practical_id: UUID) -> Practical:
    """For the exam office, and for the examiners of this practical. Raises NoSuchPractical."""
    if reading.actor.may(Permission.ARRANGE_PRACTICAL):
        return _practical(reading, practical_id)
    return examined_practical(reading, practical_id)[0]


def substitutes(reading: Reading, practical: Practical) -> list[Examiner]:
    """Examiners on duty in the sitting who have never examined this candidate."""
    on_duty = (one for one in sittings.duties(reading, practical.sitting_id) if one.duty is Duty.EXAMINER)
    return [Examiner(one.person_id, one.name) for one in on_duty if one.person_id not in practical.examined_by]


def drawn_in(reading: Reading, sitting_id: UUID) -> list[tuple[PracticalRecord, PracticalDrawRecord, str | None]]:
    """Each drawn practical of a sitting with its draw and, once it is over, its secret; for this room's actions."""
    told = func.coalesce(PracticalOutcomeRecord.secret, PracticalEndingRecord.secret)
    found = reading.session.execute(
        select(PracticalRecord, PracticalDrawRecord, told)
        .join(PracticalDrawRecord, PracticalDrawRecord.practical_id == PracticalRecord.id)
        .outerjoin(PracticalOutcomeRecord, PracticalOutcomeRecord.practical_id == PracticalRecord.id)
        .outerjoin(PracticalEndingRecord, PracticalEndingRecord.practical_id == PracticalRecord.id)
        .where(PracticalRecord.sitting_id == sitting_id)
        .order_by(PracticalRecord.admission_number)
    )
    return [(practical, draw, secret) for practical, draw, secret in found]


def with_items(reading: Reading, sitting_id: UUID) -> set[UUID]:
    """The registrations of a sitting whose items are drawn."""
    return {practical.registration_id for practical, _, _ in drawn_in(reading, sitting_id)}


def is_held(reading: Reading, sitting_id: UUID) -> bool:
    """Whether a practical of this sitting was ever opened."""
    return bool(reading.session.scalar(select(exists().where(PracticalRecord.sitting_id == sitting_id))))


def of_registration(reading: Reading, registration_id: UUID) -> Practical | None:
    """The practical that a registration led to, for what is verified afterwards; whoever calls sees to who may."""
    wanted = select(PracticalRecord).where(PracticalRecord.registration_id == registration_id)
    return next(iter(views(reading, reading.session.scalars(wanted).all())), None)


def is_ended(reading: Reading, practical_id: UUID) -> bool:
    """Whether the exam office ended a practical before its last signature."""
    return reading.session.get(PracticalEndingRecord, practical_id) is not None


@dataclass(frozen=True, slots=True)
class StoredOutcome:
    """How a practical ended, as it is stored; `content` as `rules.outcome_digest` takes it."""

    total: Decimal
    pass_mark: Decimal
    is_vetoed: bool
    is_passed: bool
    content: Mapping[str, Any]


def stored_outcome(reading: Reading, practical_id: UUID) -> StoredOutcome | None:
    """How a practical ended, for what is verified afterwards; None while it has not."""
    row = reading.session.get(PracticalOutcomeRecord, practical_id)
    if row is None:
        return None
    return StoredOutcome(row.total, row.pass_mark, row.is_vetoed, row.is_passed, row.content)


def drawn_items(reading: Reading, practical_id: UUID) -> tuple[DrawnItem, ...]:
    """The drawn items of a practical, by subject."""
    rows = reading.session.scalars(
        select(PracticalItemRecord)
        .where(PracticalItemRecord.practical_id == practical_id)
        .order_by(PracticalItemRecord.subject)
    )
    return tuple(drawn_item(row) for row in rows)


def runs_in(reading: Reading, practical_id: UUID) -> dict[str, UUID]:
    """Subject -> the simulation run that is its evidence."""
    rows = reading.session.scalars(select(PracticalRunRecord).where(PracticalRunRecord.practical_id == practical_id))
    return {one.subject: one.run_id for one in rows}


def _practical(reading: Reading, practical_id: UUID) -> Practical:
    here = in_scope(reading, PracticalRecord.sitting_id)
    record = reading.session.scalar(select(PracticalRecord).where(PracticalRecord.id == practical_id, here))
    if record is None:
        raise NoSuchPractical
    return views(reading, [record])[0]
