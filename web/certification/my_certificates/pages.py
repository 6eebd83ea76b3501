"""A person's own certificates: what each is worth today, the card to show, the PDF to print."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from certification.certificates.queries import own_certificate, own_certificates
from people.access.rules import Permission
from web.access import needs
from web.certificates import SAID
from web.printing import card_png, certificate_pdf
from web.templating import page
from web.work import Reads

router = APIRouter(prefix="/my-certificates", dependencies=[needs(Permission.OWN_CERTIFICATES)])


@router.get("")
def mine(request: Request, reading: Reads) -> Response:
    """Every certificate of the person who is signed in, newest first."""
    context = {"rows": own_certificates(reading), "said": SAID}
    return page(request, "certification/my_certificates/certificates.html", context)


@router.get("/{certificate_id}/card.png")
def card(request: Request, reading: Reads, certificate_id: UUID) -> Response:
    """The card picture of an own certificate."""
    return card_png(request, reading, own_certificate(reading, certificate_id).id)


@router.get("/{certificate_id}/certificate.pdf")
def pdf(request: Request, reading: Reads, certificate_id: UUID) -> Response:
    """The PDF of an own certificate."""
    return certificate_pdf(request, reading, own_certificate(reading, certificate_id).id)
