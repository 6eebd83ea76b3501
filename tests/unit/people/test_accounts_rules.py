"""What guards a sign-in."""

import pytest

from people.accounts.rules import GUESSES_FROM_ONE_PLACE, GUESSES_PER_ADDRESS, GUESSES_PER_NAME, is_guessing
from tests.passwords import REAL


def test_a_stolen_table_of_passwords_is_expensive_to_guess():
    """RFC 9106, section 4, second recommendation: 64 MiB, three passes, four lanes."""
    assert REAL.hash("anpei-demo").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize(
    ("of_name", "of_address", "of_both", "is_at_home", "waits"),
    [
        (0, 0, 0, False, False),
        (GUESSES_FROM_ONE_PLACE - 1, GUESSES_PER_ADDRESS - 1, GUESSES_FROM_ONE_PLACE - 1, False, False),
        (GUESSES_FROM_ONE_PLACE, 0, GUESSES_FROM_ONE_PLACE, True, True),
        (0, GUESSES_PER_ADDRESS, 0, True, True),
        (GUESSES_PER_NAME, 0, 0, False, True),
        (GUESSES_PER_NAME * 100, 0, 0, True, False),  # strangers guess; the owner comes in from where they always do
    ],
)
def test_who_guesses_waits_and_whose_name_is_guessed_at_does_not(of_name, of_address, of_both, is_at_home, waits):
    assert is_guessing(of_name=of_name, of_address=of_address, of_both=of_both, is_at_home=is_at_home) is waits
