"""Which roles go together, where each is held, and whose account an enterprise may renew. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from kernel.actor import Scope
from people.access.rules import HELD_EVERYWHERE, HELD_FOR_A_REGION, TEACHING_ROLES, TESTING_ROLES, Role
from people.appointments.errors import (
    NoRole,
    OrganisationMissing,
    RegionOfYoursMissing,
    RoleBeyondRegions,
    RoleElsewhere,
    RoleForNoRegion,
    RolesOnBothSides,
    UserNameShape,
)
from people.organisations.rules.employments import OrganisationKind
from people.regions.errors import NoSuchRegion

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

MOST_SLIPS: Final = 500  # of one deed and one printed page; they are shown once, so that it must come back in time

_USER_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,38})[a-z0-9]")


class AccountState(StrEnum):
    """What an office sees of an account."""

    OPEN = "open"
    ONE_TIME = "one_time"  # waits for the first sign-in
    CLOSED = "closed"


class WorkersSignIn(StrEnum):
    """What an enterprise may do about the sign-in of somebody on its staff list."""

    NONE = "none"  # make one
    OURS = "ours"  # renew its password
    NOT_OURS = "not_ours"  # opened elsewhere, or somebody else employs them too: the administrator
    OTHER_ROLES = "other_roles"  # no worker's account, or several: the administrator
    CLOSED = "closed"  # the administrator


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """What decides whose an account is."""

    roles: tuple[Role, ...]
    organisation_id: UUID | None
    is_closed: bool


def workers_sign_in(held: Collection[HeldAccount], *, own: UUID, employers: Collection[UUID]) -> WorkersSignIn:
    """How it stands with the sign-in of somebody whom `employers` employ, seen from the enterprise `own`."""
    in_use = [each for each in held if not each.is_closed]
    if not in_use:
        return WorkersSignIn.CLOSED if held else WorkersSignIn.NONE
    if len(in_use) > 1 or in_use[0].roles != (Role.WORKER,):
        return WorkersSignIn.OTHER_ROLES
    return WorkersSignIn.NOT_OURS if is_known_elsewhere(in_use, own=own, employers=employers) else WorkersSignIn.OURS


def is_known_elsewhere(held: Collection[HeldAccount], *, own: UUID, employers: Collection[UUID]) -> bool:
    """Whether somebody else too employs this person or has opened an account for them."""
    return bool(set(employers) - {own}) or any(each.organisation_id != own for each in held)


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


def require_reach(roles: Collection[Role], region: str | None, appoints: Scope) -> None:
    """Roles that may be held for this region (None: everywhere), given by somebody who acts for `appoints`.

    Nobody gives what reaches beyond them: whoever could would only have to appoint themselves.

    Raises:
        RoleForNoRegion, RegionOfYoursMissing, RoleBeyondRegions: each as the problem of its field.
        NoSuchRegion: the region lies outside of theirs.
    """
    held = frozenset(roles)
    if region is not None and not held <= HELD_FOR_A_REGION:
        raise RoleForNoRegion(fields={"region": RoleForNoRegion()})
    if appoints.is_everywhere:
        return
    if held & HELD_EVERYWHERE:
        raise RoleBeyondRegions(fields={"roles": RoleBeyondRegions()})
    if region is None and held & HELD_FOR_A_REGION:
        raise RegionOfYoursMissing(fields={"region": RegionOfYoursMissing()})
    if region is not None and not appoints.covers(region):
        raise NoSuchRegion
