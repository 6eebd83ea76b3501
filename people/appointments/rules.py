"""Which roles go together, and where each is held. Pure."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from people.access.rules import TEACHING_ROLES, TESTING_ROLES, Role
from people.appointments.errors import NoRole, OrganisationMissing, RoleElsewhere, RolesOnBothSides, UserNameShape
from people.organisations.rules.employments import OrganisationKind

EXAMINING: Final = frozenset({OrganisationKind.EXAM_CENTRE, OrganisationKind.EXAM_BODY, OrganisationKind.AUTHORITY})
AUTHORITY: Final = frozenset({OrganisationKind.AUTHORITY})

# Where a role is held; a role that is missing here is held anywhere. Proctors are staff of the authority, the exam body
# or the site; only the authority itself reviews and issues (order 30, article 12).
PLACES: Final[Mapping[Role, frozenset[OrganisationKind]]] = (
    dict.fromkeys(TESTING_ROLES, EXAMINING)
    | {role: frozenset({OrganisationKind.TRAINING_PROVIDER}) for role in TEACHING_ROLES}
    | dict.fromkeys((Role.AUDITOR, Role.CERTIFICATE_OFFICER, Role.INSPECTOR), AUTHORITY)
    | {Role.ENTERPRISE_MANAGER: frozenset({OrganisationKind.ENTERPRISE})}
)

_USER_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,38})[a-z0-9]")


class AccountState(StrEnum):
    """What an office sees of an account."""

    OPEN = "open"
    ONE_TIME = "one_time"  # waits for the first sign-in
    CLOSED = "closed"


def user_name(typed: str) -> str:
    """A user name as it is kept. Raises UserNameShape."""
    name = typed.strip().lower()
    if not _USER_NAME.fullmatch(name):
        raise UserNameShape
    return name


def require_fitting(roles: Collection[Role], kind: OrganisationKind | None, elsewhere: Collection[Role] = ()) -> None:
    """Roles that one person may hold, at an organisation of this kind. `elsewhere`: those of the other accounts.

    Raises:
        NoRole, RolesOnBothSides, OrganisationMissing, RoleElsewhere: each as the problem of its field.
    """
    if not roles:
        raise NoRole(fields={"roles": NoRole()})
    held = {*roles, *elsewhere}
    if held & TEACHING_ROLES and held & TESTING_ROLES:
        raise RolesOnBothSides(fields={"roles": RolesOnBothSides()})
    places = [PLACES[role] for role in roles if role in PLACES]
    if places and kind is None:
        raise OrganisationMissing(fields={"organisation_id": OrganisationMissing()})
    if any(kind not in place for place in places):
        raise RoleElsewhere(fields={"roles": RoleElsewhere()})
