"""Two officers at the same moment, each in a transaction of their own."""

from threading import Thread
from uuid import UUID

from exams.centres.rules import Duty
from exams.integrity.errors import NobodyFree
from exams.registrations.actions import apply
from exams.sittings import actions as sittings
from exams.sittings.errors import CandidateIsBusy, PersonIsBusy
from exams.sittings.queries import duties
from exams.standards.rules import Part
from kernel.errors import Problem
from kernel.faces import Face
from tests.cast.locks import somebody_waits
from tests.cast.waiting import LIMIT_SECONDS, until


def both_at_once(office, first, second):
    """Do `first`, and while it is not committed yet, `second` in another transaction; what the second raised."""
    raised: list[BaseException] = []

    def the_other() -> None:
        try:
            second()
        except Problem as problem:
            raised.append(problem)

    thread = Thread(target=the_other)
    with office.workplace.transaction(office.officer, Face.EXAMINATION) as work:
        work.now = office.now
        first(work)
        thread.start()
        until(
            lambda: somebody_waits(office.workplace) or not thread.is_alive(),
            "the other officer neither waits nor is done",
        )
    thread.join(LIMIT_SECONDS)
    assert not thread.is_alive()
    return raised


def two_sittings(office) -> tuple[UUID, UUID]:
    """In two rooms at the same time."""
    return office.planned(), office.planned(Part.PRACTICAL)


def test_two_officers_do_not_put_one_invigilator_on_duty_in_two_rooms(office):
    one, other = two_sittings(office)
    person = office.invigilators[0]
    staff_id = office.staff[person.person_id]
    raised = both_at_once(
        office,
        lambda work: sittings.assign_staff(work, one, staff_id=staff_id),
        lambda: office.do(sittings.assign_staff, other, staff_id=staff_id),
    )
    assert [type(problem) for problem in raised] == [PersonIsBusy]
    assert office.look(duties, other) == []


def test_a_lot_drawn_at_the_same_moment_passes_over_whom_another_officer_just_took(office):
    one, other = two_sittings(office)

    def take_all(work):
        for person in office.invigilators:
            sittings.assign_staff(work, one, staff_id=office.staff[person.person_id])

    raised = both_at_once(office, take_all, lambda: office.do(sittings.assign_by_lot, other, duty=Duty.INVIGILATOR))
    assert [type(problem) for problem in raised] == [NobodyFree]


def test_two_officers_do_not_seat_one_candidate_in_two_rooms(office, low_voltage_bank):
    zhang = office.trained()
    theory = office.closed(zhang)
    office.release(theory)
    office.train(zhang, qualification="chemicals_trade_manager")
    house = type(office)(office.workplace)
    house.now = office.now
    one, other = office.planned(Part.PRACTICAL), house.planned(qualification="chemicals_trade_manager")
    practical = office.applied(zhang, Part.PRACTICAL)
    manager = office.do(apply, actor=zhang, qualification="chemicals_trade_manager", part=Part.THEORY)
    raised = both_at_once(
        office,
        lambda work: sittings.seat_candidates(work, one, registration_ids=[practical]),
        lambda: office.do(sittings.seat_candidates, other, registration_ids=[manager]),
    )
    assert [type(problem) for problem in raised] == [CandidateIsBusy]
