"""A person's own certificates: what each is worth today, the code and the card to show, the PDF to print."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from certification.applications.queries import own_applications
from certification.certificates.queries import CertificateRow, own_certificate, own_certificates
from certification.eligibility.queries import own_proof, own_proofs
from kernel.clock import shanghai_date
from people.access.rules import Permission
from web.certification.printing import card_png, certificate_pdf, code_png, training_proof_pdf
from web.certification.said import SAID, time_left
from web.frame.access import needs
from web.frame.templating import language_of, page
from web.frame.work import Reads
from web.people.said import trade_names

router = APIRouter(prefix="/my-certificates", dependencies=[needs(Permission.OWN_CERTIFICATES)])

URGENCY = {"soon": 0, "danger": 1, "ok": 2, "neutral": 3}


@router.get("")
def mine(request: Request, reading: Reads) -> Response:
    """Every certificate of the person who is signed in: those with something to do first."""
    today, language = shanghai_date(reading.now), language_of(request)
    context = {
        "rows": sorted(own_certificates(reading), key=_urgency),
        "said": SAID,
        "applications": own_applications(reading),
        "proofs": own_proofs(reading),
        "trade": trade_names(request),
        "time_left": lambda row: time_left(row.period, row.standing, today, language),
    }
    return page(request, "certification/my_certificates/certificates.html", context)


def _urgency(row: CertificateRow) -> int:
    return URGENCY[SAID[row.standing.state].tone]


@router.get("/proofs/{eligibility_id}.pdf")
def training_proof(request: Request, reading: Reads, eligibility_id: UUID) -> Response:
    """An own training proof, to be shown where training is asked for."""
    return training_proof_pdf(request, reading, own_proof(reading, eligibility_id))


@router.get("/{certificate_id}")
def show(request: Request, reading: Reads, certificate_id: UUID) -> Response:
    """One own certificate with its code, large, for whoever checks."""
    row = own_certificate(reading, certificate_id)
    context = {"row": row, "said": SAID[row.standing.state]}
    return page(request, "certification/my_certificates/certificate.html", context)


@router.get("/{certificate_id}/code.png")
def code(request: Request, reading: Reads, certificate_id: UUID) -> Response:
    """The code of an own certificate, large."""
    return code_png(request, own_certificate(reading, certificate_id).public_code)


@router.get("/{certificate_id}/card.png")
def card(request: Request, reading: Reads, certificate_id: UUID) -> Response:
    """The card picture of an own certificate."""
    return card_png(request, reading, own_certificate(reading, certificate_id).id)


@router.get("/{certificate_id}/certificate.pdf")
def pdf(request: Request, reading: Reads, certificate_id: UUID) -> Response:
    """The PDF of an own certificate."""
    return certificate_pdf(request, reading, own_certificate(reading, certificate_id).id)
