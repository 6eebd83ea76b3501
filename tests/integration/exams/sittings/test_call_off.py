"""A sitting that comes to nothing is called off or annulled as a whole, and its candidates wait in their old places."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from certification.separation.queries import separation
from certification.separation.rules import findings as said
from exams.attempts import queries as attempts
from exams.attempts.actions.finishing import hand_in
from exams.attempts.actions.sitting_down import start, take_desk
from exams.attempts.errors import AttemptIsOver
from exams.attempts.rules import State as AttemptState
from exams.centres.rules import RoomKind
from exams.invigilation.actions.admitting import check_in
from exams.invigilation.actions.annulling import annul_room
from exams.invigilation.actions.supervising import close_room, open_room, sign_record
from exams.invigilation.queries import room_record
from exams.invigilation.rules import NoteKind
from exams.papers.actions import verify_papers
from exams.registrations import queries as registrations
from exams.registrations.actions import withdraw_registration
from exams.registrations.errors import NotSeated
from exams.registrations.queries import own_registrations, seated
from exams.registrations.rules import Outcome, State
from exams.results.queries import own_results
from exams.sittings import actions as sittings
from exams.sittings import queries
from exams.sittings.errors import (
    NeverOpened,
    OffAlready,
    OpenedAlready,
    OwnSitting,
    ReleasedAlready,
    RoomIsTaken,
    StepOutOfOrder,
    TooLateToOpen,
)
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel.because import ReasonMissing
from kernel.clock import shanghai_date
from kernel.errors import Forbidden
from kernel.faces import Face
from people.access.rules import Role, permissions_of

MINUTE = timedelta(minutes=1)
FIRE = "考点停电，本场取消"
TOKEN = "a" * 64
pytestmark = pytest.mark.usefixtures("low_voltage_bank")


def call_off(office, sitting_id, **kw):
    return office.do(sittings.call_off_sitting, sitting_id, reason=FIRE, **kw)


def annul(office, sitting_id, **kw):
    return office.do(annul_room, sitting_id, reason=FIRE, **kw)


def own(office, worker):
    """The newest registration of somebody."""
    return office.look(own_registrations, actor=worker)[0]


def seated_again(office, worker):
    """The same person in another sitting, drawn, at the door, at work."""
    sitting_id = office.planned()
    office.do(sittings.seat_candidates, sitting_id, registration_ids=[own(office, worker).id])
    office.assign(sitting_id, *office.invigilators[:2])
    office.do(sittings.confirm_sitting, sitting_id)
    office.now += MINUTE
    office.do(sittings.draw_sitting, sitting_id)
    office.now += timedelta(days=3) - MINUTE
    for one in office.invigilators[:2]:
        office.do(sittings.take_up_duty, sitting_id, actor=one)
    office.do(check_in, registration_id=own(office, worker).id, actor=office.invigilators[0])
    office.do(open_room, sitting_id=sitting_id, actor=office.invigilators[0])
    return office.do(start, registration_id=own(office, worker).id, actor=worker)


def test_an_invigilator_calls_nothing_off_and_annuls_nothing(office):
    sitting_id = office.confirmed(office.trained())
    for deed in (call_off, annul):
        with pytest.raises(Forbidden):
            deed(office, sitting_id, actor=office.invigilators[0])


def test_candidates_of_a_sitting_that_was_never_opened_wait_again_in_their_old_place(office):
    zhang, late = office.trained(), office.trained()
    sitting_id = office.opened_but_for(zhang)
    before = own(office, zhang)
    behind = office.applied(late)
    office.now += timedelta(minutes=61)
    with pytest.raises(TooLateToOpen, match="calls it off"):
        office.do(sittings.open_sitting, sitting_id, actor=office.invigilators[0])
    assert call_off(office, sitting_id) == 1
    row = office.look(queries.sitting, sitting_id)
    assert (row.state, row.off_because, row.reached) == (SittingState.CALLED_OFF, FIRE, SittingState.DRAWN)
    again = own(office, zhang)
    assert (again.state, again.applied_at, again.attempt) == (State.APPLIED, before.applied_at, before.attempt)
    assert again.follows_id == before.id
    queue = office.look(
        registrations.first_waiting, "low_voltage", Part.THEORY, exam_on=shanghai_date(office.now), count=1_000
    )
    places = [each.id for each in queue]
    assert places.index(again.id) < places.index(behind)


def test_who_was_checked_in_before_it_was_called_off_is_checked_in_again_elsewhere(office):
    zhang = office.trained()
    sitting_id = office.opened_but_for(zhang)
    office.do(check_in, registration_id=own(office, zhang).id, actor=office.invigilators[0])
    call_off(office, sitting_id)
    attempt_id = seated_again(office, zhang)
    assert office.look(attempts.own_attempt, attempt_id, actor=zhang).state is AttemptState.OPEN


def test_room_and_staff_are_free_again(office):
    sitting_id = office.confirmed(office.trained())
    with pytest.raises(RoomIsTaken):
        office.planned()
    call_off(office, sitting_id)
    another = office.planned()
    office.assign(another, *office.invigilators[:2])
    assert len(office.look(queries.duties, another)) == 2


@pytest.mark.parametrize("reason", ["", "  ", "火 "])
def test_it_is_called_off_with_a_reason_that_candidates_can_read(office, reason):
    sitting_id = office.planned()
    with pytest.raises(ReasonMissing):
        office.do(sittings.call_off_sitting, sitting_id, reason=reason)


def test_what_was_called_off_is_over_for_good(office):
    sitting_id = office.opened_but_for(office.trained())
    call_off(office, sitting_id)
    with pytest.raises(OffAlready):
        call_off(office, sitting_id)
    with pytest.raises(OffAlready):
        annul(office, sitting_id)
    with pytest.raises(StepOutOfOrder):
        office.do(open_room, sitting_id=sitting_id, actor=office.invigilators[0])
    with pytest.raises(StepOutOfOrder):
        office.release(sitting_id)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        office.workplace.transaction(office.officer, Face.EXAMINATION) as work,
    ):
        work.session.execute(text("UPDATE exams.sittings SET off_because = 'x' WHERE id = :id"), {"id": sitting_id})


def test_what_was_drawn_for_it_can_still_be_verified(office):
    sitting_id = office.opened_but_for(office.trained(), office.trained())
    call_off(office, sitting_id)
    office.do(sittings.reveal_sitting, sitting_id)
    found = office.do(verify_papers, sitting_id)
    assert (found.papers, found.differences) == (2, ())


def test_a_sitting_that_was_opened_is_not_called_off_but_annulled(office):
    sitting_id = office.opened(office.trained())
    with pytest.raises(OpenedAlready):
        call_off(office, sitting_id)
    other = office.confirmed(office.trained())
    with pytest.raises(NeverOpened):
        annul(office, other)


def test_a_fire_in_mid_exam_costs_nobody_an_attempt_and_gives_nobody_a_result(office):
    zhang, li, absent = office.trained(), office.trained(), office.trained()
    sitting_id = office.confirmed(zhang, li, absent)
    office.now += MINUTE
    office.do(sittings.draw_sitting, sitting_id)
    office.now += timedelta(days=3) - MINUTE
    for one in office.invigilators[:2]:
        office.do(sittings.take_up_duty, sitting_id, actor=one)
    for who in (zhang, li):
        office.do(check_in, registration_id=own(office, who).id, actor=office.invigilators[0])
    office.do(open_room, sitting_id=sitting_id, actor=office.invigilators[0])
    begun = {who.person_id: office.do(start, registration_id=own(office, who).id, actor=who) for who in (zhang, li)}
    for who in (zhang, li):
        office.do(take_desk, attempt_id=begun[who.person_id], token=TOKEN, address="-", actor=who)
    office.do(hand_in, attempt_id=begun[li.person_id], token=TOKEN, actor=li)
    assert annul(office, sitting_id) == 3
    stopped = office.look(attempts.own_attempt, begun[zhang.person_id], actor=zhang)
    assert (stopped.state, bool(stopped.receipt)) == (AttemptState.ANNULLED, True)
    assert office.look(attempts.own_attempt, begun[li.person_id], actor=li).state is AttemptState.SUBMITTED
    with pytest.raises(AttemptIsOver):
        office.do(take_desk, attempt_id=begun[zhang.person_id], token=TOKEN, address="-", actor=zhang)
    for who in (zhang, li, absent):
        again = own(office, who)
        assert (again.state, again.decision.attempt) == (State.APPLIED, 1)
        assert office.look(own_results, actor=who) == []
    assert {row.outcome for row in office.look(seated, sitting_id)} == {Outcome.VOIDED}
    office.now += timedelta(days=1)
    attempt_id = seated_again(office, zhang)
    assert attempt_id not in begun.values()
    assert own(office, zhang).attempt == 1


def test_a_closed_sitting_is_annulled_until_its_results_are_released(office):
    zhang, li = office.trained(), office.trained()
    sitting_id = office.closed(zhang, score=40)
    annul(office, sitting_id)
    assert own(office, zhang).state is State.APPLIED
    with pytest.raises(StepOutOfOrder):
        office.release(sitting_id)
    assert office.look(own_results, actor=zhang) == []
    other = office.closed(li, score=40)
    office.release(other)
    for deed in (annul, call_off):
        with pytest.raises(ReleasedAlready):
            deed(office, other)


def test_nobody_annuls_the_sitting_in_which_they_sat(office):
    zhang = office.trained()
    sitting_id = office.closed(zhang, score=40)
    both = permissions_of([Role.WORKER.value, Role.EXAM_OFFICER.value])
    with pytest.raises(OwnSitting):
        annul(office, sitting_id, actor=replace(zhang, permissions=both))


def test_a_practical_sitting_is_annulled_too(office):
    zhang = office.trained()
    office.release(office.closed(zhang))
    sitting_id = office.opened(zhang, part=Part.PRACTICAL)
    annul(office, sitting_id)
    again = own(office, zhang)
    assert (again.part, again.state) == (Part.PRACTICAL, State.APPLIED)
    assert office.look(queries.sitting, sitting_id).room.kind is RoomKind.PRACTICAL


def test_a_withdrawn_candidate_stays_withdrawn(office):
    zhang, li = office.trained(), office.trained()
    sitting_id = office.confirmed(zhang, li)
    office.do(withdraw_registration, registration_id=own(office, li).id, actor=li)
    assert call_off(office, sitting_id) == 1
    assert own(office, li).state is State.WITHDRAWN


def test_nobody_is_checked_in_or_let_begin_after_the_annulment(office):
    zhang, li = office.trained(), office.trained()
    sitting_id = office.opened(zhang, li)
    old = own(office, li)
    annul(office, sitting_id)
    with pytest.raises(NotSeated):
        office.do(check_in, registration_id=old.id, actor=office.invigilators[0])
    with pytest.raises(StepOutOfOrder):
        office.do(close_room, sitting_id=sitting_id, actor=office.invigilators[0])


def test_the_room_record_says_it_and_the_invigilators_sign_it(office):
    sitting_id = office.opened(office.trained())
    annul(office, sitting_id)
    (line,) = [each for each in office.look(room_record, sitting_id) if each.kind is NoteKind.ANNULLED]
    assert (line.text, line.by_person_id) == (FIRE, office.officer.person_id)
    office.do(sign_record, sitting_id=sitting_id, actor=office.invigilators[0])
    signed_before = office.closed(office.trained())
    office.do(sign_record, sitting_id=signed_before, actor=office.invigilators[0])
    annul(office, signed_before)
    assert NoteKind.ANNULLED not in {each.kind for each in office.look(room_record, signed_before)}


def test_the_auditor_sees_every_annulment_with_its_reason_and_who_decided(office):
    sitting_id = office.opened(office.trained(), office.trained())
    annul(office, sitting_id)
    code = office.look(queries.sitting, sitting_id).code
    with office.workplace.reading(office.actor(Role.AUDITOR), Face.REGISTRY) as reading:
        found = [each for finding in separation(reading, witness=Path("none")) for each in finding.evidence]
    (line,) = [each for each in found if each.sentence == said.AN_ANNULLED and each.data["sitting"] == code]
    assert (line.data["candidates"], line.data["reason"], line.data["name"]) == (2, FIRE, office.officer.name)
    assert not line.breaks
