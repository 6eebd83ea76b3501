"""Numbers and names of certificates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.certificates.errors import IdNumberUnusable, NumberRuleNotKnown
from certification.certificates.rules.ids import lookup_digest
from certification.certificates.rules.names import printed_name
from certification.certificates.rules.numbers import as_typed, certificate_number, is_number
from people.accounts.rules import DocumentKind
from people.positions.rules import Position

SAMPLE = "11010519491231002X"


def test_an_operator_number_is_t_and_the_identity_number():
    number = certificate_number(Position.SPECIAL_OPERATION, DocumentKind.RESIDENT_ID, SAMPLE)
    assert number == "T" + SAMPLE
    assert len(number) == 19
    assert is_number(number)


def test_a_manager_number_has_no_prefix():
    assert certificate_number(Position.SAFETY_MANAGER, DocumentKind.RESIDENT_ID, SAMPLE) == SAMPLE


def test_without_a_confirmed_rule_there_is_no_number():
    with pytest.raises(NumberRuleNotKnown):
        certificate_number(Position.SPECIAL_OPERATION, DocumentKind.PASSPORT, "E12345678")


def test_a_short_identity_number_is_refused():
    with pytest.raises(IdNumberUnusable):
        certificate_number(Position.SPECIAL_OPERATION, DocumentKind.RESIDENT_ID, SAMPLE[:-1])


def test_a_typed_number_may_be_full_width_and_grouped():
    assert as_typed(" ｔ１１０１０５ 1949-1231 002x ") == "T" + SAMPLE


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_altered_digit_is_noticed(place, digit):
    altered = SAMPLE[:place] + digit + SAMPLE[place + 1 :]
    assert is_number("T" + altered) is (altered == SAMPLE)


@pytest.mark.parametrize("dot", "·•‧・･⋅∙")
def test_every_kind_of_middle_dot_prints_as_one(dot):
    assert printed_name(f"阿卜杜热合曼{dot}买买提依明江") == "阿卜杜热合曼·买买提依明江"


@pytest.mark.parametrize("typed", ["阿卜杜·买买提", "阿卜杜•买买提", "阿卜杜 买买提", "阿卜杜买买提", "阿卜杜．买买提"])
def test_an_inspector_need_not_find_the_middle_dot(typed):
    assert lookup_digest(SAMPLE, typed) == lookup_digest(SAMPLE, "阿卜杜·买买提")


def test_another_name_is_another_name():
    assert lookup_digest(SAMPLE, "张韦") != lookup_digest(SAMPLE, "张伟")
