"""The certificate and the training proof as PDF, A4; the same bytes for the same facts."""

from datetime import date
from pathlib import Path
from typing import Any

from certification.certificates.formats.card import card_values
from certification.certificates.rules.face import Face
from kernel.documents import Fonts, code_matrix, pdf

HERE = Path(__file__).parent
CERTIFICATE, PROOF = HERE / "certificate.typ", HERE / "proof.typ"
NOTE = "证书状态以扫码查验页面当日显示的为准。"
CARD_NOTE = "实物卡样式，按此尺寸（85.6毫米×54毫米）打印。"


def certificate_pdf(face: Face, *, photo: bytes, link: str, issued_on: date, fonts: Fonts) -> bytes:
    """The certificate for self-printing: its face as text, the code, and the card in its real size.

    Args:
        face: What stands on it.
        photo: JPEG or PNG.
        link: The address that the code opens.
        issued_on: Goes into the document's own date, so that the bytes do not depend on the day of printing.
        fonts: Both weights.

    Raises:
        CharacterCannotBePrinted: when a character is in no font.
        TextDoesNotFit: when a value does not fit the card.
    """
    values = _face(face, photo) | {
        "code": code_matrix(link)[0],
        "link": link,
        "note": NOTE,
        "card": card_values(face, photo=photo, link=link, fonts=fonts),
        "card_note": CARD_NOTE,
    }
    return pdf(CERTIFICATE, values, fonts, title=face.title, day=issued_on)


def proof_pdf(
    face: Face, *, statement: str, number: str, photo: bytes, provider: str, day: date, fonts: Fonts
) -> bytes:
    """The training proof; arguments as `certificate_pdf`, `day` is the day the hours were complete.

    Raises:
        CharacterCannotBePrinted: when a character is in no font.
    """
    foot = [f"证明编号：{number}", f"培训单位（盖章）：{provider}", f"日期：{day.isoformat()}"]
    values = _face(face, photo) | {"statement": statement, "foot": foot}
    return pdf(PROOF, values, fonts, title=face.title, day=day)


def _face(face: Face, photo: bytes) -> dict[str, Any]:
    fields = [{"label": field.label, "value": field.value} for field in face.fields]
    return {"title": face.title, "fields": fields, "photo": photo, "specimen": face.specimen}
