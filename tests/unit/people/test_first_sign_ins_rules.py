"""How it stands with the first sign-in of an organisation: each state by what makes it so."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel.errors import Problem
from people.appointments.rules import require_fitting
from people.first_sign_ins.rules import FIRST_ROLES, State, state_of
from people.messages.rules import Standing

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
LATER, NOW_OVER = NOW + timedelta(seconds=1), NOW


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        (State.DONE, {"has_somebody": True, "is_asked": True, "standing": Standing.REFUSED}),
        (State.NO_TELEPHONE, {"has_telephone": False}),
        (State.TO_SEND, {}),
        (State.WAITING, {"is_asked": True}),
        (State.WAITING, {"is_asked": True, "standing": Standing.WAITING}),
        (State.FAILED, {"is_asked": True, "standing": Standing.REFUSED}),
        (State.FAILED, {"is_asked": True, "standing": Standing.UNKNOWN, "until": LATER}),
        (State.FAILED, {"is_asked": True, "standing": Standing.GIVEN_UP}),
        (State.SENT, {"is_asked": True, "standing": Standing.TAKEN, "until": LATER}),
        (State.EXPIRED, {"is_asked": True, "standing": Standing.TAKEN, "until": NOW_OVER}),
    ],
)
def test_the_state_says_what_is_to_be_done(state, facts):
    bare = {
        "has_somebody": False,
        "has_telephone": True,
        "standing": None,
        "is_asked": False,
        "until": None,
        "now": NOW,
    }
    assert state_of(**bare | facts) is state


@pytest.mark.parametrize("kind", FIRST_ROLES)
def test_the_first_role_of_each_kind_may_be_held_there(kind):
    require_fitting([FIRST_ROLES[kind]], kind)
    elsewhere = next(other for other in FIRST_ROLES if FIRST_ROLES[other] is not FIRST_ROLES[kind])
    with pytest.raises(Problem):
        require_fitting([FIRST_ROLES[kind]], elsewhere)
