"""Whoever takes all connections of one role has taken none of another's: answers are saved all the while."""

from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import psycopg
import pytest

from host.machine import Machine
from host.wiring import wiring
from kernel.faces import Face
from kernel.settings import Settings, libpq
from tests.cast.site import Site, serving

MORE_THAN_ANY_SERVER_LETS_IN = 1_000
TIMEOUTS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine with a server of its own: its roles are nobody else's."""
    machine = Machine(Settings(var=tmp_path_factory.mktemp("alone"), demonstration=True))
    machine.migrate()
    yield machine
    machine.embedded.leave()


@pytest.fixture
def own_site(alone: Machine) -> Iterator[Site]:
    place = alone.workplace(wiring(alone.settings))
    with serving(place) as site:
        yield site


def takes_all(machine: Machine, face: Face, held: ExitStack) -> int:
    """As the role of `face` from a shell, until the server lets in no more; how many there were."""
    address = libpq(machine.face_url(face))
    for number in range(MORE_THAN_ANY_SERVER_LETS_IN):
        try:
            held.enter_context(psycopg.connect(address))
        except psycopg.OperationalError:
            return number
    return MORE_THAN_ANY_SERVER_LETS_IN


def save(site: Site) -> int:
    """The status of a save of somebody who sits nowhere: 404 comes from the database, 503 from a closed door."""
    step = {"sequence": 1, "question": 1, "act": "answer", "answer": ["A"], "flagged": False, "page_ms": 1}
    saving = {"attempt": str(uuid4()), "desk": "0" * 64, "steps": [step]}
    with site.client() as client:
        client.cookies.set("anpei_session", "of-nobody")
        return client.put("/exam-room/answers", json=saving).status_code


@pytest.mark.parametrize("face", [face for face in Face if face is not Face.EXAMINATION])
def test_no_other_role_takes_the_connections_that_saves_need(alone: Machine, own_site: Site, face: Face):
    with ExitStack() as held:
        assert takes_all(alone, face, held) > 0
        assert save(own_site) == 404


def test_all_other_roles_together_do_not_either(alone: Machine, own_site: Site):
    with ExitStack() as held:
        for face in set(Face) - {Face.EXAMINATION}:
            takes_all(alone, face, held)
        assert save(own_site) == 404
        takes_all(alone, Face.EXAMINATION, held)
        held.enter_context(psycopg.connect(libpq(alone.owner_url())))  # and the owner comes in after all of them


def test_what_a_role_forgets_is_ended_by_the_server(alone: Machine):
    for face in Face:
        with psycopg.connect(libpq(alone.face_url(face))) as connection:
            for name in TIMEOUTS:
                (found,) = connection.execute(f"SHOW {name}").fetchone() or ("0",)
                assert found != "0", (face, name)


def test_migrating_again_sets_what_somebody_lifted(alone: Machine):
    with psycopg.connect(libpq(alone.owner_url()), autocommit=True) as owner:
        limit = "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'anpei_public'"
        (before,) = owner.execute(limit).fetchone() or (0,)
        owner.execute("ALTER ROLE anpei_public CONNECTION LIMIT -1")
        alone.migrate()
        assert owner.execute(limit).fetchone() == (before,)
        assert before > 0
