"""Cards, certificates and proofs as they are printed: read as a person, a phone and an archive read them."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from certification.certificates.errors import TextDoesNotFit
from certification.certificates.formats.card import draw_card, fit
from certification.certificates.formats.documents import certificate_pdf, proof_pdf
from certification.certificates.rules.face import certificate_face, proof_face, proof_statement
from kernel.documents import CharacterCannotBePrinted, FontChain, Fonts
from tests.cast.printed import codes, pages, pictures, sizes
from tests.cast.promises import broken_promises
from tests.cast.typefaces import make_font
from tests.unit.certification.test_certificates_face_rules import CARD, PROOF

VENDOR = Path(__file__).parents[3] / "web" / "static" / "vendor" / "fonts"
REGULAR, BOLD = VENDOR / "NotoSansSC-Regular.ttf", VENDOR / "NotoSansSC-Bold.ttf"
FONTS = Fonts(FontChain((REGULAR,)), FontChain((BOLD,)))
LINK = "https://anpei.example/verify/c/ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIZE = [85.6, 54.0]  # millimetres
CLOSING, OPENING = "》）、。，：；”", "《（“"


def a_photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (358, 441), (120, 150, 190)).save(out, "JPEG")
    return out.getvalue()


def card(facts=CARD, fonts=FONTS) -> Image.Image:
    return Image.open(BytesIO(draw_card(certificate_face(facts), photo=a_photo(), link=LINK, fonts=fonts)))


def certificate(facts=CARD, fonts=FONTS) -> bytes:
    day = date(2026, 11, 22)
    return certificate_pdf(certificate_face(facts), photo=a_photo(), link=LINK, issued_on=day, fonts=fonts)


def proof(facts=PROOF) -> bytes:
    said = {"statement": proof_statement(facts), "number": facts.number, "provider": facts.provider}
    return proof_pdf(proof_face(facts), **said, photo=a_photo(), day=facts.completed_on, fonts=FONTS)


def test_the_card_is_printed_in_the_size_of_a_bank_card():
    made = card()
    assert made.size == (1011, 638)
    assert [round(pixels / dpi * 25.4, 1) for pixels, dpi in zip(made.size, made.info["dpi"], strict=True)] == SIZE


def test_a_phone_reads_the_code_of_the_card_and_of_the_certificate():
    assert codes(card()) == [LINK]
    (page,) = pictures(certificate())
    assert codes(page) == [LINK, LINK]


@pytest.mark.parametrize("make", [certificate, proof])
def test_a_document_is_one_page_of_a4_that_an_archive_keeps_and_a_screen_reader_reads(make):
    made = make()
    assert sizes(made) == {(210, 297)}
    assert len(pages(made)) == 1
    assert broken_promises(made) == []


@pytest.mark.parametrize("make", [certificate, proof])
def test_equal_facts_give_equal_bytes_whenever_they_are_printed(make):
    assert make() == make()


def test_all_that_the_face_says_can_be_read_from_the_paper():
    face = certificate_face(replace(CARD, review_on=date(2029, 11, 22), demonstration=True))
    (said,) = pages(certificate(replace(CARD, review_on=date(2029, 11, 22), demonstration=True)))
    assert [text for text in face.texts if text not in said] == []
    (said,) = pages(proof())
    assert [text for text in proof_face(PROOF).texts if text not in said] == []
    assert proof_statement(PROOF) in said.replace("\n", "")


# Somebody could be called so; a template would do something with it if it were read as source.
SOURCE = [
    *("#panic()", "*张伟*", "_张_", "$x^2$", "张<伟>", "@张伟", '#read("/x")'),
    *("\\u{41}张", "// 张伟", "= 张", "[张]", "`张`"),
]


@pytest.mark.parametrize("name", SOURCE)
def test_a_name_is_set_as_it_stands_whatever_it_looks_like(name):
    (said,) = pages(certificate(replace(CARD, name=name)))
    assert said.count(name) == 2, said  # on the page and on the card


def test_a_character_that_no_font_draws_is_refused_before_anything_is_set():
    for make in (card, certificate):
        with pytest.raises(CharacterCannotBePrinted) as refusal:
            make(replace(CARD, name="张\U0002a6a5"))
        assert refusal.value.data["codepoint"] == "U+2A6A5"


def test_a_rare_character_comes_from_the_font_that_was_added_for_it(tmp_path):
    added = make_font(tmp_path / "added.ttf", "\U0002a6a5", family="Added")
    fonts = Fonts(FontChain((REGULAR, added)), FontChain((BOLD, added)))
    (said,) = pages(certificate(replace(CARD, name="张\U0002a6a5"), fonts))
    assert "张\U0002a6a5" in said
    assert card(replace(CARD, name="张\U0002a6a5"), fonts).tobytes() != card(replace(CARD, name="张"), fonts).tobytes()


def test_a_paragraph_keeps_marks_and_words_together():
    (said,) = pages(proof())
    lines = said[said.index("兹证明") : said.index("证明编号")].split("\n")
    assert len(lines) > 3
    assert [line for line in lines if line and (line[0] in CLOSING or line[-1] in OPENING)] == []
    assert any("AQ 8011-2023" in line for line in lines)


@pytest.fixture
def first(tmp_path):
    return make_font(tmp_path / "first.ttf", "张伟·、作业")


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
