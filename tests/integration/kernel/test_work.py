"""One deed, one transaction: what is kept, what is not, and what a look may do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import QueuePool, text
from sqlalchemy.exc import IntegrityError, InternalError

from kernel.actor import ANYONE
from kernel.db import Engines
from kernel.errors import Forbidden, Refused
from kernel.faces import Face
from kernel.work import ACTIONS, OPEN_TO_ALL, OutcomeUnknown, Work, WorkIsOver, Workplace, action
from tests.cast.broken_line import Line, line_to
from tests.cast.waiting import until


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


@pytest.fixture
def line(workplace: Workplace) -> Iterator[Line]:
    server = workplace.engines.url(Face.LEARNING).query["host"]
    assert isinstance(server, str)
    with line_to(Path(server)) as line:
        yield line


def test_a_deed_whose_commit_was_not_answered_is_not_called_undone(workplace, line):
    """PostgreSQL did it; the line broke off before its answer."""
    engines = Engines(lambda face: workplace.engines.url(face).update_query_dict({"host": str(line.folder)}))
    far = Workplace(settings=workplace.settings, engines=engines, wiring=workplace.wiring)
    before = noted(workplace)
    work_begun = far.transaction(ANYONE, Face.LEARNING)
    note(work_begun.__enter__())
    line.breaks = True
    with pytest.raises(OutcomeUnknown):
        work_begun.__exit__(None, None, None)
    until(lambda: noted(workplace) == before + 1, "the server did not do it")
    with far.transaction(ANYONE, Face.LEARNING) as work:
        note(work)
    assert noted(workplace) == before + 2
    engines.dispose()


def test_what_the_database_refuses_at_the_commit_is_known_to_be_undone(workplace, machine):
    with machine.embedded.superuser(machine.database) as superuser:
        superuser.execute("CREATE TABLE kernel.late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        superuser.execute("GRANT INSERT ON kernel.late TO anpei_teaching")
        with pytest.raises(IntegrityError), workplace.transaction(ANYONE, Face.LEARNING) as work:
            work.session.execute(text("INSERT INTO kernel.late VALUES (1), (1)"))
        superuser.execute("DROP TABLE kernel.late")


@pytest.mark.parametrize("opened", ["reading", "transaction"])
def test_who_waits_for_a_thread_holds_no_connection(workplace, opened):
    pool = workplace.engines.of(Face.AUTHORING).pool
    assert isinstance(pool, QueuePool)
    with getattr(workplace, opened)(ANYONE, Face.AUTHORING) as work:
        assert pool.checkedout() == 0
        work.session.execute(text("SELECT 1"))
        assert pool.checkedout() == 1
    assert pool.checkedout() == 0
