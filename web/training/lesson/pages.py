"""The lesson page and its deeds. The heartbeat is in hot.py."""

from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from kernel.errors import Invalid, Problem
from kernel.work import Reading
from people.access.rules import Permission
from training.courses import queries as courses
from training.courses.rules import Feedback, PresentedCheck
from training.enrolments.queries import own_enrolment
from training.records.actions import complete_lesson
from training.records.queries import progress
from training.study import actions, queries
from training.study.queries import NOTHING_STUDIED
from training.study.rules import BEAT_EVERY, StudySession
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.files import served
from web.frame.templating import page, wants_block
from web.frame.work import Reads, Writes
from web.training.lesson.prose import prose

router = APIRouter(prefix="/lesson")

MEDIA_KEPT = "private, max-age=3600"


class Presence(BaseModel):
    """Which session's presence check is answered."""

    session: UUID


def _context(reading: Reading, enrolment_id: UUID, code: str) -> dict[str, object]:
    enrolment = own_enrolment(reading, enrolment_id)
    lesson = courses.lesson(reading, enrolment.course_id, code)
    course = progress(reading, [enrolment])[enrolment.id]
    codes = [each.code for each in course.lessons]
    place = codes.index(code)
    address = f"/lesson/{enrolment.id}/{code}"
    studied = queries.studied(reading, [enrolment.id]).get((enrolment.id, lesson.id), NOTHING_STUDIED)
    return {
        "address": address,
        "enrolment": enrolment,
        "course": courses.courses(reading, [enrolment.course_id])[enrolment.course_id],
        "lesson": lesson,
        "checks": {check.id: check.presented for check in lesson.checks},
        "prose": prose(lesson.body, f"{address}/media"),
        "mine": course.lessons[place],
        "studied": studied,
        "previous": course.lessons[place - 1] if place else None,
        "following": course.lessons[place + 1] if place + 1 < len(codes) else None,
        "next_required": course.next_lesson,
        "feedback": {},
        "check_problem": None,
    }


@router.get("/{enrolment_id}/{code}", dependencies=[needs(Permission.LEARN)])
def lesson_page(request: Request, reading: Reads, enrolment_id: UUID, code: str) -> Response:
    """Read, watch, answer."""
    return page(request, "training/lesson/lesson.html", _context(reading, enrolment_id, code))


@router.get("/{enrolment_id}/{code}/completion", dependencies=[needs(Permission.LEARN)])
def completion(request: Request, reading: Reads, enrolment_id: UUID, code: str) -> Response:
    """What is still missing, for the page that is open."""
    context = _context(reading, enrolment_id, code)
    return page(request, "training/lesson/lesson.html", context, block="completion")


@router.get("/{enrolment_id}/{code}/media/{name}", dependencies=[needs(Permission.LEARN)])
def medium(request: Request, reading: Reads, enrolment_id: UUID, code: str, name: str) -> Response:
    """A picture, a video (whole or a range of it) or its captions, for people enrolled in the course."""
    enrolment = own_enrolment(reading, enrolment_id)
    lesson = courses.lesson(reading, enrolment.course_id, code)
    return served(request, courses.medium(reading, lesson.id, name), kept=MEDIA_KEPT)


@router.post("/{enrolment_id}/{code}/sessions", dependencies=[needs(Permission.LEARN)])
def open_session(work: Writes, enrolment_id: UUID, code: str) -> dict[str, object]:
    """Begin to be credited; ends a session that is open elsewhere."""
    session = actions.open_session(work, enrolment_id=enrolment_id, lesson_code=code)
    return _told(session) | {"session": str(session.id), "beat_seconds": BEAT_EVERY.total_seconds()}


@router.post("/presence", dependencies=[needs(Permission.LEARN)])
def answer_presence(work: Writes, presence: Presence) -> dict[str, object]:
    """I am here."""
    return _told(actions.answer_presence(work, session_id=presence.session))


def _told(session: StudySession) -> dict[str, object]:
    return {
        "credited_ms": session.before_ms + session.credited_ms,
        "full": session.credited_ms >= session.allowed_ms,
        "ended": session.ended,
        "answer_within": None,
    }


@router.post("/{enrolment_id}/{code}/checks/{check_id}", dependencies=[needs(Permission.LEARN)])
def answer_check(
    request: Request,
    work: Writes,
    *,
    enrolment_id: UUID,
    code: str,
    check_id: str,
    answer: Annotated[str, Form()] = "",
) -> Response:
    """Answer a question of the lesson; the feedback comes at once."""
    problem: Problem | None = None
    feedback: Feedback | None = None
    try:
        feedback = actions.answer_check(
            work, enrolment_id=enrolment_id, lesson_code=code, check_id=check_id, answer=answer
        )
    except Invalid as invalid:
        problem = invalid
    context = _context(work, enrolment_id, code) | {"feedback": {check_id: feedback}, "check_problem": problem}
    status = status_of(problem) if problem else 200
    if wants_block(request):
        checks = cast(dict[str, PresentedCheck], context["checks"])
        return page(request, "training/lesson/check.html", context | {"check": checks[check_id]}, status=status)
    return page(request, "training/lesson/lesson.html", context, status=status)


@router.post("/{enrolment_id}/{code}/complete", dependencies=[needs(Permission.LEARN)])
def complete(request: Request, work: Writes, enrolment_id: UUID, code: str) -> Response:
    """Finish this lesson and go to the next."""
    try:
        is_course_complete = complete_lesson(work, enrolment_id=enrolment_id, lesson_code=code)
    except Problem as problem:
        context = _context(work, enrolment_id, code) | {"problem": problem}
        return page(request, "training/lesson/lesson.html", context, status=status_of(problem))
    following = progress(work, [own_enrolment(work, enrolment_id)])[enrolment_id].next_lesson
    if is_course_complete or following is None or not following.is_required:
        return RedirectResponse("/my-learning", 303)
    return RedirectResponse(f"/lesson/{enrolment_id}/{following.code}", 303)
