"""The candidate's way through the exam room: waiting, the paper, handed in."""

import gzip
import json
from dataclasses import asdict, dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, RedirectResponse

from exams.arrivals import queries as arrivals
from exams.arrivals.queries import CheckIn
from exams.attempts import queries
from exams.attempts.actions.finishing import hand_in
from exams.attempts.actions.sitting_down import Desk, start, take_desk
from exams.attempts.queries import AttemptRow
from exams.attempts.rules import may_take_answers, standing
from exams.breaches import queries as breaches
from exams.registrations import queries as registrations
from exams.registrations.queries import RegistrationRow
from exams.sittings import queries as sittings
from exams.sittings.queries import SittingRow
from exams.standards import queries as standards
from exams.standards.rules import Part
from kernel.clock import shanghai_date
from kernel.errors import Problem
from kernel.work import Reading, Work
from people.access.rules import Permission
from people.accounts import queries as accounts
from question_bank.kinds import KIND_NAMES, KINDS
from web.exams.exam_room.words import WORDS, translated
from web.frame import files
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import language_of, page
from web.frame.work import Reads, Writes
from web.words import catalogue, named

router = APIRouter(prefix="/exam-room", dependencies=[needs(Permission.SIT_EXAMS)])

TOKENS_AT_MOST = 20
QUICKLY = 1  # the answer is read once, on the same network: speed counts, not the last byte

Token = Annotated[str, Field(min_length=64, max_length=64)]


class Taking(BaseModel):
    """A page takes the paper: its new token, and those that this tab had before."""

    desk: Token
    before: Annotated[list[Token], Field(max_length=TOKENS_AT_MOST)] = []


class HandingIn(BaseModel):
    """The page that hands in names its place."""

    desk: Token


@dataclass(frozen=True, slots=True)
class Today:
    """One of the candidate's exams of today, and how far it has come."""

    registration: RegistrationRow
    sitting: SittingRow
    check_in: CheckIn | None
    attempt: AttemptRow | None
    is_ended: bool  # by two invigilators, for a breach

    @property
    def seat(self) -> int | None:
        return self.check_in.seat if self.check_in else self.registration.seat


@router.get("")
def waiting(request: Request, reading: Reads) -> Response:
    """Today's exams: whether the candidate is checked in, and whether the exam has begun."""
    return _waiting(request, reading)


def _waiting(request: Request, reading: Reading, problem: Problem | None = None) -> Response:
    today = shanghai_date(reading.now)
    rows = [
        row
        for row in registrations.own_registrations(reading)
        if row.part is Part.THEORY and row.exam_on == today and row.seat is not None
    ]
    context = {
        "exams": [_today(reading, row) for row in rows],
        "names": {row.qualification: standards.qualification_names(row.qualification) for row in rows},
        "has_photo": accounts.has_photo(reading, own_id(reading)),
        "problem": problem,
    }
    status = status_of(problem) if problem else 200
    return page(request, "exams/exam_room/waiting.html", context, block="exams", status=status)


def _today(reading: Reading, row: RegistrationRow) -> Today:
    assert row.sitting_id is not None
    return Today(
        row,
        sittings.sitting(reading, row.sitting_id),
        arrivals.check_in_of(reading, row.id),
        queries.attempt_of_registration(reading, row.id),
        _is_ended(reading, row.id),
    )


def _is_ended(reading: Reading, registration_id: UUID) -> bool:
    breach = breaches.breach_of(reading, registration_id)
    return breach is not None and breach.is_confirmed


@router.post("/registrations/{registration_id}/start")
def begin(request: Request, work: Writes, registration_id: UUID) -> Response:
    """Start, or go on; pressing twice opens one attempt."""
    try:
        attempt_id = start(work, registration_id=registration_id)
    except Problem as problem:
        return _waiting(request, work, problem)
    return RedirectResponse(f"/exam-room/attempts/{attempt_id}", 303)


@router.get("/attempts/{attempt_id}")
def room(request: Request, reading: Reads, attempt_id: UUID) -> Response:
    """The page of the paper. The paper itself comes when the page takes it to its place."""
    attempt = queries.own_attempt(reading, attempt_id)
    if attempt.state.is_over:
        return RedirectResponse(f"/exam-room/attempts/{attempt_id}/handed-in", 303)
    check_in = arrivals.check_in_of(reading, attempt.registration_id)
    context = {
        "attempt_id": attempt.id,
        "seat": check_in.seat if check_in else "",
        "admission_number": attempt.admission_number,
        "has_photo": accounts.has_photo(reading, own_id(reading)),
        "words": _words(language_of(request)),
        "kinds": list(KINDS),
    }
    return page(request, "exams/exam_room/room.html", context)


def _words(language: str) -> dict[str, Any]:
    """What the page's modules say, with the kinds of question by their names."""
    words: dict[str, Any] = translated(WORDS, catalogue(language).gettext)
    words["question"]["kinds"] = {code: named(names, language) for code, names in KIND_NAMES.items()}
    return words


@router.post("/attempts/{attempt_id}/desk")
def take_paper(request: Request, work: Writes, attempt_id: UUID, taking: Taking) -> Response:
    """The one prepared document, with the answers so far, the deadline and the time by the centre's clock."""
    address = request.client.host if request.client else ""
    desk = take_desk(work, attempt_id=attempt_id, token=taking.desk, before=taking.before, address=address)
    return Response(
        gzip.compress(_desk_json(work, desk), QUICKLY),
        media_type="application/json",
        headers={"Content-Encoding": "gzip"},
    )


def _desk_json(work: Work, desk: Desk) -> bytes:
    """The document goes in as it was sealed, and is never parsed here.

    It is kept packed, and is packed again with what stands beside it: under a millisecond, and a quarter of the bytes
    when a whole room opens its papers in the same second.
    """
    beside = {
        "standing": {number: asdict(at) for number, at in desk.standing.items()},
        "sequence": desk.sequence,
        "now": work.now.isoformat(),
        "deadline": desk.deadline.isoformat(),
    }
    return b'{"paper":' + desk.document + b"," + json.dumps(beside).encode()[1:]


@router.get("/attempts/{attempt_id}/state")
def state(reading: Reads, attempt_id: UUID) -> JSONResponse:
    """Whether the attempt is still open and what has arrived, for a page whose time is up."""
    attempt = queries.own_attempt(reading, attempt_id)
    return JSONResponse(
        {
            "state": attempt.state,
            "now": reading.now.isoformat(),
            "deadline": attempt.deadline.isoformat(),
            "sequence": queries.last_sequence(reading, attempt_id),
        }
    )


@router.post("/attempts/{attempt_id}/hand-in")
def finish(work: Writes, attempt_id: UUID, handing_in: HandingIn) -> JSONResponse:
    """Hand in; doing it twice changes nothing."""
    hand_in(work, attempt_id=attempt_id, token=handing_in.desk)
    return JSONResponse({"state": queries.own_attempt(work, attempt_id).state})


@router.get("/attempts/{attempt_id}/handed-in")
def handed_in(request: Request, reading: Reads, attempt_id: UUID) -> Response:
    """When it was handed in, how much was answered, and the receipt. No score before the release.

    Between the last second and the taking in, which the server does by itself, the page says so and looks again.
    """
    attempt = queries.own_attempt(reading, attempt_id)
    if may_take_answers(attempt, reading.now):
        return RedirectResponse(f"/exam-room/attempts/{attempt_id}", 303)
    answered = sum(at.answer is not None for at in standing(queries.steps(reading, attempt_id)).values())
    context = {"attempt": attempt, "answered": answered, "is_ended": _is_ended(reading, attempt.registration_id)}
    return page(request, "exams/exam_room/handed_in.html", context, block="handed_in")


@router.get("/photo")
def own_photo(request: Request, reading: Reads) -> Response:
    """The candidate's own photo. Raises NotFound where there is none."""
    return files.photo(request, accounts.photo_file(reading, own_id(reading)))


def own_id(reading: Reading) -> UUID:
    """The person who is signed in."""
    assert reading.actor.person_id is not None
    return reading.actor.person_id
