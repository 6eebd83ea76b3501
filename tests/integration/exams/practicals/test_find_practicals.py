"""Practicals on many days and in many sittings: each is found by sitting, day, name and what is still to do."""

from datetime import date, timedelta

import pytest

from exams.practicals import actions, queries
from exams.practicals.actions import Candidate
from exams.practicals.queries import Examiner, Filters, Todo
from exams.practicals.rules import Ending
from kernel.actor import Actor
from kernel.faces import Face
from kernel.ids import new_id
from kernel.paging import PAGE_ROWS
from people.access.rules import permissions_of

LIU_ID, SUN_ID = new_id(), new_id()
OFFICER, LIU = (
    Actor(name=name, account_id=new_id(), person_id=person_id, permissions=permissions_of([role]))
    for name, role, person_id in (("Chen", "exam_officer", new_id()), ("Liu", "examiner", LIU_ID))
)
FIRST_DAY = date(2026, 11, 20)


@pytest.fixture
def work(work_as):
    return work_as(OFFICER, Face.EXAMINATION)


def opened(work, count, *, held_on=FIRST_DAY, name="Zhang"):
    """Practicals of so many candidates; a run of tests may have left others, so each has a name of this test alone."""
    found = []
    for number in range(count):
        candidate = Candidate(
            registration_id=new_id(),
            sitting_id=new_id(),
            person_id=new_id(),
            name=f"{name} {number}",
            admission_number=f"T-{new_id()}",
            qualification="low_voltage",
            attempt=1,
            held_on=held_on,
        )
        examiners = (Examiner(LIU_ID, "Liu"), Examiner(SUN_ID, "Sun"))
        found.append(actions.open_practical(work, candidate, examiners))
    work.now += timedelta(seconds=1)
    return found


@pytest.mark.parametrize("who", [OFFICER, LIU])
def test_those_beyond_the_first_hundred_are_on_a_page_of_their_own(work, who):
    name = f"Zhang {new_id().hex[-8:]}"
    everybody = opened(work, 120, name=name)
    work.actor = who
    pages = [queries.practicals(work, Filters(search=name), page=page) for page in (1, 2, 3)]
    seen = [one.id for page in pages for one in page.rows]
    assert sorted(seen) == sorted(everybody)
    assert [page.total for page in pages] == [120] * 3
    assert [len(page.rows) for page in pages] == [PAGE_ROWS, PAGE_ROWS, 20]
    assert [one.id for one in queries.all_practicals(work, Filters(search=name))] == seen


def test_a_day_a_name_and_a_number_narrow_the_list(work):
    (first,) = opened(work, 1, name="Wei")
    (second,) = opened(work, 1, held_on=FIRST_DAY + timedelta(days=1), name="Wei")
    number = queries.practical(work, second).admission_number
    for filters, found in (
        (Filters(search="Wei"), [second, first]),  # newest first
        (Filters(search="Wei", day=FIRST_DAY), [first]),
        (Filters(search=number), [second]),
        (Filters(search="Wei%"), []),
        (Filters(search="Wei", sitting="no such sitting"), []),
    ):
        assert [one.id for one in queries.all_practicals(work, filters)] == found


def test_what_is_still_to_do_narrows_the_list(work):
    undrawn, begun = opened(work, 2, name="Yun")
    actions.draw_items(work, begun)
    found = {todo: [it.id for it in queries.all_practicals(work, Filters(search="Yun", todo=todo))] for todo in Todo}
    assert found == {Todo.DRAW: [undrawn], Todo.FINISH: [begun], Todo.NOTHING: []}


def test_an_ended_practical_is_no_longer_to_do_and_a_sitting_is_found_by_its_code(drawn):
    look = drawn.office.look
    code = drawn.practical.admission_number.rpartition("-")[0]
    drawn.office.do(actions.end_practical, drawn.id, ending=Ending.GIVEN_UP, reason="考生中途离场，未再返回。")
    for todo, found in ((None, [drawn.id]), (Todo.FINISH, []), (Todo.NOTHING, [drawn.id])):
        assert [it.id for it in look(queries.all_practicals, Filters(sitting=code, todo=todo))] == found
