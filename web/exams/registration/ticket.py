"""The admission ticket (准考证) on one A4 page: who, where, when, which seat, and the rules of the room.

In Chinese, as it is shown to Chinese staff at the door; the QR code holds the admission number and nothing else, so
that a reader at the check-in desk types it.
"""

from dataclasses import dataclass
from io import BytesIO

from fpdf import FPDF

from certification.certificates.formats.card import qr_picture
from certification.certificates.formats.fonts import FontChain, Fonts
from exams.registrations.queries import RegistrationRow
from exams.sittings.queries import SittingRow
from exams.standards import queries as standards
from exams.standards.rules import Part
from kernel.errors import N_, Refused
from web.words import hour, instant

TITLE = "准考证"
PARTS = {Part.THEORY: "安全技术理论考试", Part.PRACTICAL: "实际操作考试"}
MARGIN, WIDTH = 20.0, 170.0
LABEL_WIDTH, ROW_HEIGHT = 30.0, 10.5
PHOTO_WIDTH, PHOTO_HEIGHT, QR = 26.0, 32.0, 30.0
Colour = tuple[int, int, int]
INK, QUIET, LINE, BLUE = (20, 28, 40), (86, 101, 122), (196, 208, 222), (18, 53, 91)


class NoPhoto(Refused):
    sentence = N_(
        "There is no photo of you yet, so the admission ticket cannot be printed. Ask your enterprise for one."
    )


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """Everything on a ticket, as it is printed."""

    admission_number: str
    rows: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]

    @classmethod
    def of(cls, row: RegistrationRow, sitting: SittingRow, *, masked: str) -> "TicketFacts":
        house = standards.room_rules()
        late = house["late_entry_minutes"].value
        early = house["opens_early_minutes"].value
        room = sitting.room
        return cls(
            admission_number=row.admission_number or "",
            rows=(
                ("姓名", row.name),
                ("证件号码", masked),
                ("准考证号", row.admission_number or ""),
                ("考试项目", standards.qualification_names(row.qualification)["zh"]),
                ("考试科目", PARTS[row.part]),
                ("考试时间", f"{instant(sitting.starts_at)} 开始，{sitting.minutes}分钟"),
                ("考试点", room.centre.names["zh"]),
                ("地址", room.centre.address),
                ("考场、座位", f"{room.names['zh']}  {row.seat}号座位"),
            ),
            rules=(
                f"请在{hour(sitting.starts_at)}前{early}分钟到场，携带本准考证和有效身份证件原件，人证相符方可入场。",
                f"开考{late}分钟后不得入场。",
                "手机等通信工具不得带入考场；违反考场纪律的，取消本场成绩。",
                *(["到时由系统自动交卷。"] if row.part is Part.THEORY else []),
            ),
        )

    @property
    def texts(self) -> list[str]:
        return [TITLE, *(text for pair in self.rows for text in pair), *self.rules]


def ticket_pdf(facts: TicketFacts, *, photo: bytes, fonts: Fonts) -> bytes:
    """The ticket as PDF with its fonts embedded. Raises NameCannotBePrinted for a character that no font draws."""
    fonts.check(facts.texts)
    sheet = _Sheet(fonts)
    sheet.heading()
    sheet.facts(facts, photo)
    sheet.rules(facts.rules)
    return bytes(sheet.pdf.output())


class _Sheet:
    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self.pdf = FPDF(format="A4")
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_margins(MARGIN, MARGIN, MARGIN)
        self.pdf.set_title(TITLE)
        self.pdf.add_page()
        self.known: dict[str, str] = {}

    def text(self, chain: FontChain, at: tuple[float, float], said: str, *, size: float, colour: Colour) -> None:
        """One line, each character in the first font that has it."""
        self.pdf.set_text_color(*colour)
        self.pdf.set_xy(*at)
        for run in chain.runs(said):
            self.pdf.set_font(self._family(str(run.font)), size=size)
            self.pdf.cell(self.pdf.get_string_width(run.text), ROW_HEIGHT - 1, run.text)

    def _family(self, path: str) -> str:
        if path not in self.known:
            self.known[path] = f"font{len(self.known)}"
            self.pdf.add_font(self.known[path], fname=path)
        return self.known[path]

    def heading(self) -> None:
        self.text(self.fonts.strong, (MARGIN, MARGIN), TITLE, size=26, colour=BLUE)
        self.pdf.set_draw_color(*LINE)
        self.pdf.line(MARGIN, MARGIN + 16, MARGIN + WIDTH, MARGIN + 16)

    def facts(self, facts: TicketFacts, photo: bytes) -> None:
        top = MARGIN + 22
        for place, (label, value) in enumerate(facts.rows):
            y = top + place * ROW_HEIGHT
            self.text(self.fonts.regular, (MARGIN, y), label, size=11, colour=QUIET)
            self.text(self.fonts.strong, (MARGIN + LABEL_WIDTH, y), value, size=12, colour=INK)
        right = MARGIN + WIDTH - PHOTO_WIDTH
        self.pdf.image(BytesIO(photo), x=right, y=top, w=PHOTO_WIDTH, h=PHOTO_HEIGHT)
        code = qr_picture(facts.admission_number, 400)
        self.pdf.image(code, x=right - (QR - PHOTO_WIDTH) / 2, y=top + PHOTO_HEIGHT + 4, w=QR, h=QR)
        self.bottom = top + len(facts.rows) * ROW_HEIGHT + 4

    def rules(self, rules: tuple[str, ...]) -> None:
        self.pdf.line(MARGIN, self.bottom, MARGIN + WIDTH, self.bottom)
        self.pdf.set_font(self._family(str(self.fonts.regular.paths[0])), size=10.5)
        self.pdf.set_text_color(*INK)
        self.pdf.set_xy(MARGIN, self.bottom + 4)
        for number, rule in enumerate(rules, start=1):
            self.pdf.set_x(MARGIN)
            self.pdf.multi_cell(WIDTH, 7, f"{number}. {rule}", align="L")
