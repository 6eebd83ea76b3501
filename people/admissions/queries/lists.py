"""Lists of organisations: their reports, and those that are under way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from kernel import tasks
from kernel.tasks import Outcome, Task
from kernel.work import Reading
from people.admissions.errors import NoSuchList
from people.admissions.tables import OrganisationListRecord
from people.regions.queries import within

ORGANISATION_LIST = "people.organisation_list"  # the kind of task; it stands in the database
LATELY = 10


@dataclass(frozen=True, slots=True)
class ListReport:
    """What became of one list."""

    id: UUID
    brought_at: datetime
    file_name: str
    taken: int
    unchanged: int
    refused: int
    not_reached: int
    bad_rows: dict[str, Any]


def list_report(reading: Reading, list_id: UUID) -> ListReport:
    """What became of a list that an office within the actor's scope has brought. Raises NoSuchList."""
    here = within(reading, OrganisationListRecord.region_code)
    row = reading.session.scalar(select(OrganisationListRecord).where(OrganisationListRecord.id == list_id, here))
    if row is None:
        raise NoSuchList
    return _report(row)


def list_reports(reading: Reading) -> tuple[ListReport, ...]:
    """The latest of them, the newest first."""
    rows = select(OrganisationListRecord).where(within(reading, OrganisationListRecord.region_code))
    rows = rows.order_by(OrganisationListRecord.brought_at.desc()).limit(LATELY)
    return tuple(_report(row) for row in reading.session.scalars(rows))


def list_task(reading: Reading, list_id: UUID) -> Task:
    """The task that brings in, or brought in, a list of the actor's own office. Raises NoSuchTask."""
    return tasks.task(reading, list_id, kind=ORGANISATION_LIST, about=reading.actor.organisation_id)


def list_tasks(reading: Reading) -> tuple[Task, ...]:
    """Of the own office's latest lists those that have not become a report, the newest first."""
    found = tasks.lately(reading, kind=ORGANISATION_LIST, about=reading.actor.organisation_id)
    return tuple(each for each in found if each.outcome in {None, Outcome.FAILED})


def _report(row: OrganisationListRecord) -> ListReport:
    return ListReport(
        id=row.id,
        brought_at=row.brought_at,
        file_name=row.file_name,
        taken=row.taken,
        unchanged=row.unchanged,
        refused=row.refused,
        not_reached=row.not_reached,
        bad_rows=row.bad_rows,
    )
