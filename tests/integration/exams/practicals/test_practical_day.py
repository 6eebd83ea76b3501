"""A practical from its promise to its result: two examiners, one candidate, nobody else."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError

from exams.integrity.errors import StaffInConflict
from exams.papers.rules import keeps_promise
from exams.practicals import actions, queries
from exams.practicals.actions import Candidate
from exams.practicals.actions.arranging import secret_of
from exams.practicals.errors import (
    AlreadyDrawn,
    CandidateUnsigned,
    ExaminersAreOne,
    ExaminersDiffer,
    ItemIsSimulated,
    NoStandard,
    NoSuchPractical,
    NotSimulated,
    NotToExamine,
    OtherSheetOpen,
    PromiseTooFresh,
    RunUnfinished,
    SheetHasMoved,
    SheetIsSigned,
    SheetsCarrySignatures,
    SignedAlready,
    SittingNotOpen,
)
from exams.practicals.events import ExaminerReplaced, PracticalFinished, PracticalOpened
from exams.practicals.queries import Examiner
from exams.practicals.rules import Deed, ItemPool, Signer, Step, draw, outcome_digest, practical_seed
from exams.results.actions import release_results
from exams.results.queries import results_of_sitting
from exams.sittings.actions import assign_staff, relieve_staff
from exams.standards.rules import Part
from kernel.actor import Actor
from kernel.because import ReasonMissing
from kernel.errors import Forbidden
from kernel.events import as_json
from kernel.faces import Face
from kernel.ids import new_id
from people.access.rules import permissions_of
from simulations.runs import actions as runs


def somebody(name, role):
    return Actor(name=name, account_id=new_id(), person_id=new_id(), permissions=permissions_of([role]))


OFFICER, LIU, SUN, ZHANG = (
    somebody("Chen", "exam_officer"),
    somebody("Liu", "examiner"),
    somebody("Sun", "examiner"),
    somebody("Zhang", "worker"),
)
COMPLETE = Step(Deed.COMPLETE)
SECOND = timedelta(seconds=1)


class Day:
    """One practical, and who is acting in it."""

    sitting_id: Any
    cast: Any
    officer: Any

    def __init__(self, work, opened: Any = None) -> None:
        self.work = work
        if opened is not None:
            self.id = opened
            return
        self.candidate = Candidate(
            registration_id=new_id(),
            sitting_id=new_id(),
            person_id=ZHANG.person_id,
            name="Zhang",
            admission_number=f"T-{new_id()}",
            qualification="low_voltage",
            attempt=1,
            held_on=date(2026, 11, 20),
        )
        self.examiners = (Examiner(LIU.person_id, "Liu"), Examiner(SUN.person_id, "Sun"))
        self.id = self.as_(OFFICER, actions.open_practical, self.candidate, self.examiners)
        self.work.now += SECOND

    def as_(self, actor, deed, *args: Any, **kwargs: Any):
        self.work.actor = actor
        self.work.is_undone = False  # each deed of the day stands for a work of its own
        return deed(self.work, *args, **kwargs)

    def keep(self):
        """Commit, so that the refusal that follows undoes only itself."""
        self.work.session.commit()

    @property
    def now(self):
        return self.as_(OFFICER, queries.practical, self.id)

    def draw(self):
        return self.as_(OFFICER, actions.draw_items, self.id)

    def step(self, examiner, subject, *steps: Step):
        for step in steps:
            sheet = self.now.items[subject].sheets[self.now.place_of(examiner.person_id)]
            self.as_(examiner, actions.step_sheet, self.id, subject, step_id=new_id(), seen=sheet.steps, step=step)

    def lose(self, examiner, subject, points):
        """Take the first deductions of the sheet until at least `points` are gone."""
        item, gone = self.now.items[subject].item, Decimal(0)
        for line in item.lines:
            for one in line.deductions:
                if gone < points:
                    self.step(examiner, subject, Step(Deed.DEDUCT, line.code, one.code))
                    gone = 100 - self.now.items[subject].sheets[self.now.place_of(examiner.person_id)].score

    def sign(self, subject):
        self.as_(ZHANG, actions.sign_as_candidate, self.id, subject)
        self.as_(LIU, actions.sign_as_examiner, self.id, subject)
        self.as_(SUN, actions.sign_as_examiner, self.id, subject)


@pytest.fixture
def day(work_as):
    return Day(work_as(OFFICER, Face.EXAMINATION))


@pytest.fixture
def drawn(work_as):
    """A day whose K4 is (and one whose K4 is not) the simulated item depends on the secret; this draws until it is."""
    while True:
        day = Day(work_as(OFFICER, Face.EXAMINATION))
        day.draw()
        if day.now.items["K4"].is_simulated:
            return day


# The draw


def test_the_promise_is_announced_before_the_draw_and_the_draw_follows_from_it(drawn):
    opened = next(one for one in drawn.work.announced if isinstance(one, PracticalOpened))
    assert opened.commitment == drawn.now.commitment
    secret = secret_of(drawn.work, drawn.id)
    assert keeps_promise(secret, drawn.id, opened.commitment)
    again = draw(ItemPool.of(drawn.now.standard), practical_seed(secret, drawn.candidate.admission_number))
    assert [state.drawn for state in drawn.now.items.values()] == list(again.items)


def test_nothing_is_drawn_in_the_moment_of_the_promise(day):
    day.work.now -= SECOND
    with pytest.raises(PromiseTooFresh):
        day.draw()


def test_items_are_drawn_once_and_a_practical_is_opened_once(drawn):
    before = drawn.now
    drawn.keep()
    with pytest.raises(AlreadyDrawn):
        drawn.draw()
    assert drawn.as_(OFFICER, actions.open_practical, drawn.candidate, drawn.examiners) == drawn.id
    assert drawn.now == before


def test_one_person_is_not_two_examiners(day):
    one = Examiner(LIU.person_id, "Liu")
    fresh = replace(day.candidate, registration_id=new_id(), admission_number="T-2")
    with pytest.raises(ExaminersAreOne):
        day.as_(OFFICER, actions.open_practical, fresh, (one, one))


def test_a_qualification_without_a_standard_is_not_opened(day):
    fresh = replace(day.candidate, registration_id=new_id(), qualification="no_such_trade")
    with pytest.raises(NoStandard):
        day.as_(OFFICER, actions.open_practical, fresh, day.examiners)


# Who may not


@pytest.mark.parametrize("actor", [LIU, ZHANG, somebody("Wang", "worker")])
def test_only_the_exam_office_opens_and_draws(day, actor):
    with pytest.raises(Forbidden):
        day.as_(actor, actions.draw_items, day.id)


def test_an_examiner_of_others_finds_nothing_and_scores_nothing(drawn):
    stranger = somebody("Zhao", "examiner")
    with pytest.raises(NoSuchPractical):
        drawn.as_(stranger, queries.practical, drawn.id)
    with pytest.raises(NoSuchPractical):
        drawn.as_(stranger, actions.step_sheet, drawn.id, "K1", step_id=new_id(), seen=0, step=COMPLETE)
    assert drawn.as_(stranger, queries.practicals).rows == ()


def test_the_candidate_scores_nothing_and_the_examiner_does_not_sign_for_them(drawn):
    with pytest.raises(Forbidden):
        drawn.as_(ZHANG, actions.step_sheet, drawn.id, "K1", step_id=new_id(), seen=0, step=COMPLETE)
    with pytest.raises(Forbidden):
        drawn.as_(LIU, actions.sign_as_candidate, drawn.id, "K1")


def test_another_candidate_does_not_find_the_practical(drawn):
    other = somebody("Li", "worker")
    for deed in (actions.begin_simulation, actions.sign_as_candidate):
        with pytest.raises(NoSuchPractical):
            drawn.as_(other, deed, drawn.id, "K4")


# Two sheets


def test_each_examiner_writes_a_sheet_of_their_own(drawn):
    drawn.lose(LIU, "K1", 5)
    sheets = drawn.now.items["K1"].sheets
    assert sheets[1].score < 100
    assert sheets[2].score == 100


def test_the_same_tap_sent_twice_is_one_step(drawn):
    line = drawn.now.items["K1"].item.lines[0]
    step, step_id = Step(Deed.DEDUCT, line.code, line.deductions[0].code), new_id()
    for _ in range(2):
        drawn.as_(LIU, actions.step_sheet, drawn.id, "K1", step_id=step_id, seen=0, step=step)
    assert drawn.now.items["K1"].sheets[1].steps == 1


def test_a_stale_tab_is_noticed(drawn):
    drawn.step(LIU, "K1", COMPLETE)
    with pytest.raises(SheetHasMoved):
        drawn.as_(LIU, actions.step_sheet, drawn.id, "K1", step_id=new_id(), seen=0, step=Step(Deed.REOPEN))


def test_a_simulated_item_is_not_typed_in(drawn):
    with pytest.raises(ItemIsSimulated):
        drawn.as_(LIU, actions.step_sheet, drawn.id, "K4", step_id=new_id(), seen=0, step=COMPLETE)


def test_nobody_signs_before_both_sheets_are_complete(drawn):
    drawn.step(LIU, "K1", COMPLETE)
    with pytest.raises(OtherSheetOpen):
        drawn.as_(ZHANG, actions.sign_as_candidate, drawn.id, "K1")


def test_a_large_difference_is_settled_before_anybody_signs(drawn):
    drawn.lose(LIU, "K2", 11)
    drawn.step(LIU, "K2", COMPLETE)
    drawn.step(SUN, "K2", COMPLETE)
    drawn.keep()
    with pytest.raises(ExaminersDiffer):
        drawn.as_(ZHANG, actions.sign_as_candidate, drawn.id, "K2")
    drawn.step(SUN, "K2", Step(Deed.REOPEN))
    drawn.lose(SUN, "K2", 11)
    drawn.step(SUN, "K2", COMPLETE)
    drawn.as_(ZHANG, actions.sign_as_candidate, drawn.id, "K2")


def test_examiners_sign_after_the_candidate_and_nobody_twice(drawn):
    drawn.step(LIU, "K1", COMPLETE)
    drawn.step(SUN, "K1", COMPLETE)
    drawn.keep()
    with pytest.raises(CandidateUnsigned):
        drawn.as_(LIU, actions.sign_as_examiner, drawn.id, "K1")
    drawn.sign("K1")
    drawn.keep()
    with pytest.raises(SignedAlready):
        drawn.as_(LIU, actions.sign_as_examiner, drawn.id, "K1")
    assert len({signed.digest for signed in drawn.now.items["K1"].signatures.values()}) == 1


def test_a_sheet_that_anybody_signed_is_locked(drawn):
    drawn.step(LIU, "K1", COMPLETE)
    drawn.step(SUN, "K1", COMPLETE)
    drawn.as_(ZHANG, actions.sign_as_candidate, drawn.id, "K1")
    with pytest.raises(SheetIsSigned):
        drawn.step(LIU, "K1", Step(Deed.REOPEN))


# The simulated item


def test_the_simulated_item_is_one_run_however_often_it_is_begun(drawn):
    first = drawn.as_(ZHANG, actions.begin_simulation, drawn.id, "K4")
    assert drawn.as_(ZHANG, actions.begin_simulation, drawn.id, "K4") == first
    with pytest.raises(RunUnfinished):
        drawn.as_(ZHANG, actions.sign_as_candidate, drawn.id, "K4")


def test_an_item_done_by_hand_has_no_simulation(drawn):
    with pytest.raises(NotSimulated):
        drawn.as_(ZHANG, actions.begin_simulation, drawn.id, "K1")


# The end, in a real sitting: its result waits for the release


@pytest.fixture
def sat(office, low_voltage_bank, work_as):
    """Zhang has passed theory and checked in to a practical sitting; its practicals are opened and drawn."""
    zhang = office.trained()
    office.do(release_results, office.closed(zhang))
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


def test_a_refusal_without_what_was_said_is_not_noted(drawn):
    drawn.step(LIU, "K2", COMPLETE)
    drawn.step(SUN, "K2", COMPLETE)
    with pytest.raises(ReasonMissing):
        drawn.as_(LIU, actions.note_refusal, drawn.id, "K2", reason=" ")


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
    kept = sat.as_(sat.officer, queries.outcome_record, sat.id)
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


# History


@pytest.mark.parametrize(
    "table",
    [
        "practicals",
        "practical_draws",
        "practical_items",
        "practical_steps",
        "practical_signatures",
        "practical_outcomes",
    ],
)
def test_not_even_the_owner_changes_a_practical(machine, table):
    engine = create_engine(machine.owner_url())
    with engine.connect() as owner, pytest.raises(DatabaseError, match="history"):
        owner.execute(text(f"DELETE FROM exams.{table}"))
    engine.dispose()
