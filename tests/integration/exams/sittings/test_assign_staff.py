"""Who is on duty: fit, free, and in no conflict; seen again when the sitting opens and afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from exams.centres.actions import StaffPlan, add_staff
from exams.centres.errors import NotInThePool, TradeUnknownToExaminer
from exams.centres.rules import Duty
from exams.integrity.errors import NobodyFree, StaffInConflict
from exams.integrity.queries import findings
from exams.integrity.rules import Ground
from exams.sittings.actions import (
    assign_by_lot,
    assign_staff,
    open_sitting,
    recheck_staff,
    relieve_staff,
    seat_candidates,
    take_up_duty,
)
from exams.sittings.errors import AlreadyOnDuty, NotOnDuty, PersonIsBusy, TooEarlyForDuty
from exams.sittings.queries import duties, lots
from exams.sittings.rules import shuffled
from exams.standards.rules import Part
from kernel.actor import platform
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from kernel.faces import Face
from people.access.rules import Role


def test_only_the_office_assigns_and_relieves(office):
    sitting_id, officer = office.planned(), office.actor(Role.INVIGILATOR)
    staff_id = office.staff[office.invigilators[0].person_id]
    with pytest.raises(Forbidden):
        office.do(assign_staff, sitting_id, actor=officer, staff_id=staff_id)
    with pytest.raises(Forbidden):
        office.do(assign_by_lot, sitting_id, actor=officer, duty=Duty.INVIGILATOR)
    with pytest.raises(Forbidden):
        office.do(relieve_staff, sitting_id, actor=officer, person_id=officer.person_id, reason="x")
    with pytest.raises(Forbidden):
        office.do(take_up_duty, sitting_id, actor=office.trained())
    with pytest.raises(Forbidden):
        office.do(recheck_staff, actor=office.trained())


def test_a_teacher_of_a_candidate_is_refused_with_name_and_reason(office):
    sitting_id = office.planned()
    zhang = office.actor(Role.WORKER, "张三")
    office.train(zhang, teachers=(office.invigilators[0].person_id,))
    office.do(seat_candidates, sitting_id, registration_ids=[office.applied(zhang)])
    with pytest.raises(StaffInConflict) as refusal:
        office.assign(sitting_id, office.invigilators[0])
    assert office.invigilators[0].name in str(refusal.value)
    assert "taught 张三" in str(refusal.value)
    office.assign(sitting_id, office.invigilators[1])


def test_a_candidate_who_comes_later_is_checked_against_those_on_duty(office):
    sitting_id = office.planned()
    office.assign(sitting_id, office.invigilators[0])
    zhang = office.actor(Role.WORKER)
    office.train(zhang, teachers=(office.invigilators[0].person_id,))
    with pytest.raises(StaffInConflict):
        office.do(seat_candidates, sitting_id, registration_ids=[office.applied(zhang)])


def test_who_wrote_questions_of_the_bank_is_refused(office, low_voltage_bank):
    author = next(iter(low_voltage_bank))
    with office.workplace.transaction(platform("test"), Face.REGISTRY) as work:
        work.session.execute(
            text(
                "INSERT INTO people.persons (id, name, created_at) VALUES (:id, '命题人', now()) ON CONFLICT DO NOTHING"
            ),
            {"id": author},
        )
    plan = StaffPlan(person_id=author, duty=Duty.INVIGILATOR)
    staff_id = office.do(add_staff, centre_id=office.centre_id, plan=plan)
    with pytest.raises(StaffInConflict, match="wrote, reviewed or approved"):
        office.do(assign_staff, office.planned(), staff_id=staff_id)


def test_an_examiner_of_another_trade_is_refused(office):
    stranger = office.actor(Role.EXAMINER)
    plan = StaffPlan(person_id=stranger.person_id, duty=Duty.EXAMINER, qualifications=["welding"])
    staff_id = office.do(add_staff, centre_id=office.centre_id, plan=plan)
    with pytest.raises(TradeUnknownToExaminer):
        office.do(assign_staff, office.planned(Part.PRACTICAL), staff_id=staff_id)


def test_nobody_is_on_duty_twice(office):
    sitting_id = office.planned()
    office.assign(sitting_id, office.invigilators[0])
    with pytest.raises(AlreadyOnDuty):
        office.assign(sitting_id, office.invigilators[0])
    with pytest.raises(PersonIsBusy):
        office.assign(office.planned(Part.PRACTICAL), office.invigilators[0])


def test_staff_come_from_the_pool_of_the_centre(office):
    with pytest.raises(NotInThePool):
        office.do(assign_staff, office.planned(), staff_id=uuid4())


def test_a_lot_passes_over_those_in_conflict_and_can_be_drawn_again(office):
    sitting_id = office.planned()
    zhang = office.actor(Role.WORKER)
    barred = office.invigilators[0].person_id
    office.train(zhang, teachers=(barred,))
    office.do(seat_candidates, sitting_id, registration_ids=[office.applied(zhang)], by_lot=False)
    for _ in range(2):
        office.do(assign_by_lot, sitting_id, duty=Duty.INVIGILATOR)
    assert barred not in {duty.person_id for duty in office.look(duties, sitting_id)}
    for lot in office.look(lots, sitting_id):
        assert shuffled(lot.given, int(lot.seed))[0] == lot.drawn[0]
    with pytest.raises(NobodyFree):
        office.do(assign_by_lot, sitting_id, duty=Duty.INVIGILATOR)


def test_relieving_takes_a_reason_and_frees_the_person(office):
    sitting_id = office.planned()
    person_id = office.invigilators[0].person_id
    office.assign(sitting_id, office.invigilators[0])
    with pytest.raises(ReasonMissing):
        office.do(relieve_staff, sitting_id, person_id=person_id, reason="")
    office.do(relieve_staff, sitting_id, person_id=person_id, reason="生病")
    assert office.look(duties, sitting_id) == []
    with pytest.raises(NotOnDuty):
        office.do(relieve_staff, sitting_id, person_id=person_id, reason="生病")


def test_duty_is_taken_up_in_time_by_those_assigned(office):
    sitting_id = office.confirmed(office.trained())
    with pytest.raises(TooEarlyForDuty):
        office.do(take_up_duty, sitting_id, actor=office.invigilators[0])
    office.now += timedelta(days=3) - timedelta(minutes=30)
    office.do(take_up_duty, sitting_id, actor=office.invigilators[0])
    with pytest.raises(NotOnDuty):
        office.do(take_up_duty, sitting_id, actor=office.invigilators[2])


def test_what_comes_to_light_later_stops_the_opening_and_is_written_down_once(office, low_voltage_bank):
    zhang = office.trained("张三")
    sitting_id = office.opened_but_for(zhang)
    office.train(zhang, teachers=(office.invigilators[1].person_id,))
    with pytest.raises(StaffInConflict):
        office.do(open_sitting, sitting_id, actor=office.invigilators[0])
    for _ in range(2):
        office.do(recheck_staff, actor=platform("recheck"))
    (finding,) = office.look(findings, sitting_id)
    assert (finding.name, finding.ground, finding.candidate) == (office.invigilators[1].name, Ground.TAUGHT, "张三")


def statements_of_a_recheck(office) -> int:
    counted: list[str] = []

    def count(_connection, _cursor, statement, _parameters, _context, _many) -> None:
        counted.append(statement)

    engine = office.workplace.engines.of(Face.EXAMINATION)
    event.listen(engine, "before_cursor_execute", count)
    office.do(recheck_staff, actor=platform("recheck"))
    event.remove(engine, "before_cursor_execute", count)
    return len(counted)


def test_many_sittings_without_a_conflict_are_looked_at_in_as_few_words_as_one(office, low_voltage_bank):
    office.opened_but_for(office.trained())
    of_one = statements_of_a_recheck(office)
    for _ in range(3):
        office.now += timedelta(days=7)
        office.opened_but_for(office.trained())
    assert statements_of_a_recheck(office) == of_one


def test_the_registry_reads_the_findings_and_nothing_else_of_them(office, low_voltage_bank):
    zhang = office.trained()
    sitting_id = office.opened_but_for(zhang)
    office.train(zhang, teachers=(office.invigilators[1].person_id,))
    office.do(recheck_staff, actor=platform("recheck"))
    with office.workplace.engines.of(Face.REGISTRY).connect() as connection:
        statement = text("SELECT name, ground FROM exams.conflict_findings WHERE sitting_id = :id")
        assert connection.execute(statement, {"id": sitting_id}).all() == [(office.invigilators[1].name, "taught")]
