"""Imported staff lists: their reports, and the long ones that are under way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from kernel import tasks
from kernel.tasks import Outcome, Task
from kernel.work import Reading
from people.organisations.errors import ImportUnknown
from people.organisations.tables import StaffImportRecord

STAFF_LIST = "people.staff_list"  # the kind of task; it stands in the database


@dataclass(frozen=True, slots=True)
class StaffImport:
    """What became of one uploaded list."""

    id: UUID
    imported_at: datetime
    file_name: str
    taken: int
    unchanged: int
    refused: int
    not_reached: int
    bad_rows: dict[str, Any]


def staff_import(reading: Reading, import_id: UUID) -> StaffImport:
    """An import of the actor's enterprise. Raises ImportUnknown."""
    row = reading.session.scalar(
        select(StaffImportRecord).where(
            StaffImportRecord.id == import_id, StaffImportRecord.organisation_id == reading.actor.organisation_id
        )
    )
    if row is None:
        raise ImportUnknown
    return _staff_import(row)


def staff_imports(reading: Reading, *, most: int = 10) -> tuple[StaffImport, ...]:
    """The latest imports of the actor's enterprise, newest first."""
    rows = (
        select(StaffImportRecord)
        .where(StaffImportRecord.organisation_id == reading.actor.organisation_id)
        .order_by(StaffImportRecord.imported_at.desc())
        .limit(most)
    )
    return tuple(_staff_import(row) for row in reading.session.scalars(rows))


def import_task(reading: Reading, import_id: UUID) -> Task:
    """The task that brings in, or brought in, a long list of the actor's enterprise. Raises NoSuchTask."""
    return tasks.task(reading, import_id, kind=STAFF_LIST, about=reading.actor.organisation_id)


def import_tasks(reading: Reading) -> tuple[Task, ...]:
    """Of the latest long lists of the actor's enterprise those that have not become a report, the newest first."""
    found = tasks.lately(reading, kind=STAFF_LIST, about=reading.actor.organisation_id)
    return tuple(each for each in found if each.outcome in {None, Outcome.FAILED})


def _staff_import(row: StaffImportRecord) -> StaffImport:
    return StaffImport(
        id=row.id,
        imported_at=row.imported_at,
        file_name=row.file_name,
        taken=row.taken,
        unchanged=row.unchanged,
        refused=row.refused,
        not_reached=row.not_reached,
        bad_rows=row.bad_rows,
    )
