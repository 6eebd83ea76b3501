"""Applications as the officer sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from certification.applications.errors import BarredUntil, NoSuchApplication
from certification.applications.rules import ApplicationId
from certification.applications.tables import ApplicationRecord, DecisionRecord, PassedPartRecord
from certification.certificates.errors import NotInOwnCause
from certification.certificates.queries import Draft, bar_on, certificate_of_application, draft
from certification.certificates.rules.printing import Printing
from certification.eligibility.queries import newest_eligibility
from certification.eligibility.tables import EligibilityRecord
from exams.standards.rules import Part
from kernel.clock import shanghai_date
from kernel.errors import Problem
from kernel.work import Reading
from people.accounts.queries import documents, people
from people.accounts.rules.id_numbers import masked
from people.positions.queries import vocabulary

UNPRINTED_CODE = "A" * 26  # of the length of a real code; a draft is never handed out


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One line of the officer's list."""

    id: ApplicationId
    person_id: UUID
    name: str
    qualification: str
    opened_at: datetime
    approved: bool | None
    reason: str | None
    decided_at: datetime | None


def applications(reading: Reading, *, waiting: bool, limit: int = 50, offset: int = 0) -> list[ApplicationRow]:
    """Applications that wait for a decision, oldest first, or those decided, newest first."""
    query = (
        select(ApplicationRecord, DecisionRecord)
        .outerjoin(DecisionRecord, DecisionRecord.application_id == ApplicationRecord.id)
        .where(DecisionRecord.application_id.is_(None) if waiting else DecisionRecord.application_id.is_not(None))
        .order_by(ApplicationRecord.id if waiting else DecisionRecord.decided_at.desc())
    )
    found = reading.session.execute(query.limit(limit).offset(offset)).all()
    names = people(reading, [record.person_id for record, _ in found])
    return [_row(record, decided, names[record.person_id].name) for record, decided in found]


def _row(record: ApplicationRecord, decided: DecisionRecord | None, name: str) -> ApplicationRow:
    return ApplicationRow(
        id=ApplicationId(record.id),
        person_id=record.person_id,
        name=name,
        qualification=record.qualification,
        opened_at=record.opened_at,
        approved=decided.approved if decided else None,
        reason=decided.reason if decided else None,
        decided_at=decided.decided_at if decided else None,
    )


def decided_count(reading: Reading) -> int:
    """How many applications were decided."""
    return reading.session.scalar(select(func.count()).select_from(DecisionRecord)) or 0


def waiting_count(reading: Reading) -> int:
    """How many applications wait for a decision."""
    query = (
        select(func.count())
        .select_from(ApplicationRecord)
        .outerjoin(DecisionRecord, DecisionRecord.application_id == ApplicationRecord.id)
        .where(DecisionRecord.application_id.is_(None))
    )
    return reading.session.scalar(query) or 0


def application(reading: Reading, application_id: UUID) -> ApplicationRecord:
    """One application. Raises NoSuchApplication."""
    found = reading.session.get(ApplicationRecord, application_id)
    if found is None:
        raise NoSuchApplication
    return found


def decision(reading: Reading, application_id: UUID) -> DecisionRecord | None:
    """The decision on an application, once there is one."""
    return reading.session.get(DecisionRecord, application_id)


def parts_of(reading: Reading, record: ApplicationRecord) -> list[PassedPartRecord]:
    """The passed parts on which an application rests, theory first."""
    ids = [record.theory_result_id, record.practical_result_id]
    found = reading.session.scalars(select(PassedPartRecord).where(PassedPartRecord.result_id.in_(ids)))
    return sorted(found, key=lambda part: part.result_id != record.theory_result_id)


def unused_parts(reading: Reading, person_id: UUID, qualification: str, today: date) -> list[PassedPartRecord]:
    """Passed parts that still count and on which no application rests yet, oldest first."""
    return list(
        reading.session.scalars(
            _unused(today).where(
                PassedPartRecord.person_id == person_id, PassedPartRecord.qualification == qualification
            )
        )
    )


def _unused(today: date) -> Select[Any]:
    rests = select(ApplicationRecord.id).where(
        or_(
            ApplicationRecord.theory_result_id == PassedPartRecord.result_id,
            ApplicationRecord.practical_result_id == PassedPartRecord.result_id,
        )
    )
    return (
        select(PassedPartRecord)
        .where(PassedPartRecord.counts_until >= today, ~rests.exists())
        .order_by(PassedPartRecord.taken_on, PassedPartRecord.released_at)
    )


def stages_passed(reading: Reading, person_ids: Sequence[UUID], today: date) -> dict[tuple[UUID, str], str]:
    """By person and qualification: "theory_passed", "all_passed" (waits for the officer) or "refused"."""
    found: dict[tuple[UUID, str], str] = {}
    undecided = (
        select(ApplicationRecord, DecisionRecord.approved)
        .outerjoin(DecisionRecord, DecisionRecord.application_id == ApplicationRecord.id)
        .where(ApplicationRecord.person_id.in_(person_ids))
        .order_by(ApplicationRecord.id)
    )
    for record, approved in reading.session.execute(undecided):
        wanted = (record.person_id, record.qualification)
        found.pop(wanted, None)
        if not approved:
            found[wanted] = "all_passed" if approved is None else "refused"
    for part in reading.session.scalars(_unused(today).where(PassedPartRecord.person_id.in_(person_ids))):
        if part.part is Part.THEORY:
            found[part.person_id, part.qualification] = "theory_passed"
    return found


@dataclass(frozen=True, slots=True)
class Review:
    """All that the officer needs to decide: what it rests on, what would be issued, what stands against it."""

    application: ApplicationRow
    parts: tuple[PassedPartRecord, ...]
    eligibility: EligibilityRecord | None
    masked_number: str | None
    draft: Draft | None
    obstacles: tuple[Problem, ...]
    certificate_id: UUID | None


def review(reading: Reading, application_id: UUID, printing: Printing) -> Review:
    """One application for the officer. The card is drawn once, so that what cannot be printed shows before approval."""
    record = application(reading, application_id)
    decided = decision(reading, application_id)
    issued = certificate_of_application(reading, application_id)
    found = documents(reading, [record.person_id]).get(record.person_id)
    draft_now, obstacles = (None, ()) if decided else _drafted(reading, record, printing)
    return Review(
        application=_row(record, decided, people(reading, [record.person_id])[record.person_id].name),
        parts=tuple(parts_of(reading, record)),
        eligibility=newest_eligibility(reading, record.person_id, record.qualification),
        masked_number=masked(found[1]) if found else None,
        draft=draft_now,
        obstacles=obstacles,
        certificate_id=issued.id if issued else None,
    )


def _drafted(
    reading: Reading, record: ApplicationRecord, printing: Printing
) -> tuple[Draft | None, tuple[Problem, ...]]:
    obstacles: list[Problem] = []
    bar = standing_bar(reading, record)
    if bar:
        obstacles.append(bar)
    if reading.actor.person_id == record.person_id:
        obstacles.append(NotInOwnCause())
    try:
        found = draft(reading, record.person_id, record.qualification, demonstration=False)
        printing.card(found.facts, photo=found.photo, code=UNPRINTED_CODE)
    except Problem as problem:
        return None, (*obstacles, problem)
    return found, tuple(obstacles)


def standing_bar(reading: Reading, record: ApplicationRecord) -> BarredUntil | None:
    """The bar of an earlier revocation, while it runs."""
    position = vocabulary().qualification(record.qualification).position
    bar = bar_on(reading, record.person_id, position, shanghai_date(reading.now))
    return BarredUntil(day=bar) if bar else None
