"""No empty boxes: a small font made for it has the traps in it."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from kernel.documents import CharacterCannotBePrinted, FontChain, Run, fonts
from tests.cast.typefaces import make_font


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
    with pytest.raises(CharacterCannotBePrinted) as refusal:
        FontChain((first,)).runs("张龑")
    assert refusal.value.data == {"character": "龑", "codepoint": "U+9F91"}


def test_a_missing_character_is_named(first):
    with pytest.raises(CharacterCannotBePrinted) as refusal:
        FontChain((first,)).check(["张伟", "张䶮"])
    assert refusal.value.data["codepoint"] == "U+4DAE"


@pytest.mark.parametrize("character", ["\ue000", "\u200b"])
def test_private_and_invisible_characters_never_print(first, second, character):
    with pytest.raises(CharacterCannotBePrinted):
        FontChain((first, second)).runs("张" + character)


def test_a_space_is_no_missing_character(first):
    assert FontChain((first,)).runs("张 伟") == [Run(first, "张 伟")]


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
