"""What a code is compared by, and what the message says that brings it."""

from uuid import UUID

import pytest

from people.codes.rules import GOOD_FOR, PLACE, WORTH_SENDING_FOR, Use, as_typed, digest_of, masked, notice

ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("typed", ["abcd-efgh-jkmn", " ABCD efgh\u2013jkmn ", "Abcdefghjkmn"])
def test_a_code_may_be_typed_as_a_telephone_does(typed):
    assert digest_of(Use.FIRST_SIGN_IN, ONE, typed) == digest_of(Use.FIRST_SIGN_IN, OTHER, "abcdefghjkmn")


def test_six_digits_are_good_in_their_own_row_only():
    assert digest_of(Use.APPLICATION, ONE, "123456") != digest_of(Use.APPLICATION, OTHER, "123456")


def test_what_is_endless_is_cut():
    assert len(as_typed("a" * 10_000)) == 40


@pytest.mark.parametrize("use", list(Use))
def test_every_message_has_a_place_for_its_code_and_no_code_outlives_what_it_is_sent_for(use):
    said = notice(use, "江城机械厂", "https://anpei.example/")
    assert said.count(PLACE) == 1
    assert said.startswith("【安培】")
    assert GOOD_FOR[use] >= WORTH_SENDING_FOR[use]


def test_a_first_sign_in_is_a_link_to_the_platform():
    said = notice(Use.FIRST_SIGN_IN, "江城机械厂", "https://anpei.example/")
    assert f"https://anpei.example/first-sign-in/{PLACE} " in said
    assert "江城机械厂" in said


def test_a_telephone_is_shown_in_part():
    assert masked("13812345678") == "138****5678"
