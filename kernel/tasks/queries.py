"""Looking at long tasks of this face."""

from uuid import UUID

from sqlalchemy import Select, select

from kernel.errors import N_, NotFound
from kernel.tasks.rules import Task
from kernel.tasks.tables import CancellationRecord, TaskRecord
from kernel.work import Reading

LATELY_AT_MOST = 10


class NoSuchTask(NotFound):
    sentence = N_("There is no such task, or it is not yours to see.")


def task(reading: Reading, task_id: UUID, *, kind: str, about: UUID | None) -> Task:
    """A task of this kind that belongs to `about`. Raises NoSuchTask."""
    wanted = (TaskRecord.id == task_id, TaskRecord.kind == kind, TaskRecord.about == about)
    row = reading.session.execute(_with_cancellation().where(*wanted)).first()
    if row is None:
        raise NoSuchTask
    return as_task(*row)


def lately(reading: Reading, *, kind: str, about: UUID | None) -> tuple[Task, ...]:
    """The latest tasks of this kind that belong to `about`, the newest first."""
    wanted = (TaskRecord.kind == kind, TaskRecord.about == about)
    rows = _with_cancellation().where(*wanted).order_by(TaskRecord.id.desc()).limit(LATELY_AT_MOST)
    return tuple(as_task(*row) for row in reading.session.execute(rows))


def _with_cancellation() -> Select[TaskRecord, CancellationRecord]:
    return select(TaskRecord, CancellationRecord).outerjoin(
        CancellationRecord, CancellationRecord.task_id == TaskRecord.id
    )


def as_task(row: TaskRecord, cancellation: CancellationRecord | None) -> Task:
    """The value of a row."""
    return Task(
        id=row.id,
        kind=row.kind,
        about=row.about,
        facts=row.facts,
        noted=row.noted,
        started_by=row.actor["name"],
        started_at=row.started_at,
        stepped_at=row.stepped_at,
        total=row.total,
        done=row.done,
        failed=row.failed,
        careful_until=row.careful_until,
        worked_ms=row.worked_ms,
        tries=row.tries,
        is_cancelled=cancellation is not None,
        outcome=row.outcome,
        ended_at=row.ended_at,
        refusal=(row.refusal["sentence"], row.refusal["data"]) if row.refusal else None,
    )
