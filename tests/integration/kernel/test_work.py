"""One deed, one transaction: what is kept, what is not, and what a look may do."""

import pytest
from sqlalchemy import QueuePool, text
from sqlalchemy.exc import InternalError

from kernel.actor import ANYONE
from kernel.errors import Forbidden, Refused
from kernel.faces import Face
from kernel.work import ACTIONS, OPEN_TO_ALL, Work, WorkIsOver, Workplace, action


class No(Refused):
    pass


@action(needs=OPEN_TO_ALL)
def note(work: Work, *, refused: bool = False) -> None:
    work.note("tests.noted_in_a_test")
    if refused:
        raise No


@action(needs="tests:nobody:holds")
def what_nobody_may(work: Work) -> None:
    work.note("tests.noted_in_a_test")


for deed in ("note", "what_nobody_may"):
    del ACTIONS[f"{__name__}.{deed}"]  # they are no deeds of the platform


def noted(place: Workplace) -> int:
    with place.reading(ANYONE, Face.REGISTRY) as reading:
        found = reading.session.scalar(text("SELECT count(*) FROM kernel.audit WHERE name = 'tests.noted_in_a_test'"))
        return found or 0


def test_a_refusal_that_a_page_catches_undoes_the_deeds_before_it(workplace):
    before = noted(workplace)
    with workplace.transaction(ANYONE, Face.LEARNING) as work:
        note(work)
        with pytest.raises(No):
            note(work, refused=True)
    assert noted(workplace) == before


def test_what_somebody_may_not_do_undoes_the_deeds_before_it(workplace):
    before = noted(workplace)
    with workplace.transaction(ANYONE, Face.LEARNING) as work:
        note(work)
        with pytest.raises(Forbidden):
            what_nobody_may(work)
    assert noted(workplace) == before


def test_no_deed_is_lost_in_silence_after_a_refusal(workplace):
    with workplace.transaction(ANYONE, Face.LEARNING) as work:
        with pytest.raises(No):
            note(work, refused=True)
        with pytest.raises(WorkIsOver):
            note(work)


def test_a_look_changes_nothing(workplace):
    with (
        workplace.reading(ANYONE, Face.REGISTRY) as reading,
        pytest.raises(InternalError, match="read-only transaction"),
    ):
        reading.session.execute(text("INSERT INTO people.guesses SELECT"))


@pytest.mark.parametrize("opened", ["reading", "transaction"])
def test_who_waits_for_a_thread_holds_no_connection(workplace, opened):
    pool = workplace.engines.of(Face.AUTHORING).pool
    assert isinstance(pool, QueuePool)
    with getattr(workplace, opened)(ANYONE, Face.AUTHORING) as work:
        assert pool.checkedout() == 0
        work.session.execute(text("SELECT 1"))
        assert pool.checkedout() == 1
    assert pool.checkedout() == 0
