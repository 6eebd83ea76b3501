"""The words of the authoring screens for what the bank knows by a code."""

from kernel.errors import N_
from question_bank.review.rules import State

# state of a version -> (colour and sign, word)
STATES: dict[State, tuple[str, str]] = {
    State.DRAFT: ("neutral", N_("Draft")),
    State.REVIEWED: ("info", N_("Reviewed")),
    State.APPROVED: ("ok", N_("Approved")),
    State.RETURNED: ("soon", N_("Returned")),
    State.SUPERSEDED: ("neutral", N_("Superseded")),
    State.SUSPENDED: ("danger", N_("Suspended")),
}

DEEDS: dict[str, str] = {
    "drafted": N_("Written"),
    "reviewed": N_("Reviewed"),
    "approved": N_("Approved"),
    "returned": N_("Returned to the author"),
    "suspended": N_("Suspended"),
}
