"""What invigilators do in the room: with a reason, on duty, and written down."""

from datetime import timedelta

import pytest

from exams.arrivals import queries as arrivals
from exams.arrivals.errors import NoSuchSeat, SeatIsTaken
from exams.attempts.errors import AttemptIsOver, MinutesOutOfRange
from exams.invigilation import queries
from exams.invigilation.actions.supervising import (
    close_room,
    confirm_breach,
    dismiss_breach,
    give_time,
    move,
    note_incident,
    open_room,
    propose_breach,
    sign_record,
)
from exams.invigilation.errors import RecordIsSigned, RecordStillOpen
from exams.invigilation.rules import NoteKind, Presence, RoomNote, Trouble, record_digest
from exams.sittings import queries as sittings
from exams.sittings.errors import NotOnDuty
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from people.access.rules import Role
from tests.cast.exam_day import exam_day, somebody
from tests.cast.exam_room import begun


def notes(room, about=None) -> list[RoomNote]:
    with room.look() as reading:
        found = queries.room_record(reading, room.sitting_id)
    return [it for it in found if about is None or it.registration_id == about.registration_id]


def seen(room, who, at=None):
    """The candidate as the invigilators see them."""
    with room.look(room.invigilators[0]) as reading:
        reading.now = at or reading.now
        people = queries.room(reading, sittings.sitting(reading, room.sitting_id))
    return next(it for it in people if it.registration.id == who.registration_id)


# who may not


def test_only_invigilators_on_duty_act_in_the_room(sheet, room, workplace):
    stranger = somebody(workplace, "李外人", Role.INVIGILATOR)
    attempt, registration = {"attempt_id": sheet.attempt_id}, {"registration_id": sheet.who.registration_id}
    sitting = {"sitting_id": room.sitting_id}
    deeds = [
        (open_room, sitting),
        (close_room, sitting),
        (move, {**registration, "seat": 36, "reason": "x"}),
        (give_time, {**attempt, "minutes": 5, "reason": "x"}),
        (propose_breach, {**registration, "reason": "x"}),
        (dismiss_breach, {**registration, "reason": "x"}),
        (note_incident, {**sitting, "text": "x"}),
        (note_incident, {**registration, "text": "x"}),
        (sign_record, sitting),
    ]
    for deed, given in deeds:
        with pytest.raises(Forbidden):
            room.do(sheet.who, deed, **given)
        with pytest.raises(NotOnDuty):
            room.do(stranger, deed, **given)


def test_confirming_a_breach_is_for_those_on_duty(sheet, room, workplace):
    about = {"registration_id": sheet.who.registration_id}
    room.do(room.invigilators[0], propose_breach, **about, reason="phone")
    with pytest.raises(Forbidden):
        room.do(sheet.who, confirm_breach, **about)
    with pytest.raises(NotOnDuty):
        room.do(somebody(workplace, "李外人", Role.INVIGILATOR), confirm_breach, **about)


def test_every_act_takes_a_reason(sheet, room):
    first = room.invigilators[0]
    for deed, given in [
        (move, {"registration_id": sheet.who.registration_id, "seat": sheet.who.seat}),
        (give_time, {"attempt_id": sheet.attempt_id, "minutes": 5}),
        (propose_breach, {"registration_id": sheet.who.registration_id}),
        (dismiss_breach, {"registration_id": sheet.who.registration_id}),
    ]:
        with pytest.raises(ReasonMissing):
            room.do(first, deed, **given, reason=" \n ")
    with pytest.raises(ReasonMissing):
        room.do(first, note_incident, sitting_id=room.sitting_id, text="")
    assert notes(room, sheet.who) == []


# time


def test_time_given_is_written_down_and_moves_the_deadline(sheet, room):
    before = sheet.row.deadline
    room.do(room.invigilators[0], give_time, attempt_id=sheet.attempt_id, minutes=7, reason="power cut")
    assert sheet.row.deadline == before + timedelta(minutes=7)
    (line,) = notes(room, sheet.who)
    assert (line.kind, line.text, line.facts) == (NoteKind.TIME_GIVEN, "power cut", {"minutes": 7})


@pytest.mark.parametrize("minutes", [0, -5, 61])
def test_time_is_neither_taken_nor_given_by_the_hour(sheet, room, minutes):
    with pytest.raises(MinutesOutOfRange):
        room.do(room.invigilators[0], give_time, attempt_id=sheet.attempt_id, minutes=minutes, reason="x")


def test_after_the_end_there_is_nothing_to_give(sheet, room):
    sheet.hand_in()
    with pytest.raises(AttemptIsOver):
        room.do(room.invigilators[0], give_time, attempt_id=sheet.attempt_id, minutes=5, reason="x")
    with pytest.raises(AttemptIsOver):
        room.do(room.invigilators[0], move, registration_id=sheet.who.registration_id, seat=sheet.who.seat, reason="x")


# seats


def test_a_seat_is_for_one(sheet, other, room):
    given = {"registration_id": sheet.who.registration_id, "reason": "x"}
    with pytest.raises(SeatIsTaken):
        room.do(room.invigilators[0], move, seat=other.seat, **given)
    with pytest.raises(NoSuchSeat):
        room.do(room.invigilators[0], move, seat=37, **given)


def test_the_map_shows_where_the_candidate_really_sits(sheet, room):
    assert seen(room, sheet.who).seat == sheet.who.seat
    with room.look() as reading:
        taken = arrivals.taken_seats(reading, room.sitting_id, sheet.who.registration_id)
    free = next(seat for seat in range(1, 37) if seat not in taken and seat != sheet.who.seat)
    room.do(room.invigilators[0], move, registration_id=sheet.who.registration_id, seat=free, reason="dark")
    moved = seen(room, sheet.who)
    assert moved.seat == free
    assert moved.troubles == (Trouble.NO_DESK,)
    (line,) = notes(room, sheet.who)
    assert line.facts == {"from": sheet.who.seat, "to": free}
    sheet.take()
    assert seen(room, sheet.who).troubles == ()


# what is seen


def test_the_room_counts_answers_and_hears_machines(sheet, room):
    assert seen(room, sheet.who).presence is Presence.WORKING
    sheet.save((1, 1, True), (2, 2, True), (3, 1, False), (4, 2, None))
    one = seen(room, sheet.who)
    assert (one.progress.answered, one.progress.questions) == (1, 100)
    later = sheet.row.started_at + timedelta(seconds=100)
    assert seen(room, sheet.who, at=later).troubles == (Trouble.SILENT,)
    sheet.hear(at=later)
    assert seen(room, sheet.who, at=later).troubles == ()


# the record


def test_the_record_is_signed_by_both_when_the_room_is_closed_and_then_stands(workplace):
    day = exam_day(workplace, candidates=1)
    day.open()
    first, second = day.invigilators
    sheet = begun(day, day.candidates[0])
    day.do(first, note_incident, registration_id=sheet.who.registration_id, text="asked about question 3")
    with pytest.raises(RecordStillOpen):
        day.do(first, sign_record, sitting_id=day.sitting_id)
    sheet.hand_in()
    day.do(first, close_room, sitting_id=day.sitting_id)
    for who in (first, first, second):
        day.do(who, sign_record, sitting_id=day.sitting_id)
    lines = notes(day)
    assert [it.kind for it in lines] == [
        NoteKind.OPENED,
        NoteKind.INCIDENT,
        NoteKind.CLOSED,
        NoteKind.SIGNED,
        NoteKind.SIGNED,
    ]
    digest = record_digest(lines)
    assert [it.facts for it in lines[-2:]] == [
        {"name": first.actor.name, "digest": digest},
        {"name": second.actor.name, "digest": digest},
    ]
    with pytest.raises(RecordIsSigned):
        day.do(first, note_incident, sitting_id=day.sitting_id, text="one more thing")
