"""Saving answers and the page's sign of life: the hot paths of the exam room, on asyncpg.

One statement each. It finds the attempt by id, by the person whose session this is, and by the token of the one place
where the paper may be worked on; it takes answers only while the attempt is open and not past its deadline and grace.
A step that is there already is confirmed again when it says the same, and refused with all that came with it when it
says something else; where two came at the same moment, the statement is asked again and sees which one is kept.
`FOR SHARE` makes a save wait for a hand-in that is under way, and then see that the attempt is over. So nothing is
confirmed that is not kept, and nothing is kept that marking would not see.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn
from uuid import UUID

import asyncpg

from exams.attempts.errors import AttemptIsOver, NoSuchAttempt, OpenElsewhere, OutOfStep, SessionIsOver, TimeIsUp
from exams.attempts.rules import GRACE, MOST_AHEAD, State, Step, check_steps
from people.accounts.rules import IDLE_SESSION_ENDS_AFTER, SESSION_ENDS_AFTER
from question_bank.kinds.protocol import Shape

SHAPES_KEPT = 20_000

DESK = """
    SELECT a.id, a.deadline FROM exams.attempts a
    JOIN people.accounts c ON c.person_id = a.person_id AND c.closed_at IS NULL
    JOIN people.sessions s ON s.account_id = c.id AND s.token_digest = $1
    WHERE a.id = $2 AND a.desk_digest = $3 AND a.state = 'open' AND $4 <= a.deadline + $5::interval
      AND s.ended_at IS NULL AND s.opened_at > $4 - $6::interval AND s.seen_at > $4 - $7::interval
"""

SAVE = f"""
    WITH desk AS ({DESK} FOR SHARE OF a),
    given AS (
        SELECT * FROM unnest($8::int[], $9::int[], $10::text[], $11::text[], $12::bool[], $13::int[])
                 AS step (sequence, question, act, answer, flagged, page_ms)
    ),
    known AS (
        SELECT (kept.question, kept.act, kept.answer, kept.flagged, kept.page_ms)
            <> (given.question, given.act, given.answer, given.flagged, given.page_ms) AS is_other
        FROM given JOIN exams.attempt_steps kept ON kept.attempt_id = $2 AND kept.sequence = given.sequence
    ),
    wrong AS (
        SELECT EXISTS (SELECT FROM known WHERE is_other)
            OR (SELECT max(sequence) - count(*) FROM given) > $14::int
             + coalesce((SELECT max(kept.sequence) FROM exams.attempt_steps kept WHERE kept.attempt_id = $2), 0)
            AS is_out_of_step
    ),
    saved AS (
        INSERT INTO exams.attempt_steps (attempt_id, sequence, question, act, answer, flagged, page_ms, at)
        SELECT desk.id, given.sequence, given.question, given.act, given.answer, given.flagged, given.page_ms, $4
        FROM desk, given, wrong WHERE NOT wrong.is_out_of_step
        ON CONFLICT (attempt_id, sequence) DO NOTHING
        RETURNING sequence
    )
    SELECT deadline, is_out_of_step, (SELECT count(*) FROM known) + (SELECT count(*) FROM saved) AS there
    FROM desk, wrong
"""  # noqa: S608 - joined from constants

CONTACT = f"""
    WITH desk AS ({DESK}),
    heard AS (
        INSERT INTO exams.attempt_contacts (attempt_id, at) SELECT id, $4 FROM desk
        ON CONFLICT (attempt_id) DO UPDATE SET at = excluded.at
    )
    SELECT deadline FROM desk
"""  # noqa: S608 - joined from constants

WHY_NOT = """
    SELECT a.state, a.deadline, a.desk_digest, a.shape,
           EXISTS (SELECT FROM people.sessions s JOIN people.accounts c ON c.id = s.account_id
                   WHERE s.token_digest = $2 AND c.person_id = a.person_id) AS is_own
    FROM exams.attempts a WHERE a.id = $1
"""


@dataclass(frozen=True, slots=True)
class Place:
    """From where a page speaks: one session, one attempt, one desk."""

    session: bytes
    attempt: UUID
    desk: bytes
    now: datetime

    def values(self) -> tuple[object, ...]:
        """The first seven values of both statements."""
        return (self.session, self.attempt, self.desk, self.now, GRACE, SESSION_ENDS_AFTER, IDLE_SESSION_ENDS_AFTER)


class Shapes:
    """What answers of the attempts under way may look like. It never changes, so it is asked for once a process."""

    def __init__(self) -> None:
        self._known: dict[UUID, list[Shape]] = {}

    async def of(self, connections: asyncpg.Pool, place: Place) -> list[Shape]:
        """The shapes of one attempt. Raises NoSuchAttempt."""
        if place.attempt not in self._known:
            row = await connections.fetchrow(WHY_NOT, place.attempt, place.session)
            if row is None or not row["is_own"] or row["state"] == State.READY.value:
                raise NoSuchAttempt
            if len(self._known) >= SHAPES_KEPT:
                self._known.clear()
            self._known[place.attempt] = json.loads(row["shape"])
        return self._known[place.attempt]


async def save(connections: asyncpg.Pool, shapes: Shapes, place: Place, steps: Sequence[Step]) -> datetime:
    """Keep some steps and return the deadline. Keeping the same steps again changes nothing.

    Raises:
        NoSuchAttempt, AttemptIsOver, TimeIsUp, OpenElsewhere, SessionIsOver, AnswerDoesNotFit, TooManySteps
        OutOfStep: another step has one of these numbers, or they are far ahead of what is kept.
    """
    meant = check_steps(await shapes.of(connections, place), steps)
    row = await _saved(connections, place, meant)
    if row is not None and row["there"] < len(meant) and not row["is_out_of_step"]:
        # Somebody else wrote one of these numbers at the same moment. It is there by now: the same, or another.
        row = await _saved(connections, place, meant)
    if row is None:
        await _refuse(connections, place)
    if row["is_out_of_step"] or row["there"] < len(meant):
        raise OutOfStep
    deadline: datetime = row["deadline"]
    return deadline


async def _saved(connections: asyncpg.Pool, place: Place, steps: Sequence[Step]) -> asyncpg.Record | None:
    return await connections.fetchrow(
        SAVE,
        *place.values(),
        [step.sequence for step in steps],
        [step.question for step in steps],
        [step.act.value for step in steps],
        [step.kept_answer for step in steps],
        [step.flagged for step in steps],
        [step.page_ms for step in steps],
        MOST_AHEAD,
    )


async def hear(connections: asyncpg.Pool, place: Place) -> datetime:
    """Note that the page is alive and return the deadline. Raises as `save` does."""
    row = await connections.fetchrow(CONTACT, *place.values())
    if row is None:
        await _refuse(connections, place)
    deadline: datetime = row["deadline"]
    return deadline


async def _refuse(connections: asyncpg.Pool, place: Place) -> NoReturn:
    """Find out why the statement found no place to write, and say it."""
    row = await connections.fetchrow(WHY_NOT, place.attempt, place.session)
    if row is None or not row["is_own"] or row["state"] == State.READY.value:
        raise NoSuchAttempt
    if row["state"] != State.OPEN.value:
        raise AttemptIsOver
    if place.now > row["deadline"] + GRACE:
        raise TimeIsUp(deadline=row["deadline"])
    if row["desk_digest"] != place.desk:
        raise OpenElsewhere
    raise SessionIsOver
