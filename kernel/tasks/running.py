"""The workers' side of long tasks: take one that is due, do its next step, and see to a step that failed."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from time import monotonic

import structlog
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from kernel import files
from kernel.actor import Actor, platform
from kernel.errors import N_, Problem, Refused
from kernel.faces import Face
from kernel.jobs import WorkWasUndone, described
from kernel.tasks.actions import actor_from_json
from kernel.tasks.kinds import Kind, Preparation
from kernel.tasks.making import PUT_OFF, Made, make
from kernel.tasks.queries import as_task
from kernel.tasks.rules import MOST_TRIES, Outcome, Remedy, Task, later, remedy
from kernel.tasks.tables import CancellationRecord, TaskRecord
from kernel.work import OutcomeUnknown, Work, Workplace

log = structlog.get_logger()
Kinds = Mapping[str, Kind]
PASSING = (OperationalError, InterfaceError, OutcomeUnknown)


class WorkersDied(Refused):
    sentence = N_("The platform was ended %(times)d times while it did this.")


class Unexpected(Refused):
    sentence = N_("A mistake of the platform's own kept this from being done (%(kind)s).")


def run_due(workplace: Workplace, kinds: Kinds, face: Face, keep_going: Callable[[], bool] = lambda: True) -> int:
    """Do steps of the due tasks of `face` in turn while `keep_going`; how many were done or failed."""
    steps = 0
    while keep_going() and _one_step(workplace, kinds, face):
        steps += 1
    return steps


def _one_step(workplace: Workplace, kinds: Kinds, face: Face) -> bool:
    """Begin a step, which is counted before it is done: one that kills its worker is not tried for ever."""
    with workplace.transaction(platform("task"), face) as work:
        row = _due(work, kinds)
        if row is None:
            return False
        row.tries += 1
        row.stepped_at = work.now
        task, actor = as_task(row, work.session.get(CancellationRecord, row.id)), actor_from_json(row.actor)
        kind = kinds[task.kind]
        if kind.apart(task) is not None:
            row.run_after = work.now + PUT_OFF
    made = None
    try:
        _require_life(task)
        made = make(workplace, kind, task, actor)
        with workplace.transaction(actor, face) as work:
            held = _held(work.session, task)
            if held is not None:
                _step(work, kind, held, task, made)
                if work.is_undone:
                    raise WorkWasUndone  # noqa: TRY301 - it is seen to like every other failure
    except Exception as problem:
        log.exception("a step of a task failed", task=str(task.id), kind=task.kind, done=task.done)
        _see_to(workplace, kind, task, actor, problem)
    finally:
        if made is not None:
            made.drop()
    return True


def _require_life(task: Task) -> None:
    if task.tries > MOST_TRIES:
        raise WorkersDied(times=MOST_TRIES)


def _due(work: Work, kinds: Kinds) -> TaskRecord | None:
    """The task that waited longest since its last step, so that a short one is not held up by a long one."""
    return work.session.scalars(
        select(TaskRecord)
        .where(
            TaskRecord.role == work.face.role,
            TaskRecord.ended_at.is_(None),
            TaskRecord.run_after <= work.now,
            TaskRecord.kind.in_([kind.name for kind in kinds.values() if kind.face is work.face]),
        )
        .order_by(TaskRecord.stepped_at.asc().nulls_first(), TaskRecord.id)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
    ).first()


def _held(session: Session, task: Task) -> TaskRecord | None:
    """The task's row, held until the transaction ends; None where another worker has it or was faster."""
    here = (TaskRecord.id == task.id, TaskRecord.done == task.done, TaskRecord.ended_at.is_(None))
    prepared = TaskRecord.total.is_not_distinct_from(task.total)
    held = select(TaskRecord).where(*here, prepared).with_for_update(skip_locked=True, key_share=True)
    return session.scalars(held).first()


def _step(work: Work, kind: Kind, row: TaskRecord, task: Task, made: Made | None) -> None:
    began, items = monotonic(), task.next_items(kind.stride)
    if task.is_cancelled:
        if task.total is not None:
            kind.end(work, task, Outcome.CANCELLED)
        _end(work, row, Outcome.CANCELLED)
    elif task.total is None:
        row.total = _prepared(work, kind, task, made)
    elif items:
        row.failed += kind.do(work, task, items)
        row.done = items.stop
        row.worked_ms += round((monotonic() - began) * 1000)
    else:
        if kind.result is not None and made is not None:
            files.keep(work, made.value, task.id, kind.result.name)
        kind.end(work, task, Outcome.FINISHED)
        _end(work, row, Outcome.FINISHED)
    row.tries, row.run_after = 0, work.now


def _prepared(work: Work, kind: Kind, task: Task, made: Made | None) -> int:
    if isinstance(kind.prepare, Preparation):
        assert made is not None
        return kind.prepare.write(work, task, made.value)
    return kind.prepare(work, task)


def _end(work: Work, row: TaskRecord, outcome: Outcome) -> None:
    row.outcome, row.ended_at = outcome, work.now
    done, failed = row.done, row.failed
    work.note("kernel.task_ended", subject=row.id, kind=row.kind, outcome=outcome.value, done=done, failed=failed)


def _see_to(workplace: Workplace, kind: Kind, task: Task, actor: Actor, problem: Exception) -> None:
    """What becomes of a failed step, in a transaction of its own. Where even that fails the task waits and is tried."""
    passing = isinstance(problem, PASSING)
    what = remedy(task, kind.stride, is_refusal=isinstance(problem, Problem) and not passing, is_passing=passing)
    said = problem if isinstance(problem, Problem) else Unexpected(kind=type(problem).__name__)
    try:
        with workplace.transaction(actor, kind.face) as work:
            row = _held(work.session, task)
            if row is not None:
                row.last_error = described(problem)
                _remedied(work, kind, row, task, what, said)
                if work.is_undone:
                    raise WorkWasUndone  # noqa: TRY301 - seen to below
    except Exception as worse:
        log.exception("a failed step could not be seen to", task=str(task.id), kind=task.kind)
        _put_off(workplace, kind.face, task, worse)


def _remedied(work: Work, kind: Kind, row: TaskRecord, task: Task, what: Remedy, said: Problem) -> None:  # noqa: PLR0917
    items = task.next_items(kind.stride)
    if what is Remedy.LATER:
        row.run_after = work.now + later(task.tries)
    elif what is Remedy.ONE_BY_ONE:
        row.careful_until, row.tries = items.stop, 0
    elif what is Remedy.GIVE_UP_ITEM:
        kind.give_up(work, task, items.start, said)
        row.done, row.failed, row.tries = items.stop, row.failed + 1, 0
    else:
        _fail(work, row, said)


def _fail(work: Work, row: TaskRecord, said: Problem) -> None:
    data = {name: value if isinstance(value, int) else str(value) for name, value in said.data.items()}
    row.refusal = {"sentence": said.sentence, "data": data}
    _end(work, row, Outcome.FAILED)


def _put_off(workplace: Workplace, face: Face, task: Task, problem: Exception) -> None:
    """The item cannot even be given up: after some tries the task has failed, and says so."""
    with workplace.transaction(platform("task"), face) as work:
        row = _held(work.session, task)
        if row is None:
            return
        row.last_error = described(problem)
        row.run_after = work.now + (later(task.tries) if task.tries < MOST_TRIES else timedelta())
        if task.tries >= MOST_TRIES:
            _fail(work, row, problem if isinstance(problem, Problem) else Unexpected(kind=type(problem).__name__))
