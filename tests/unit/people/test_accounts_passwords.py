"""Passwords are right or wrong whichever way they were hashed, and of nobody none is right."""

import pytest

from people.accounts.actions.passwords import hashed, hashed_once, is_right


@pytest.mark.parametrize("kept", [hashed, hashed_once])
def test_a_password_is_right_only_against_its_own_hash(kept):
    assert is_right("安全第一", kept("安全第一"))
    assert not is_right("安全第二", kept("安全第一"))
    assert not is_right("", kept("安全第一"))


def test_of_an_account_that_is_not_there_no_password_is_right():
    assert not is_right("安全第一", None)
