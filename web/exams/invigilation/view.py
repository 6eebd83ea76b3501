"""What the console and the room record show, read from the rooms below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from exams.arrivals import queries as arrivals
from exams.centres import queries as centres
from exams.invigilation import queries
from exams.invigilation.queries import InRoom
from exams.invigilation.rules import HEARD_NOW, NoteKind, Presence
from exams.sittings import queries as sittings
from exams.sittings.queries import SittingRow
from exams.sittings.rules import STATE_NAMES, State
from exams.standards import queries as standards
from exams.standards.rules import Part
from kernel.errors import NotFound
from kernel.work import Reading
from people.accounts import queries as accounts
from web.exams.invigilation.words import ACT_WORDS, BADGES, ICONS, NOTES, PRESENCES, TROUBLES

MINUTES_OFFERED = (1, 2, 3, 5, 10, 15, 20, 30, 60)
WORST_FIRST = list(TROUBLES)


@dataclass(frozen=True, slots=True)
class Cell:
    """A seat of the map and who sits there."""

    number: int
    candidate: InRoom | None


def words_for(rows: Sequence[SittingRow]) -> dict[str, Any]:
    """Names for everything that stands in these sittings as a code."""
    return {
        "names": {row.qualification: standards.qualification_names(row.qualification) for row in rows},
        "state_names": STATE_NAMES,
        "presences": PRESENCES,
        "troubles": TROUBLES,
        "notes": NOTES,
        "act_words": ACT_WORDS,
        "badges": BADGES,
        "icons": ICONS,
        "heard_now": HEARD_NOW.total_seconds(),
    }


def console(reading: Reading, sitting_id: UUID) -> dict[str, Any]:
    """The room for somebody on duty in it. Raises NotOnDuty."""
    duty = sittings.require_on_duty(reading, sitting_id)
    sitting = sittings.sitting(reading, sitting_id)
    people = queries.room(reading, sitting)
    troubled = [it for it in people if it.troubles]
    return words_for([sitting]) | {
        "sitting": sitting,
        "duty": duty,
        "on_duty": sittings.duties(reading, sitting_id),
        "people": people,
        "counts": _counts(people),
        "troubled": sorted(troubled, key=lambda it: WORST_FIRST.index(it.troubles[0])),
        "seat_rows": _seat_rows(reading, sitting, people),
        "now": reading.now,
    }


def _counts(people: Sequence[InRoom]) -> dict[str, int]:
    return {presence.value: sum(it.presence is presence for it in people) for presence in Presence}


def _seat_rows(reading: Reading, sitting: SittingRow, people: Sequence[InRoom]) -> list[list[Cell | None]]:
    """The seats as they stand: rows from the front, columns from the left; None where the floor is empty."""
    sits = {candidate.seat: candidate for candidate in people}
    found = {
        (seat.row, seat.column): Cell(seat.number, sits.get(seat.number))
        for seat in centres.seats(reading, sitting.room.id)
    }
    columns = range(1, sitting.room.columns + 1)
    return [[found.get((row, column)) for column in columns] for row in range(1, sitting.room.rows + 1)]


def chosen(reading: Reading, room: Mapping[str, Any], registration_id: UUID | None) -> dict[str, Any]:
    """One candidate of `room` beside it, with all that the acts need. Raises NotFound."""
    if registration_id is None:
        return {"chosen": None, "chosen_id": None}
    one = next((it for it in room["people"] if it.registration.id == registration_id), None)
    if one is None:
        raise NotFound
    sitting, person_id = room["sitting"], one.registration.person_id
    taken = arrivals.taken_seats(reading, sitting.id, registration_id)
    return {
        "chosen": one,
        "chosen_id": registration_id,
        "offered": _offered(one, sitting),
        "at": f"/invigilation/{sitting.id}/candidates/{registration_id}",
        "document": accounts.documents(reading, [person_id]).get(person_id),
        "has_photo": accounts.has_photo(reading, person_id),
        "free_seats": [number for number in arrivals.seat_numbers(reading, sitting) if number not in taken],
        "minutes_offered": [(minutes, minutes) for minutes in MINUTES_OFFERED],
        "lines": [line for line in queries.room_record(reading, sitting.id) if line.registration_id == registration_id],
    }


def _offered(one: InRoom, sitting: SittingRow) -> list[str]:
    """The acts that make sense for a candidate at this moment."""
    may_be_late = sitting.state is State.OPEN and sitting.part is Part.THEORY
    acts = {
        Presence.EXPECTED: ["check-in"],
        Presence.CHECKED_IN: ["let-in", "move"] if may_be_late else ["move"],
        Presence.WORKING: ["move", "give-time"],
        Presence.AT_ITEMS: ["move"],
    }.get(one.presence, [])
    # Who has handed in is still in the room, and so is what was found under the keyboard.
    is_on = sitting.state in (State.DRAWN, State.OPEN)
    may_breach = is_on and one.check_in is not None and one.breach is None and one.presence is not Presence.FINISHED
    return [*acts, *(["propose-breach"] if may_breach else []), "note"]


def record(reading: Reading, sitting_id: UUID) -> dict[str, Any]:
    """The room record for somebody on duty. Raises NotOnDuty."""
    sittings.require_on_duty(reading, sitting_id)
    sitting = sittings.sitting(reading, sitting_id)
    lines = queries.room_record(reading, sitting_id)
    people = queries.room(reading, sitting)
    signatures = [line for line in lines if line.kind is NoteKind.SIGNED]
    return words_for([sitting]) | {
        "sitting": sitting,
        "on_duty": sittings.duties(reading, sitting_id),
        "lines": [line for line in lines if line.kind is not NoteKind.SIGNED],
        "signatures": signatures,
        "has_signed": any(line.by_person_id == reading.actor.person_id for line in signatures),
        "people": {it.registration.id: it for it in people},
        "absent": [it for it in people if it.presence is Presence.EXPECTED],
        "late": [it for it in people if it.check_in and it.check_in.let_in_late_because],
        "writers": accounts.people(reading, [line.by_person_id for line in lines]),
        "counts": _counts(people),
    }
