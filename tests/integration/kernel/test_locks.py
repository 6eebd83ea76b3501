"""Deeds that must be alone wait for each other, and for nobody who has broken into another face."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from host.machine import Machine
from kernel.actor import platform
from kernel.audit import seal
from kernel.audit.chain import CHAIN
from kernel.events import Periodic
from kernel.faces import Face
from kernel.jobs import run_periodic
from kernel.locks import hold, hold_before_many, hold_together, try_to_hold
from kernel.pruning import prune
from tests.cast.waiting import until

INSIDERS = [face for face in Face if face is not Face.PUBLIC]
AT_MOST = "2s"  # nobody waits at all; a machine four times slower still answers


def advisory(name):
    """The two ways in which this program once asked for such a lock."""
    return [
        text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))").bindparams(name=name),
        text("SELECT pg_advisory_xact_lock(hashtext(:name))").bindparams(name=name),
    ]


def attempts(name):
    """What a role could try against a lock of the registry's, by SQL of its own."""
    owned = "role = 'anpei_registry' AND name = :name"
    return [
        text(statement).bindparams(**({"name": name} if ":name" in statement else {}))
        for statement in (
            f"SELECT 1 FROM kernel.locks WHERE {owned} FOR UPDATE",
            f"UPDATE kernel.locks SET name = name WHERE {owned}",
            "UPDATE kernel.locks SET role = 'anpei_registry' WHERE name = :name",
            f"DELETE FROM kernel.locks WHERE {owned}",
            "INSERT INTO kernel.locks (role, name) VALUES ('anpei_registry', :name)",
            "INSERT INTO kernel.locks (role, name) VALUES ('anpei_registry', :name) ON CONFLICT DO NOTHING",
            "SELECT kernel.hold('anpei_registry', :name, false)",
            "SELECT kernel.hold('anpei_registry', :name, true)",
            "SELECT kernel.try_to_hold('anpei_registry', :name)",
            "SELECT kernel.hold_in_passing(:name)",
            "SELECT kernel.pass_by('anpei_registry', :name)",
            "SELECT kernel.prune_locks(now() - interval '1 year')",
            "LOCK TABLE kernel.locks IN ACCESS EXCLUSIVE MODE",
            "LOCK TABLE kernel.locks IN EXCLUSIVE MODE",
            "LOCK TABLE kernel.locks IN SHARE MODE",
            "TRUNCATE kernel.locks",
        )
    ]


def try_all(connection, statements):
    """Each by itself, so that what one is refused does not undo what another got hold of."""
    for statement in statements:
        try:
            with connection.begin_nested():
                connection.execute(statement)
        except DBAPIError:
            continue


def in_a_hurry(session):
    session.execute(text(f"SET LOCAL lock_timeout = '{AT_MOST}'"))


@pytest.mark.parametrize("face", [face for face in Face if face is not Face.REGISTRY])
def test_no_other_face_stops_the_sealing(own_workplace, face):
    with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
        hold(work.session, CHAIN)  # its row is there, as it is on every installation
        work.note("kernel.tested")
    with closing(own_workplace.engines.of(face).connect()) as attacker:
        try_all(attacker, [*advisory(CHAIN), *attempts(CHAIN)])
        with own_workplace.transaction(platform("test"), Face.REGISTRY) as work:
            in_a_hurry(work.session)
            assert seal(work.session, work.keys, work.now) >= 1


@pytest.mark.parametrize("face", [face for face in Face if face is not Face.EXAMINATION])
def test_no_other_face_stops_what_is_done_from_time_to_time(own_workplace, face):
    done: list[object] = []
    periodic = Periodic(1.0, done.append, Face.EXAMINATION, "exams.tested")
    name = f"{periodic.face}:{periodic.name}"
    with closing(own_workplace.engines.of(face).connect()) as attacker:
        try_all(attacker, [*advisory(name), *advisory(f"kernel.periodic:{name}")])
        run_periodic(own_workplace, periodic)
    assert len(done) == 1


@pytest.mark.parametrize("face", INSIDERS)
def test_a_role_holds_locks_of_its_own_and_no_others(own_workplace, face):
    with closing(own_workplace.engines.of(face).connect()) as connection:
        for other in set(Face) - {face}:
            for function in ("hold(:role, 'x', false)", "hold(:role, 'x', true)", "try_to_hold(:role, 'x')"):
                with pytest.raises(ProgrammingError), connection.begin_nested():
                    connection.execute(text(f"SELECT kernel.{function}"), {"role": other.role})
        connection.execute(text("SELECT kernel.hold(:role, 'x', false)"), {"role": face.role})
        assert connection.scalars(text("SELECT DISTINCT role FROM kernel.locks")).all() == [face.role]


def test_the_public_face_holds_none(own_workplace):
    with closing(own_workplace.engines.of(Face.PUBLIC).connect()) as connection:
        for statement in attempts("x"):
            with pytest.raises(ProgrammingError), connection.begin_nested():
                connection.execute(statement)


@pytest.fixture
def two(own_workplace):
    """Two transactions of one face; neither waits for ever."""
    engine = own_workplace.engines.of(Face.EXAMINATION)
    with Session(engine) as one, Session(engine) as other:
        yield one, other


def waits(session, ask, what):
    """Whether `session` would wait; what it held before stays held."""
    session.execute(text("SET LOCAL lock_timeout = '100ms'"))
    try:
        with session.begin_nested():
            ask(session, what)
    except OperationalError:
        return True
    return False


@pytest.mark.parametrize("is_known", [True, False])
def test_who_comes_second_waits_until_the_first_is_done(two, is_known):
    one, other = two
    if is_known:
        hold(one, "tests.alone")
        one.commit()
    hold(one, "tests.alone")
    hold(one, "tests.alone")  # whoever holds it may ask again
    assert waits(other, hold, "tests.alone")
    assert waits(other, hold_together, "tests.alone")
    assert not waits(other, hold, "tests.something else")
    one.rollback()
    assert not waits(other, hold, "tests.alone")


def test_many_hold_it_together_while_nobody_wants_it_alone(two):
    one, other = two
    hold_together(one, "tests.room")
    one.commit()
    hold_together(one, "tests.room")
    assert not waits(other, hold_together, "tests.room")
    assert waits(other, hold_before_many, "tests.room")
    one.commit()
    assert not waits(other, hold_before_many, "tests.room")


def test_who_wants_it_alone_does_not_wait_for_those_who_came_later(own_workplace, two):
    """An invigilator who closes a room while candidates keep coming, each before the last has gone."""
    one, other = two
    hold_together(one, "tests.rush")
    one.commit()
    hold_together(one, "tests.rush")
    closed = Event()

    def close():
        with Session(own_workplace.engines.of(Face.EXAMINATION)) as session:
            hold_before_many(session, "tests.rush")
            closed.set()

    with ThreadPoolExecutor(1) as elsewhere:
        closing_the_room = elsewhere.submit(close)
        until(lambda: waits(other, hold_together, "tests.rush"), "those who come later do not wait")
        assert not closed.is_set()
        other.rollback()
        one.commit()
        closing_the_room.result(timeout=60)


def test_who_would_have_to_wait_is_told_so(two):
    one, other = two
    assert try_to_hold(one, "tests.try")
    assert not try_to_hold(other, "tests.try")  # not even its row is there for others yet
    one.commit()
    assert try_to_hold(other, "tests.try")
    assert not try_to_hold(one, "tests.try")
    other.commit()
    assert try_to_hold(one, "tests.try")


@pytest.fixture
def owner(own_workplace):
    database = str(own_workplace.engines.url(Face.REGISTRY).database)
    engine = create_engine(Machine(own_workplace.settings, database=database).owner_url())
    yield engine
    engine.dispose()


def test_an_old_lock_goes_and_one_that_is_held_stays(own_workplace, two, owner):
    one, other = two
    for name in ("tests.prune.old", "tests.prune.held"):
        hold(one, name)
    one.commit()
    with own_workplace.transaction(platform("test"), Face.EXAMINATION) as work:
        prune(work)
        assert left(work.session) == {"tests.prune.old", "tests.prune.held"}  # made today
    with owner.begin() as connection:
        connection.execute(text("UPDATE kernel.locks SET made_at = now() - interval '31 days'"))
        foreign = "INSERT INTO kernel.locks VALUES ('anpei_registry', 'tests.prune.foreign', '2000-01-01')"
        connection.execute(text(foreign))
    hold(one, "tests.prune.held")
    with own_workplace.transaction(platform("test"), Face.EXAMINATION) as work:
        prune(work)
        assert left(work.session) == {"tests.prune.held"}
    assert waits(other, hold, "tests.prune.held")
    one.commit()
    assert not waits(other, hold, "tests.prune.held")
    assert not waits(one, hold, "tests.prune.old")
    with owner.connect() as connection:
        assert "tests.prune.foreign" in left(connection)


def left(connection):
    return set(connection.scalars(text("SELECT name FROM kernel.locks WHERE name LIKE 'tests.prune.%'")))
