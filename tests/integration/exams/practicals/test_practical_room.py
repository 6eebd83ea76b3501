"""A practical as its invigilators see it: nobody is late at a machine, and the room record counts what was."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from exams.breaches.errors import BreachUndecided, EndedForBreach
from exams.invigilation import queries as rooms
from exams.invigilation.actions.admitting import check_in
from exams.invigilation.actions.supervising import close_room, confirm_breach, dismiss_breach, propose_breach
from exams.invigilation.errors import BreachesUndecided, ResultIsRecorded
from exams.invigilation.rules import Presence
from exams.marking.reactions import sitting_closed
from exams.practicals import actions, queries
from exams.practicals.actions.concluding import record_given_up
from exams.practicals.rules import Deed, Ending, Step
from exams.registrations.queries import registration, seated
from exams.results.queries import result_of_registration
from exams.sittings import actions as sittings
from exams.sittings import queries as sitting_queries
from exams.sittings.events import SittingClosed
from exams.standards.rules import Part
from kernel.actor import Actor, platform
from kernel.faces import Face
from kernel.ids import new_id
from simulations.runs import actions as runs
from tests.integration.exams.conftest import ExamOffice
from web.exams.invigilation import view

SIX_MINUTES = timedelta(minutes=6)  # longer than a beginning is waited for in a theory sitting


class Room:
    """An open practical sitting in which everybody was checked in on the console."""

    def __init__(self, office: ExamOffice, *people: Actor) -> None:
        self.office = office
        office.release(office.closed(*people))
        self.sitting_id = office.confirmed(*people, part=Part.PRACTICAL)
        office.now += timedelta(minutes=1)
        office.do(sittings.draw_sitting, self.sitting_id)
        office.now += timedelta(days=3) - timedelta(minutes=1)
        for invigilator in office.invigilators[:2]:
            office.do(sittings.take_up_duty, self.sitting_id, actor=invigilator)
        for examiner in office.examiners:
            office.do(sittings.take_up_duty, self.sitting_id, actor=examiner)
        self.rows = {row.person_id: row.id for row in office.look(seated, self.sitting_id)}
        for registration_id in self.rows.values():
            office.do(check_in, registration_id=registration_id, actor=office.invigilators[0])
        office.do(sittings.open_sitting, self.sitting_id, actor=office.invigilators[0])

    def seen(self, who):
        sitting = self.office.look(sitting_queries.sitting, self.sitting_id)
        people = self.office.look(rooms.room, sitting, actor=self.office.invigilators[0])
        return next(it for it in people if it.registration.person_id == who.person_id)

    def offered(self, who) -> list[str]:
        def acts(reading) -> list[str]:
            offered: list[str] = view.chosen(reading, view.console(reading, self.sitting_id), about)["offered"]
            return offered

        about = self.rows[who.person_id]
        found: list[str] = self.office.look(acts, actor=self.office.invigilators[0])
        return found

    def draw(self, who):
        self.office.do(actions.open_practicals, self.sitting_id)
        self.office.now += timedelta(minutes=1)
        (practical,) = self.office.look(queries.own_practicals, actor=who)
        return self.office.do(actions.draw_items, practical.id)

    def examine(self, who, practical) -> None:
        """Every item done and signed, up to the very last signature."""
        office = self.office
        first, second = office.examiners
        for subject, state in practical.items.items():
            if state.is_simulated:
                run_id = office.do(actions.begin_simulation, practical.id, subject, actor=who)
                office.now += timedelta(minutes=10)
                office.do(runs.end_run, run_id, actor=who)
            else:
                for examiner in office.examiners:
                    step: dict[str, Any] = {"step_id": new_id(), "seen": 0, "step": Step(Deed.COMPLETE)}
                    office.do(actions.step_sheet, practical.id, subject, **step, actor=examiner)
            office.do(actions.sign_as_candidate, practical.id, subject, actor=who)
            office.do(actions.sign_as_examiner, practical.id, subject, actor=first)
        *most, self.last = practical.items
        for subject in most:
            office.do(actions.sign_as_examiner, practical.id, subject, actor=second)

    def sign_last(self, practical) -> None:
        self.office.do(actions.sign_as_examiner, practical.id, self.last, actor=self.office.examiners[1])

    def breach(self, who, deed, *, by: int, **kw) -> None:
        self.office.do(deed, registration_id=self.rows[who.person_id], actor=self.office.invigilators[by], **kw)

    def close(self) -> None:
        self.office.do(close_room, sitting_id=self.sitting_id, actor=self.office.invigilators[0])
        self.office.do(sitting_closed, SittingClosed(sitting_id=self.sitting_id), actor=platform("worker"))

    def result(self, who):
        return self.office.look(result_of_registration, self.rows[who.person_id])


def test_a_candidate_of_a_practical_waits_works_and_finishes_and_gives_no_alarm(office, low_voltage_bank):
    zhang = office.trained("张三丰")
    room = Room(office, zhang)
    office.now += SIX_MINUTES
    assert (room.seen(zhang).presence, room.seen(zhang).troubles) == (Presence.CHECKED_IN, ())
    assert room.offered(zhang) == ["move", "propose-breach", "note"]
    practical = room.draw(zhang)
    assert room.seen(zhang).presence is Presence.AT_ITEMS
    room.examine(zhang, practical)
    room.sign_last(practical)
    assert room.seen(zhang).presence is Presence.FINISHED
    assert room.offered(zhang) == ["note"]
    room.close()
    counts = office.look(view.record, room.sitting_id, actor=office.invigilators[0])["counts"]
    assert {name: count for name, count in counts.items() if count} == {"finished": 1}


def test_an_impostor_is_sent_out_of_a_practical_and_holds_nobody_up(office, low_voltage_bank):
    impostor = office.trained()
    room = Room(office, impostor)
    room.breach(impostor, propose_breach, by=0, reason="not the person of the photo")
    with pytest.raises(BreachesUndecided):
        room.close()
    room.breach(impostor, confirm_breach, by=1)
    assert room.seen(impostor).presence is Presence.ENDED
    room.close()
    office.release(room.sitting_id)
    result = room.result(impostor)
    assert (result.score, result.passed, result.cancelled) == (Decimal(0), False, True)
    assert office.look(registration, room.rows[impostor.person_id]).outcome == "cancelled"


def test_the_last_signature_waits_for_the_decision_about_a_breach(office, low_voltage_bank):
    zhang = office.trained()
    room = Room(office, zhang)
    practical = room.draw(zhang)
    room.examine(zhang, practical)
    room.breach(zhang, propose_breach, by=0, reason="was prompted")
    with pytest.raises(BreachUndecided):
        room.sign_last(practical)
    room.breach(zhang, dismiss_breach, by=1, reason="it was the examiner who spoke")
    room.sign_last(practical)
    with pytest.raises(ResultIsRecorded):
        room.breach(zhang, propose_breach, by=0, reason="too late")
    room.close()


def test_who_was_sent_out_of_a_practical_gets_no_other_result(office, low_voltage_bank):
    zhang = office.trained()
    room = Room(office, zhang)
    practical = room.draw(zhang)
    room.examine(zhang, practical)
    room.breach(zhang, propose_breach, by=0, reason="was prompted")
    room.breach(zhang, confirm_breach, by=1)
    with pytest.raises(EndedForBreach):
        room.sign_last(practical)
    room.close()
    assert room.result(zhang).cancelled


def test_ending_the_practical_of_who_was_sent_out_leaves_the_cancelled_result_to_the_closing(office, low_voltage_bank):
    zhang = office.trained()
    room = Room(office, zhang)
    practical = room.draw(zhang)
    room.breach(zhang, propose_breach, by=0, reason="was prompted")
    room.breach(zhang, confirm_breach, by=1)
    office.do(actions.end_practical, practical.id, ending=Ending.GIVEN_UP, reason="考生已被终止考试，离开考场。")
    with office.workplace.transaction(platform("reaction"), Face.EXAMINATION) as work:
        record_given_up(work, practical_id=practical.id)
    assert room.result(zhang) is None
    room.close()
    assert room.result(zhang).cancelled
