"""The admission ticket as it is printed, and who has one."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from exams.admissions.formats.ticket import Ticket, ticket_pdf
from exams.admissions.rules import Admission, SittingFacts, has_ticket, ticket_rows
from exams.registrations.rules import State as RegistrationState
from exams.sittings.rules import State as SittingState
from exams.standards.rules import Part
from kernel.documents import CharacterCannotBePrinted, FontChain, Fonts
from tests.cast.printed import codes, pages, pictures, sizes
from tests.cast.promises import broken_promises

VENDOR = Path(__file__).parents[3] / "web" / "static" / "vendor" / "fonts"
FONTS = Fonts(FontChain((VENDOR / "NotoSansSC-Regular.ttf",)), FontChain((VENDOR / "NotoSansSC-Bold.ttf",)))


def a_photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (358, 441), (120, 150, 190)).save(out, "JPEG")
    return out.getvalue()


SITTING = SittingFacts(
    code="2026-0012",
    exam="低压电工作业",
    part=Part.THEORY,
    starts_at=datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")),
    minutes=120,
    centre="演示市安全生产考试中心",
    address="演示市建设路1号",
    room="理论一考场",
    opens_early_minutes=30,
    late_entry_minutes=15,
)
ZHANG = Admission(name="张伟", masked_number="990105********4219", admission_number="2026001200017", seat=17)
TICKET = Ticket(SITTING, ZHANG, a_photo())


def test_a_ticket_says_who_sits_where_and_when_on_one_page_of_a4():
    made = ticket_pdf(TICKET, FONTS)
    assert sizes(made) == {(210, 297)}
    (said,) = pages(made)
    missing = [text for pair in ticket_rows(SITTING, ZHANG) for text in pair if text.replace("  ", " ") not in said]
    assert missing == []
    assert [duty for duty in SITTING.duties if duty not in said.replace("\n", "")] == []
    assert broken_promises(made) == []


def test_the_reader_at_the_desk_types_the_admission_number():
    (page,) = pictures(ticket_pdf(TICKET, FONTS))
    assert codes(page) == ["2026001200017"]


def test_a_ticket_printed_again_is_the_same():
    assert ticket_pdf(TICKET, FONTS) == ticket_pdf(TICKET, FONTS)


def test_a_name_is_set_as_it_stands_and_an_unprintable_one_refused():
    (said,) = pages(ticket_pdf(replace(TICKET, who=replace(ZHANG, name="#set page(width: 1pt)")), FONTS))
    assert "#set page(width: 1pt)" in said
    with pytest.raises(CharacterCannotBePrinted):
        ticket_pdf(replace(TICKET, who=replace(ZHANG, name="张\U0002a6a5")), FONTS)


def test_nobody_hands_in_a_practical_by_the_clock():
    assert any("自动交卷" in duty for duty in SITTING.duties)
    assert not any("自动交卷" in duty for duty in replace(SITTING, part=Part.PRACTICAL).duties)


@pytest.mark.parametrize(
    ("registration", "sitting", "has"),
    [
        (RegistrationState.APPLIED, None, False),
        (RegistrationState.SEATED, None, False),
        (RegistrationState.SEATED, SittingState.PLANNED, False),
        (RegistrationState.SEATED, SittingState.CONFIRMED, True),
        (RegistrationState.SEATED, SittingState.OPEN, True),
        (RegistrationState.SEATED, SittingState.CLOSED, False),
        (RegistrationState.SEATED, SittingState.CALLED_OFF, False),
    ],
)
def test_a_ticket_can_be_had_from_the_confirmation_to_the_end(registration, sitting, has):
    assert has_ticket(registration, sitting) is has
