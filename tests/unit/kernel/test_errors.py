"""A refusal is one sentence that a person can read."""

from kernel.errors import N_, Invalid, Refused


class SeatTaken(Refused):
    sentence = N_("Seat %(seat)s is taken.")


def test_a_refusal_fills_its_sentence():
    assert str(SeatTaken(seat=7)) == "Seat 7 is taken."


def test_a_problem_with_fields_names_them():
    problem = Invalid({"phone": "Eleven digits."})
    assert problem.fields == {"phone": "Eleven digits."}
