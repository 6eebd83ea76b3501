"""The certificate and the training proof as PDF, A4, fonts embedded as subsets; the same bytes for the same facts."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from io import BytesIO

from fpdf import FPDF
from PIL import Image

from certification.certificates.formats.card import qr_picture
from certification.certificates.formats.fonts import FontChain, Fonts
from certification.certificates.rules.face import Face

BLUE = (18, 53, 91)
LABEL = (86, 101, 122)
INK = (20, 28, 40)
RULE = (196, 208, 222)

MARGIN, PAGE_WIDTH = 25.0, 210.0
PHOTO_WIDTH, PHOTO_HEIGHT = 28.4, 35.0
CARD_WIDTH, CARD_HEIGHT = 85.6, 54.0
NOTES = "证书状态以扫码查验页面当日显示的为准。"
CARD_NOTE = "实物卡样式，按此尺寸（85.6毫米×54毫米）打印。"


def certificate_pdf(face: Face, *, card: bytes, photo: bytes, link: str, issued_on: date, fonts: Fonts) -> bytes:
    """The certificate for self-printing: its face as text, the code, and the card in its real size.

    Args:
        face: What stands on it.
        card: The card as PNG, as `draw_card` gave it.
        photo: JPEG or PNG.
        link: The address that the code opens.
        issued_on: Goes into the document's own date, so that the bytes do not depend on the day of printing.
        fonts: Both weights.

    Raises:
        NameCannotBePrinted: when a character is in no font.
    """
    fonts.check([*face.texts, NOTES, CARD_NOTE])
    sheet = _Sheet(face.title, issued_on, fonts)
    sheet.heading(face)
    sheet.fields(face, photo)
    sheet.code(link)
    sheet.note(NOTES)
    sheet.card(card)
    return sheet.finish()


def proof_pdf(
    face: Face, *, statement: str, number: str, photo: bytes, provider: str, day: date, fonts: Fonts
) -> bytes:
    """The training proof; arguments as `certificate_pdf`, `day` is the day the hours were complete.

    Raises:
        NameCannotBePrinted: when a character is in no font.
    """
    foot = [f"证明编号：{number}", f"培训单位（盖章）：{provider}", f"日期：{day.isoformat()}"]
    fonts.check([*face.texts, statement, *foot])
    sheet = _Sheet(face.title, day, fonts)
    sheet.heading(face)
    sheet.fields(face, photo)
    sheet.paragraph(statement)
    sheet.foot(foot)
    return sheet.finish()


def broken(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """The text in lines of at most `room`, broken as Chinese is.

    Between any two characters, but no line begins with a closing mark, none ends with an opening one, and Latin words
    and numbers stay whole.
    """
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and measure(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return lines


_PIECES = re.compile(r"[（《“‘(]*(?:[A-Za-z0-9.\-/]+(?: [0-9][A-Za-z0-9.\-/]*)?|.)[）》”’)、，。；：]*", re.DOTALL)


class _Sheet:
    """One A4 page, filled from top to bottom."""

    def __init__(self, title: str, day: date, fonts: Fonts) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_creation_date(datetime.combine(day, time(), tzinfo=UTC))
        self._pdf.set_title(title)
        self._pdf.set_lang("zh-CN")
        self._pdf.set_auto_page_break(False)
        self._load("regular", fonts.regular)
        self._load("strong", fonts.strong)
        self._fonts = fonts
        self._pdf.add_page()

    def _load(self, family: str, chain: FontChain) -> None:
        for number, path in enumerate(chain.paths):
            self._pdf.add_font(f"{family}{number}", "", str(path))

    def _set(self, family: str, size: float, colour: tuple[int, int, int]) -> None:
        chain = self._fonts.strong if family == "strong" else self._fonts.regular
        self._pdf.set_font(f"{family}0", size=size)
        self._pdf.set_fallback_fonts([f"{family}{number}" for number in range(1, len(chain.paths))], exact_match=False)
        self._pdf.set_text_color(*colour)

    def heading(self, face: Face) -> None:
        self._pdf.set_fill_color(*BLUE)
        self._pdf.rect(0, 0, PAGE_WIDTH, 34, style="F")
        self._set("strong", 24, (255, 255, 255))
        self._pdf.set_xy(0, 11)
        self._pdf.cell(PAGE_WIDTH, 12, face.title, align="C")
        if face.specimen:
            self._set("strong", 96, (246, 224, 222))
            with self._pdf.rotation(28, x=PAGE_WIDTH / 2, y=150):
                self._pdf.set_xy(0, 130)
                self._pdf.cell(PAGE_WIDTH, 40, face.specimen, align="C")
        self._pdf.set_y(48)

    def fields(self, face: Face, photo: bytes) -> None:
        right = PAGE_WIDTH - MARGIN
        self._pdf.image(BytesIO(photo), x=right - PHOTO_WIDTH, y=48, w=PHOTO_WIDTH, h=PHOTO_HEIGHT)
        self._pdf.set_draw_color(*RULE)
        for row, field in enumerate(face.fields):
            end = right - PHOTO_WIDTH - 6 if self._pdf.get_y() < 48 + PHOTO_HEIGHT else right
            top = self._pdf.get_y()
            self._set("regular", 11, LABEL)
            self._pdf.set_xy(MARGIN, top)
            self._pdf.cell(30, 9, field.label)
            self._set("strong" if row == 0 else "regular", 13, INK)
            self._shrink(field.value, end - MARGIN - 32, least=10)
            self._pdf.set_xy(MARGIN + 30, top)
            self._pdf.multi_cell(end - MARGIN - 30, 9, field.value, align="L")
            bottom = self._pdf.get_y()
            self._pdf.line(MARGIN, bottom, end, bottom)
            self._pdf.set_y(bottom + 0.6)

    def _shrink(self, text: str, room: float, *, least: float) -> None:
        """Make the font a little smaller where that spares a second line with one character in it."""
        while self._pdf.font_size_pt > least and self._pdf.get_string_width(text) > room:
            self._pdf.set_font_size(self._pdf.font_size_pt - 0.5)

    def code(self, link: str) -> None:
        top = self._pdf.get_y() + 8
        code = qr_picture(link, 600)
        self._pdf.image(code, x=MARGIN, y=top, w=34, h=34)
        self._set("regular", 10, INK)
        self._shrink(link, PAGE_WIDTH - 2 * MARGIN - 42, least=7)
        self._pdf.set_xy(MARGIN + 40, top + 4)
        self._pdf.multi_cell(PAGE_WIDTH - 2 * MARGIN - 40, 7, f"扫码查验，或在浏览器打开：\n{link}", align="L")
        self._pdf.set_y(top + 36)

    def note(self, text: str) -> None:
        self._set("regular", 11, LABEL)
        self._pdf.set_x(MARGIN)
        self._pdf.cell(PAGE_WIDTH - 2 * MARGIN, 8, text)
        self._pdf.ln(10)

    def card(self, card: bytes) -> None:
        top = self._pdf.get_y() + 2
        with Image.open(BytesIO(card)) as picture:
            self._pdf.image(picture, x=MARGIN, y=top, w=CARD_WIDTH, h=CARD_HEIGHT)
        self._pdf.set_draw_color(*RULE)
        self._pdf.rect(MARGIN, top, CARD_WIDTH, CARD_HEIGHT)
        self._pdf.set_y(top + CARD_HEIGHT + 2)
        self.note(CARD_NOTE)

    def paragraph(self, text: str) -> None:
        self._set("regular", 12, INK)
        self._pdf.set_y(self._pdf.get_y() + 8)
        for line in broken(text, PAGE_WIDTH - 2 * MARGIN - 2, self._pdf.get_string_width):
            self._pdf.set_x(MARGIN)
            self._pdf.cell(PAGE_WIDTH - 2 * MARGIN, 8, line)
            self._pdf.ln(8)

    def foot(self, lines: list[str]) -> None:
        self._set("regular", 12, INK)
        self._pdf.set_y(self._pdf.get_y() + 14)
        for line in lines:
            self._pdf.set_x(MARGIN)
            self._pdf.cell(PAGE_WIDTH - 2 * MARGIN, 10, line, align="R")
            self._pdf.ln(10)

    def finish(self) -> bytes:
        return bytes(self._pdf.output())
