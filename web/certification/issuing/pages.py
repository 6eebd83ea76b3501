"""The certificate office: applications that wait, the register, and every deed about a certificate.

A certificate carries its holder's ID number. Whoever sees one whole leaves a line in the audit, so pages that show one
are GETs that write.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from certification.applications import actions as application_actions
from certification.applications import queries as application_queries
from certification.applications.queries import revised
from certification.certificates import queries
from kernel.clock import shanghai_date
from kernel.errors import Problem
from kernel.paging import PAGE_ROWS, nearest, pages_of
from kernel.work import Reading, Work
from people.access.rules import Permission
from people.accounts.actions import show_id_number
from people.accounts.queries import people
from web import words
from web.certification.issuing.deeds import DEEDS, ENTRY_WORDS, GROUNDS, Typed
from web.certification.printing import card_png, certificate_pdf, printing, training_proof_pdf
from web.certification.said import SAID, time_left
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import language_of
from web.frame.templating import page as show
from web.frame.work import Reads, Writes, workplace
from web.people.said import trade_names
from web.typed import ReasonForm, TypedReason

router = APIRouter(prefix="/issuing", dependencies=[needs(Permission.DECIDE_CERTIFICATES)])


@router.get("")
def waiting(request: Request, reading: Reads, page: int = 1) -> Response:
    """Applications that wait for a decision, oldest first."""
    return _list(request, reading, page, decided=False)


@router.get("/decided")
def decided(request: Request, reading: Reads, page: int = 1) -> Response:
    """What was decided, the latest on top."""
    return _list(request, reading, page, decided=True)


def _list(request: Request, reading: Reading, page: int, *, decided: bool) -> Response:
    waiting = application_queries.waiting_count(reading)
    total = application_queries.decided_count(reading) if decided else waiting
    number = nearest(page, total)
    context = {
        "rows": application_queries.applications(
            reading, waiting=not decided, limit=PAGE_ROWS, offset=(number - 1) * PAGE_ROWS
        ),
        "decided": decided,
        "number": number,
        "pages": pages_of(total),
        "total": total,
        "waiting": waiting,
        "trade": trade_names(request),
    }
    return show(request, "certification/issuing/applications.html", context)


@router.get("/applications/{application_id}")
def application(request: Request, reading: Reads, application_id: UUID) -> Response:
    """One application with all that the decision rests on."""
    return _application(request, reading, application_id)


def _application(
    request: Request,
    reading: Reading,
    application_id: UUID,
    *,
    problem: Problem | None = None,
    typed: TypedReason | None = None,
) -> Response:
    office = printing(workplace(request).settings)
    context = {
        "review": application_queries.review(reading, application_id, office),
        "trade": trade_names(request),
        "problem": problem,
        "typed": typed,
    }
    status = status_of(problem) if problem else 200
    return show(request, "certification/issuing/application.html", context, status=status)


@router.post("/applications/{application_id}/approve")
def approve(request: Request, work: Writes, application_id: UUID) -> Response:
    """Approve and issue; a second click shows the certificate of the first."""
    try:
        certificate_id = application_actions.approve_application(
            work, application_id, printing=printing(workplace(request).settings)
        )
    except Problem as problem:
        return _application(request, work, application_id, problem=problem)
    return RedirectResponse(f"/issuing/certificates/{certificate_id}", 303)


@router.post("/applications/{application_id}/refuse")
def refuse(request: Request, work: Writes, application_id: UUID, typed: ReasonForm) -> Response:
    """Refuse with a reason."""
    try:
        application_actions.refuse_application(work, application_id, reason=typed.said())
    except Problem as problem:
        return _application(request, work, application_id, problem=problem, typed=typed)
    return RedirectResponse(f"/issuing/applications/{application_id}", 303)


@router.post("/applications/{application_id}/reopen")
def reopen(request: Request, work: Writes, application_id: UUID, typed: ReasonForm) -> Response:
    """Open a refused application again, with a reason."""
    try:
        application_actions.reopen_application(work, application_id, reason=typed.said())
    except Problem as problem:
        return _application(request, work, application_id, problem=problem, typed=typed)
    return RedirectResponse(f"/issuing/applications/{application_id}", 303)


@router.get("/proofs/{eligibility_id}.pdf")
def training_proof(request: Request, work: Writes, eligibility_id: UUID) -> Response:
    """The training proof on which an application rests."""
    show_id_number(work, person_id=application_queries.proof_behind(work, eligibility_id), reason="training proof")
    return training_proof_pdf(request, work, eligibility_id)


@router.get("/revisions")
def revisions(request: Request, reading: Reads, page: int = 1) -> Response:
    """Findings: results on which something rests, and which a re-check has revised since; the latest on top."""
    total = revised.revision_count(reading)
    number = nearest(page, total)
    rows = revised.revisions(reading, limit=PAGE_ROWS, offset=(number - 1) * PAGE_ROWS)
    context = {
        "rows": rows,
        "resting": application_queries.resting_on(reading, [row.supersedes for row in rows]),
        "number": number,
        "pages": pages_of(total),
        "total": total,
        "waiting": application_queries.waiting_count(reading),
        "trade": trade_names(request),
    }
    return show(request, "certification/issuing/revisions.html", context)


@router.get("/certificates")
def register(request: Request, reading: Reads, q: str = "", page: int = 1) -> Response:
    """The register, newest first."""
    total = queries.register_count(reading, search=q)
    number = nearest(page, total)
    context = {
        "rows": queries.register(reading, search=q, limit=PAGE_ROWS, offset=(number - 1) * PAGE_ROWS),
        "total": total,
        "number": number,
        "pages": pages_of(total),
        "q": q,
        "said": SAID,
        "waiting": application_queries.waiting_count(reading),
    }
    return show(request, "certification/issuing/register.html", context)


@router.get("/certificates/{certificate_id}")
def certificate(request: Request, work: Writes, certificate_id: UUID) -> Response:
    """One certificate: what it is worth today, its card, its history, and what may be decided."""
    _note_look(work, certificate_id)
    return _certificate(request, work, certificate_id, is_noted=True)


def _note_look(work: Work, certificate_id: UUID) -> None:
    show_id_number(work, person_id=queries.issued_certificate(work, certificate_id).person_id, reason="certificate")


def _certificate(
    request: Request,
    reading: Reading,
    certificate_id: UUID,
    *,
    is_noted: bool = False,
    deed: str = "",
    problem: Problem | None = None,
    typed: Typed | None = None,
) -> Response:
    """The page. A refused deed is undone with all it noted, so the number is whole only where `is_noted`."""
    row = queries.certificate(reading, certificate_id)
    context = {
        "row": row,
        "is_noted": is_noted,
        "is_ours": reading.actor.organisation_id == row.authority_id,
        "name_now": people(reading, [row.person_id])[row.person_id].name,
        "said": SAID[row.standing.state],
        "time_left": time_left(row.period, row.standing, shanghai_date(reading.now), language_of(request)),
        "history": queries.history(reading, certificate_id),
        "renewal": queries.renewal_in_hand(reading, row),
        "running": queries.running_before(reading, row),
        "deeds": [each for each in DEEDS.values() if each.is_offered(row, reading.actor.organisation_id)],
        "grounds": GROUNDS,
        "ground_options": [(code, words.sentence(said, language_of(request))) for code, said in GROUNDS.items()],
        "entry_words": ENTRY_WORDS,
        "deed": deed,
        "problem": problem,
        "typed": typed,
    }
    status = status_of(problem) if problem else 200
    return show(request, "certification/issuing/certificate.html", context, status=status)


@router.post("/certificates/{certificate_id}/{deed}")
def decide(
    request: Request,
    work: Writes,
    certificate_id: UUID,
    deed: str,
    typed: Annotated[Typed, Form()],
) -> Response:
    """Suspend, reinstate, revoke, cancel, give out once more, or record a review."""
    office = printing(workplace(request).settings)
    try:
        shown = DEEDS[deed].do(work, certificate_id, typed, office)
    except Problem as problem:
        return _certificate(request, work, certificate_id, deed=deed, problem=problem, typed=typed)
    return RedirectResponse(f"/issuing/certificates/{shown}", 303)


@router.get("/certificates/{certificate_id}/card.png")
def card(request: Request, work: Writes, certificate_id: UUID) -> Response:
    """The card picture."""
    _note_look(work, certificate_id)
    return card_png(request, work, certificate_id)


@router.get("/certificates/{certificate_id}/certificate.pdf")
def pdf(request: Request, work: Writes, certificate_id: UUID) -> Response:
    """The certificate for self-printing."""
    _note_look(work, certificate_id)
    return certificate_pdf(request, work, certificate_id)
