"""Which passed parts were revised."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select

from certification.revisions.tables import RevisionRecord
from exams.standards.rules import Part
from kernel.db import among
from kernel.work import Reading
from people.accounts.queries import people

About = Callable[[SQLColumnExpression[Any]], ColumnElement[bool]]  # a condition on passed parts, whose ids stand there


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A passed part that was revised: from `was` to `score` points; `passed` False = it counts as passed no longer."""

    result_id: UUID
    supersedes: UUID
    person_id: UUID
    name: str
    qualification: str
    part: Part
    was: Decimal
    score: Decimal
    passed: bool
    released_at: datetime


def revisions(reading: Reading, about: About, *, limit: int = 50, offset: int = 0) -> list[RevisionRow]:
    """All of these passed parts, the latest first; applications knows which lie within the actor's scope."""
    query = select(RevisionRecord).where(about(RevisionRecord.supersedes))
    query = query.order_by(RevisionRecord.released_at.desc(), RevisionRecord.result_id)
    return _rows(reading, reading.session.scalars(query.limit(limit).offset(offset)).all())


def revision_count(reading: Reading, about: About) -> int:
    """How many there are of these passed parts."""
    query = select(func.count()).select_from(RevisionRecord).where(about(RevisionRecord.supersedes))
    return reading.session.scalar(query) or 0


def revisions_of(reading: Reading, result_ids: Iterable[UUID]) -> list[RevisionRow]:
    """Revisions of these passed parts."""
    wanted = select(RevisionRecord).where(among(RevisionRecord.supersedes, result_ids))
    return _rows(reading, reading.session.scalars(wanted).all())


def revised_parts(reading: Reading, person_ids: Iterable[UUID]) -> list[UUID]:
    """Passed parts of these people that were revised, whatever came of it."""
    wanted = select(RevisionRecord.supersedes).where(among(RevisionRecord.person_id, person_ids))
    return list(reading.session.scalars(wanted))


def _rows(reading: Reading, records: Iterable[RevisionRecord]) -> list[RevisionRow]:
    found = list(records)
    names = people(reading, [record.person_id for record in found])
    return [
        RevisionRow(
            result_id=record.result_id,
            supersedes=record.supersedes,
            person_id=record.person_id,
            name=names[record.person_id].name,
            qualification=record.qualification,
            part=record.part,
            was=record.was,
            score=record.score,
            passed=record.passed,
            released_at=record.released_at,
        )
        for record in found
    ]
