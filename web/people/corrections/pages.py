"""Correcting who somebody is: by the administrator from an account, by the enterprise from a line of its staff list."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from kernel.clock import shanghai_date
from kernel.errors import Invalid, Problem
from kernel.work import Reading
from people.access.rules import Permission
from people.accounts.errors import NoSuchPerson
from people.accounts.queries.records import has_ever_signed_in, on_record
from people.accounts.rules.id_numbers import masked
from people.appointments.queries import account
from people.corrections import actions
from people.organisations.queries import own_organisation, own_staff_member
from web.frame.access import needs
from web.frame.errors import status_of
from web.frame.templating import page
from web.frame.work import Reads, Writes, workplace
from web.people.corrections import forms

router = APIRouter(prefix="/corrections")
CORRECT = "people/corrections/correct.html"
office = [needs(Permission.CORRECT_PEOPLE)]
enterprise = [needs(Permission.KEEP_STAFF)]


@router.get("/accounts/{account_id}", dependencies=office)
def ask_of_account(request: Request, reading: Reads, account_id: UUID) -> Response:
    """The particulars of an account's holder."""
    return page(request, CORRECT, _of_account(reading, account_id))


@router.post("/accounts/{account_id}", dependencies=office)
def correct_of_account(
    request: Request, work: Writes, account_id: UUID, typed: Annotated[forms.TypedParticulars, Form()]
) -> Response:
    """Correct name and mobile number."""
    context = _of_account(work, account_id)
    try:
        meant = typed.meant(demonstration=_is_demonstration(request))
        actions.correct_particulars(work, person_id=context["who"].person_id, **meant)
    except Problem as problem:
        return page(request, CORRECT, context | {"typed": typed, "problem": problem}, status=status_of(problem))
    return RedirectResponse(context["back"], 303)


@router.post("/accounts/{account_id}/number", dependencies=office)
def correct_number(
    request: Request, work: Writes, account_id: UUID, typed: Annotated[forms.TypedNumber, Form()]
) -> Response:
    """Correct the ID number, as long as nothing rests on it."""
    context = _of_account(work, account_id)
    who = context["who"]
    try:
        if who.document_kind is None:
            raise NoSuchPerson
        number, reason = typed.read(
            who.document_kind, shanghai_date(work.now), demonstration=_is_demonstration(request)
        )
        actions.correct_id_number(work, person_id=who.person_id, number=number, reason=reason)
    except Problem as problem:
        context |= {"typed": typed, "problem": _at_its_reason(problem)}
        return page(request, CORRECT, context, status=status_of(problem))
    return RedirectResponse(context["back"], 303)


@router.get("/staff/{employment_id}", dependencies=enterprise)
def ask_of_staff(request: Request, reading: Reads, employment_id: UUID) -> Response:
    """The particulars of one of the own staff."""
    return page(request, CORRECT, _of_staff(reading, employment_id))


@router.post("/staff/{employment_id}", dependencies=enterprise)
def correct_of_staff(
    request: Request, work: Writes, employment_id: UUID, typed: Annotated[forms.TypedParticulars, Form()]
) -> Response:
    """Correct name and mobile number of one of the own staff."""
    context = _of_staff(work, employment_id)
    try:
        meant = typed.meant(demonstration=own_organisation(work).is_demonstration)
        actions.correct_staff_particulars(work, employment_id=employment_id, **meant)
    except Problem as problem:
        return page(request, CORRECT, context | {"typed": typed, "problem": problem}, status=status_of(problem))
    return RedirectResponse(context["back"], 303)


def _of_account(reading: Reading, account_id: UUID) -> dict[str, Any]:
    who = on_record(reading, account(reading, account_id).person_id)
    return {
        "who": who,
        "number": masked(who.document_number or ""),
        "is_relied_on": has_ever_signed_in(reading, who.person_id),
        "may_correct_number": who.document_number is not None,
        "action": f"/corrections/accounts/{account_id}",
        "back": f"/accounts/{account_id}",
    }


def _of_staff(reading: Reading, employment_id: UUID) -> dict[str, Any]:
    who = on_record(reading, own_staff_member(reading, employment_id).person_id)
    return {
        "who": who,
        "number": masked(who.document_number or ""),
        "is_relied_on": True,
        "may_correct_number": False,
        "action": f"/corrections/staff/{employment_id}",
        "back": f"/staff/{employment_id}",
    }


def _is_demonstration(request: Request) -> bool:
    return workplace(request).settings.demonstration


def _at_its_reason(problem: Problem) -> Problem:
    """The page has two reasons; that of the number has a name of its own."""
    if isinstance(problem, Invalid) and "reason" in problem.fields:
        return Invalid({"number_reason": problem.fields["reason"]})
    return problem
