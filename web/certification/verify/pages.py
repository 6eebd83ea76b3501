"""The public page where anyone verifies a certificate: scanned, or typed. Nobody signs in here."""

from base64 import b64encode
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel

from certification.verification import actions
from certification.verification.queries import PublicCertificate
from kernel.clock import shanghai_date
from kernel.errors import Problem
from kernel.work import Reading
from web.certification.said import SAID, headline, time_left
from web.frame.access import open_to_all
from web.frame.errors import status_of
from web.frame.templating import language_of, page
from web.frame.work import Writes
from web.typed import Fields, a_line

router = APIRouter(prefix="/verify")

FORM = "certification/verify/form.html"
RESULT = "certification/verify/result.html"


class TypedLookup(BaseModel):
    number: str = ""
    name: str = ""

    def meant(self) -> dict[str, str]:
        """The arguments of `look_up_number` that are typed. Raises Invalid by field."""
        with Fields(self) as read:
            return {"number": read("number", a_line), "name": read("name", a_line)}


@router.get("", dependencies=[open_to_all()])
def ask(request: Request) -> Response:
    """Number and name, or the code on the certificate."""
    return page(request, FORM, {})


@router.post("", dependencies=[open_to_all()])
def by_number(request: Request, work: Writes, typed: Annotated[TypedLookup, Form()]) -> Response:
    """What the register says of this number and name today."""
    try:
        found = actions.look_up_number(work, **typed.meant(), address=_address(request))
    except Problem as problem:
        return page(request, FORM, {"typed": typed, "problem": problem}, status=status_of(problem))
    return page(request, RESULT, _result(request, work, found) | {"typed": typed})


@router.get("/c/{code}", dependencies=[open_to_all()])
def by_code(request: Request, work: Writes, code: str) -> Response:
    """What the register says today of the certificate whose code was scanned."""
    found = actions.look_up_code(work, code, address=_address(request))
    return page(request, RESULT, _result(request, work, [found] if found else []), status=200 if found else 404)


def _result(request: Request, reading: Reading, found: list[PublicCertificate]) -> dict[str, object]:
    today, language = shanghai_date(reading.now), language_of(request)
    return {
        "found": sorted(found, key=lambda each: (not each.is_genuine, not each.standing.state.holds)),
        "said": SAID,
        "photo": lambda each: b64encode(each.photo).decode("ascii") if each.photo else "",
        "now": reading.now,
        "headline": lambda each: headline(each.period, each.standing, language),
        "time_left": lambda each: time_left(each.period, each.standing, today, language),
    }


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
