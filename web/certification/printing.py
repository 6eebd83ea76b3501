"""What is printed for certificates: cards and PDFs made on demand from the facts stored at issue."""

from functools import partial
from uuid import UUID

from fastapi import Request, Response

from certification.certificates import queries
from certification.certificates.formats.documents import proof_pdf
from certification.certificates.formats.printing import Printing
from certification.certificates.rules.face import proof_face, proof_statement
from certification.certificates.rules.facts import facts_from_json
from certification.certificates.rules.ids import public_link
from certification.eligibility.queries import proof, proof_photo
from kernel.clock import shanghai_date
from kernel.documents import code_picture, installed
from kernel.settings import Settings
from kernel.work import Reading
from web.frame import printed
from web.frame.work import workplace

CODE_PIXELS = 600


def printing(settings: Settings) -> Printing:
    """The office's fonts and public address."""
    return Printing(fonts=installed(settings.var), base_url=settings.base_url)


def card_png(request: Request, reading: Reading, certificate_id: UUID) -> Response:
    """The card picture of a certificate that the caller may see."""
    record = queries.issued_certificate(reading, certificate_id)
    office = printing(workplace(request).settings)
    facts, photo = facts_from_json(record.facts), queries.photo_of(reading, certificate_id)
    return printed.picture(partial(office.card, facts, photo=photo, code=record.public_code))


def code_png(request: Request, public_code: str) -> Response:
    """The code on a certificate alone, large enough to be read from a phone's screen at arm's length."""
    link = public_link(workplace(request).settings.base_url, public_code)
    return printed.picture(partial(code_picture, link, CODE_PIXELS))


def training_proof_pdf(request: Request, reading: Reading, eligibility_id: UUID) -> Response:
    """The PDF of a training proof that the caller may see."""
    facts = proof(reading, eligibility_id)
    make = partial(
        proof_pdf,
        proof_face(facts),
        statement=proof_statement(facts),
        number=facts.number,
        photo=proof_photo(reading, eligibility_id),
        provider=facts.provider,
        day=facts.completed_on,
        fonts=installed(workplace(request).settings.var),
    )
    return printed.pdf(make, f"training-proof-{facts.number}.pdf")


def certificate_pdf(request: Request, reading: Reading, certificate_id: UUID) -> Response:
    """The PDF of a certificate that the caller may see."""
    record = queries.issued_certificate(reading, certificate_id)
    office = printing(workplace(request).settings)
    facts, photo = facts_from_json(record.facts), queries.photo_of(reading, certificate_id)
    issued_on = shanghai_date(record.issued_at)
    make = partial(office.pdf, facts, photo=photo, code=record.public_code, issued_on=issued_on)
    return printed.pdf(make, f"certificate-{record.public_code[:8]}.pdf")
