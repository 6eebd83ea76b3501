"""The parts of the examination that somebody passed, and on which an application rests or may yet rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from certification.applications.tables import ApplicationRecord, PassedPartRecord
from certification.revisions.queries import revised_parts
from exams.standards.rules import Part
from kernel.db import among
from kernel.work import Reading


@dataclass(frozen=True, slots=True)
class PassedPart:
    """A part of the examination that was passed, and until when it counts."""

    result_id: UUID
    part: Part
    score: Decimal
    pass_mark: Decimal
    taken_on: date
    counts_until: date


def parts_of(reading: Reading, record: ApplicationRecord) -> list[PassedPart]:
    """The passed parts on which an application rests, theory first."""
    ids = [record.theory_result_id, record.practical_result_id]
    found = reading.session.scalars(select(PassedPartRecord).where(among(PassedPartRecord.result_id, ids)))
    return sorted(map(_passed, found), key=lambda part: part.result_id != record.theory_result_id)


def unused_parts(reading: Reading, person_id: UUID, qualification: str) -> list[PassedPart]:
    """Passed parts on which no application rests yet, oldest first, whether or not they count today."""
    of_person = (PassedPartRecord.person_id == person_id, PassedPartRecord.qualification == qualification)
    return [_passed(record) for record in reading.session.scalars(unused(reading, [person_id]).where(*of_person))]


def _passed(row: PassedPartRecord) -> PassedPart:
    return PassedPart(row.result_id, row.part, row.score, row.pass_mark, row.taken_on, row.counts_until)


def unused(reading: Reading, person_ids: Sequence[UUID]) -> Select[Any]:
    """Passed parts on which nothing rests and that no re-check has revised."""
    return (
        select(PassedPartRecord)
        .where(~resting().exists(), ~among(PassedPartRecord.result_id, revised_parts(reading, person_ids)))
        .order_by(PassedPartRecord.taken_on, PassedPartRecord.released_at)
    )


def resting() -> Select[Any]:
    """The application that rests on a passed part of the query around it."""
    return select(ApplicationRecord.id).where(
        or_(
            ApplicationRecord.theory_result_id == PassedPartRecord.result_id,
            ApplicationRecord.practical_result_id == PassedPartRecord.result_id,
        )
    )
