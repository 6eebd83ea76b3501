"""Staff lists too long for a page: the same as a short one, done in steps by the workers.

The file is read with free hands; its lines wait sealed, a part a step, and are gone when the list is in.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kernel import files, tasks
from kernel.db import take_your_time
from kernel.errors import Problem
from kernel.faces import Face
from kernel.files import OpenFile
from kernel.keys import ROWS
from kernel.sheets import MEDIA_TYPE
from kernel.store import LISTS
from kernel.tasks import Kind, Outcome, Preparation, Task
from kernel.work import Reading, Work, action
from people.access.rules import Permission
from people.organisations import queries
from people.organisations.actions.importing import Counts, expectations, import_staff, take_lines, write_report
from people.organisations.formats.workbooks import Uploaded, read_rows
from people.organisations.queries import STAFF_LIST
from people.organisations.rules.import_reports import from_whole_bytes, whole_bytes
from people.organisations.rules.staff_lists import (
    BadRow,
    Column,
    Expectations,
    StaffLine,
    StaffList,
    bad_row,
    read_staff_list,
)
from people.organisations.rules.waiting_lines import as_bytes, from_bytes
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
def bring_list(work: Work, *, file: Uploaded, file_name: str) -> Brought:
    """Import a list at once where it is short, and by a task where it is long. Raises StaffListUnusable."""
    if file.rows is not None:
        return Brought(import_staff(work, file=file, file_name=file_name), is_under_way=False)
    own = queries.own_organisation(work)
    digest = hashlib.sha256(file.content).hexdigest()
    task_id = tasks.start(work, KIND, about=own.id, facts={"file_name": file_name, "digest": digest})
    files.keep(work, files.receive(work.stores, LISTS, BytesIO(file.content), MEDIA_TYPE), task_id, UPLOAD)
    return Brought(task_id, is_under_way=True)


@action(needs=Permission.KEEP_STAFF)
def cancel_list(work: Work, import_id: UUID) -> None:
    """Stop bringing in a long list; what was taken stays. Raises NoSuchTask."""
    tasks.cancel(work, queries.import_task(work, import_id))


def _given(reading: Reading, task: Task) -> tuple[OpenFile, Expectations]:
    return files.open_one(reading, LISTS, task.id, UPLOAD), expectations(reading)


def _read(given: tuple[OpenFile, Expectations]) -> StaffList:
    file, expected = given
    return read_staff_list(read_rows(b"".join(file.read())), expected)


def _lay_out(work: Work, task: Task, read: StaffList) -> int:
    """Put the lines where each step finds its own; how many can be judged."""
    take_your_time(work.session)
    parts = [
        StaffListPartRecord(task_id=task.id, first=BEFORE_ALL, bad_rows=_kept(work, task, BEFORE_ALL, read.bad_rows))
    ]
    for first in range(0, len(read.lines), STRIDE):
        lines = as_bytes(read.lines[first : first + STRIDE])
        sealed = work.keys.sealing(ROWS).seal(lines, _lines_from(first), task.id)
        parts.append(StaffListPartRecord(task_id=task.id, first=first, lines=sealed))
    work.session.add_all(parts)
    files.let_go(work, LISTS, task.id, UPLOAD)
    return len(read.lines)


def _do(work: Work, task: Task, items: range) -> int:
    part = _part(work.session, task, items.start)
    lines = _lines(work, part)[items.start - part.first : items.stop - part.first]
    judged = take_lines(work, lines)
    part.taken += len(judged.new)
    part.unchanged += judged.unchanged
    _add_bad_rows(work, task, part, judged.bad_rows)
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
    _add_bad_rows(work, task, part, (lost,))


def _end(work: Work, task: Task, _outcome: Outcome) -> None:
    """The report of what was done, and of how many lines nobody looked at."""
    take_your_time(work.session)
    parts = work.session.scalars(select(StaffListPartRecord).where(StaffListPartRecord.task_id == task.id)).all()
    rows = sorted((row for part in parts for row in _bad_rows(work, task, part)), key=lambda bad: bad.row)
    counts = Counts(
        taken=sum(part.taken for part in parts),
        unchanged=sum(part.unchanged for part in parts),
        refused=len(rows),
        not_reached=(task.total or 0) - task.done,
    )
    name, digest = task.facts["file_name"], bytes.fromhex(task.facts["digest"])
    write_report(work, task.id, file_name=name, digest=digest, counts=counts, bad_rows=rows)
    work.session.execute(delete(StaffListPartRecord).where(StaffListPartRecord.task_id == task.id))


def _part(session: Session, task: Task, item: int) -> StaffListPartRecord:
    first = item // STRIDE * STRIDE
    wanted = (StaffListPartRecord.task_id == task.id, StaffListPartRecord.first == first)
    return session.scalars(select(StaffListPartRecord).where(*wanted)).one()


def _lines(work: Work, part: StaffListPartRecord) -> tuple[StaffLine, ...]:
    sealed = part.lines or b""
    return from_bytes(work.keys.sealing(ROWS).unseal(sealed, _lines_from(part.first), part.task_id))


def _add_bad_rows(work: Work, task: Task, part: StaffListPartRecord, more: tuple[BadRow, ...]) -> None:
    if more:
        part.bad_rows = _kept(work, task, part.first, (*_bad_rows(work, task, part), *more))


def _kept(work: Work, task: Task, first: int, rows: tuple[BadRow, ...]) -> bytes:
    return work.keys.sealing(ROWS).seal(whole_bytes(rows), _bad_rows_from(first), task.id)


def _bad_rows(work: Work, task: Task, part: StaffListPartRecord) -> tuple[BadRow, ...]:
    if part.bad_rows is None:
        return ()
    return from_whole_bytes(work.keys.sealing(ROWS).unseal(part.bad_rows, _bad_rows_from(part.first), task.id))


def _lines_from(first: int) -> str:
    return f"lines {first}"


def _bad_rows_from(first: int) -> str:
    return f"bad rows {first}"


KIND: Final = Kind(
    name=STAFF_LIST,
    face=Face.REGISTRY,
    stride=STRIDE,
    prepare=Preparation(read=_given, make=_read, write=_lay_out),
    do=_do,
    give_up=_give_up,
    end=_end,
)
