"""GB 32100 and GB 11714: published samples, each refusal, and exactly what the codes detect."""

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from people.organisations.rules.credit_codes import (
    ALPHABET,
    CreditCodeCharacter,
    CreditCodeCheckWrong,
    CreditCodeDistrict,
    CreditCodeLength,
    CreditCodeUnusable,
    OrganisationCodeWrong,
    check_character,
    organisation_check_character,
    parse_credit_code,
)

SAMPLE = "91350100M000100Y43"


def a_code(head: str, eight: str) -> str:
    first_17 = head + eight + organisation_check_character(eight)
    return first_17 + check_character(first_17)


@st.composite
def codes(draw):
    eight = "".join(draw(st.lists(st.sampled_from(ALPHABET), min_size=8, max_size=8)))
    return a_code(
        f"91{draw(st.sampled_from(['11', '35', '44', '65']))}{draw(st.integers(0, 9999)):04d}",
        eight,
    )


def test_the_published_sample_passes_and_shows_its_parts():
    code = parse_credit_code(" 91350100m000100y43 ")
    assert (code.text, code.district) == (SAMPLE, "350100")
    assert organisation_check_character("M000100Y") == "4"


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", CreditCodeLength),
        ("91350100M000100Y4", CreditCodeLength),
        ("9135O100M000100Y43", CreditCodeCharacter),
        ("91350100M000I00Y43", CreditCodeCharacter),
        ("91A50100M000100Y43", CreditCodeCharacter),
        (a_code("91160100", "M000100Y"), CreditCodeDistrict),
        (a_code("91990100", "M000100Y"), CreditCodeDistrict),
        ("91350100M000100Y53", OrganisationCodeWrong),
        ("91350100M000100Y44", CreditCodeCheckWrong),
    ],
)
def test_each_refusal_names_its_group(typed, refusal):
    with pytest.raises(refusal) as caught:
        parse_credit_code(typed)
    assert "%(" not in str(caught.value)


def test_demonstration_organisations_lie_in_no_province():
    code = a_code("91990100", "MA000001")
    assert parse_credit_code(code, demonstration=True).text == code


@given(codes())
def test_every_well_formed_code_is_accepted(code):
    assert parse_credit_code(code).text == code


@given(codes(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_found(code, place, other):
    assume(code[place] != other)
    with pytest.raises(CreditCodeUnusable):
        parse_credit_code(code[:place] + other + code[place + 1 :])


@given(codes(), st.integers(0, 16))
def test_any_swap_of_neighbours_is_found(code, place):
    assume(code[place] != code[place + 1])
    with pytest.raises(CreditCodeUnusable):
        parse_credit_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


def test_characters_eleven_apart_deceive_gb_11714_but_not_gb_32100_around_it():
    assert organisation_check_character("0000100Y") == organisation_check_character("B000100Y")
    good = a_code("91350100", "0000100Y")
    with pytest.raises(CreditCodeCheckWrong):
        parse_credit_code(good[:8] + "B" + good[9:])


@given(st.text(max_size=30))
def test_no_text_whatever_raises_anything_but_a_refusal(typed):
    with suppress(CreditCodeUnusable):
        parse_credit_code(typed)
