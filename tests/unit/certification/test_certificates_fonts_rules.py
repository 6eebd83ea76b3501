"""No empty boxes: a small font made here has the traps in it."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from certification.certificates.errors import NameCannotBePrinted, TextDoesNotFit
from certification.certificates.formats import fonts
from certification.certificates.formats.card import fit
from certification.certificates.formats.documents import broken
from certification.certificates.formats.fonts import FontChain, Run


def a_square():
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    pen.lineTo((100, 700))
    pen.lineTo((900, 700))
    pen.lineTo((900, 0))
    pen.closePath()
    return pen.glyph()


def make_font(path, drawn, blank=""):
    """A font that draws `drawn`, and maps `blank` to glyphs without an outline."""
    names = {character: f"u{ord(character):04X}" for character in drawn + blank + " "}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(character): name for character, name in names.items()})
    glyphs = {name: a_square() if character in drawn else TTGlyphPen(None).glyph() for character, name in names.items()}
    builder.setupGlyf({".notdef": a_square(), **glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Trial", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


@pytest.fixture
def first(tmp_path):
    return make_font(tmp_path / "first.ttf", "张伟·、作业", blank="龑")


@pytest.fixture
def second(tmp_path):
    return make_font(tmp_path / "second.ttf", "龑䶮\ue000\u200b")


def test_each_character_comes_from_the_first_font_that_draws_it(first, second):
    assert FontChain((first, second)).runs("张䶮伟") == [Run(first, "张"), Run(second, "䶮"), Run(first, "伟")]


def test_a_blank_glyph_does_not_count_as_drawn(first, second):
    assert FontChain((first, second)).runs("龑") == [Run(second, "龑")]
    with pytest.raises(NameCannotBePrinted) as refusal:
        FontChain((first,)).runs("张龑")
    assert refusal.value.data == {"character": "龑", "codepoint": "U+9F91"}


def test_a_missing_character_is_named(first):
    with pytest.raises(NameCannotBePrinted) as refusal:
        FontChain((first,)).check(["张伟", "张䶮"])
    assert refusal.value.data["codepoint"] == "U+4DAE"


@pytest.mark.parametrize("character", ["\ue000", "\u200b"])
def test_private_and_invisible_characters_never_print(first, second, character):
    with pytest.raises(NameCannotBePrinted):
        FontChain((first, second)).runs("张" + character)


def test_a_space_is_no_missing_character(first):
    assert FontChain((first,)).runs("张 伟") == [Run(first, "张 伟")]


def test_a_long_text_shrinks_then_breaks_then_is_refused(first):
    chain = FontChain((first,))
    assert fit(chain, "张伟", 400, 42) == (["张伟"], 42)
    assert fit(chain, "张" * 13, 380, 42) == (["张" * 13], 29)
    assert fit(chain, "张" * 20, 380, 42) == (["张" * 13, "张" * 7], 28)
    with pytest.raises(TextDoesNotFit):
        fit(chain, "张" * 40, 380, 42)


def test_no_line_begins_with_the_dot(first):
    lines, _ = fit(FontChain((first,)), "张" * 13 + "·" + "伟" * 4, 380, 42)
    assert lines == ["张" * 13 + "·", "伟" * 4]


def test_a_name_of_several_parts_is_cut_between_them_and_a_latin_word_stays_whole(first, tmp_path):
    chain = FontChain((first,))
    assert fit(chain, "张" * 9 + "·" + "伟" * 6 + "·" + "张" * 6, 380, 42)[0] == [
        "张" * 9 + "·",
        "伟" * 6 + "·" + "张" * 6,
    ]
    latin = FontChain((make_font(tmp_path / "latin.ttf", "abcd-"),))
    assert fit(latin, "aaaaaaa bbbb cccc-dddd", 380, 42)[0] == ["aaaaaaa bbbb", "cccc-dddd"]
    with pytest.raises(TextDoesNotFit):
        fit(latin, "a" * 20, 380, 42)


def test_two_lines_stay_within_their_row(first):
    assert fit(FontChain((first,)), "张" * 20, 380, 42, of_two=24)[1] == 24


def test_a_paragraph_keeps_marks_and_words_together():
    text = "按照《安全生产法》（第30条）、《办法》（AQ 8011-2023）完成。"
    lines = broken(text, 9, len)
    assert "".join(lines) == text
    assert all(line[0] not in "》）、。" and line[-1] not in "《（" for line in lines)
    assert any("AQ 8011-2023" in line for line in lines)


THREADS = 12


def test_the_first_cards_after_a_start_are_drawn_by_many_at_once(tmp_path):
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 600)))
    chain = FontChain((make_font(tmp_path / "many.ttf", text),))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # threads change places in the middle of a read, as they do on a busy machine
    try:
        for _ in range(10):
            fonts._opened.cache_clear()
            fonts._draws.cache_clear()
            together = Barrier(THREADS)

            def check(turn, together=together):
                together.wait()
                chain.check([text[turn * 50 :] + text[: turn * 50]])

            with ThreadPoolExecutor(THREADS) as pool:
                assert list(pool.map(check, range(THREADS))) == [None] * THREADS
    finally:
        sys.setswitchinterval(interval)
