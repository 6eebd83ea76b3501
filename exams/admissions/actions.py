"""The lists and tickets of a whole sitting, made by the workers while the office does something else.

Each ticket is looked at by itself first, so that one without a photo costs no other; then all are set as one document.
"""

import json
from functools import partial
from uuid import UUID

from exams.admissions import queries
from exams.admissions.errors import NobodySeated, NoPhoto, NoTicketYet, NotPrintedYet, SittingHasNoTickets
from exams.admissions.formats.sitting import SittingPapers, sitting_pdf
from exams.admissions.formats.ticket import Ticket
from exams.admissions.queries import PRINTING
from exams.admissions.rules import WITH_TICKETS, LeftOut, ticket_rows
from exams.registrations import queries as registrations
from exams.sittings import queries as sittings
from exams.sittings.queries import SittingRow
from kernel import tasks
from kernel.db import take_your_time
from kernel.documents import CharacterCannotBePrinted, Fonts
from kernel.errors import Problem
from kernel.faces import Face
from kernel.tasks import Kind, Outcome, Task
from kernel.tasks.actions import drop_file
from kernel.tasks.queries import NoSuchFile
from kernel.work import Work, action
from people.access.rules import Permission

STRIDE = 25
PRINTED, LEFT_OUT = "sitting.pdf", "left-out.json"


@action(needs=Permission.PLAN_SITTINGS)
def print_sitting(work: Work, sitting_id: UUID, *, fonts: Fonts) -> UUID:
    """Have the lists and tickets of a sitting printed; the task's id. One that is under way is not begun again.

    Raises:
        NoSuchSitting, SittingHasNoTickets, NobodySeated.
    """
    if sittings.sitting(work, sitting_id).state not in WITH_TICKETS:
        raise SittingHasNoTickets
    rows = queries.in_order_of_seats(work, sitting_id)
    if not rows:
        raise NobodySeated
    latest = queries.latest_printing(work, sitting_id)
    if latest and latest.outcome is None and not latest.is_cancelled:
        return latest.id
    facts = {"registrations": [str(row.id) for row in rows]}
    return tasks.start(work, sitting_printing(fonts), about=sitting_id, facts=facts)


@action(needs=Permission.PLAN_SITTINGS)
def cancel_printing(work: Work, sitting_id: UUID, task_id: UUID) -> None:
    """Stop a printing; nothing is kept of it. Raises NoSuchTask."""
    tasks.cancel(work, queries.printing(work, sitting_id, task_id))


@action(needs=Permission.PLAN_SITTINGS)
def printed_sitting(work: Work, sitting_id: UUID, task_id: UUID) -> bytes:
    """The finished PDF; who takes it, with all its faces, is audited. Raises NoSuchTask, NotPrintedYet."""
    task = queries.printing(work, sitting_id, task_id)
    try:
        content = tasks.file_of(work, task.id, PRINTED)
    except NoSuchFile:
        raise NotPrintedYet from None
    work.note("exams.sitting_papers_taken", subject=sitting_id, task=str(task_id))
    return content


def sitting_printing(fonts: Fonts) -> Kind:
    """The kind of task that prints a sitting in these fonts."""
    return Kind(
        name=PRINTING,
        face=Face.EXAMINATION,
        stride=STRIDE,
        prepare=_prepare,
        do=partial(_do, fonts),
        give_up=_give_up,
        end=partial(_end, fonts),
    )


def _prepare(work: Work, task: Task) -> int:
    _keep_left_out(work, task, {})
    return len(task.facts["registrations"])


def _do(fonts: Fonts, work: Work, task: Task, items: range) -> int:
    """Look at the tickets of these candidates; how many cannot be printed."""
    sitting = sittings.sitting(work, _sitting_of(task))
    found = {id_: why for id_ in _ids(task)[items.start : items.stop] if (why := _obstacle(fonts, work, sitting, id_))}
    _keep_left_out(work, task, _left_out(work, task) | found)
    return len(found)


def _obstacle(fonts: Fonts, work: Work, sitting: SittingRow, registration_id: UUID) -> LeftOut | None:
    row = registrations.registration(work, registration_id)
    if row.sitting_id != sitting.id:
        return LeftOut.NO_SEAT
    try:
        made = queries.ticket(work, row, sitting)
        fonts.check(value for _, value in ticket_rows(made.sitting, made.who))
    except NoTicketYet:
        return LeftOut.NO_SEAT
    except NoPhoto:
        return LeftOut.NO_PHOTO
    except CharacterCannotBePrinted:
        return LeftOut.UNPRINTABLE
    return None


def _give_up(work: Work, task: Task, item: int, _problem: Problem) -> None:
    _keep_left_out(work, task, _left_out(work, task) | {_ids(task)[item]: LeftOut.FAULT})


def _end(fonts: Fonts, work: Work, task: Task, outcome: Outcome) -> None:
    """Set all of it as one document."""
    if outcome is Outcome.FINISHED:
        take_your_time(work.session)
        tasks.keep_file(work, task.id, PRINTED, sitting_pdf(_papers(work, task), fonts))
    drop_file(work, task.id, LEFT_OUT)


def _papers(work: Work, task: Task) -> SittingPapers:
    sitting, left_out = sittings.sitting(work, _sitting_of(task)), _left_out(work, task)
    asked = _ids(task)
    rows = [row for row in queries.in_order_of_seats(work, sitting.id) if row.id in asked]
    seated = queries.admissions(work, rows)
    tickets: list[Ticket] = [queries.ticket(work, row, sitting) for row in rows if row.id not in left_out]
    without = [(who, left_out[row.id]) for row, who in zip(rows, seated, strict=True) if row.id in left_out]
    return SittingPapers(queries.sitting_facts(sitting), seated, tickets, without)


def _sitting_of(task: Task) -> UUID:
    assert task.about is not None
    return task.about


def _ids(task: Task) -> list[UUID]:
    return [UUID(written) for written in task.facts["registrations"]]


def _left_out(work: Work, task: Task) -> dict[UUID, LeftOut]:
    written = json.loads(tasks.file_of(work, task.id, LEFT_OUT))
    return {UUID(id_): LeftOut(why) for id_, why in written.items()}


def _keep_left_out(work: Work, task: Task, left_out: dict[UUID, LeftOut]) -> None:
    written = json.dumps({str(id_): why.value for id_, why in left_out.items()})
    tasks.keep_file(work, task.id, LEFT_OUT, written.encode())
