"""A breach takes two: found by one, confirmed by another or dismissed with a reason; nobody escapes by being quick."""

from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from exams.arrivals.errors import NotCheckedIn
from exams.attempts.actions.finishing import close_overdue
from exams.attempts.actions.sitting_down import start
from exams.attempts.errors import AttemptIsOver
from exams.attempts.rules import GRACE, State
from exams.breaches.errors import (
    BreachUndecided,
    EndedForBreach,
    NoBreachToDecide,
    SecondInvigilatorNeeded,
    TooLateForBreach,
)
from exams.breaches.queries import breach_of
from exams.invigilation.actions.admitting import check_in
from exams.invigilation.actions.supervising import (
    close_room,
    confirm_breach,
    dismiss_breach,
    move,
    open_room,
    propose_breach,
)
from exams.invigilation.errors import BreachesUndecided
from exams.invigilation.rules import NoteKind, Presence, Trouble
from exams.marking.actions import mark_attempt
from exams.registrations import queries as registrations
from exams.results import queries as results
from exams.results.actions import record_result
from kernel.actor import platform
from kernel.clock import shanghai_date
from kernel.events import Periodic
from kernel.faces import Face
from kernel.jobs import deliver_due, run_periodic
from tests.cast.exam_day import ExamDay, exam_day
from tests.cast.exam_room import SECOND, begun, right_answers
from tests.integration.exams.invigilation.test_supervise import notes, seen


def about(who) -> dict[str, Any]:
    return {"registration_id": who.registration_id}


@contextmanager
def by_the_platform(day: ExamDay):
    with day.workplace.transaction(platform("test"), Face.EXAMINATION) as work:
        yield work


def closed_and_released(day: ExamDay, who):
    """The candidate's released result and how the registration ended, after the worker has done its part."""
    day.do(day.invigilators[0], close_room, sitting_id=day.sitting_id)
    deliver_due(day.workplace, Face.EXAMINATION)
    day.release()
    with day.look() as reading:
        result = results.result_of_registration(reading, who.registration_id)
        return result, registrations.registration(reading, who.registration_id).outcome


# one who is working


def test_a_breach_takes_two(sheet, room):
    first, second = room.invigilators
    with pytest.raises(NoBreachToDecide):
        room.do(second, confirm_breach, **about(sheet.who))
    room.do(first, propose_breach, **about(sheet.who), reason="phone")
    room.do(second, propose_breach, **about(sheet.who), reason="phone too")
    with pytest.raises(SecondInvigilatorNeeded):
        room.do(first, confirm_breach, **about(sheet.who))
    assert seen(room, sheet.who).troubles[0] is Trouble.BREACH
    sheet.save((1, 1, True))  # until the second confirms, the candidate works on
    room.do(second, confirm_breach, **about(sheet.who))
    assert sheet.row.state is State.ENDED
    assert [it.kind for it in notes(room, sheet.who)] == [NoteKind.BREACH_PROPOSED, NoteKind.BREACH]
    with pytest.raises(AttemptIsOver):
        sheet.save((2, 2, True))
    with pytest.raises(NoBreachToDecide):
        room.do(second, confirm_breach, **about(sheet.who))


@pytest.mark.parametrize("by", [0, 1])
def test_either_invigilator_dismisses_what_was_no_breach_and_the_record_keeps_it(sheet, room, by):
    room.do(room.invigilators[0], propose_breach, **about(sheet.who), reason="paper under the keyboard")
    room.do(room.invigilators[by], dismiss_breach, **about(sheet.who), reason="it was a tissue")
    assert sheet.row.state is State.OPEN
    assert seen(room, sheet.who).troubles == ()
    kinds = [(it.kind, it.text) for it in notes(room, sheet.who)]
    assert kinds == [
        (NoteKind.BREACH_PROPOSED, "paper under the keyboard"),
        (NoteKind.BREACH_DISMISSED, "it was a tissue"),
    ]
    with pytest.raises(NoBreachToDecide):
        room.do(room.invigilators[1], confirm_breach, **about(sheet.who))


def test_after_a_dismissed_breach_another_can_be_found(sheet, room):
    first, second = room.invigilators
    room.do(first, propose_breach, **about(sheet.who), reason="a tissue")
    room.do(second, dismiss_breach, **about(sheet.who), reason="only a tissue")
    room.do(second, propose_breach, **about(sheet.who), reason="a phone")
    room.do(first, confirm_breach, **about(sheet.who))
    assert sheet.row.state is State.ENDED


# one who is quick


def test_handing_in_does_not_escape_a_breach_that_was_found(workplace):
    day = exam_day(workplace, candidates=1)
    day.open()
    first, second = day.invigilators
    sheet = begun(day, day.candidates[0])
    sheet.save(*right_answers(day, sheet.attempt_id, 100))
    day.do(first, propose_breach, **about(sheet.who), reason="phone with answers")
    sheet.hand_in()
    assert sheet.row.state is State.SUBMITTED
    assert seen(day, sheet.who).troubles == (Trouble.BREACH,)
    with pytest.raises(BreachesUndecided, match=sheet.who.actor.name):
        day.do(first, close_room, sitting_id=day.sitting_id)
    day.do(second, confirm_breach, **about(sheet.who))
    assert sheet.row.state is State.SUBMITTED  # what was handed in stays as it was
    assert seen(day, sheet.who).presence is Presence.ENDED
    result, outcome = closed_and_released(day, sheet.who)
    assert (result.score, result.passed, result.cancelled, outcome) == (Decimal(0), False, True, "cancelled")


def test_handing_in_before_the_first_invigilator_has_typed_does_not_escape_either(workplace):
    day = exam_day(workplace, candidates=1)
    day.open()
    first, second = day.invigilators
    sheet = begun(day, day.candidates[0])
    sheet.save(*right_answers(day, sheet.attempt_id, 100))
    sheet.hand_in()
    deliver_due(day.workplace, Face.EXAMINATION)
    day.do(first, propose_breach, **about(sheet.who), reason="phone with answers")
    day.do(second, confirm_breach, **about(sheet.who))
    result, outcome = closed_and_released(day, sheet.who)
    assert (result.passed, result.cancelled, outcome) == (False, True, "cancelled")
    with pytest.raises(TooLateForBreach):
        day.do(first, propose_breach, **about(sheet.who), reason="one more thing")


def test_running_out_of_time_does_not_escape_and_a_dismissed_breach_costs_nothing(rehearsal):
    day = exam_day(rehearsal, candidates=1)
    day.open()
    sheet = begun(day, day.candidates[0])
    sheet.save(*right_answers(day, sheet.attempt_id, 85))
    day.do(day.invigilators[0], propose_breach, **about(sheet.who), reason="talking")
    rehearsal.clock.skip(sheet.row.deadline + GRACE + SECOND - rehearsal.clock.now())
    run_periodic(rehearsal, Periodic(2.0, close_overdue, Face.EXAMINATION, "exams.attempts/close_overdue"))
    assert sheet.row.state is State.RUN_OUT
    with pytest.raises(BreachesUndecided):
        day.do(day.invigilators[0], close_room, sitting_id=day.sitting_id)
    day.do(day.invigilators[1], dismiss_breach, **about(sheet.who), reason="asked for paper")
    result, outcome = closed_and_released(day, sheet.who)
    assert (result.score, result.passed, outcome) == (Decimal(85), True, "passed")


def test_no_result_is_written_down_beside_a_breach(sheet, room):
    """Whoever records one: neither before it is decided, nor a good one afterwards."""
    a_pass: dict[str, Any] = {
        "score": Decimal(90),
        "pass_mark": Decimal(80),
        "passed": True,
        "taken_on": shanghai_date(sheet.row.deadline),
    }
    room.do(room.invigilators[0], propose_breach, **about(sheet.who), reason="phone")
    sheet.hand_in()
    with by_the_platform(room) as work, pytest.raises(BreachUndecided):
        mark_attempt(work, attempt_id=sheet.attempt_id)
    room.do(room.invigilators[1], confirm_breach, **about(sheet.who))
    with by_the_platform(room) as work, pytest.raises(EndedForBreach):
        record_result(work, **about(sheet.who), **a_pass)


# one who has not begun


def test_who_is_at_the_door_only_is_not_sent_out_but_turned_away(workplace):
    day = exam_day(workplace, candidates=1)
    with pytest.raises(NotCheckedIn):
        day.do(day.invigilators[0], propose_breach, **about(day.candidates[0]), reason="not the person of the photo")


@pytest.mark.parametrize("opened", [False, True])
def test_an_impostor_is_sent_out_before_beginning_and_has_a_cancelled_zero(workplace, opened):
    day = exam_day(workplace, candidates=1)
    first, second = day.invigilators
    impostor = day.candidates[0]
    day.do(first, check_in, **about(impostor))
    if opened:
        day.do(first, open_room, sitting_id=day.sitting_id)
    day.do(first, propose_breach, **about(impostor), reason="not the person of the photo")
    assert Trouble.BREACH in seen(day, impostor).troubles
    day.do(second, confirm_breach, **about(impostor))
    assert seen(day, impostor).presence is Presence.ENDED
    if not opened:
        day.do(first, open_room, sitting_id=day.sitting_id)
    with pytest.raises(EndedForBreach):
        day.do(impostor, start, **about(impostor))
    with pytest.raises(EndedForBreach):
        day.do(first, move, **about(impostor), seat=impostor.seat, reason="x")
    result, outcome = closed_and_released(day, impostor)
    assert (result.score, result.cancelled, result.reference_id, outcome) == (Decimal(0), True, None, "cancelled")


def test_who_began_while_the_second_invigilator_was_being_looked_for_is_ended_like_anybody(room, candidate):
    room.do(room.invigilators[0], propose_breach, **about(candidate), reason="false ticket")
    sheet = begun(room, candidate)
    room.do(room.invigilators[1], confirm_breach, **about(candidate))
    assert sheet.row.state is State.ENDED


# what the database itself refuses


def test_a_decided_breach_is_history(sheet, room, machine):
    room.do(room.invigilators[0], propose_breach, **about(sheet.who), reason="phone")
    room.do(room.invigilators[1], confirm_breach, **about(sheet.who))
    engine = create_engine(machine.owner_url())
    with engine.connect() as owner:
        changes = [
            "UPDATE exams.breaches SET decision = 'dismissed', decided_because = 'a friend'",
            "UPDATE exams.breaches SET reason = 'nothing'",
        ]
        for change in changes:
            with pytest.raises(DBAPIError, match="history"), owner.begin_nested():
                owner.execute(text(f"{change} WHERE registration_id = :about"), {"about": sheet.who.registration_id})
    engine.dispose()
    with room.look() as reading:
        breach = breach_of(reading, sheet.who.registration_id)
    assert breach is not None
    assert breach.is_confirmed
