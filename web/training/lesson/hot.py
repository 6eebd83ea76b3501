"""The study heartbeat: JSON in, one statement, JSON out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from kernel.clock import shanghai_date
from kernel.faces import Face
from people.accounts.rules import IDLE_SESSION_ENDS_AFTER, SEEN_IS_NOTED_EVERY, SESSION_ENDS_AFTER
from training.study.actions import BEAT
from training.study.errors import NoSuchSession
from training.study.rules import BEAT_AT_MOST
from web.frame.access import checked_inside
from web.frame.hot_path import pool, session_digest
from web.frame.work import workplace

router = APIRouter(prefix="/lesson")

A_DAY_MS = 24 * 3_600_000

Moment = Annotated[int, Field(ge=0, le=A_DAY_MS)]


class Beat(BaseModel):
    """A sign of life: its number, which part of the video was played since the last (milliseconds), and the place."""

    session: UUID
    sequence: Annotated[int, Field(ge=1, le=1_000_000_000)]
    played: tuple[Moment, Moment] = (0, 0)
    place: Annotated[int, Field(ge=0, le=1_000)] = 0


class Credited(BaseModel):
    """Where the learner stands by the server's reckoning.

    `answer_within`: a presence check is up and is to be answered within so many seconds. `ended`: why the session is
    over, if it is. `full`: nothing more is credited to this lesson, or today.
    """

    sequence: int
    credited_ms: int
    video_played_ms: int
    full: bool
    answer_within: float | None
    ended: str | None


@router.post("/beats", dependencies=[checked_inside()])
async def beat(request: Request, sign: Beat) -> Credited:
    """Credit the time since the last beat. The same beat sent twice counts once."""
    now = workplace(request).clock.now()
    row = await (await pool(request, Face.LEARNING)).fetchrow(
        BEAT,
        session_digest(request),
        now,
        now - IDLE_SESSION_ENDS_AFTER,
        now - SESSION_ENDS_AFTER,
        sign.session,
        sign.sequence,
        shanghai_date(now),
        *sign.played,
        sign.place,
        BEAT_AT_MOST,
        now - SEEN_IS_NOTED_EVERY,
    )
    if row is None:
        raise NoSuchSession
    asked = row["asked_at"] if row["ended"] is None else None
    return Credited(
        sequence=row["sequence"],
        credited_ms=row["credited_ms"],
        video_played_ms=row["video_played_ms"],
        full=row["is_full"],
        answer_within=(asked + row["answer_within"] - now).total_seconds() if asked else None,
        ended=row["ended"],
    )
