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
from exams.standards.rules import RELEASE, Part
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
    there = {duty: sum(each.duty is duty for each in duties) for duty in Duty}
    needed = {Duty.INVIGILATOR: row.standard["invigilators"], Duty.EXAMINER: row.standard["examiners"]}
    secret = papers.sitting_secret(reading, sitting_id)
    free = len(queries.free_seats(reading, row))
    is_staffed = all(there[duty] >= count for duty, count in needed.items())
    return {
        "row": row,
        "seated": seated,
        "seats": _seats(reading, row, {each.seat for each in seated}),
        "by_seat": {each.seat: each for each in seated},
        "free": free,
        "waiting": waiting,
        "passed": _passed_over(reading, row, passed),
        "search": search,
        "exam_day": shanghai_date(row.starts_at),
        "duties": duties,
        "there": there,
        "needed": needed,
        "steps": way(row.reached, is_off=row.is_off, is_seated=row.seated > 0, is_staffed=is_staffed),
        "may": may(row, is_staffed=is_staffed, is_hidden=secret is not None and not secret.revealed)
        | {"give seats": bool(waiting and free and (waiting.total or search or not row.seated))},
        "pool": [staff for staff in centres.pool(reading, row.room.centre.id) if not _is_on(staff.person_id, duties)],
        "secret": secret,
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


STEP_NAMES = ("seats", "staff", "confirm", "draw", "open", "close", "release")
ARRANGED = STEPS.index(State.CONFIRMED)  # from here on seats, staff and their confirmation are done
BEFORE_OPENING = (State.PLANNED, State.CONFIRMED, State.DRAWN)


def way(reached: State, *, is_off: bool, is_seated: bool, is_staffed: bool) -> dict[str, str]:
    """Each step with done, current or todo; stopped where the sitting was called off or annulled.

    While it is planned, seats and staff are given in any order, and confirming comes after both.
    """
    here = "stopped" if is_off else "current"
    at = STEPS.index(reached)
    if at >= ARRANGED:
        later = range(ARRANGED, ARRANGED + 4)
        states = ["done" if place < at else here if place == at else "todo" for place in later]
        return dict(zip(STEP_NAMES, ["done"] * 3 + states, strict=True))
    seats = "done" if is_seated else here
    staff = "done" if is_staffed else here if is_seated else "todo"
    confirm = here if is_seated and is_staffed else "todo"
    return dict(zip(STEP_NAMES, [seats, staff, confirm] + ["todo"] * 4, strict=True))


def may(row: queries.SittingRow, *, is_staffed: bool, is_hidden: bool) -> dict[str, bool]:
    """What the office can do with this sitting now."""
    is_theory = row.part is Part.THEORY
    return {
        "confirm": row.state is State.PLANNED and row.seated > 0 and is_staffed,
        "call off": row.state in BEFORE_OPENING,
        "annul": row.state in (State.OPEN, State.CLOSED),
        "change staff": row.state in (*BEFORE_OPENING, State.OPEN),
        "take seats back": row.state in BEFORE_OPENING and row.seated > 0,
        "publish the secret": is_theory and is_hidden and (row.is_off or row.state is State.RELEASED),
        "see results": row.state in (State.CLOSED, State.RELEASED),
    }


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
