"""What guards a sign-in."""

from tests.passwords import REAL


def test_a_stolen_table_of_passwords_is_expensive_to_guess():
    """RFC 9106, section 4, second recommendation: 64 MiB, three passes, four lanes."""
    assert REAL.hash("anpei-demo").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
