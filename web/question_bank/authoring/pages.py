"""The authors' place: lists without content, one question at a time with it, and the steps of its review.

Opening a question is a deed (its audit row must be committed), so pages that show content are GETs that write.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response
from starlette.responses import RedirectResponse

from kernel.errors import Problem
from kernel.paging import pages_of
from kernel.work import Reading, Work
from people.access.rules import Permission
from question_bank.kinds import KIND_NAMES, KINDS
from question_bank.kinds.protocol import Explanation, Kind
from question_bank.outlines import queries as outlines
from question_bank.questions import queries
from question_bank.questions.actions import (
    approve_version,
    draft_question,
    draft_version,
    return_version,
    review_version,
    show_version,
    suspend_version,
)
from question_bank.questions.queries import Filters, Waiting
from question_bank.questions.rules import LANGUAGES, Question, depth_names, read_question
from question_bank.review.rules import Step
from web.frame.access import needs
from web.frame.downloads import excel
from web.frame.errors import status_of
from web.frame.templating import language_of, page
from web.frame.work import Reads, Writes
from web.question_bank.authoring import sheet
from web.question_bank.authoring.forms import Narrowed, Written
from web.question_bank.authoring.words import DEEDS, STATES
from web.typed import ReasonForm, TypedReason

router = APIRouter(prefix="/authoring")

MAY_READ = needs(Permission.READ_QUESTIONS)
MAY_WRITE = needs(Permission.WRITE_QUESTIONS)
STEP_NEEDS = {
    Step.REVIEW: Permission.REVIEW_QUESTIONS,
    Step.APPROVE: Permission.APPROVE_QUESTIONS,
    Step.RETURN: Permission.RETURN_QUESTIONS,
    Step.SUSPEND: Permission.APPROVE_QUESTIONS,
}
WORDS: dict[str, Any] = {"kinds": KIND_NAMES, "states": STATES, "deeds": DEEDS}


@router.get("", dependencies=[MAY_READ])
def questions(
    request: Request,
    reading: Reads,
    narrowed: Annotated[Narrowed, Query()],
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    """The list of versions, without what they say."""
    banks = outlines.outlines(reading)
    filters = narrowed.filters([bank.code for bank in banks])
    total = queries.count_versions(reading, filters)
    pages = pages_of(total)
    context = {
        "banks": banks,
        "depths": {bank.code: depth_names(bank.position) for bank in banks},
        "points": {point.code: point.names for bank in banks for point in bank.points},
        "narrowed": narrowed,
        "rows": queries.versions(reading, filters, min(number, pages)),
        "page": min(number, pages),
        "pages": pages,
        "total": total,
        "waiting": _waiting(reading),
    }
    return page(request, "question_bank/authoring/questions.html", WORDS | context)


def _waiting(reading: Reading) -> list[tuple[Waiting, int]]:
    """What waits for this person, as far as their permissions go."""
    needed = {
        Waiting.REVIEW: Permission.REVIEW_QUESTIONS,
        Waiting.APPROVAL: Permission.APPROVE_QUESTIONS,
        Waiting.MINE: Permission.WRITE_QUESTIONS,
    }
    wanted = [what for what, permission in needed.items() if reading.actor.may(permission)]
    return [(what, queries.count_versions(reading, Filters(waiting=what))) for what in wanted]


@router.get("/questions.xlsx", dependencies=[MAY_READ])
def as_excel(request: Request, reading: Reads, narrowed: Annotated[Narrowed, Query()]) -> Response:
    """The same list, whole, as a file. Raises ListTooLong."""
    banks = outlines.outlines(reading)
    filters = narrowed.filters([bank.code for bank in banks])
    total = queries.count_versions(reading, filters)
    if total > sheet.ROWS_AT_MOST:
        raise sheet.ListTooLong(rows=total, most=sheet.ROWS_AT_MOST)
    rows = queries.versions(reading, filters, on_a_page=sheet.ROWS_AT_MOST)
    depths = {bank.code: depth_names(bank.position) for bank in banks}
    return excel(partial(sheet.as_excel, rows, depths, language_of(request)), "questions.xlsx")


@router.get("/new", dependencies=[MAY_WRITE])
def begin(request: Request, reading: Reads, bank: str = "", kind: str = "") -> Response:
    """Choose bank and kind, then write."""
    known = KINDS.get(kind)
    banks = outlines.outlines(reading)
    if known is None or bank not in {it.code for it in banks}:
        context = {"banks": banks, "bank": bank, "kind": kind, "choices": list(KINDS.values())}
        return page(request, "question_bank/authoring/begin.html", WORDS | context)
    return _form(request, reading, bank, known, None)


@router.post("/new", dependencies=[MAY_WRITE])
def write(
    request: Request, work: Writes, typed: Annotated[Written, Form()], bank: str = "", kind: str = ""
) -> Response:
    """Keep a new question as a draft."""
    known = KINDS.get(kind)
    if known is None:
        return RedirectResponse("/authoring/new", 303)
    try:
        version_id = draft_question(work, bank=bank, question=read_question(typed.as_written(known)))
    except Problem as problem:
        return _form(request, work, bank, known, typed, problem)
    return RedirectResponse(f"/authoring/versions/{version_id}", 303)


@router.get("/versions/{version_id}", dependencies=[MAY_READ])
def version(request: Request, work: Writes, version_id: UUID) -> Response:
    """One version with all that it says, and what this person may do about it. The look is audited."""
    question = show_version(work, version_id=version_id)
    row = queries.version_row(work, version_id)
    steps = queries.steps(work, version_id)
    outline = outlines.outline(work, row.bank)
    context = {
        "row": row,
        "question": question,
        "explained": _explained(question),
        "translations": [(LANGUAGES[tag], tag, *_in_language(question, tag)) for tag in question.translations],
        "steps": steps,
        "is_from_file": queries.FIRST_STEP not in {step.deed for step in steps},
        "point": outlines.point_names(work, row.bank).get(row.point),
        "bank": outline.names,
        "depths": depth_names(outline.position),
        "newest": queries.newest_of(work, version_id),
        "may": {step for step in queries.open_steps(work, version_id) if work.actor.may(STEP_NEEDS[step])},
    }
    return page(request, "question_bank/authoring/version.html", WORDS | context)


def _explained(question: Question) -> Explanation:
    return question.rules.explain(question.content, question.rules.in_bank_order(question.content), None)


def _in_language(question: Question, tag: str) -> tuple[str, Explanation]:
    stem, content = question.in_language(tag)
    return stem, question.rules.explain(content, question.rules.in_bank_order(content), None)


@router.get("/versions/{version_id}/rewrite", dependencies=[MAY_WRITE])
def begin_again(request: Request, work: Writes, version_id: UUID) -> Response:
    """The form filled in with what the newest version says; a look like any other."""
    newest, _ = queries.newest_of(work, version_id)
    if newest != version_id:
        return RedirectResponse(f"/authoring/versions/{newest}/rewrite", 303)
    row = queries.version_row(work, version_id)
    typed = Written.of(show_version(work, version_id=version_id))
    return _form(request, work, row.bank, KINDS[row.kind], typed, row=row)


@router.post("/versions/{version_id}/rewrite", dependencies=[MAY_WRITE])
def rewrite(request: Request, work: Writes, version_id: UUID, typed: Annotated[Written, Form()]) -> Response:
    """Keep what was typed as the next version of the same question."""
    row = queries.version_row(work, version_id)
    try:
        question = read_question(typed.as_written(KINDS[row.kind]))
        newer = draft_version(work, version_id=version_id, question=question)
    except Problem as problem:
        return _form(request, work, row.bank, KINDS[row.kind], typed, problem, row=row)
    return RedirectResponse(f"/authoring/versions/{newer}", 303)


@router.post("/versions/{version_id}/review", dependencies=[needs(Permission.REVIEW_QUESTIONS)])
def review(request: Request, work: Writes, version_id: UUID) -> Response:
    """Find the question right."""
    return _judged(request, work, version_id, lambda: review_version(work, version_id=version_id))


@router.post("/versions/{version_id}/approve", dependencies=[needs(Permission.APPROVE_QUESTIONS)])
def approve(request: Request, work: Writes, version_id: UUID) -> Response:
    """Bring it into use."""
    return _judged(request, work, version_id, lambda: approve_version(work, version_id=version_id))


@router.post("/versions/{version_id}/return", dependencies=[needs(Permission.RETURN_QUESTIONS)])
def send_back(request: Request, work: Writes, version_id: UUID, typed: ReasonForm) -> Response:
    """Send it back to its author."""

    def deed() -> None:
        return_version(work, version_id=version_id, reason=typed.said())

    return _judged(request, work, version_id, deed, Step.RETURN, typed)


@router.post("/versions/{version_id}/suspend", dependencies=[needs(Permission.APPROVE_QUESTIONS)])
def suspend(request: Request, work: Writes, version_id: UUID, typed: ReasonForm) -> Response:
    """Take it out of use."""

    def deed() -> None:
        suspend_version(work, version_id=version_id, reason=typed.said())

    return _judged(request, work, version_id, deed, Step.SUSPEND, typed)


def _judged(  # noqa: PLR0917 - what a refusal is shown with
    request: Request,
    work: Work,
    version_id: UUID,
    deed: Callable[[], None],
    step: Step | None = None,
    typed: TypedReason | None = None,
) -> Response:
    """Do a step of a review and go back to the version.

    A refusal is shown with the reason that was typed, and without the content: to show that again is another look.
    """
    row = queries.version_row(work, version_id)
    try:
        deed()
    except Problem as problem:
        context = {"row": row, "problem": problem, "typed": typed, "step": step}
        return page(request, "question_bank/authoring/refused.html", WORDS | context, status=status_of(problem))
    return RedirectResponse(f"/authoring/versions/{version_id}", 303)


def _form(  # noqa: PLR0917 - what a form is made of
    request: Request,
    reading: Reading,
    bank: str,
    kind: Kind[Any],
    typed: Written | None,
    problem: Problem | None = None,
    *,
    row: queries.VersionRow | None = None,
) -> Response:
    outline = outlines.outline(reading, bank)
    context = {
        "outline": outline,
        "depths": depth_names(outline.position),
        "kind": kind.code,
        "languages": LANGUAGES,
        "typed": typed,
        "problem": problem,
        "row": row,
        "newest": queries.newest_of(reading, row.id) if row else None,
    }
    status = status_of(problem) if problem else 200
    return page(request, "question_bank/authoring/write.html", WORDS | context, status=status)
