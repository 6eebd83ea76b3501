"""A practical that cannot come to its last signature holds nobody else up, and ending it gives nobody a point."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError

from exams.invigilation.errors import SheetsUnsigned
from exams.practicals import actions, queries
from exams.practicals.actions.concluding import record_given_up
from exams.practicals.errors import (
    ExaminersNotThere,
    ExaminersOweSignatures,
    NoSuchPractical,
    NotForThoseInvolved,
    PracticalIsOver,
    SimulationStillRuns,
)
from exams.practicals.rules import Deed, Ending, Step
from exams.registrations import queries as registrations
from exams.registrations.actions import note_attendance
from exams.registrations.rules import Outcome, State
from exams.results.queries import own_results, results_of_sitting
from exams.sittings import actions as sittings
from exams.standards.rules import Part
from kernel.actor import platform
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from kernel.ids import new_id
from people.access.rules import Role, permissions_of
from tests.integration.exams.practicals.conftest import Practicals

DROPPED_OUT = "一名考评员突发疾病送医，无法补签。"


def released(sitting):
    sitting.close()
    sitting.office.release(sitting.sitting_id)
    return len(sitting.office.look(results_of_sitting, sitting.sitting_id))


def registration_of(sitting, who):
    return sitting.office.look(registrations.own_registrations, actor=who)[0]


def told(machine, sitting, name):
    engine = create_engine(machine.owner_url())
    with engine.connect() as owner:
        query = "SELECT facts FROM kernel.audit WHERE subject = :id AND name = :name"
        facts = owner.execute(text(query), {"id": sitting.id, "name": name}).scalars().all()
    engine.dispose()
    return facts


# The three dead ends


def test_a_candidate_who_walked_out_before_the_simulation_holds_nobody_up(two):
    zhang, other = two.people
    two.score("K1")
    two.sign("K1")
    with pytest.raises(SheetsUnsigned):
        two.close()
    two.end(Ending.GIVEN_UP)
    assert released(two) == 2
    (result,) = [row for row in two.office.look(own_results, actor=zhang) if row.part is Part.PRACTICAL]
    assert (result.score, result.passed) == (Decimal(20), False)  # K1, signed by all; the rest is given up
    assert registration_of(two, zhang).outcome is Outcome.FAILED
    assert registration_of(two, other).outcome in (Outcome.PASSED, Outcome.FAILED)


def test_a_candidate_who_walked_out_before_the_draw_is_ended_as_well(workplace, low_voltage_bank, office):
    sitting = Practicals(office)
    sitting.end(Ending.GIVEN_UP)
    (result,) = office.look(results_of_sitting, sitting.sitting_id).values()
    assert (result.score, result.passed) == (Decimal(0), False)
    with pytest.raises(PracticalIsOver):
        office.do(actions.draw_items, sitting.id)
    assert released(sitting) == 1
    assert sitting.verify() == []


def test_an_examiner_who_dropped_out_after_the_first_signature_costs_the_candidate_nothing(two):
    zhang, _ = two.people
    before = registration_of(two, zhang)
    two.score("K1")
    two.office.do(actions.sign_as_candidate, two.id, "K1", actor=zhang)
    two.office.do(actions.sign_as_examiner, two.id, "K1", actor=two.office.examiners[0])
    two.end(Ending.VOIDED, DROPPED_OUT)
    assert released(two) == 1  # the other's
    now, former = two.office.look(registrations.own_registrations, actor=zhang)[:2]
    assert (former.id, former.outcome) == (before.id, Outcome.VOIDED)
    assert (now.state, now.part, now.applied_at) == (State.APPLIED, Part.PRACTICAL, before.applied_at)
    assert all(row.part is Part.THEORY for row in two.office.look(own_results, actor=zhang))


def test_who_was_not_at_fault_sits_again_as_the_same_attempt(two):
    zhang, _ = two.people
    attempt = registration_of(two, zhang).attempt
    two.end(Ending.VOIDED, DROPPED_OUT)
    released(two)
    two.office.now += timedelta(days=1)
    sitting_id = two.office.opened(zhang, part=Part.PRACTICAL)
    assert registration_of(two, zhang).attempt == attempt
    two.office.do(actions.open_practicals, sitting_id)
    again = two.of(zhang)
    assert (again.sitting_id, again.attempt, again.is_over) == (sitting_id, attempt, False)


def test_a_refusal_noted_by_mistake_is_undone_by_voiding(two):
    two.score("K1")
    two.office.do(actions.note_refusal, two.id, "K1", reason="误点，考生并未拒签", actor=two.office.examiners[0])
    two.end(Ending.VOIDED, "考评员误记考生拒签，另一名考评员不同意。")
    assert released(two) == 1


# No way to a better score


@pytest.mark.parametrize("strikers", [1, 2])
def test_a_veto_item_that_anybody_struck_is_not_lost_with_a_missing_signature(two, strikers):
    """Everything else is full marks: without the veto 80 points would pass."""
    for subject in ("K1", "K2", "K3"):
        two.score(subject)
        if subject != "K2":
            two.sign(subject)
    practical = two.practical
    veto = Step(Deed.VETO, deduction=practical.items["K2"].item.vetoes[0].code, reason="带电接线，被当场制止")
    for examiner in two.office.examiners[:strikers]:
        for seen, step in enumerate((Step(Deed.REOPEN), veto), 1):
            two.office.do(actions.step_sheet, two.id, "K2", step_id=new_id(), seen=seen, step=step, actor=examiner)
    two.end(Ending.GIVEN_UP)
    outcome = two.practical.outcome
    assert (outcome.is_vetoed, outcome.is_passed) == (True, False)


def test_points_that_were_not_signed_do_not_count(two):
    for subject in ("K1", "K2", "K3"):
        two.score(subject)
    two.end(Ending.GIVEN_UP)
    assert two.practical.outcome.total == 0


def test_nobody_is_said_to_have_given_up_what_the_examiners_owe(two):
    """The candidate has done and signed K1; an officer must not turn a missing examiner's signature into a zero."""
    two.score("K1")
    two.office.do(actions.sign_as_candidate, two.id, "K1", actor=two.zhang)
    with pytest.raises(ExaminersOweSignatures):
        two.end(Ending.GIVEN_UP)
    for examiner in two.office.examiners:
        two.office.do(actions.sign_as_examiner, two.id, "K1", actor=examiner)
    two.end(Ending.GIVEN_UP)
    assert two.practical.outcome.total == 20


def test_what_is_over_is_not_ended_and_what_is_ended_is_over(two):
    other = two.of(two.people[1])
    for ending in Ending:
        with pytest.raises(PracticalIsOver):
            two.office.do(actions.end_practical, other.id, ending=ending, reason=DROPPED_OUT)
    two.score("K1")
    two.end(Ending.GIVEN_UP)
    first = two.office.examiners[0]
    for who, deed, given in (
        (two.office.officer, actions.end_practical, {"ending": Ending.VOIDED, "reason": DROPPED_OUT}),
        (two.zhang, actions.begin_simulation, {"subject": "K4"}),
        (two.zhang, actions.sign_as_candidate, {"subject": "K1"}),
        (first, actions.sign_as_examiner, {"subject": "K1"}),
        (first, actions.note_refusal, {"subject": "K1", "reason": "拒绝签字"}),
        (first, actions.step_sheet, {"subject": "K2", "step_id": new_id(), "seen": 0, "step": Step(Deed.COMPLETE)}),
    ):
        with pytest.raises(PracticalIsOver):
            two.office.do(deed, two.id, actor=who, **given)


def test_nobody_is_taken_from_a_running_simulation(two):
    two.office.do(actions.begin_simulation, two.id, "K4", actor=two.zhang)
    for ending in Ending:
        with pytest.raises(SimulationStillRuns):
            two.end(ending)
    two.office.now += timedelta(minutes=10)
    two.end(Ending.GIVEN_UP)
    assert two.practical.outcome.total == 0


# Who may not


def test_only_the_exam_office_ends_a_practical_and_says_why(two):
    for who in (two.zhang, two.office.examiners[0], two.office.invigilators[0]):
        with pytest.raises(Forbidden):
            two.end(Ending.VOIDED, by=who)
    for reason in ("", "考生离场"):
        with pytest.raises(ReasonMissing):
            two.end(Ending.VOIDED, reason)
    with pytest.raises(NoSuchPractical):
        two.office.do(actions.end_practical, new_id(), ending=Ending.VOIDED, reason=DROPPED_OUT)


@pytest.mark.parametrize("formerly", [False, True])
def test_whoever_examines_or_examined_the_candidate_does_not_end_it_as_an_officer(two, formerly):
    first = two.office.examiners[0]
    if formerly:
        spare = two.office.spare_examiner
        two.office.assign(two.sitting_id, spare)
        two.office.do(actions.replace_examiner, two.id, place=1, person_id=spare.person_id, reason="突发疾病，无法继续")
    both = replace(first, permissions=first.permissions | permissions_of([Role.EXAM_OFFICER.value]))
    with pytest.raises(NotForThoseInvolved):
        two.end(Ending.VOIDED, by=both)
    also_officer = replace(two.zhang, permissions=permissions_of([Role.EXAM_OFFICER.value]))
    with pytest.raises(NotForThoseInvolved):
        two.end(Ending.VOIDED, by=also_officer)


# What remains to be seen


def test_the_audit_is_told_how_why_and_what_stood_but_no_score(two, machine):
    two.score("K1")
    two.sign("K1")
    two.end(Ending.VOIDED, DROPPED_OUT)
    (fact,) = told(machine, two, "exams.practical_ended")
    signed = two.practical.items["K1"].item.code
    assert (fact["ending"], fact["reason"], fact["signed"]) == ("voided", DROPPED_OUT, [signed])
    assert told(machine, two, "exams.practical_finished") == []


def test_the_draw_of_an_ended_practical_is_repeated_with_the_others(two):
    two.end(Ending.VOIDED, DROPPED_OUT)
    released(two)
    two.seal()
    assert two.verify() == []
    assert two.office.look(queries.drawn_in, two.sitting_id)[0][2] is not None


def test_a_simulation_that_was_left_alone_is_no_altered_score(two):
    two.office.do(actions.begin_simulation, two.id, "K4", actor=two.zhang)
    two.office.now += timedelta(minutes=10)
    two.end(Ending.GIVEN_UP)
    two.seal()
    assert two.verify() == []


def test_not_even_the_owner_changes_how_a_practical_was_ended(machine):
    engine = create_engine(machine.owner_url())
    with engine.connect() as owner, pytest.raises(DatabaseError, match="history"):
        owner.execute(text("UPDATE exams.practical_endings SET reason = 'another'"))
    engine.dispose()


def test_the_platform_alone_records_the_result_of_who_gave_up(two):
    with pytest.raises(Forbidden):
        two.office.do(record_given_up, practical_id=two.id)
    with pytest.raises(NoSuchPractical):
        two.office.do(record_given_up, practical_id=two.id, actor=platform("reaction"))


# The examiners of a practical are those who are there


def test_practicals_open_only_when_two_examiners_have_taken_up_their_duty(office, low_voltage_bank):
    zhang = office.trained()
    office.release(office.closed(zhang))
    sitting_id = office.confirmed(zhang, part=Part.PRACTICAL)
    office.now += timedelta(minutes=1)
    office.do(sittings.draw_sitting, sitting_id)
    office.now += timedelta(days=3) - timedelta(minutes=1)
    first, second = office.examiners
    for who in (*office.invigilators[:2], second):
        office.do(sittings.take_up_duty, sitting_id, actor=who)
    office.do(sittings.open_sitting, sitting_id, actor=office.invigilators[0])
    with pytest.raises(ExaminersNotThere) as refused:
        office.do(actions.open_practicals, sitting_id)
    assert first.name in str(refused.value)
    assert second.name not in str(refused.value)
    office.assign(sitting_id, office.spare_examiner)
    office.do(sittings.take_up_duty, sitting_id, actor=office.spare_examiner)
    (row,) = office.look(registrations.seated, sitting_id)
    office.do(note_attendance, registration_id=row.id, actor=office.invigilators[0])
    office.do(actions.open_practicals, sitting_id)
    (practical,) = office.look(queries.own_practicals, actor=zhang)
    there = {second.person_id, office.spare_examiner.person_id}
    assert {one.person_id for one in practical.examiners.values()} == there
