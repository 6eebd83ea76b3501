"""A practical from its promise to its result: two examiners, one candidate, nobody else."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError

from exams.papers.rules import keeps_promise
from exams.practicals import actions, queries
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
    OtherSheetOpen,
    PromiseTooFresh,
    RunUnfinished,
    SheetHasMoved,
    SheetIsSigned,
    SignedAlready,
)
from exams.practicals.events import PracticalOpened
from exams.practicals.queries import Examiner
from exams.practicals.rules import Deed, ItemPool, Step, draw, practical_seed
from kernel.errors import Forbidden
from kernel.ids import new_id
from tests.integration.exams.practicals.conftest import COMPLETE, LIU, OFFICER, SECOND, SUN, ZHANG, somebody

# The draw


def test_the_promise_is_announced_before_the_draw_and_the_draw_follows_from_it(at_work):
    opened = next(one for one in at_work.work.announced if isinstance(one, PracticalOpened))
    assert opened.commitment == at_work.now.commitment
    secret = secret_of(at_work.work, at_work.id)
    assert keeps_promise(secret, at_work.id, opened.commitment)
    again = draw(ItemPool.of(at_work.now.standard), practical_seed(secret, at_work.candidate.admission_number))
    assert [state.drawn for state in at_work.now.items.values()] == list(again.items)


def test_nothing_is_drawn_in_the_moment_of_the_promise(day):
    day.work.now -= SECOND
    with pytest.raises(PromiseTooFresh):
        day.draw()


def test_items_are_drawn_once_and_a_practical_is_opened_once(at_work):
    before = at_work.now
    at_work.keep()
    with pytest.raises(AlreadyDrawn):
        at_work.draw()
    assert at_work.as_(OFFICER, actions.open_practical, at_work.candidate, at_work.examiners) == at_work.id
    assert at_work.now == before


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


def test_an_examiner_of_others_finds_nothing_and_scores_nothing(at_work):
    stranger = somebody("Zhao", "examiner")
    with pytest.raises(NoSuchPractical):
        at_work.as_(stranger, queries.practical, at_work.id)
    with pytest.raises(NoSuchPractical):
        at_work.as_(stranger, actions.step_sheet, at_work.id, "K1", step_id=new_id(), seen=0, step=COMPLETE)
    assert at_work.as_(stranger, queries.practicals).rows == ()


def test_the_candidate_scores_nothing_and_the_examiner_does_not_sign_for_them(at_work):
    with pytest.raises(Forbidden):
        at_work.as_(ZHANG, actions.step_sheet, at_work.id, "K1", step_id=new_id(), seen=0, step=COMPLETE)
    with pytest.raises(Forbidden):
        at_work.as_(LIU, actions.sign_as_candidate, at_work.id, "K1")


def test_another_candidate_does_not_find_the_practical(at_work):
    other = somebody("Li", "worker")
    for deed in (actions.begin_simulation, actions.sign_as_candidate):
        with pytest.raises(NoSuchPractical):
            at_work.as_(other, deed, at_work.id, "K4")


# Two sheets


def test_each_examiner_writes_a_sheet_of_their_own(at_work):
    at_work.lose(LIU, "K1", 5)
    sheets = at_work.now.items["K1"].sheets
    assert sheets[1].score < 100
    assert sheets[2].score == 100


def test_the_same_tap_sent_twice_is_one_step(at_work):
    line = at_work.now.items["K1"].item.lines[0]
    step, step_id = Step(Deed.DEDUCT, line.code, line.deductions[0].code), new_id()
    for _ in range(2):
        at_work.as_(LIU, actions.step_sheet, at_work.id, "K1", step_id=step_id, seen=0, step=step)
    assert at_work.now.items["K1"].sheets[1].steps == 1


def test_a_stale_tab_is_noticed(at_work):
    at_work.step(LIU, "K1", COMPLETE)
    with pytest.raises(SheetHasMoved):
        at_work.as_(LIU, actions.step_sheet, at_work.id, "K1", step_id=new_id(), seen=0, step=Step(Deed.REOPEN))


def test_a_simulated_item_is_not_typed_in(at_work):
    with pytest.raises(ItemIsSimulated):
        at_work.as_(LIU, actions.step_sheet, at_work.id, "K4", step_id=new_id(), seen=0, step=COMPLETE)


def test_nobody_signs_before_both_sheets_are_complete(at_work):
    at_work.step(LIU, "K1", COMPLETE)
    with pytest.raises(OtherSheetOpen):
        at_work.as_(ZHANG, actions.sign_as_candidate, at_work.id, "K1")


def test_a_large_difference_is_settled_before_anybody_signs(at_work):
    at_work.lose(LIU, "K2", 11)
    at_work.step(LIU, "K2", COMPLETE)
    at_work.step(SUN, "K2", COMPLETE)
    at_work.keep()
    with pytest.raises(ExaminersDiffer):
        at_work.as_(ZHANG, actions.sign_as_candidate, at_work.id, "K2")
    at_work.step(SUN, "K2", Step(Deed.REOPEN))
    at_work.lose(SUN, "K2", 11)
    at_work.step(SUN, "K2", COMPLETE)
    at_work.as_(ZHANG, actions.sign_as_candidate, at_work.id, "K2")


def test_examiners_sign_after_the_candidate_and_nobody_twice(at_work):
    at_work.step(LIU, "K1", COMPLETE)
    at_work.step(SUN, "K1", COMPLETE)
    at_work.keep()
    with pytest.raises(CandidateUnsigned):
        at_work.as_(LIU, actions.sign_as_examiner, at_work.id, "K1")
    at_work.sign("K1")
    at_work.keep()
    with pytest.raises(SignedAlready):
        at_work.as_(LIU, actions.sign_as_examiner, at_work.id, "K1")
    assert len({signed.digest for signed in at_work.now.items["K1"].signatures.values()}) == 1


def test_a_sheet_that_anybody_signed_is_locked(at_work):
    at_work.step(LIU, "K1", COMPLETE)
    at_work.step(SUN, "K1", COMPLETE)
    at_work.as_(ZHANG, actions.sign_as_candidate, at_work.id, "K1")
    with pytest.raises(SheetIsSigned):
        at_work.step(LIU, "K1", Step(Deed.REOPEN))


# The simulated item


def test_the_simulated_item_is_one_run_however_often_it_is_begun(at_work):
    first = at_work.as_(ZHANG, actions.begin_simulation, at_work.id, "K4")
    assert at_work.as_(ZHANG, actions.begin_simulation, at_work.id, "K4") == first
    with pytest.raises(RunUnfinished):
        at_work.as_(ZHANG, actions.sign_as_candidate, at_work.id, "K4")


def test_an_item_done_by_hand_has_no_simulation(at_work):
    with pytest.raises(NotSimulated):
        at_work.as_(ZHANG, actions.begin_simulation, at_work.id, "K1")


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
