"""Every write about eligibilities and registrations."""

from exams.registrations.actions.correcting import correct_outcome, lose_ground
from exams.registrations.actions.registering import (
    accept_eligibility,
    apply,
    conclude_registration,
    decide_anew,
    give_seat,
    note_attendance,
    take_seat_back,
    void_registration,
    withdraw_registration,
)

__all__ = [
    "accept_eligibility",
    "apply",
    "conclude_registration",
    "correct_outcome",
    "decide_anew",
    "give_seat",
    "lose_ground",
    "note_attendance",
    "take_seat_back",
    "void_registration",
    "withdraw_registration",
]
