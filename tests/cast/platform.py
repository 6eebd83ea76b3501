"""The platform for tests that need it. Their conftest imports from here; pure tests never do, and so start at once."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from host.machine import Machine
from host.wiring import wiring
from kernel.actor import Actor
from kernel.faces import Face
from kernel.settings import Settings
from kernel.work import Work, Workplace
from tests.cast.databases import HOUSE, Copies
from tests.cast.passwords import hash_cheaply
from tests.cast.site import Site, serving

__all__ = ["copies", "machine", "own_workplace", "settings", "site", "work_as", "workplace"]

hash_cheaply()


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The test cluster outlives a run, so that the second run starts in a moment."""
    return Settings(var=HOUSE / "var" / "test", demonstration=True)


@pytest.fixture(scope="session")
def copies(settings: Settings) -> Copies:
    return Copies(settings)


@pytest.fixture(scope="session")
def machine(copies: Copies) -> Iterator[Machine]:
    """A machine with an empty, migrated database for this test process."""
    with copies.migrated() as made:
        yield made


@pytest.fixture(scope="module")
def site(copies: Copies) -> Iterator[Site]:
    """The running platform with the demonstration's people and content; each test file has one of its own."""
    with copies.demonstrated() as made, serving(made.workplace(wiring(made.settings))) as site:
        yield site


@pytest.fixture(scope="session")
def workplace(machine: Machine) -> Iterator[Workplace]:
    """The workplace of the test process, wired like the real one."""
    place = machine.workplace(wiring(machine.settings))
    yield place
    place.engines.dispose()


@pytest.fixture(scope="module")
def own_workplace(copies: Copies) -> Iterator[Workplace]:
    """A workplace whose database no other file uses: for tests that commit, where others count what is there."""
    with copies.migrated() as made:
        place = made.workplace(wiring(made.settings))
        yield place
        place.engines.dispose()


class Works:
    """Opens works as somebody, through some face, all rolled back when the test ends."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.sessions: list[Session] = []

    def __call__(self, actor: Actor, face: Face) -> Work:
        session = Session(self.workplace.engines.of(face), expire_on_commit=False)
        self.sessions.append(session)
        return Work(
            session=session,
            actor=actor,
            now=self.workplace.clock.now(),
            face=face,
            keys=self.workplace.keys(face),
            stores=self.workplace.stores(face),
        )

    def close(self) -> None:
        for session in self.sessions:
            session.rollback()
            session.close()


@pytest.fixture
def work_as(workplace: Workplace) -> Iterator[Works]:
    works = Works(workplace)
    yield works
    works.close()
