"""Enrolments as those concerned may see them: the learner their own, a provider's staff its learners."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.sql.elements import ColumnElement

from kernel.db import among
from kernel.paging import Page, cut, nearest
from kernel.work import Reading
from people.access.rules import Role
from people.accounts import queries as accounts
from people.organisations import queries as organisations
from training.enrolments.errors import NoSuchEnrolment
from training.enrolments.rules import EnrolmentId, State
from training.enrolments.tables import EnrolmentRecord, EnrolmentTeacherRecord
from training.outlines.queries import outlines
from training.outlines.rules import Outline, TrainingKind

TEACHING_POST = "training_teacher"  # of people.positions


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One person in one course. `withdrawn_reason` is None where the learner left by themselves."""

    id: EnrolmentId
    person_id: UUID
    course_id: UUID
    qualification: str
    training_kind: TrainingKind
    outline: Outline
    provider_id: UUID
    provider_name: str
    enrolled_at: datetime
    completed_on: date | None
    hours_required: Decimal
    hours_credited: Decimal | None
    state: State
    withdrawn_at: datetime | None
    withdrawn_reason: str | None


def own_enrolments(reading: Reading) -> list[Enrolment]:
    """The actor's own enrolments, newest first; withdrawn ones are left out."""
    mine = (EnrolmentRecord.person_id == reading.actor.person_id) & EnrolmentRecord.withdrawn_at.is_(None)
    return _list(reading, mine)


def own_enrolment(reading: Reading, enrolment_id: UUID) -> Enrolment:
    """The actor's own enrolment. Raises NoSuchEnrolment for anybody else's."""
    for each in own_enrolments(reading):
        if each.id == enrolment_id:
            return each
    raise NoSuchEnrolment


def provider_page(
    reading: Reading, *, state: State | None, people: Collection[UUID] | None = None, page: int = 1
) -> Page[Enrolment]:
    """One page of those enrolled at the actor's provider, newest first; a page that is not there is the nearest one.

    Args:
        reading: of somebody of the provider.
        state: only these; None takes all.
        people: only enrolments of these persons; None takes all.
        page: from 1.
    """
    wanted = [EnrolmentRecord.provider_id == reading.actor.organisation_id]
    wanted += [] if state is None else [_in_state(state)]
    wanted += [] if people is None else [among(EnrolmentRecord.person_id, people)]
    total = reading.session.scalar(select(func.count()).where(*wanted)) or 0
    page = nearest(page, total)
    statement = select(EnrolmentRecord).where(*wanted).order_by(EnrolmentRecord.id.desc())
    rows = reading.session.scalars(cut(statement, page))
    return Page(tuple(enrolment(row) for row in rows), total, page)


def provider_people(reading: Reading) -> list[UUID]:
    """Everybody who is or was enrolled at the actor's provider, for a search by name."""
    mine = EnrolmentRecord.provider_id == reading.actor.organisation_id
    return list(reading.session.scalars(select(EnrolmentRecord.person_id).where(mine).distinct()))


def provider_learners(reading: Reading) -> list[Enrolment]:
    """Those at the actor's provider whose course is under way, newest first."""
    return _list(reading, (EnrolmentRecord.provider_id == reading.actor.organisation_id) & _in_state(State.LEARNING))


def provider_enrolment(reading: Reading, enrolment_id: UUID) -> Enrolment:
    """One enrolment at the actor's provider. Raises NoSuchEnrolment for any other."""
    return provider_enrolments_of(reading, [enrolment_id])[0]


def provider_enrolments_of(reading: Reading, enrolment_ids: Sequence[UUID]) -> list[Enrolment]:
    """These enrolments at the actor's provider, in the order given. Raises NoSuchEnrolment for any other."""
    at_provider = EnrolmentRecord.provider_id == reading.actor.organisation_id
    found = {each.id: each for each in _list(reading, at_provider & among(EnrolmentRecord.id, enrolment_ids))}
    if any(each not in found for each in enrolment_ids):
        raise NoSuchEnrolment
    return [found[EnrolmentId(each)] for each in enrolment_ids]


def provider_of_open_enrolment(
    reading: Reading, person_id: UUID, qualification: str, kind: TrainingKind
) -> UUID | None:
    """Where this person has begun this training and neither finished nor left it; None where nowhere."""
    return reading.session.scalar(
        select(EnrolmentRecord.provider_id).where(
            EnrolmentRecord.person_id == person_id,
            EnrolmentRecord.qualification == qualification,
            EnrolmentRecord.training_kind == kind,
            EnrolmentRecord.completed_at.is_(None),
            EnrolmentRecord.withdrawn_at.is_(None),
        )
    )


def held_enrolment(reading: Reading, enrolment_id: UUID) -> Enrolment:
    """An enrolment that nobody else changes until this transaction ends; whoever calls sees to who may.

    Raises:
        NoSuchEnrolment
    """
    return enrolment(locked(reading, enrolment_id))


def locked(reading: Reading, enrolment_id: UUID) -> EnrolmentRecord:
    """The row for an action of this room, held until its transaction ends. Raises NoSuchEnrolment."""
    record = reading.session.scalars(
        select(EnrolmentRecord)
        .where(EnrolmentRecord.id == enrolment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if record is None:
        raise NoSuchEnrolment
    return record


def teachers(reading: Reading, enrolment_ids: list[UUID]) -> dict[UUID, list[UUID]]:
    """Who teaches, by enrolment."""
    found: dict[UUID, list[UUID]] = {each: [] for each in enrolment_ids}
    rows = reading.session.scalars(
        select(EnrolmentTeacherRecord)
        .where(among(EnrolmentTeacherRecord.enrolment_id, enrolment_ids))
        .order_by(EnrolmentTeacherRecord.teacher_id)
    )
    for row in rows:
        found[row.enrolment_id].append(row.teacher_id)
    return found


def teachers_at(reading: Reading, provider_id: UUID) -> dict[UUID, str]:
    """Names of those who teach at a training provider, by person: by their account's role, or by their post."""
    by_role = {each.id: each.name for each in accounts.holders_at(reading, provider_id, Role.TEACHER)}
    return by_role | organisations.holders_of_post(reading, provider_id, TEACHING_POST)


def _list(reading: Reading, which: ColumnElement[bool]) -> list[Enrolment]:
    rows = reading.session.scalars(select(EnrolmentRecord).where(which).order_by(EnrolmentRecord.id.desc()))
    return [enrolment(row) for row in rows]


def _in_state(state: State) -> ColumnElement[bool]:
    """What `enrolment` calls so."""
    withdrawn, completed = EnrolmentRecord.withdrawn_at.is_not(None), EnrolmentRecord.completed_at.is_not(None)
    if state is State.WITHDRAWN:
        return withdrawn
    return and_(~withdrawn, completed if state is State.COMPLETED else ~completed)


def enrolment(record: EnrolmentRecord) -> Enrolment:
    """An enrolment from its row."""
    state = State.WITHDRAWN if record.withdrawn_at else State.COMPLETED if record.completed_at else State.LEARNING
    return Enrolment(
        id=EnrolmentId(record.id),
        person_id=record.person_id,
        course_id=record.course_id,
        qualification=record.qualification,
        training_kind=record.training_kind,
        outline=outlines().version(record.outline, record.outline_version),
        provider_id=record.provider_id,
        provider_name=record.provider_name,
        enrolled_at=record.enrolled_at,
        completed_on=record.completed_on,
        hours_required=record.hours_required,
        hours_credited=record.hours_credited,
        state=state,
        withdrawn_at=record.withdrawn_at,
        withdrawn_reason=record.withdrawn_reason,
    )
