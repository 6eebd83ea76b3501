"""Who may confirm what another has prepared, until when, and what must not have changed meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from kernel.two_people.errors import (
    CancelledAlready,
    ConfirmedAlready,
    Lapsed,
    NotAPerson,
    PreparedByYou,
    SignedByYou,
)
from kernel.two_people.rules import (
    End,
    Foreseen,
    How,
    Prepared,
    Sentence,
    Signature,
    Standing,
    require_person,
)

NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
UNTIL = NOON + timedelta(hours=72)
SECOND = timedelta(seconds=1)
HE, ZENG, LIN = (UUID(int=number) for number in (1, 2, 3))


def a_prepared(**changes) -> Prepared:
    given = Prepared(
        id=uuid4(),
        deed="tests.ring_the_bell",
        about=uuid4(),
        says=(Sentence("The bell rings %(times)s times.", {"times": 3}),),
        signatures=2,
        preparer=Signature(HE, "何建平", NOON),
        until=UNTIL,
        signed=(),
        end=None,
    )
    return replace(given, **changes)


def a_foreseen(**changes) -> Foreseen:
    says = (Sentence("The bell rings %(times)s times.", {"times": 3}),)
    return replace(Foreseen(about=UUID(int=9), says=says, rests_on={"times": 3}), **changes)


def test_whoever_prepared_it_does_not_confirm_it():
    with pytest.raises(PreparedByYou):
        a_prepared().require_another(HE)
    assert a_prepared().require_another(ZENG) == ZENG


def test_whoever_confirmed_does_not_confirm_for_the_third_person_too():
    given = a_prepared(signatures=3, signed=(Signature(ZENG, "曾敏", NOON),))
    with pytest.raises(SignedByYou):
        given.require_another(ZENG)
    assert given.require_another(LIN) == LIN
    assert given.missing == 1
    assert [signer.person_id for signer in given.signers] == [HE, ZENG]


def test_the_platform_is_no_person():
    with pytest.raises(NotAPerson):
        a_prepared().require_another(None)
    with pytest.raises(NotAPerson):
        require_person(None)


def test_it_waits_to_the_last_second_of_its_time_and_not_one_longer():
    assert a_prepared().standing(UNTIL) is Standing.WAITING
    a_prepared().require_waiting(UNTIL)
    assert a_prepared().standing(UNTIL + SECOND) is Standing.LAPSED
    with pytest.raises(Lapsed):
        a_prepared().require_waiting(UNTIL + SECOND)


@pytest.mark.parametrize(
    ("how", "refusal"),
    [(How.CONFIRMED, ConfirmedAlready), (How.CANCELLED, CancelledAlready), (How.LAPSED, Lapsed)],
)
def test_what_has_ended_is_not_confirmed_any_more(how, refusal):
    ended = a_prepared(end=End(how, NOON, "曾敏", "场次成绩有误"))
    assert ended.standing(NOON).value == how.value
    with pytest.raises(refusal):
        ended.require_waiting(NOON)


def test_no_deed_by_two_takes_one_signature():
    with pytest.raises(ValueError, match="not 1"):
        a_foreseen(signatures=1)


@pytest.mark.parametrize(
    "change",
    [
        {"rests_on": {"times": 4}},
        {"says": (Sentence("The bell rings %(times)s times.", {"times": 4}),)},
        {"signatures": 3},
    ],
)
def test_whatever_differs_from_what_was_prepared_shows(change):
    assert a_foreseen().digest == a_foreseen().digest
    assert a_foreseen(**change).digest != a_foreseen().digest
