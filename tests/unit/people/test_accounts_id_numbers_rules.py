"""GB 11643: published samples, each refusal, and exactly what the code detects."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from people.accounts.rules import DocumentKind, Sex
from people.accounts.rules.id_numbers import (
    PROVINCES,
    BirthDateImpossible,
    BirthDateInFuture,
    BirthDateTooLongAgo,
    CheckDigitWrong,
    DocumentNumberShape,
    IdNumberCharacter,
    IdNumberLength,
    IdNumberMissing,
    IdNumberOfFirstGeneration,
    IdNumberUnusable,
    RegionOfDemonstration,
    RegionUnknown,
    check_digit,
    masked,
    normalised,
    parse_document_number,
    parse_id_number,
)

TODAY = date(2026, 11, 22)
SAMPLE = "11010519491231002X"  # published in the standard


def with_check(first_17: str) -> str:
    return first_17 + check_digit(first_17)


@st.composite
def id_numbers(draw):
    province = draw(st.sampled_from(sorted(PROVINCES)))
    born = draw(st.dates(date(1907, 1, 1), TODAY))
    return with_check(f"{province}{draw(st.integers(0, 9999)):04d}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}")


def test_the_published_samples_have_the_right_check_digit():
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


def test_a_number_tells_birth_date_sex_and_region():
    number = parse_id_number(SAMPLE, today=TODAY)
    assert (number.birth_date, number.sex, number.region) == (
        date(1949, 12, 31),
        Sex.FEMALE,
        "110105",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002X",
        "\ufeff110105\u200b19491231002ｘ",
    ],
)
def test_what_people_and_spreadsheets_type_is_understood(typed):
    assert parse_id_number(typed, today=TODAY).text == SAMPLE


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", IdNumberMissing),
        ("110105491231002", IdNumberOfFirstGeneration),
        ("1101051949123100", IdNumberLength),
        ("1101O519491231002X", IdNumberCharacter),
        ("1101051949123100X2", IdNumberCharacter),
        ("١١٠١٠٥19491231002X", IdNumberCharacter),  # other scripts' digits are not ours
        (with_check("00010519491231002"), RegionUnknown),
        (with_check("16010519491231002"), RegionUnknown),
        (with_check("99010519491231002"), RegionOfDemonstration),
        (with_check("11010519490230002"), BirthDateImpossible),
        (with_check("11010500000101002"), BirthDateImpossible),
        (with_check("11010520261123002"), BirthDateInFuture),
        (with_check("44052418800101001"), BirthDateTooLongAgo),
        ("110105194912310021", CheckDigitWrong),
    ],
)
def test_each_refusal_names_its_group(typed, refusal):
    with pytest.raises(refusal) as caught:
        parse_id_number(typed, today=TODAY)
    assert "%(" not in str(caught.value)


def test_a_child_born_today_and_a_leap_day_are_real_dates():
    assert parse_id_number(with_check("11010520261122002"), today=TODAY).birth_date == TODAY
    assert parse_id_number(with_check("11010520000229002"), today=TODAY).birth_date == date(2000, 2, 29)


def test_demonstration_numbers_are_nobodys():
    number = parse_id_number(with_check("99010519880412003"), today=TODAY, demonstration=True)
    assert number.is_demonstration
    assert not parse_id_number(SAMPLE, today=TODAY, demonstration=True).is_demonstration


@given(id_numbers())
def test_every_well_formed_number_is_accepted_and_comes_back_the_same(text):
    assert parse_id_number(text.lower(), today=TODAY).text == text


@given(id_numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_wrong_character_is_found(text, place, other):
    assume(text[place] != other)
    with pytest.raises(IdNumberUnusable):
        parse_id_number(text[:place] + other + text[place + 1 :], today=TODAY)


def swapped(text: str, one: int, two: int) -> str:
    characters = list(text)
    characters[one], characters[two] = characters[two], characters[one]
    return "".join(characters)


@given(id_numbers(), st.integers(0, 17), st.integers(0, 17))
def test_a_swap_of_two_different_characters_is_found_unless_ten_places_apart(text, one, two):
    assume(text[one] != text[two])
    assume(abs(one - two) != 10)
    with pytest.raises(IdNumberUnusable):
        parse_id_number(swapped(text, one, two), today=TODAY)


@given(id_numbers(), st.integers(0, 6))
def test_the_check_digit_alone_cannot_see_a_swap_ten_places_apart(text, one):
    """The limit that the module's description states; the date or region check may still catch it."""
    other = swapped(text, one, one + 10)
    assert check_digit(other[:17]) == text[17]


@given(st.text(max_size=40))
def test_no_text_whatever_raises_anything_but_a_refusal(typed):
    with suppress(IdNumberUnusable):
        parse_id_number(typed, today=TODAY)


def test_the_mask_hides_the_birth_date_and_keeps_the_length():
    assert masked(SAMPLE) == "1101**********002X"
    assert str(parse_id_number(SAMPLE, today=TODAY)) == "1101**********002X"
    assert masked("E12345678") == "E1*****78"
    assert masked("1234") == "****"


@given(id_numbers())
def test_no_digit_of_the_birth_date_survives_the_mask(text):
    assert masked(text)[4:14] == "*" * 10


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (DocumentKind.HONG_KONG_MACAO_PERMIT, "h12345678", "H12345678"),
        (DocumentKind.TAIWAN_PERMIT, "0123 4567", "01234567"),
        (DocumentKind.PASSPORT, "e12345678", "E12345678"),
        (
            DocumentKind.FOREIGN_PERMANENT_RESIDENCE,
            "abc110119800101",
            "ABC110119800101",
        ),
        (DocumentKind.RESIDENT_ID, SAMPLE.lower(), SAMPLE),
    ],
)
def test_other_documents_are_checked_by_shape(kind, typed, kept):
    assert parse_document_number(kind, typed, today=TODAY) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        (DocumentKind.HONG_KONG_MACAO_PERMIT, "X12345678", DocumentNumberShape),
        (DocumentKind.PASSPORT, "护照1234", DocumentNumberShape),
        (DocumentKind.PASSPORT, "  ", IdNumberMissing),
        (DocumentKind.RESIDENT_ID, "E12345678", IdNumberLength),
    ],
)
def test_other_documents_of_the_wrong_shape_are_refused(kind, typed, refusal):
    with pytest.raises(refusal):
        parse_document_number(kind, typed, today=TODAY)


def test_normalising_twice_changes_nothing_more():
    assert normalised(normalised(" １１-x ")) == "11X"
