"""All that is printed for a certificate, from the facts stored when it was issued; the same bytes whenever asked."""

from dataclasses import dataclass
from datetime import date

from certification.certificates.formats.card import draw_card
from certification.certificates.formats.documents import certificate_pdf
from certification.certificates.formats.fonts import Fonts
from certification.certificates.rules.face import CertificateFacts, certificate_face
from certification.certificates.rules.ids import public_link


@dataclass(frozen=True, slots=True)
class Printing:
    """What drawing needs from outside: the fonts, and the public address under which certificates are verified."""

    fonts: Fonts
    base_url: str

    def card(self, facts: CertificateFacts, *, photo: bytes, code: str) -> bytes:
        """The card as PNG. Raises NameCannotBePrinted and TextDoesNotFit before anything is drawn."""
        return draw_card(certificate_face(facts), photo=photo, link=public_link(self.base_url, code), fonts=self.fonts)

    def pdf(self, facts: CertificateFacts, *, photo: bytes, code: str, issued_on: date) -> bytes:
        """The certificate for self-printing."""
        return certificate_pdf(
            certificate_face(facts),
            card=self.card(facts, photo=photo, code=code),
            photo=photo,
            link=public_link(self.base_url, code),
            issued_on=issued_on,
            fonts=self.fonts,
        )
