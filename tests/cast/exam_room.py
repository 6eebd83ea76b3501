"""Candidates at their pages, what they answer there, and what it comes to."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import asyncpg

from exams.attempts import queries
from exams.attempts.actions.finishing import hand_in
from exams.attempts.actions.saving import Place, Shapes, hear, save
from exams.attempts.actions.sitting_down import Desk, start, take_desk
from exams.attempts.queries import AttemptRow
from exams.attempts.rules import Act, AttemptId, Step, desk_digest
from exams.marking.actions import mark_attempt
from exams.papers import queries as papers
from exams.results import queries as results
from exams.results.queries import ResultRow
from kernel.actor import platform
from kernel.faces import Face
from kernel.settings import libpq
from people.accounts.queries import token_digest
from question_bank.kinds import KINDS
from question_bank.kinds.protocol import Answer
from tests.cast import loops
from tests.cast.exam_day import Candidate, ExamDay

SECOND = timedelta(seconds=1)


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
    """The page of a candidate who has begun."""
    sheet = Page(room, who, room.do(who, start, registration_id=who.registration_id))
    sheet.take()
    return sheet


def right_answers(day: ExamDay, attempt_id: AttemptId, count: int) -> list[tuple[int, int, Answer]]:
    """Acts that answer the first `count` questions with their keys."""
    with day.look() as reading:
        attempt = next(
            it for it in queries.attempts_of_sitting(reading, day.sitting_id).values() if it.id == attempt_id
        )
        paper = papers.paper_for_marking(
            reading, papers.paper_row(reading, day.sitting_id, attempt.admission_number).id
        )
        asked = papers.asked(reading, paper)
    return [
        (item.number, item.number, KINDS[item.kind].right(asked[item.version_id].content, item.layout))
        for item in paper.items[:count]
    ]


def marked(sheet: Page) -> ResultRow:
    """The result, marked as the worker does it when the room is closed."""
    with sheet.day.workplace.transaction(platform("test"), Face.EXAMINATION) as work:
        mark_attempt(work, attempt_id=sheet.attempt_id)
    with sheet.day.look() as reading:
        found = results.result_of_registration(reading, sheet.who.registration_id)
    assert found is not None
    return found
