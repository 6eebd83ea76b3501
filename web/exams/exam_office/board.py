"""What the page of one sitting shows: its way from planning to release, and the figures of each step."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from exams.admissions import queries as admissions
from exams.admissions.rules import WITH_TICKETS
from exams.centres import queries as centres
from exams.centres.rules import Duty, Seat
from exams.integrity import queries as integrity
from exams.papers import queries as papers
from exams.registrations import queries as registrations
from exams.registrations.queries import Filters, RegistrationRow
from exams.registrations.rules import Outcome
from exams.registrations.rules import State as RegistrationState
from exams.results import actions as releasing
from exams.results import queries as results
from exams.results.errors import ResultsMissing
from exams.sittings import queries
from exams.sittings.rules import STEPS, State
from exams.standards.rules import RELEASE
from kernel import two_people
from kernel.clock import shanghai_date
from kernel.work import Reading
from web.frame.prepared import shown


def sitting_board(
    reading: Reading, sitting_id: UUID, *, search: str = "", passed: Sequence[UUID] = ()
) -> dict[str, Any]:
    """Everything of one sitting; `passed` are registrations that were passed over just now. Raises NoSuchSitting."""
    row = queries.sitting(reading, sitting_id)
    duties = queries.duties(reading, sitting_id)
    seated = registrations.seated(reading, sitting_id)
    wanted = Filters(
        search=search[:100].replace("\0", ""),
        qualification=row.qualification,
        part=row.part,
        state=RegistrationState.APPLIED,
    )
    waiting = registrations.registrations(reading, wanted) if row.state is State.PLANNED else None
    return {
        "row": row,
        "way": _way(row),
        "seated": seated,
        "seats": _seats(reading, row, {each.seat for each in seated}),
        "by_seat": {each.seat: each for each in seated},
        "free": len(queries.free_seats(reading, row)),
        "waiting": waiting,
        "passed": _passed_over(reading, row, passed),
        "search": search,
        "exam_day": shanghai_date(row.starts_at),
        "duties": duties,
        "there": {duty: sum(each.duty is duty for each in duties) for duty in Duty},
        "needed": {Duty.INVIGILATOR: row.standard["invigilators"], Duty.EXAMINER: row.standard["examiners"]},
        "pool": [staff for staff in centres.pool(reading, row.room.centre.id) if not _is_on(staff.person_id, duties)],
        "secret": papers.sitting_secret(reading, sitting_id),
        "papers": len(papers.papers(reading, sitting_id)),
        "lots": queries.lots(reading, sitting_id),
        "findings": integrity.findings(reading, sitting_id),
        "came": sum(each.attended_at is not None and each.outcome is not Outcome.VOIDED for each in seated),
        "may_be_printed": row.state in WITH_TICKETS and bool(seated),
        "printing": admissions.latest_printing(reading, sitting_id),
        "results": results.results_of_sitting(reading, sitting_id),
        "revised": {of for of, all_ in results.revisions_in(reading, sitting_id).items() if len(all_) > 1},
    } | _release(reading, row)


def _release(reading: Reading, row: queries.SittingRow) -> dict[str, Any]:
    """What waits for a confirmation, or what a release would do now; neither where it is not its time."""
    waiting = two_people.prepared_about(reading, RELEASE, row.id)
    if row.state is not State.CLOSED:
        return {"release": None, "would": None}
    if waiting is not None:
        return {"release": shown(reading, waiting), "would": None}
    try:
        return {"release": None, "would": releasing.foreseen_release(reading, row.id)}
    except ResultsMissing:
        return {"release": None, "would": None}


def _way(row: queries.SittingRow) -> dict[str, str]:
    """Each step of the template with done, current or todo; stopped where it was called off or annulled."""
    at = STEPS.index(row.reached)
    here = "stopped" if row.is_off else "current"
    names = ("seats", "draw", "open", "close", "release", "reveal")
    return {name: "done" if place < at else here if place == at else "todo" for place, name in enumerate(names)}


def _seats(reading: Reading, row: queries.SittingRow, taken: set[int | None]) -> list[tuple[Seat, str]]:
    """Every seat of the room: taken, free, out of use, or spare where the sitting has no use for it."""
    every = centres.seats(reading, row.room.id)
    usable = [seat.number for seat in every if seat.out_of_use is None]
    used = set(usable[: row.capacity])

    def how(seat: Seat) -> str:
        if seat.number in taken:
            return "taken"
        if seat.out_of_use is not None:
            return "out"
        return "free" if seat.number in used else "spare"

    return [(seat, how(seat)) for seat in every]


def _passed_over(reading: Reading, row: queries.SittingRow, ids: Sequence[UUID]) -> list[RegistrationRow]:
    """Those of `ids` who waited for this exam and have no seat; an address may say anything."""
    found = registrations.registrations_of(reading, ids)
    return [
        each
        for each in found
        if (each.qualification, each.part) == (row.qualification, row.part) and each.sitting_id is None
    ]


def _is_on(person_id: UUID, duties: list[queries.DutyRow]) -> bool:
    return any(duty.person_id == person_id for duty in duties)
