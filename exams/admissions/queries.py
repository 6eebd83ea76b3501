"""Who is admitted to which seat of which sitting, as it is printed; and how far the printing of a whole sitting is."""

from collections.abc import Sequence
from uuid import UUID

from exams.admissions.errors import NoPhoto, NoTicketYet
from exams.admissions.formats.ticket import Ticket
from exams.admissions.rules import Admission, SittingFacts, has_ticket
from exams.registrations import queries as registrations
from exams.registrations.queries import RegistrationRow
from exams.sittings import queries as sittings
from exams.sittings.queries import SittingRow
from exams.standards import queries as standards
from kernel import files, tasks
from kernel.clock import SHANGHAI
from kernel.store import PRINTINGS
from kernel.tasks import Task
from kernel.work import Reading
from people.accounts import queries as accounts
from people.organisations.queries import masked_numbers

PRINTING = "exams.admissions/sitting"  # the kind of task, for ever
PRINTED = "sitting.pdf"


def ticket(reading: Reading, row: RegistrationRow, sitting: SittingRow | None) -> Ticket:
    """The ticket of a registration that the caller may see. Raises NoTicketYet, NoPhoto."""
    if sitting is None or not has_ticket(row.state, sitting.state):
        raise NoTicketYet
    photo = accounts.photo(reading, row.person_id)
    if photo is None:
        raise NoPhoto
    number = masked_numbers(reading, [row.person_id]).get(row.person_id, "")
    return Ticket(sitting=sitting_facts(sitting), who=admission(row, number), photo=photo)


def admissions(reading: Reading, rows: Sequence[RegistrationRow]) -> list[Admission]:
    """What is printed of candidates who have seats, in the order given."""
    numbers = masked_numbers(reading, [row.person_id for row in rows])
    return [admission(row, numbers.get(row.person_id, "")) for row in rows]


def in_order_of_seats(reading: Reading, sitting_id: UUID) -> list[RegistrationRow]:
    """Everybody who has a seat in a sitting."""
    return sorted(registrations.seated(reading, sitting_id), key=lambda row: row.seat or 0)


def sitting_facts(row: SittingRow) -> SittingFacts:
    """What is printed of a sitting."""
    house = standards.room_rules()
    return SittingFacts(
        code=row.code,
        exam=standards.qualification_names(row.qualification).zh,
        part=row.part,
        starts_at=row.starts_at.astimezone(SHANGHAI),
        minutes=row.minutes,
        centre=row.room.centre.names["zh"],
        address=row.room.centre.address,
        room=row.room.names["zh"],
        opens_early_minutes=house["opens_early_minutes"].value,
        late_entry_minutes=house["late_entry_minutes"].value,
    )


def admission(row: RegistrationRow, masked_number: str) -> Admission:
    """What is printed of a candidate who has a seat."""
    return Admission(
        name=row.name,
        masked_number=masked_number,
        admission_number=row.admission_number or "",
        seat=row.seat or 0,
    )


def printing(reading: Reading, sitting_id: UUID, task_id: UUID) -> Task:
    """One printing of a sitting within the actor's scope. Raises NoSuchSitting, NoSuchTask."""
    return tasks.task(reading, task_id, kind=PRINTING, about=sittings.sitting(reading, sitting_id).id)


def is_kept(reading: Reading, task: Task) -> bool:
    """Whether what was printed can still be taken."""
    return files.is_there(reading, PRINTINGS, task.id, PRINTED)


def latest_printing(reading: Reading, sitting_id: UUID) -> Task | None:
    """The newest printing of a sitting, under way or ended."""
    return next(iter(tasks.lately(reading, kind=PRINTING, about=sitting_id)), None)
