"""The hot addresses of the exam room: JSON in, one statement, JSON out."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, JsonValue

from exams.attempts.actions.saving import Place, hear, save
from exams.attempts.rules import Act, Step, desk_digest
from kernel.faces import Face
from web.frame.access import checked_inside
from web.frame.hot_path import pool, session_digest
from web.frame.work import workplace

router = APIRouter(prefix="/exam-room")

STEPS_AT_ONCE = 100
LARGEST = 2**31 - 1  # what the column holds; how many steps are too many is a rule of exams/attempts

Desk = Annotated[str, Field(min_length=64, max_length=64)]


class TypedStep(BaseModel):
    """One act of the candidate, as the page sends it."""

    sequence: Annotated[int, Field(ge=1, le=LARGEST)]
    question: Annotated[int, Field(ge=1, le=1_000)]
    act: Act
    answer: JsonValue  # what fits is known to the question's kind
    flagged: bool
    page_ms: Annotated[int, Field(ge=0, le=LARGEST)]


class Saving(BaseModel):
    """Some steps of one attempt, from one place."""

    attempt: UUID
    desk: Desk
    steps: Annotated[list[TypedStep], Field(min_length=1, max_length=STEPS_AT_ONCE)]


class Contact(BaseModel):
    """A sign of life."""

    attempt: UUID
    desk: Desk


class Saved(BaseModel):
    """Which steps the centre has, and the time by its clock."""

    saved: list[int]
    sequence: int
    now: datetime
    deadline: datetime


class StillHere(BaseModel):
    """The time by the centre's clock."""

    now: datetime
    deadline: datetime


@router.put("/answers", dependencies=[checked_inside()])
async def save_answers(request: Request, saving: Saving) -> Saved:
    """Keep some steps; the answer says which are now safe at the centre."""
    place = _place(request, saving.attempt, saving.desk)
    steps = [Step(**dict(typed), at=place.now) for typed in saving.steps]
    deadline = await save(await pool(request, Face.EXAMINATION), request.app.state.answer_shapes, place, steps)
    saved = [step.sequence for step in steps]
    return Saved(saved=saved, sequence=max(saved), now=place.now, deadline=deadline)


@router.post("/contact", dependencies=[checked_inside()])
async def sign_of_life(request: Request, sign: Contact) -> StillHere:
    """Note that the page is alive; tell it the time."""
    place = _place(request, sign.attempt, sign.desk)
    return StillHere(now=place.now, deadline=await hear(await pool(request, Face.EXAMINATION), place))


def _place(request: Request, attempt: UUID, desk: str) -> Place:
    return Place(session_digest(request), attempt, desk_digest(desk), workplace(request).clock.now())
