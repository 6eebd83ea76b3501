"""A draw opens what the pool names and nothing else, and knows everybody who is behind it."""

from dataclasses import replace

import pytest

from kernel.actor import platform
from kernel.faces import Face
from kernel.keys import SealBroken
from question_bank.outlines.actions import keep_outline
from question_bank.outlines.rules import Outline, Point
from question_bank.pools import queries
from question_bank.pools.rules import Pool
from question_bank.questions.actions import (
    approve_version,
    draft_question,
    draft_version,
    return_version,
    review_version,
    suspend_version,
)
from tests.integration.question_bank.conftest import BANK, a_question, person


@pytest.fixture(scope="module")
def place(own_workplace):
    points = (Point("P1", "触电急救", "First aid"),)
    with own_workplace.transaction(platform("test"), Face.AUTHORING) as work:
        keep_outline(work, Outline(BANK, "special_operation", "试", "Test", is_sample=True, points=points))
    return own_workplace


@pytest.fixture
def do(place):
    """A deed of the bank, committed."""

    def done(who, deed, **kwargs):
        with place.transaction(who, Face.AUTHORING) as work:
            return deed(work, **kwargs)

    return done


def in_use(do, version_id, reviewer, approver):
    do(reviewer, review_version, version_id=version_id)
    do(approver, approve_version, version_id=version_id)
    return version_id


@pytest.fixture
def examination(place):
    with place.reading(platform("test"), Face.EXAMINATION) as reading:
        yield reading


def ids(people):
    return {each.person_id for each in people}


def test_whoever_had_a_hand_in_an_earlier_version_is_behind_the_later_one(do, examination):
    """The question is still theirs after somebody else changed a comma of it."""
    first = [person() for _ in range(3)]
    second = [person() for _ in range(3)]
    sent_back_by, rewrote = person(), person()
    older = in_use(do, do(first[0], draft_question, bank=BANK, question=a_question()), *first[1:])
    returned = do(rewrote, draft_version, version_id=older, question=a_question(stem="有人触电，应当（ ）。"))
    do(sent_back_by, return_version, version_id=returned, reason="不通顺")
    newer = do(second[0], draft_version, version_id=returned, question=a_question(stem="有人触电时，首先应当（ ）。"))
    in_use(do, newer, *second[1:])

    behind = queries.people_behind(examination, [older, newer])
    assert behind[older] == ids(first)
    assert behind[newer] == ids([*first, *second, sent_back_by, rewrote])


def test_whoever_wrote_only_a_later_version_is_not_behind_the_one_in_use(do, examination):
    people, later = [person() for _ in range(3)], person()
    version = in_use(do, do(people[0], draft_question, bank=BANK, question=a_question()), *people[1:])
    draft = do(later, draft_version, version_id=version, question=a_question(stem="有人触电，应当（ ）。"))
    assert queries.people_behind(examination, [version, draft]) == {version: ids(people)}


def test_people_of_another_question_are_not_behind_this_one(do, examination):
    people, others = [person() for _ in range(3)], [person() for _ in range(3)]
    version = in_use(do, do(people[0], draft_question, bank=BANK, question=a_question()), *people[1:])
    in_use(do, do(others[0], draft_question, bank=BANK, question=a_question()), *others[1:])
    assert queries.people_behind(examination, [version]) == {version: ids(people)}


@pytest.fixture
def member(do, examination):
    people = [person() for _ in range(3)]
    version = in_use(do, do(people[0], draft_question, bank=BANK, question=a_question()), *people[1:])
    pool = queries.pool(examination, BANK)
    return next(it for it in pool.members if it.version_id == version)


@pytest.mark.parametrize(
    "changes",
    [
        {"content_digest": a_question(key="B").digest()},
        {"kind": "multiple_choice"},
        {"point": "P2"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_question_that_is_not_the_one_the_pool_names_is_not_drawn(member, examination, changes):
    """Somebody with the database, but without the key, changed a plain column to have another question drawn."""
    with pytest.raises(SealBroken):
        queries.contents(examination, Pool.of(BANK, [replace(member, **changes)]))


def test_what_the_pool_names_is_opened_also_after_it_was_suspended(do, place, member):
    do(person(), suspend_version, version_id=member.version_id, reason="标准已更新")
    with place.reading(platform("test"), Face.EXAMINATION) as reading:
        assert queries.contents(reading, Pool.of(BANK, [member])) == {member.version_id: a_question()}
