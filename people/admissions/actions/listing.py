"""Lists of organisations from Excel, done in steps by the workers. A row that is wrong costs no other.

The file is read in the first step; its lines wait, a part a step, and are gone when the list is in.
"""

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select

from kernel import files, tasks
from kernel.db import take_your_time
from kernel.errors import Problem
from kernel.faces import Face
from kernel.files import OpenFile
from kernel.sheets import MEDIA_TYPE
from kernel.store import LISTS
from kernel.tasks import Kind, Outcome, Preparation, Task
from kernel.work import Reading, Work, action
from people.access.rules import Permission
from people.admissions import queries
from people.admissions.errors import CodeOfAnother
from people.admissions.events import OrganisationsListed
from people.admissions.queries import ORGANISATION_LIST
from people.admissions.rules.cells import Places
from people.admissions.rules.lists import (
    BadRow,
    Column,
    OrganisationLine,
    OrganisationList,
    as_json,
    bad_line,
    from_json,
    line_as_json,
    line_from_json,
    read_list,
)
from people.admissions.tables import OrganisationListPartRecord, OrganisationListRecord
from people.organisations.actions import register_organisation
from people.organisations.formats.workbooks import check_archive, read_rows
from people.organisations.queries import organisation_with_code
from people.regions.queries import regions
from people.regions.rules import place_beginning

STRIDE: Final = 200
UPLOAD: Final = "list.xlsx"
BEFORE_ALL: Final = -1  # the part that holds the rows that could not even be read
MOST_FILE_NAME: Final = 200


@action(needs=Permission.REGISTER_ORGANISATIONS)
def bring_organisations(work: Work, *, content: bytes, file_name: str, demonstration: bool = False) -> UUID:
    """Have the organisations of an Excel list registered within what the actor acts for; the id of the list.

    Whoever is registered already under the same name stays as they are, so that the same list may come again.

    Raises:
        StaffListUnusable: it is no workbook. What it says is read by the task, and stands in its report.
    """
    check_archive(content)
    facts = {
        "file_name": "".join(each for each in file_name if each.isprintable())[:MOST_FILE_NAME],
        "digest": hashlib.sha256(content).hexdigest(),
        "demonstration": demonstration,
    }
    task_id = tasks.start(work, KIND, about=work.actor.organisation_id, facts=facts)
    files.keep(work, files.receive(work.stores, LISTS, BytesIO(content), MEDIA_TYPE), task_id, UPLOAD)
    return task_id


@action(needs=Permission.REGISTER_ORGANISATIONS)
def cancel_organisations(work: Work, list_id: UUID) -> None:
    """Stop bringing in a list; what was taken stays. Raises NoSuchTask."""
    tasks.cancel(work, queries.list_task(work, list_id))


def _given(reading: Reading, task: Task) -> tuple[OpenFile, Places, bool]:
    file = files.open_one(reading, LISTS, task.id, UPLOAD)
    return file, Places(regions(reading)), task.facts["demonstration"]


def _read(given: tuple[OpenFile, Places, bool]) -> OrganisationList:
    file, places, demonstration = given
    return read_list(read_rows(b"".join(file.read())), places, demonstration=demonstration)


def _lay_out(work: Work, task: Task, read: OrganisationList) -> int:
    """Put the lines where each step finds its own; how many can be judged."""
    take_your_time(work.session)
    work.session.add(_part(task, BEFORE_ALL, (), read.bad_rows))
    for first in range(0, len(read.lines), STRIDE):
        work.session.add(_part(task, first, read.lines[first : first + STRIDE], ()))
    files.let_go(work, LISTS, task.id, UPLOAD)
    return len(read.lines)


def _part(
    task: Task, first: int, lines: Sequence[OrganisationLine], bad: Sequence[BadRow]
) -> OrganisationListPartRecord:
    return OrganisationListPartRecord(
        task_id=task.id, first=first, lines=[line_as_json(line) for line in lines], bad_rows=as_json(bad)
    )


def _do(work: Work, task: Task, items: range) -> int:
    part = _held(work, task, items.start)
    bad: list[BadRow] = []
    for written in part.lines[items.start - part.first : items.stop - part.first]:
        line = line_from_json(written)
        known = organisation_with_code(work, line.credit_code)
        if known is None:
            _register(work, task, line)
            part.taken += 1
        elif known.name == line.name:
            part.unchanged += 1
        else:
            bad.append(bad_line(line, Column.CREDIT_CODE, CodeOfAnother(name=known.name)))
    _add_bad_rows(part, bad)
    return len(bad)


def _register(work: Work, task: Task, line: OrganisationLine) -> None:
    register_organisation(
        work,
        kind=line.kind,
        name=line.name,
        credit_code=line.credit_code,
        region=line.region,
        trade=line.trade,
        phone=line.phone,
        is_demonstration=task.facts["demonstration"],
    )


def _give_up(work: Work, task: Task, item: int, problem: Problem) -> None:
    part = _held(work, task, item)
    _add_bad_rows(part, [bad_line(line_from_json(part.lines[item - part.first]), Column.NAME, problem)])


def _end(work: Work, task: Task, _outcome: Outcome) -> None:
    """The report of what was done, and of how many lines nobody looked at."""
    take_your_time(work.session)
    of_task = OrganisationListPartRecord.task_id == task.id
    parts = work.session.scalars(select(OrganisationListPartRecord).where(of_task)).all()
    rows = sorted((row for part in parts for row in from_json(part.bad_rows)), key=lambda bad: bad.row)
    counts = {
        "taken": sum(part.taken for part in parts),
        "unchanged": sum(part.unchanged for part in parts),
        "refused": len(rows),
        "not_reached": (task.total or 0) - task.done,
    }
    work.session.add(
        OrganisationListRecord(
            id=task.id,
            region_code=place_beginning(work.actor.scope.region),
            brought_by=work.actor.person_id,
            brought_at=work.now,
            file_name=task.facts["file_name"],
            file_digest=bytes.fromhex(task.facts["digest"]),
            bad_rows=as_json(rows),
            **counts,
        )
    )
    work.announce(OrganisationsListed(list_id=task.id, **counts))
    work.session.execute(delete(OrganisationListPartRecord).where(of_task))


def _held(work: Work, task: Task, item: int) -> OrganisationListPartRecord:
    first = item // STRIDE * STRIDE
    wanted = (OrganisationListPartRecord.task_id == task.id, OrganisationListPartRecord.first == first)
    return work.session.scalars(select(OrganisationListPartRecord).where(*wanted)).one()


def _add_bad_rows(part: OrganisationListPartRecord, more: Sequence[BadRow]) -> None:
    if more:
        part.bad_rows = as_json((*from_json(part.bad_rows), *more))


KIND: Final = Kind(
    name=ORGANISATION_LIST,
    face=Face.REGISTRY,
    stride=STRIDE,
    prepare=Preparation(read=_given, make=_read, write=_lay_out),
    do=_do,
    give_up=_give_up,
    end=_end,
)
