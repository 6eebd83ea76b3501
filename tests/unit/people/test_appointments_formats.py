"""Slips of first sign-ins on paper: ten to a page, cut apart without a word lost."""

from datetime import date
from pathlib import Path

import pytest

from kernel.documents import CharacterCannotBePrinted, FontChain, Fonts
from people.appointments.formats.slips import Slip, SlipWords, require_printable, slips_pdf
from tests.cast.printed import pages, sizes
from tests.cast.promises import broken_promises

VENDOR = Path(__file__).parents[3] / "web" / "static" / "vendor" / "fonts"
FONTS = Fonts(FontChain((VENDOR / "NotoSansSC-Regular.ttf",)), FontChain((VENDOR / "NotoSansSC-Bold.ttf",)))
WORDS = {
    "en": SlipWords(title="First sign-ins", note="Good once, for 14 days.", lang="en"),
    "zh": SlipWords(title="首次登录", note="仅可使用一次，14天内有效。", lang="zh"),
}
DAY = date(2026, 11, 30)


def a_slip(number: int, name: str = "张伟") -> Slip:
    return Slip(name, (("User name", f"zhangwei{number}"), ("Password", f"abcd-efgh-{number:04}")))


@pytest.mark.parametrize("language", WORDS)
def test_ten_stand_on_a_page_and_the_eleventh_begins_the_next(language):
    made = slips_pdf([a_slip(number) for number in range(11)], WORDS[language], FONTS, day=DAY)
    assert sizes(made) == {(210, 297)}
    assert broken_promises(made, language[:2]) == []
    first, second = pages(made)
    assert [number for number in range(10) if f"abcd-efgh-{number:04}" not in first] == []
    assert "abcd-efgh-0010" in second
    assert first.count(WORDS[language].note) == 10


def test_a_name_that_cannot_be_printed_is_found_before():
    require_printable([a_slip(1)], WORDS["zh"], FONTS)
    with pytest.raises(CharacterCannotBePrinted):
        require_printable([a_slip(1, "张\U0002a6a5")], WORDS["zh"], FONTS)
