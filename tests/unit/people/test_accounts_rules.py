"""What guards a sign-in."""

from hypothesis import given
from hypothesis import strategies as st

from people.accounts.rules import GUESSES_FROM_ONE_PLACE, GUESSES_PER_NAME, NAMES_PER_ADDRESS, is_guessing
from tests.cast.passwords import REAL

CANDIDATES = 30  # in one room, behind one address
FEW = st.integers(0, GUESSES_FROM_ONE_PLACE - 1)
ANY = st.integers(0, 10_000)


def test_a_stolen_table_of_passwords_is_expensive_to_guess():
    """OWASP, Password Storage Cheat Sheet: 19 MiB, two passes, one lane."""
    assert REAL.hash("anpei-demo").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@given(of_name=ANY, names=ANY, of_both=FEW)
def test_nothing_that_others_do_keeps_out_who_has_signed_in_from_there(of_name: int, names: int, of_both: int):
    assert not is_guessing(of_name=of_name, names_from_address=names, of_both=of_both, is_at_home=True)


@given(of_name=ANY, names=ANY, of_both=st.integers(GUESSES_FROM_ONE_PLACE), is_at_home=st.booleans())
def test_who_guesses_at_one_name_waits_at_home_too(of_name: int, names: int, of_both: int, *, is_at_home: bool):
    assert is_guessing(of_name=of_name, names_from_address=names, of_both=of_both, is_at_home=is_at_home)


@given(of_both=FEW, others=st.integers(0, 2 * (CANDIDATES - 1)), own=st.integers(0, 2))
def test_a_room_of_candidates_with_slips_who_mistype_name_and_password_gets_in(of_both: int, others: int, own: int):
    assert not is_guessing(of_name=of_both, names_from_address=others + own, of_both=of_both, is_at_home=False)


@given(of_name=ANY, names=st.integers(NAMES_PER_ADDRESS), of_both=ANY)
def test_who_tries_many_names_from_one_address_waits(of_name: int, names: int, of_both: int):
    assert is_guessing(of_name=of_name, names_from_address=names, of_both=of_both, is_at_home=False)


@given(of_name=st.integers(GUESSES_PER_NAME), names=ANY, of_both=ANY)
def test_a_name_that_is_hunted_waits_where_its_owner_has_never_been(of_name: int, names: int, of_both: int):
    assert is_guessing(of_name=of_name, names_from_address=names, of_both=of_both, is_at_home=False)
