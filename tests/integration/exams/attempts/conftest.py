"""A room with candidates enough for a whole file of tests: each takes those it needs and leaves the others alone."""

import secrets
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import asyncpg
import pytest

from exams.attempts import queries
from exams.attempts.actions.finishing import hand_in
from exams.attempts.actions.saving import Place, Shapes, hear, save
from exams.attempts.actions.sitting_down import Desk, start, take_desk
from exams.attempts.queries import AttemptRow
from exams.attempts.rules import Act, AttemptId, Step, desk_digest
from host.machine import Machine
from host.wiring import wiring
from kernel.faces import Face
from kernel.settings import libpq
from kernel.work import Workplace
from people.accounts.queries import token_digest
from question_bank.kinds.protocol import Answer
from tests.cast import loops
from tests.cast.exam_day import Candidate, ExamDay, exam_day

SECOND = timedelta(seconds=1)


@pytest.fixture(scope="session")
def machine(copies) -> Iterator[Machine]:
    """A database of their own: these tests commit a bank, and others count what a bank adds."""
    with copies.migrated() as made:
        yield made


@pytest.fixture(scope="session")
def workplace(machine) -> Iterator[Workplace]:
    """The workplace on that database."""
    place = machine.workplace(wiring(machine.settings))
    yield place
    place.engines.dispose()


@pytest.fixture
def rehearsal(machine, settings) -> Iterator[Workplace]:
    """A workplace whose clock may be set forward without anybody else noticing."""
    place = machine.workplace(wiring(settings))
    yield place
    place.engines.dispose()


@pytest.fixture(scope="module")
def room(workplace) -> ExamDay:
    """An open sitting with everybody checked in."""
    day = exam_day(workplace, candidates=30)
    day.open()
    return day


@pytest.fixture(scope="module")
def _waiting(room) -> Iterator[Candidate]:
    return iter(room.candidates)


@pytest.fixture
def candidate(_waiting: Iterator[Candidate]) -> Candidate:
    """Somebody nobody else uses."""
    return next(_waiting)


@pytest.fixture
def other(_waiting: Iterator[Candidate]) -> Candidate:
    """Somebody else."""
    return next(_waiting)


@dataclass
class Page:
    """What a browser does for a candidate: one desk, one journal."""

    day: ExamDay
    who: Candidate
    attempt_id: AttemptId
    token: str = field(default_factory=lambda: secrets.token_hex(32))

    def take(self, before: tuple[str, ...] = ()) -> Desk:
        desk: Desk = self.day.do(
            self.who, take_desk, attempt_id=self.attempt_id, token=self.token, before=before, address="test"
        )
        return desk

    def save(self, *acts: tuple[int, int, Answer], at: datetime | None = None, flagged: bool = False) -> datetime:
        """Send acts (sequence, question, answer); the deadline that came back."""
        now = at or self.day.workplace.clock.now()
        steps = [
            Step(sequence, question, Act.ANSWER, answer, flagged, sequence * 1000, now)
            for sequence, question, answer in acts
        ]
        return self.send(*steps)

    def look(self, sequence: int, question: int) -> datetime:
        """Send a look at a question."""
        now = self.day.workplace.clock.now()
        return self.send(Step(sequence, question, Act.LOOK, None, flagged=False, page_ms=sequence * 1000, at=now))

    def send(self, *steps: Step) -> datetime:
        now = steps[0].at
        return self._over(lambda connection: save(connection, Shapes(), self.place(now), steps))

    def hear(self, at: datetime | None = None) -> datetime:
        now = at or self.day.workplace.clock.now()
        return self._over(lambda connection: hear(connection, self.place(now)))

    def place(self, now: datetime) -> Place:
        return Place(token_digest(self.who.token), self.attempt_id, desk_digest(self.token), now)

    def hand_in(self, at: datetime | None = None) -> None:
        self.day.do(self.who, hand_in, at=at, attempt_id=self.attempt_id, token=self.token)

    @property
    def row(self) -> AttemptRow:
        with self.day.look(self.who) as reading:
            return queries.own_attempt(reading, self.attempt_id)

    @property
    def steps(self) -> list[Step]:
        with self.day.look() as reading:
            return queries.steps(reading, self.attempt_id)

    def _over(self, talk: Callable[[asyncpg.Connection], Awaitable[datetime]]) -> datetime:
        async def run() -> datetime:
            connection = await asyncpg.connect(libpq(self.day.workplace.engines.url(Face.EXAMINATION)))
            try:
                return await talk(connection)
            finally:
                await connection.close()

        return loops.run(run())


def begun(room: ExamDay, who: Candidate) -> Page:
    sheet = Page(room, who, room.do(who, start, registration_id=who.registration_id))
    sheet.take()
    return sheet


@pytest.fixture
def sheet(room, candidate) -> Page:
    """A candidate whose paper is open at one place."""
    return begun(room, candidate)
