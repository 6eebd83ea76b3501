"""Where an organisation applies for itself: a telephone is proven first, so that nobody hands in junk."""

import secrets
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from kernel.errors import Invalid, Problem
from kernel.work import Reading
from people.accounts.errors import NotAPicture, PictureHasTooManyPixels, PictureTooLarge
from people.accounts.formats import PICTURE_AT_MOST_BYTES, document_picture
from people.admissions.actions import strangers
from people.admissions.actions.strangers import Browser
from people.admissions.errors import LicenceMissing, NoSuchReference, ProveTelephoneFirst
from people.admissions.queries.strangers import counties, own_application
from people.admissions.rules.applications import KINDS
from people.regions.rules import wholes_of
from web.frame.access import open_to_all
from web.frame.errors import status_of
from web.frame.language import is_encrypted
from web.frame.templating import language_of, page
from web.frame.work import Reads, Writes, workplace
from web.people.apply.forms import TypedApplication, TypedDigits, TypedTelephone
from web.people.said import KIND_NAMES
from web.words import named

router = APIRouter(prefix="/apply", dependencies=[open_to_all()])
START, CODE, FORM, STATE = (f"people/apply/{name}.html" for name in ("start", "code", "form", "state"))
PROOF, DEVICE = "anpei_application", "anpei_device"
PROOF_SECONDS, DEVICE_SECONDS = 2 * 3600, 365 * 24 * 3600


@router.get("")
def start(request: Request) -> Response:
    """What it takes, and the telephone to begin with."""
    return page(request, START, _start(request))


@router.post("")
def ask(request: Request, work: Writes, typed: Annotated[TypedTelephone, Form()]) -> Response:
    """Send six digits, or say why not."""
    settings, device = workplace(request).settings, request.cookies.get(DEVICE) or secrets.token_urlsafe(16)
    try:
        phone, reference = typed.meant(demonstration=settings.demonstration)
        address = request.client.host if request.client else ""
        browser = strangers.ask_for_code(
            work, phone=phone, address=address, device=device[:60], sends_sms=settings.sends_sms
        )
    except Problem as problem:
        return page(request, START, _start(request) | {"typed": typed, "problem": problem}, status=status_of(problem))
    response = RedirectResponse("/apply/code", 303)
    kept = f"{browser.code_id}.{browser.secret}.{reference}"
    for name, value, seconds in ((PROOF, kept, PROOF_SECONDS), (DEVICE, device[:60], DEVICE_SECONDS)):
        secure = is_encrypted(request)
        response.set_cookie(name, value, seconds, path="/apply", httponly=True, samesite="lax", secure=secure)
    return response


@router.get("/code")
def ask_digits(request: Request) -> Response:
    """Type the six digits."""
    return page(request, CODE, {"is_demonstration": workplace(request).settings.demonstration})


@router.post("/code")
def prove(request: Request, work: Writes, typed: Annotated[TypedDigits, Form()]) -> Response:
    """Compare them, and go on."""
    browser, reference = _browser(request)
    if browser is None:
        return RedirectResponse("/apply", 303)
    problem = strangers.prove_telephone(work, browser, typed.digits)
    if problem is not None:
        context = {"is_demonstration": workplace(request).settings.demonstration, "problem": problem}
        return page(request, CODE, context, status=status_of(problem))
    return RedirectResponse(f"/apply/state/{reference}" if reference else "/apply/form", 303)


@router.get("/form")
def ask_particulars(request: Request, reading: Reads) -> Response:
    """What the organisation is, and the picture of its licence."""
    return page(request, FORM, _form(request, reading))


@router.post("/form")
def hand_in(
    request: Request,
    work: Writes,
    typed: Annotated[TypedApplication, Form()],
    licence: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Hand it in, or say field by field why not."""
    browser, _ = _browser(request)
    upload = licence.file.read(PICTURE_AT_MOST_BYTES + 1) if licence else b""
    try:
        if browser is None:
            raise ProveTelephoneFirst
        particulars = typed.meant(demonstration=workplace(request).settings.demonstration)
        if not upload:
            raise Invalid({"licence": LicenceMissing()})
        drawn = document_picture(upload)  # before the deed asks the database for anything
        reference = strangers.hand_in(work, browser, particulars, drawn)
    except (PictureTooLarge, PictureHasTooManyPixels, NotAPicture) as bad:
        context = _form(request, work) | {"typed": typed, "problem": Invalid({"licence": bad})}
        return page(request, FORM, context, status=422)
    except Problem as problem:
        context = _form(request, work) | {"typed": typed, "problem": problem}
        return page(request, FORM, context, status=status_of(problem))
    return RedirectResponse(f"/apply/state/{reference}", 303)


@router.get("/state/{reference}")
def state(request: Request, reading: Reads, reference: str) -> Response:
    """How it stands with an application, for whoever has its reference and has proven its telephone."""
    browser, _ = _browser(request)
    found = own_application(reading, browser.code_id, browser.mark, reference[:40]) if browser else None
    if found is None:
        context = _start(request) | {"typed": {"reference": reference[:40]}, "problem": NoSuchReference()}
        return page(request, START, context, status=404)
    return page(request, STATE, {"row": found})


def _browser(request: Request) -> tuple[Browser | None, str]:
    """Who asked for the code in this browser, and the reference that was typed with it."""
    code_id, _, rest = request.cookies.get(PROOF, "").partition(".")
    secret, _, reference = rest.partition(".")
    try:
        return Browser(UUID(code_id), secret), "".join(each for each in reference if each.isalnum())[:40]
    except ValueError:
        return None, ""


def _start(request: Request) -> dict[str, Any]:
    return {"sends_sms": workplace(request).settings.sends_sms}


def _form(request: Request, reading: Reading) -> dict[str, Any]:
    language, known = language_of(request), counties(reading)
    ways = {
        code: " / ".join(named(known[each], language) for each in reversed(wholes_of(code)) if each in known)
        for code in known
    }
    return {"kinds": KINDS, "kind_names": KIND_NAMES, "regions": list(ways.items())}
