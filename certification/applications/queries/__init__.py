"""Applications as the officer sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from certification.applications.errors import (
    BarredUntil,
    DecidedElsewhere,
    NoSuchApplication,
    OpenDuringABar,
    RestsOnARevisedResult,
)
from certification.applications.queries.parts import PassedPart, parts_of, unused
from certification.applications.rules import ApplicationId
from certification.applications.tables import ApplicationRecord, DecisionRecord, PassedPartRecord, ReopeningRecord
from certification.certificates.errors import NotInOwnCause
from certification.certificates.formats.printing import Printing
from certification.certificates.queries import bar_on, certificate_of_application
from certification.certificates.queries.drafts import Draft, draft
from certification.eligibility.errors import NoSuchProof
from certification.eligibility.queries import Eligibility, eligibility, proof_holder
from certification.revisions.queries import revisions_of
from exams.standards.rules import Part
from kernel.clock import shanghai_date
from kernel.db import among
from kernel.errors import Problem
from kernel.work import Reading
from people.accounts.queries import documents, people
from people.accounts.rules.id_numbers import masked
from people.organisations.queries import organisation
from people.positions.queries import vocabulary
from people.regions.queries import within


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One line of a list: the officer's, or the person's own. `reopened_at`: since when a refusal no longer stands."""

    id: ApplicationId
    person_id: UUID
    name: str
    qualification: str
    opened_at: datetime
    approved: bool | None
    reason: str | None
    decided_at: datetime | None
    reopened_at: datetime | None


def applications(reading: Reading, *, waiting: bool, limit: int = 50, offset: int = 0) -> list[ApplicationRow]:
    """Those within the actor's scope that wait for a decision, oldest first, or that are decided, newest first."""
    query = (
        _with_decision()
        .where(DecisionRecord.application_id.is_(None) if waiting else DecisionRecord.application_id.is_not(None))
        .where(within(reading, ApplicationRecord.region_code))
        .order_by(ApplicationRecord.id if waiting else DecisionRecord.decided_at.desc())
    )
    found = reading.session.execute(query.limit(limit).offset(offset)).all()
    return _rows(reading, [(row[0], row[1]) for row in found])


def own_applications(reading: Reading) -> list[ApplicationRow]:
    """The actor's own applications with their decisions, newest first."""
    query = _with_decision().where(ApplicationRecord.person_id == reading.actor.person_id)
    found = reading.session.execute(query.order_by(ApplicationRecord.id.desc())).all()
    return _rows(reading, [(row[0], row[1]) for row in found])


def _with_decision() -> Select[ApplicationRecord, DecisionRecord]:
    """Applications with the decision that stands, or with none."""
    return select(ApplicationRecord, DecisionRecord).outerjoin(
        DecisionRecord, and_(DecisionRecord.application_id == ApplicationRecord.id, _stands())
    )


def _stands() -> ColumnElement[bool]:
    return (
        ~select(ReopeningRecord)
        .where(
            ReopeningRecord.application_id == DecisionRecord.application_id,
            ReopeningRecord.round == DecisionRecord.round,
        )
        .exists()
    )


def _rows(reading: Reading, found: Sequence[tuple[ApplicationRecord, DecisionRecord | None]]) -> list[ApplicationRow]:
    names = people(reading, [record.person_id for record, _ in found])
    ids = [record.id for record, _ in found]
    last = (
        select(ReopeningRecord.application_id, func.max(ReopeningRecord.reopened_at))
        .where(among(ReopeningRecord.application_id, ids))
        .group_by(ReopeningRecord.application_id)
    )
    reopened = {row[0]: row[1] for row in reading.session.execute(last)}
    return [_row(record, decided, names[record.person_id].name, reopened.get(record.id)) for record, decided in found]


def _row(
    record: ApplicationRecord, decided: DecisionRecord | None, name: str, reopened_at: datetime | None
) -> ApplicationRow:
    return ApplicationRow(
        id=ApplicationId(record.id),
        person_id=record.person_id,
        name=name,
        qualification=record.qualification,
        opened_at=record.opened_at,
        approved=decided.approved if decided else None,
        reason=decided.reason if decided else None,
        decided_at=decided.decided_at if decided else None,
        reopened_at=reopened_at,
    )


def decided_count(reading: Reading) -> int:
    """How many applications within the actor's scope were decided."""
    query = select(func.count()).select_from(DecisionRecord).where(_stands())
    query = query.join(ApplicationRecord, ApplicationRecord.id == DecisionRecord.application_id)
    return reading.session.scalar(query.where(within(reading, ApplicationRecord.region_code))) or 0


def waiting_count(reading: Reading) -> int:
    """How many applications within the actor's scope wait for a decision."""
    query = (
        select(func.count())
        .select_from(ApplicationRecord)
        .outerjoin(DecisionRecord, and_(DecisionRecord.application_id == ApplicationRecord.id, _stands()))
        .where(DecisionRecord.application_id.is_(None), within(reading, ApplicationRecord.region_code))
    )
    return reading.session.scalar(query) or 0


def application(reading: Reading, application_id: UUID) -> ApplicationRecord:
    """One application within the actor's scope. Raises NoSuchApplication."""
    found = reading.session.get(ApplicationRecord, application_id)
    if found is None or not reading.actor.scope.covers(found.region_code):
        raise NoSuchApplication
    return found


def decision(reading: Reading, application_id: UUID) -> DecisionRecord | None:
    """The decision that stands on an application, once there is one."""
    query = select(DecisionRecord).where(DecisionRecord.application_id == application_id, _stands())
    return reading.session.scalars(query).first()


def latest_refusal(reading: Reading, application_id: UUID) -> DecisionRecord | None:
    """The refusal of the round before this one, for an application that was opened again."""
    query = select(DecisionRecord).where(DecisionRecord.application_id == application_id, ~_stands())
    return reading.session.scalars(query.order_by(DecisionRecord.round.desc()).limit(1)).first()


def refuse_elsewhere(reading: Reading, decided: DecisionRecord | None) -> None:
    """Who refused decides anew. Raises DecidedElsewhere; refusals from before authorities were noted bind nobody."""
    if decided and decided.authority_id and decided.authority_id != reading.actor.organisation_id:
        raise DecidedElsewhere(authority=organisation(reading, decided.authority_id).name)


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of an application's history: approved or refused, or opened again (None)."""

    approved: bool | None
    at: datetime
    by: str
    reason: str | None


def turns(reading: Reading, application_id: UUID) -> list[Turn]:
    """How an application went, oldest first: every decision, and every time a refusal was opened again."""
    decisions = reading.session.scalars(
        select(DecisionRecord).where(DecisionRecord.application_id == application_id)
    ).all()
    reopenings = reading.session.scalars(
        select(ReopeningRecord).where(ReopeningRecord.application_id == application_id)
    ).all()
    names = people(reading, [each.decided_by for each in decisions] + [each.reopened_by for each in reopenings])
    found = [
        (each.round, Turn(each.approved, each.decided_at, names[each.decided_by].name, each.reason))
        for each in decisions
    ]
    found += [
        (each.round, Turn(None, each.reopened_at, names[each.reopened_by].name, each.reason)) for each in reopenings
    ]
    return [turn for _, turn in sorted(found, key=lambda each: (each[0], each[1].approved is None))]


def rests_an_application_on(reading: Reading, result_id: UUID) -> bool:
    """Whether somebody's application was opened on this passed part."""
    wanted = or_(ApplicationRecord.theory_result_id == result_id, ApplicationRecord.practical_result_id == result_id)
    return reading.session.scalar(select(exists().where(wanted))) or False


def resting_on(reading: Reading, result_ids: Sequence[UUID]) -> dict[UUID, tuple[ApplicationId, UUID | None]]:
    """Passed part -> the application opened on it, and the certificate issued on that, where there is one."""
    theory, practical = ApplicationRecord.theory_result_id, ApplicationRecord.practical_result_id
    found: dict[UUID, tuple[ApplicationId, UUID | None]] = {}
    wanted = select(ApplicationRecord).where(or_(among(theory, result_ids), among(practical, result_ids)))
    for record in reading.session.scalars(wanted):
        issued = certificate_of_application(reading, record.id)
        for part in (record.theory_result_id, record.practical_result_id):
            if part is not None and part in result_ids:
                found[part] = (ApplicationId(record.id), issued)
    return found


def refuse_revised(reading: Reading, record: ApplicationRecord) -> None:
    """Raises RestsOnARevisedResult where a re-check found that a part was not passed."""
    parts = {part.result_id: part for part in parts_of(reading, record)}
    for revised in revisions_of(reading, parts):
        if not revised.passed:
            raise RestsOnARevisedResult(taken_on=parts[revised.supersedes].taken_on)


def stages_passed(reading: Reading, person_ids: Sequence[UUID], today: date) -> dict[tuple[UUID, str], str]:
    """By person and qualification: "theory_passed", "all_passed" (waits for the officer) or "refused"."""
    found: dict[tuple[UUID, str], str] = {}
    opened = _with_decision().where(among(ApplicationRecord.person_id, person_ids)).order_by(ApplicationRecord.id)
    for record, decided in reading.session.execute(opened):
        wanted = (record.person_id, record.qualification)
        found.pop(wanted, None)
        if decided is None or not decided.approved:
            found[wanted] = "refused" if decided else "all_passed"
    counting = unused(reading, person_ids).where(
        among(PassedPartRecord.person_id, person_ids), PassedPartRecord.counts_until >= today
    )
    for part in reading.session.scalars(counting):
        if part.part is Part.THEORY:
            found[part.person_id, part.qualification] = "theory_passed"
    return found


@dataclass(frozen=True, slots=True)
class Review:
    """All that the officer needs to decide: what it rests on, what would be issued, what stands against it."""

    application: ApplicationRow
    turns: tuple[Turn, ...]
    parts: tuple[PassedPart, ...]
    eligibility: Eligibility | None
    masked_number: str | None
    draft: Draft | None
    obstacles: tuple[Problem, ...]
    certificate_id: UUID | None


def review(reading: Reading, application_id: UUID, printing: Printing) -> Review:
    """One application for the officer. What cannot be printed shows before approval."""
    record = application(reading, application_id)
    decided = decision(reading, application_id)
    found = documents(reading, [record.person_id]).get(record.person_id)
    draft_now, obstacles = (None, ()) if decided else _drafted(reading, record, printing)
    return Review(
        application=_rows(reading, [(record, decided)])[0],
        turns=tuple(turns(reading, application_id)),
        parts=tuple(parts_of(reading, record)),
        eligibility=eligibility_of(reading, record),
        masked_number=masked(found[1]) if found else None,
        draft=draft_now,
        obstacles=obstacles,
        certificate_id=certificate_of_application(reading, application_id),
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
        refuse_revised(reading, record)
        refuse_elsewhere(reading, latest_refusal(reading, record.id))
        found = draft(
            reading, record.person_id, record.qualification, demonstration=rests_on_a_demonstration(reading, record)
        )
        printing.require_printable(found.facts)
    except Problem as problem:
        return None, (*obstacles, problem)
    return found, tuple(obstacles)


def proof_behind(reading: Reading, eligibility_id: UUID) -> UUID:
    """Whose training proof it is, on which an application within the actor's scope rests. Raises NoSuchProof."""
    wanted = select(ApplicationRecord.id).where(
        ApplicationRecord.eligibility_id == eligibility_id, within(reading, ApplicationRecord.region_code)
    )
    if not reading.actor.scope.is_everywhere and reading.session.scalar(wanted.limit(1)) is None:
        raise NoSuchProof
    return proof_holder(reading, eligibility_id)


def eligibility_of(reading: Reading, record: ApplicationRecord) -> Eligibility | None:
    """The training on which the application rests, whatever the person learned afterwards."""
    return eligibility(reading, record.eligibility_id) if record.eligibility_id else None


def rests_on_a_demonstration(reading: Reading, record: ApplicationRecord) -> bool:
    """Whether only a specimen may follow from this application."""
    rests_on = eligibility_of(reading, record)
    return rests_on is not None and rests_on.demonstration


def standing_bar(reading: Reading, record: ApplicationRecord) -> BarredUntil | OpenDuringABar | None:
    """The bar of an earlier revocation that still runs, or that ran while this application was open."""
    position = vocabulary().qualification(record.qualification).position
    bar = bar_on(reading, record.person_id, position, shanghai_date(record.opened_at))
    if bar is None:
        return None
    return BarredUntil(day=bar) if shanghai_date(reading.now) <= bar else OpenDuringABar(day=bar)
