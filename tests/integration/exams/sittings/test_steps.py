"""From confirmed to released, each step in its order and by those who may."""

from datetime import timedelta

import pytest

from exams.papers import queries as papers
from exams.papers.errors import SecretNotCommitted
from exams.registrations.queries import seated
from exams.sittings.actions import (
    close_sitting,
    confirm_sitting,
    draw_sitting,
    open_sitting,
    reveal_sitting,
    seat_candidates,
)
from exams.sittings.errors import (
    NobodySeated,
    NotOnDuty,
    StaffMissing,
    StaffNotThere,
    StepOutOfOrder,
    TooEarlyToOpen,
    TooLateToOpen,
)
from exams.sittings.queries import sitting
from exams.sittings.rules import State
from exams.standards.rules import Part
from kernel.errors import Forbidden
from people.access.rules import Role

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("low_voltage_bank")


def state(office, sitting_id):
    return office.look(sitting, sitting_id).state


def test_the_office_confirms_and_draws_the_invigilator_opens_and_closes(office):
    sitting_id = office.planned()
    for deed, role in (
        (confirm_sitting, Role.INVIGILATOR),
        (draw_sitting, Role.INVIGILATOR),
        (open_sitting, Role.EXAM_OFFICER),
        (close_sitting, Role.EXAM_OFFICER),
        (reveal_sitting, Role.INVIGILATOR),
    ):
        with pytest.raises(Forbidden):
            office.do(deed, sitting_id, actor=office.actor(role))


def test_confirming_needs_candidates_and_staff(office):
    sitting_id = office.planned()
    with pytest.raises(NobodySeated):
        office.do(confirm_sitting, sitting_id)
    office.do(seat_candidates, sitting_id, registration_ids=[office.applied(office.trained())])
    office.assign(sitting_id, office.invigilators[0])
    with pytest.raises(StaffMissing):
        office.do(confirm_sitting, sitting_id)
    office.assign(sitting_id, office.invigilators[1])
    office.do(confirm_sitting, sitting_id)
    assert state(office, sitting_id) is State.CONFIRMED


def test_the_promise_comes_before_the_draw_and_every_candidate_gets_a_paper(office):
    sitting_id = office.confirmed(office.trained(), office.trained())
    assert office.look(papers.sitting_secret, sitting_id).revealed is None
    with pytest.raises(SecretNotCommitted):
        office.do(draw_sitting, sitting_id)  # in the same moment as the promise
    office.now += MINUTE
    office.do(draw_sitting, sitting_id)
    drawn = {paper.admission_number for paper in office.look(papers.papers, sitting_id)}
    assert drawn == {row.admission_number for row in office.look(seated, sitting_id)}
    with pytest.raises(StepOutOfOrder):
        office.do(draw_sitting, sitting_id)


def test_it_opens_in_time_with_two_invigilators_there(office):
    sitting_id = office.opened_but_for(office.trained())
    first, stranger = office.invigilators[0], office.invigilators[2]
    with pytest.raises(NotOnDuty):
        office.do(open_sitting, sitting_id, actor=stranger)
    start = office.now
    office.now = start - timedelta(minutes=16)
    with pytest.raises(TooEarlyToOpen):
        office.do(open_sitting, sitting_id, actor=first)
    office.now = start + timedelta(minutes=61)
    with pytest.raises(TooLateToOpen):
        office.do(open_sitting, sitting_id, actor=first)
    office.now = start
    office.do(open_sitting, sitting_id, actor=first)
    office.do(close_sitting, sitting_id, actor=first)
    assert state(office, sitting_id) is State.CLOSED


def test_one_invigilator_is_not_enough(office):
    sitting_id = office.confirmed(office.trained())
    office.now += MINUTE
    office.do(draw_sitting, sitting_id)
    office.now += timedelta(days=3) - MINUTE
    with pytest.raises(StaffNotThere):
        office.do(open_sitting, sitting_id, actor=office.invigilators[0])


def test_a_secret_is_revealed_when_the_sitting_is_over(office):
    sitting_id = office.opened(office.trained())
    with pytest.raises(StepOutOfOrder):
        office.do(reveal_sitting, sitting_id)
    office.do(close_sitting, sitting_id, actor=office.invigilators[0])
    assert len(office.do(reveal_sitting, sitting_id)) == 64


def test_a_practical_is_drawn_without_papers_and_needs_two_examiners(office):
    zhang = office.trained()
    theory = office.closed(zhang)
    office.release(theory)
    sitting_id = office.planned(Part.PRACTICAL)
    office.do(seat_candidates, sitting_id, registration_ids=[office.applied(zhang, Part.PRACTICAL)])
    office.assign(sitting_id, office.invigilators[0], office.examiners[0])
    with pytest.raises(StaffMissing):
        office.do(confirm_sitting, sitting_id)
    office.assign(sitting_id, office.examiners[1])
    office.do(confirm_sitting, sitting_id)
    office.now += MINUTE
    office.do(draw_sitting, sitting_id)
    assert office.look(papers.papers, sitting_id) == []
    assert state(office, sitting_id) is State.DRAWN
