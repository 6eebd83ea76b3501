"""Revised passed parts within the actor's scope: where what rests on them stands, or else where their person works."""

from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_, select, true

from certification.applications.queries.parts import resting
from certification.applications.tables import ApplicationRecord, PassedPartRecord
from certification.certificates.queries import issued_within
from certification.revisions import queries as revised
from certification.revisions.queries import RevisionRow
from kernel.work import Reading
from people.appointments.queries import person_within
from people.regions.queries import within


def revisions(reading: Reading, *, limit: int = 50, offset: int = 0) -> list[RevisionRow]:
    """Those within the actor's scope, the latest first."""
    return revised.revisions(reading, partial(_in_scope, reading), limit=limit, offset=offset)


def revision_count(reading: Reading) -> int:
    """How many are within the actor's scope."""
    return revised.revision_count(reading, partial(_in_scope, reading))


def _in_scope(reading: Reading, result_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    if reading.actor.scope.is_everywhere:
        return true()
    applied_here = within(reading, ApplicationRecord.region_code)
    rests_here = resting().where(or_(applied_here, issued_within(reading, ApplicationRecord.id))).exists()
    rests_nowhere = and_(~resting().exists(), person_within(reading, PassedPartRecord.person_id))
    parts_here = select(PassedPartRecord.result_id).where(or_(rests_here, rests_nowhere))
    return result_id.in_(parts_here)
