"""Permissions `<package>:<room>:<deed>` and the roles that hold them: one file for each package, assembled here.

Separation begins here: no role of teaching holds a permission of question_bank or exams, and no role of testing holds
one of training. `TEACHING_ROLES` and `TESTING_ROLES` are the two sides; a test holds the matrix against them.
"""

from itertools import chain

from people.access.rules import certification, exams, kernel, people, question_bank, simulations, training
from people.access.rules.certification import Certification
from people.access.rules.exams import Exams
from people.access.rules.kernel import Kernel
from people.access.rules.people import People
from people.access.rules.question_bank import QuestionBank
from people.access.rules.rights import Right, rights_of
from people.access.rules.roles import (
    HELD_EVERYWHERE,
    HELD_FOR_A_REGION,
    ROLE_NAMES,
    TEACHING_ROLES,
    TESTING_ROLES,
    Role,
)
from people.access.rules.simulations import Simulations
from people.access.rules.training import Training

__all__ = [
    "HELD_EVERYWHERE",
    "HELD_FOR_A_REGION",
    "OF_THE_WHOLE",
    "PERMISSIONS",
    "ROLES",
    "ROLE_NAMES",
    "TEACHING_ROLES",
    "TESTING_ROLES",
    "VOCABULARIES",
    "Permission",
    "Right",
    "Role",
    "permissions_of",
    "rights_of",
]


class Permission(Certification, Exams, Kernel, People, QuestionBank, Simulations, Training):
    """What a person may be allowed to do, of all packages under one name."""


VOCABULARIES = Permission.__bases__
PERMISSIONS: tuple[Right, ...] = tuple(chain.from_iterable(map(rights_of, VOCABULARIES)))

_PACKAGES = (certification, exams, kernel, people, question_bank, simulations, training)
_EVERYBODY: frozenset[Right] = frozenset().union(*(package.TO_EVERY_ROLE for package in _PACKAGES))

ROLES: dict[Role, frozenset[Right]] = {
    role: _EVERYBODY.union(*(package.GRANTS.get(role, ()) for package in _PACKAGES)) for role in Role
}


# Of the installation as a whole: there is no part of it for one region. Who holds a role for a region lacks these.
OF_THE_WHOLE: frozenset[Right] = frozenset(
    {Permission.KEEP_DELIVERIES, Permission.LOAD_BANKS, Permission.PUBLISH_COURSES}
)


def permissions_of(roles: list[str], region: str | None = None) -> frozenset[str]:
    """What the holder of these roles may do, everywhere or for a region."""
    withheld = OF_THE_WHOLE if region else frozenset[Right]()
    return frozenset(str(right) for role in roles for right in ROLES[Role(role)] - withheld)
