"""The end of a practical in a real sitting: its result, and examiners who fall ill."""

from datetime import timedelta
from decimal import Decimal

import pytest

from exams.integrity.errors import StaffInConflict
from exams.papers.rules import keeps_promise
from exams.practicals import actions, queries
from exams.practicals.errors import (
    NoSuchPractical,
    NotToExamine,
    SheetsCarrySignatures,
    SittingNotOpen,
)
from exams.practicals.events import ExaminerReplaced, PracticalFinished
from exams.practicals.rules import Deed, Signer, Step, outcome_digest
from exams.results.queries import results_of_sitting
from exams.sittings.actions import assign_staff, relieve_staff
from exams.standards.rules import Part
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from kernel.events import as_json
from kernel.faces import Face
from kernel.ids import new_id
from simulations.runs import actions as runs
from tests.integration.exams.practicals.conftest import COMPLETE, LIU, SECOND, SUN, Day


@pytest.fixture
def sat(office, low_voltage_bank, work_as):
    """Zhang has passed theory and checked in to a practical sitting; its practicals are opened and at_work."""
    zhang = office.trained()
    office.release(office.closed(zhang))
    sitting_id = office.opened(zhang, part=Part.PRACTICAL)
    assert office.do(actions.open_practicals, sitting_id) == 1
    assert office.do(actions.open_practicals, sitting_id) == 1
    (practical,) = office.look(queries.own_practicals, actor=zhang)
    day = Day(work_as(office.officer, Face.EXAMINATION), practical.id)
    day.work.now = office.now + SECOND
    day.sitting_id = sitting_id
    day.cast = (zhang, *office.examiners)
    day.officer = office.officer
    return day


def finished(day):
    """Everything that is still open is completed and signed; a simulated item is left alone and earns nothing."""
    zhang, first, second = day.cast
    for subject, state in day.now.items.items():
        if state.is_signed:
            continue
        if state.is_simulated:
            run_id = day.as_(zhang, actions.begin_simulation, day.id, subject)
            day.work.now += timedelta(minutes=10)
            assert day.as_(zhang, runs.end_run, run_id)
        else:
            day.step(first, subject, COMPLETE)
            day.step(second, subject, COMPLETE)
        day.as_(zhang, actions.sign_as_candidate, day.id, subject)
        day.as_(first, actions.sign_as_examiner, day.id, subject)
        day.as_(second, actions.sign_as_examiner, day.id, subject)
    return next(one for one in day.work.announced if isinstance(one, PracticalFinished))


def all_but_the_simulation(day):
    return Decimal(80) if day.now.items["K4"].is_simulated else Decimal(100)


def test_the_last_signature_totals_the_practical_records_the_result_and_tells_the_secret(sat):
    sat.as_(sat.officer, actions.draw_items, sat.id)
    fact = finished(sat)
    whole = sat.now.outcome
    assert (whole.total, whole.is_passed) == (all_but_the_simulation(sat), True)
    assert keeps_promise(bytes.fromhex(fact.secret), sat.id, sat.now.commitment)
    (result,) = sat.as_(sat.officer, results_of_sitting, sat.sitting_id).values()
    assert (result.score, result.passed, result.reference_id) == (whole.total, True, sat.id)


def test_a_veto_of_both_examiners_fails_the_whole(sat):
    sat.as_(sat.officer, actions.draw_items, sat.id)
    item = sat.now.items["K2"].item
    struck = Step(Deed.VETO, deduction=item.vetoes[0].code, reason="通电试车时断路器跳闸")
    for examiner in sat.cast[1:]:
        sat.step(examiner, "K2", struck)
    finished(sat)
    assert (sat.now.outcome.is_vetoed, sat.now.outcome.is_passed) == (True, False)
    (result,) = sat.as_(sat.officer, results_of_sitting, sat.sitting_id).values()
    assert not result.passed


def test_a_candidate_who_refuses_to_sign_gives_the_item_up(sat):
    sat.as_(sat.officer, actions.draw_items, sat.id)
    _, first, second = sat.cast
    sat.step(first, "K2", COMPLETE)
    sat.step(second, "K2", COMPLETE)
    sat.as_(first, actions.note_refusal, sat.id, "K2", reason="考生对扣分不认可，拒绝签字")
    sat.as_(first, actions.sign_as_examiner, sat.id, "K2")
    sat.as_(second, actions.sign_as_examiner, sat.id, "K2")
    assert sat.now.items["K2"].signatures[Signer.CANDIDATE].is_refusal
    finished(sat)
    assert (sat.now.outcome.total, sat.now.outcome.is_passed) == (all_but_the_simulation(sat) - 40, False)


def test_a_refusal_without_what_was_said_is_not_noted(at_work):
    at_work.step(LIU, "K2", COMPLETE)
    at_work.step(SUN, "K2", COMPLETE)
    with pytest.raises(ReasonMissing):
        at_work.as_(LIU, actions.note_refusal, at_work.id, "K2", reason=" ")


def test_an_examiner_who_was_relieved_scores_and_signs_nothing_more(sat):
    """Most of all when a conflict came to light while the candidate was at work."""
    sat.as_(sat.officer, actions.draw_items, sat.id)
    _, first, second = sat.cast
    sat.step(first, "K1", COMPLETE)
    sat.step(second, "K1", COMPLETE)
    sat.as_(sat.officer, relieve_staff, sat.sitting_id, person_id=first.person_id, reason="系考生的培训教师")
    sat.keep()
    for deed, given in (
        (actions.sign_as_examiner, {}),
        (actions.note_refusal, {"reason": "考生拒绝签字"}),
        (actions.step_sheet, {"step_id": new_id(), "seen": 1, "step": Step(Deed.REOPEN)}),
    ):
        with pytest.raises(NoSuchPractical):
            sat.as_(first, deed, sat.id, "K1", **given)
        sat.keep()
    assert sat.as_(second, queries.practical, sat.id)
    assert sat.as_(first, queries.practicals).rows == ()
    assert [one.id for one in sat.as_(second, queries.practicals).rows] == [sat.id]


def test_until_the_release_the_audit_is_told_no_points_and_no_pass(sat):
    """Whoever may read the audit would else know every result of a practical before its candidate does."""
    sat.as_(sat.officer, actions.draw_items, sat.id)
    sat.lose(sat.cast[1], "K1", 5)
    finished(sat)
    told = [as_json(fact) for fact in sat.work.announced if fact.NAME.startswith("exams.")]
    scores = {"total", "score", "pass_mark", "is_passed", "is_vetoed", "weighted"}
    assert [fact for fact in told if scores & fact.keys()] == []
    (finish,) = [one for one in sat.work.announced if isinstance(one, PracticalFinished)]
    kept = sat.as_(sat.officer, queries.stored_outcome, sat.id)
    again = {"is_vetoed": kept.is_vetoed, "is_passed": kept.is_passed}
    assert finish.outcome_digest == outcome_digest(kept.total, kept.pass_mark, **again, content=kept.content)
    unsalted = {key: value for key, value in kept.content.items() if key != "salt"}
    assert finish.outcome_digest != outcome_digest(kept.total, kept.pass_mark, **again, content=unsalted)


def replaced(sat, place, by, reason="突发疾病，无法继续考评"):
    sat.keep()
    sat.as_(sat.officer, actions.replace_examiner, sat.id, place=place, person_id=by.person_id, reason=reason)


def test_an_examiner_who_falls_ill_is_replaced_and_the_successor_scores_anew(sat, office):
    sat.as_(sat.officer, actions.draw_items, sat.id)
    zhang, first, second = sat.cast
    spare = office.spare_examiner
    sat.step(first, "K1", COMPLETE)
    with pytest.raises(NotToExamine):
        replaced(sat, 1, spare)
    staff_id = office.staff[spare.person_id]
    sat.as_(sat.officer, assign_staff, sat.sitting_id, staff_id=staff_id)
    with pytest.raises(ReasonMissing):
        replaced(sat, 1, spare, reason=" ")
    with pytest.raises(NotToExamine):
        replaced(sat, 1, second)
    sat.keep()
    with pytest.raises(Forbidden):
        sat.as_(first, actions.replace_examiner, sat.id, place=1, person_id=spare.person_id, reason="突发疾病")
    replaced(sat, 1, spare)
    (fact,) = [one for one in sat.work.announced if isinstance(one, ExaminerReplaced)]
    assert (fact.place, fact.former_id, fact.examiner_id) == (1, first.person_id, spare.person_id)
    assert fact.reason == "突发疾病，无法继续考评"
    assert not sat.now.items["K1"].sheets[1].is_complete
    sat.keep()
    with pytest.raises(NoSuchPractical):
        sat.as_(first, queries.practical, sat.id)
    assert sat.as_(first, queries.practicals).rows == ()
    sat.cast = (zhang, spare, second)
    finished(sat)
    assert sat.now.outcome.is_passed


def test_an_examiner_who_was_replaced_does_not_come_back(sat, office):
    _, first, second = sat.cast
    sat.as_(sat.officer, assign_staff, sat.sitting_id, staff_id=office.staff[office.spare_examiner.person_id])
    replaced(sat, 1, office.spare_examiner)
    for place in (1, 2):
        with pytest.raises(NotToExamine):
            replaced(sat, place, first)
    assert [one.person_id for one in sat.now.examiners.values()] == [office.spare_examiner.person_id, second.person_id]


def test_once_anything_is_signed_the_examiners_stay(sat, office):
    sat.as_(sat.officer, actions.draw_items, sat.id)
    zhang, first, second = sat.cast
    sat.step(first, "K1", COMPLETE)
    sat.step(second, "K1", COMPLETE)
    sat.as_(zhang, actions.sign_as_candidate, sat.id, "K1")
    sat.as_(sat.officer, assign_staff, sat.sitting_id, staff_id=office.staff[office.spare_examiner.person_id])
    with pytest.raises(SheetsCarrySignatures):
        replaced(sat, 2, office.spare_examiner)


def test_nobody_in_conflict_takes_the_place(sat, office):
    """The conflict became known only after the successor was put on duty."""
    zhang, *_ = sat.cast
    spare = office.spare_examiner
    sat.as_(sat.officer, assign_staff, sat.sitting_id, staff_id=office.staff[spare.person_id])
    sat.keep()
    office.train(zhang, teachers=(spare.person_id,))
    with pytest.raises(StaffInConflict):
        replaced(sat, 1, spare)


def test_a_theory_sitting_opens_no_practicals(office, low_voltage_bank):
    sitting_id = office.opened(office.trained())
    with pytest.raises(SittingNotOpen):
        office.do(actions.open_practicals, sitting_id)
