"""Staff lists too long for a page: the same as a short one, done in steps by the workers.

The file is read in the first step; its lines wait sealed, a part a step, and are gone when the list is in.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kernel import tasks
from kernel.db import take_your_time
from kernel.errors import Problem
from kernel.faces import Face
from kernel.tasks import Kind, Outcome, Task
from kernel.tasks.actions import drop_file
from kernel.work import Work, action
from people.access.rules import Permission
from people.organisations import queries
from people.organisations.actions.importing import Counts, import_staff, read_list, take_lines, write_report
from people.organisations.queries import STAFF_LIST
from people.organisations.rules.import_reports import FORMAT, as_json
from people.organisations.rules.staff_lists import Column, bad_row
from people.organisations.rules.waiting_lines import as_bytes, from_bytes
from people.organisations.rules.workbooks import check_archive, is_short
from people.organisations.tables import StaffListPartRecord

STRIDE: Final = 400
UPLOAD: Final = "list.xlsx"
BEFORE_ALL: Final = -1  # the part that holds the rows that could not even be read


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of an uploaded list: it is in, or a task brings it in; `id` is that of the import all the same."""

    id: UUID
    is_under_way: bool


@action(needs=Permission.KEEP_STAFF)
def bring_list(work: Work, *, content: bytes, file_name: str) -> Brought:
    """Import a list at once where it is short, and by a task where it is long.

    Raises:
        StaffListUnusable: the file as a whole cannot be read. Of a long list only its packing is looked at here.
    """
    check_archive(content)
    if is_short(content):
        return Brought(import_staff(work, content=content, file_name=file_name), is_under_way=False)
    own = queries.own_organisation(work)
    digest = hashlib.sha256(content).hexdigest()
    task_id = tasks.start(work, KIND, about=own.id, facts={"file_name": file_name, "digest": digest})
    tasks.keep_file(work, task_id, UPLOAD, work.keys.rows.seal(content, _place(task_id, UPLOAD)))
    return Brought(task_id, is_under_way=True)


@action(needs=Permission.KEEP_STAFF)
def cancel_list(work: Work, import_id: UUID) -> None:
    """Stop bringing in a long list; what was taken stays. Raises NoSuchTask."""
    tasks.cancel(work, queries.import_task(work, import_id))


def _prepare(work: Work, task: Task) -> int:
    """Read the file; how many lines can be judged."""
    take_your_time(work.session)
    content = work.keys.rows.unseal(tasks.file_of(work, task.id, UPLOAD), _place(task.id, UPLOAD))
    read = read_list(work, content)
    seal = work.keys.rows.seal
    unread = StaffListPartRecord(task_id=task.id, first=BEFORE_ALL, bad_rows=as_json(read.bad_rows, task.id, seal))
    parts = [unread]
    for first in range(0, len(read.lines), STRIDE):
        lines = seal(as_bytes(read.lines[first : first + STRIDE]), _place(task.id, first))
        parts.append(
            StaffListPartRecord(task_id=task.id, first=first, lines=lines, bad_rows=as_json((), task.id, seal))
        )
    work.session.add_all(parts)
    drop_file(work, task.id, UPLOAD)
    return len(read.lines)


def _do(work: Work, task: Task, items: range) -> int:
    part = _part(work.session, task, items.start)
    lines = _lines(work, part)[items.start - part.first : items.stop - part.first]
    judged = take_lines(work, lines)
    part.taken += len(judged.new)
    part.unchanged += judged.unchanged
    part.bad_rows = _with(part.bad_rows, as_json(judged.bad_rows, task.id, work.keys.rows.seal))
    return len(judged.bad_rows)


def _give_up(work: Work, task: Task, item: int, problem: Problem) -> None:
    part = _part(work.session, task, item)
    line = _lines(work, part)[item - part.first]
    typed = {
        Column.NAME: line.name,
        Column.ID_NUMBER: line.id_number.text,
        Column.POST: line.post,
        Column.PHONE: line.phone or "",
        Column.HIRED_ON: str(line.hired_on),
        Column.MIGRANT_WORKER: "是" if line.migrant_worker else "否",
        Column.INJURY_INSURANCE: "是" if line.injury_insurance else "否",
    }
    lost = bad_row(line.row, typed, {Column.NAME: problem})
    part.bad_rows = _with(part.bad_rows, as_json((lost,), task.id, work.keys.rows.seal))


def _end(work: Work, task: Task, _outcome: Outcome) -> None:
    """The report of what was done, and of how many lines nobody looked at."""
    take_your_time(work.session)
    parts = work.session.scalars(select(StaffListPartRecord).where(StaffListPartRecord.task_id == task.id)).all()
    rows = sorted((row for part in parts for row in part.bad_rows["rows"]), key=lambda row: int(row["row"]))
    counts = Counts(
        taken=sum(part.taken for part in parts),
        unchanged=sum(part.unchanged for part in parts),
        refused=len(rows),
        not_reached=(task.total or 0) - task.done,
    )
    bad_rows = {"format": FORMAT, "rows": rows}
    name, digest = task.facts["file_name"], bytes.fromhex(task.facts["digest"])
    write_report(work, task.id, file_name=name, digest=digest, counts=counts, bad_rows=bad_rows)
    work.session.execute(delete(StaffListPartRecord).where(StaffListPartRecord.task_id == task.id))


def _part(session: Session, task: Task, item: int) -> StaffListPartRecord:
    first = item // STRIDE * STRIDE
    wanted = (StaffListPartRecord.task_id == task.id, StaffListPartRecord.first == first)
    return session.scalars(select(StaffListPartRecord).where(*wanted)).one()


def _lines(work: Work, part: StaffListPartRecord) -> tuple[Any, ...]:
    return from_bytes(work.keys.rows.unseal(part.lines or b"", _place(part.task_id, part.first)))


def _with(written: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    return written | {"rows": [*written["rows"], *more["rows"]]}


def _place(task_id: UUID, what: str | int) -> bytes:
    return f"{task_id} {what}".encode()


KIND: Final = Kind(
    name=STAFF_LIST,
    face=Face.REGISTRY,
    stride=STRIDE,
    prepare=_prepare,
    do=_do,
    give_up=_give_up,
    end=_end,
)
