"""What is printed for certificates: cards and PDFs drawn on demand from the facts stored at issue."""

from io import BytesIO
from uuid import UUID

from fastapi import Request, Response

from certification.certificates import queries
from certification.certificates.formats.card import qr_picture
from certification.certificates.formats.documents import proof_pdf
from certification.certificates.formats.printing import Printing
from certification.certificates.rules.face import proof_face, proof_statement
from certification.certificates.rules.facts import facts_from_json
from certification.certificates.rules.ids import public_link
from certification.eligibility.queries import proof, proof_photo
from kernel.clock import shanghai_date
from kernel.settings import Settings
from kernel.work import Reading
from web.frame.fonts import fonts
from web.frame.work import workplace

CODE_PIXELS = 600


def printing(settings: Settings) -> Printing:
    """The office's fonts and public address."""
    return Printing(fonts=fonts(settings), base_url=settings.base_url)


def card_png(request: Request, reading: Reading, certificate_id: UUID) -> Response:
    """The card picture of a certificate that the caller may see."""
    record = queries.certificate_record(reading, certificate_id)
    office = printing(workplace(request).settings)
    photo = queries.photo_of(reading, certificate_id)
    picture = office.card(facts_from_json(record.facts), photo=photo, code=record.public_code)
    return Response(picture, media_type="image/png")


def code_png(request: Request, public_code: str) -> Response:
    """The code on a certificate alone, large enough to be read from a phone's screen at arm's length."""
    out = BytesIO()
    qr_picture(public_link(workplace(request).settings.base_url, public_code), CODE_PIXELS).save(out, "PNG")
    return Response(out.getvalue(), media_type="image/png")


def training_proof_pdf(request: Request, reading: Reading, eligibility_id: UUID) -> Response:
    """The PDF of a training proof that the caller may see."""
    facts = proof(reading, eligibility_id)
    made = proof_pdf(
        proof_face(facts),
        statement=proof_statement(facts),
        number=facts.number,
        photo=proof_photo(reading, eligibility_id),
        provider=facts.provider,
        day=facts.completed_on,
        fonts=printing(workplace(request).settings).fonts,
    )
    return _shown(made, f"training-proof-{facts.number}.pdf")


def certificate_pdf(request: Request, reading: Reading, certificate_id: UUID) -> Response:
    """The PDF of a certificate that the caller may see."""
    record = queries.certificate_record(reading, certificate_id)
    made = printing(workplace(request).settings).pdf(
        facts_from_json(record.facts),
        photo=queries.photo_of(reading, certificate_id),
        code=record.public_code,
        issued_on=shanghai_date(record.issued_at),
    )
    return _shown(made, f"certificate-{record.public_code[:8]}.pdf")


def _shown(pdf: bytes, name: str) -> Response:
    """A PDF that the browser shows, and saves under `name`."""
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
