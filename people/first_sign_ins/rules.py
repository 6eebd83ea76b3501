"""As what the first person of an organisation comes in, and how it stands with their sign-in. Pure."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from people.access.rules import Role
from people.messages.rules import Standing
from people.organisations.rules.employments import OrganisationKind

# An examination centre has no manager here: its sittings are the exam office's. Its first person stands in no sitting
# before that office assigns them to one.
FIRST_ROLES: Final[Mapping[OrganisationKind, Role]] = {
    OrganisationKind.ENTERPRISE: Role.ENTERPRISE_MANAGER,
    OrganisationKind.TRAINING_PROVIDER: Role.TRAINING_MANAGER,
    OrganisationKind.EXAM_CENTRE: Role.INVIGILATOR,
}


class State(StrEnum):
    """How it stands with the first sign-in of an organisation."""

    FAILED = "failed"  # the message did not arrive, or nobody can say that it did
    TO_SEND = "to_send"
    NO_TELEPHONE = "no_telephone"
    WAITING = "waiting"  # for its turn to be sent
    SENT = "sent"
    EXPIRED = "expired"
    DONE = "done"


def state_of(
    *,
    has_somebody: bool,
    has_telephone: bool,
    standing: Standing | None,
    is_asked: bool,
    until: datetime | None,
    now: datetime,
) -> State:
    """What is to be said of one organisation.

    Args:
        has_somebody: somebody signs in for it.
        has_telephone: one is known.
        standing: how far the message has come; None: it is not written yet.
        is_asked: a code was asked for, and is good still or was never drawn.
        until: how long the code is good.
        now: this moment.
    """
    if has_somebody:
        return State.DONE
    if not is_asked:
        return State.TO_SEND if has_telephone else State.NO_TELEPHONE
    if standing in {None, Standing.WAITING}:
        return State.WAITING
    if standing is not Standing.TAKEN:
        return State.FAILED
    return State.SENT if until is not None and until > now else State.EXPIRED
