"""The lists and tickets of a whole sitting, made by the workers while the office does something else.

Each ticket is looked at by itself first, so that one without a photo costs no other; then all are read, and set as one
document with free hands.
"""

from functools import partial
from uuid import UUID

from exams.admissions import queries
from exams.admissions.errors import NobodySeated, NoPhoto, NoTicketYet, NotPrintedYet, SittingHasNoTickets
from exams.admissions.formats.sitting import SittingPapers, sitting_pdf
from exams.admissions.formats.ticket import Ticket
from exams.admissions.queries import PRINTED, PRINTING
from exams.admissions.rules import WITH_TICKETS, LeftOut, ticket_rows
from exams.registrations import queries as registrations
from exams.sittings import queries as sittings
from exams.sittings.queries import SittingRow
from kernel import files, tasks
from kernel.db import take_your_time
from kernel.documents import CharacterCannotBePrinted, Fonts
from kernel.errors import Problem
from kernel.faces import Face
from kernel.files import OpenFile
from kernel.store import PRINTINGS
from kernel.tasks import Kind, Outcome, Result, Task
from kernel.work import Reading, Work, action
from people.access.rules import Permission

STRIDE = 25


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
def printed_sitting(work: Work, sitting_id: UUID, task_id: UUID) -> OpenFile:
    """The finished PDF; who takes it, with all its faces, is audited.

    Raises:
        NoSuchTask: nor is it one of a sitting within the actor's scope.
        NotPrintedYet.
    """
    task = queries.printing(work, sitting_id, task_id)
    file = files.find(work, PRINTINGS, task.id, PRINTED)
    if file is None:
        raise NotPrintedYet
    work.note("exams.sitting_papers_taken", subject=sitting_id, task=str(task_id))
    return files.opened(work, file)


def sitting_printing(fonts: Fonts) -> Kind:
    """The kind of task that prints a sitting in these fonts."""
    return Kind(
        name=PRINTING,
        face=Face.EXAMINATION,
        stride=STRIDE,
        prepare=_prepare,
        do=partial(_do, fonts),
        give_up=_give_up,
        end=_end,
        result=Result(
            purpose=PRINTINGS,
            name=PRINTED,
            media_type="application/pdf",
            read=_papers,
            make=partial(sitting_pdf, fonts=fonts),
        ),
    )


def _prepare(_work: Work, task: Task) -> int:
    return len(task.facts["registrations"])


def _do(fonts: Fonts, work: Work, task: Task, items: range) -> int:
    """Look at the tickets of these candidates; how many cannot be printed."""
    sitting = sittings.sitting(work, _sitting_of(task))
    found = {id_: why for id_ in _ids(task)[items.start : items.stop] if (why := _obstacle(fonts, work, sitting, id_))}
    _note_left_out(work, task, found)
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
    _note_left_out(work, task, {_ids(task)[item]: LeftOut.FAULT})


def _end(_work: Work, _task: Task, _outcome: Outcome) -> None:
    """Nothing is left to do: the document is the report."""


def _papers(reading: Reading, task: Task) -> SittingPapers:
    """All that stands on the lists and tickets."""
    take_your_time(reading.session)
    sitting, left_out = sittings.sitting(reading, _sitting_of(task)), _left_out(task)
    asked = set(_ids(task))
    rows = [row for row in queries.in_order_of_seats(reading, sitting.id) if row.id in asked]
    seated = queries.admissions(reading, rows)
    tickets: list[Ticket] = [queries.ticket(reading, row, sitting) for row in rows if row.id not in left_out]
    without = [(who, left_out[row.id]) for row, who in zip(rows, seated, strict=True) if row.id in left_out]
    return SittingPapers(queries.sitting_facts(sitting), seated, tickets, without)


def _sitting_of(task: Task) -> UUID:
    assert task.about is not None
    return task.about


def _ids(task: Task) -> list[UUID]:
    return [UUID(written) for written in task.facts["registrations"]]


def _left_out(task: Task) -> dict[UUID, LeftOut]:
    return {UUID(id_): LeftOut(why) for id_, why in task.noted.items()}


def _note_left_out(work: Work, task: Task, more: dict[UUID, LeftOut]) -> None:
    tasks.note_down(work, task, {**task.noted, **{str(id_): why.value for id_, why in more.items()}})
