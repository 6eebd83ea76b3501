"""All that is printed for a certificate, from the facts stored when it was issued; the same bytes whenever asked."""

from dataclasses import dataclass
from datetime import date

from certification.certificates.formats.card import draw_card, rows_of
from certification.certificates.formats.documents import certificate_pdf
from certification.certificates.rules.face import CertificateFacts, certificate_face
from certification.certificates.rules.ids import public_link
from kernel.documents import Fonts


@dataclass(frozen=True, slots=True)
class Printing:
    """What drawing needs from outside: the fonts, and the public address under which certificates are verified."""

    fonts: Fonts
    base_url: str

    def require_printable(self, facts: CertificateFacts) -> None:
        """Nothing is drawn, so a deed may ask it. Raises CharacterCannotBePrinted and TextDoesNotFit."""
        rows_of(certificate_face(facts), self.fonts)

    def card(self, facts: CertificateFacts, *, photo: bytes, code: str) -> bytes:
        """The card as PNG. Raises as `require_printable`, before anything is drawn."""
        return draw_card(certificate_face(facts), photo=photo, link=public_link(self.base_url, code), fonts=self.fonts)

    def pdf(self, facts: CertificateFacts, *, photo: bytes, code: str, issued_on: date) -> bytes:
        """The certificate for self-printing. Raises as `card`."""
        link = public_link(self.base_url, code)
        return certificate_pdf(certificate_face(facts), photo=photo, link=link, issued_on=issued_on, fonts=self.fonts)
