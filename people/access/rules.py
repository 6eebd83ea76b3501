"""Permissions `<package>:<room>:<deed>`, alphabetical, and the roles that hold them.

Separation begins here: no role of teaching holds a permission of question_bank or exams, and no role of testing holds
one of training. `TEACHING` and `TESTING` name the two sides; a test holds the matrix against them.
"""

from enum import StrEnum


class Permission(StrEnum):
    """What a person may be allowed to do."""

    KEEP_PHOTOS = "people:accounts:keep_photos"
    OPEN_ACCOUNTS = "people:accounts:open"
    OWN_ACCOUNT = "people:accounts:own"
    REGISTER_PEOPLE = "people:accounts:register"
    SEE_ID_NUMBER = "people:accounts:see_id_number"


class Role(StrEnum):
    """What a person is here for. An account may have several, within one side of the wall."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    CERTIFICATE_OFFICER = "certificate_officer"
    ENTERPRISE_MANAGER = "enterprise_manager"
    EXAMINER = "examiner"
    EXAM_OFFICER = "exam_officer"
    INSPECTOR = "inspector"
    INVIGILATOR = "invigilator"
    QUESTION_APPROVER = "question_approver"
    QUESTION_AUTHOR = "question_author"
    QUESTION_REVIEWER = "question_reviewer"
    TEACHER = "teacher"
    TRAINING_MANAGER = "training_manager"
    WORKER = "worker"


_EVERYONE = frozenset({Permission.OWN_ACCOUNT})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _EVERYONE | {Permission.OPEN_ACCOUNTS, Permission.REGISTER_PEOPLE, Permission.KEEP_PHOTOS},
    Role.AUDITOR: _EVERYONE,
    Role.CERTIFICATE_OFFICER: _EVERYONE | {Permission.SEE_ID_NUMBER},
    Role.ENTERPRISE_MANAGER: _EVERYONE | {Permission.REGISTER_PEOPLE, Permission.KEEP_PHOTOS},
    Role.EXAMINER: _EVERYONE,
    Role.EXAM_OFFICER: _EVERYONE | {Permission.SEE_ID_NUMBER},
    Role.INSPECTOR: _EVERYONE,
    Role.INVIGILATOR: _EVERYONE | {Permission.SEE_ID_NUMBER},
    Role.QUESTION_APPROVER: _EVERYONE,
    Role.QUESTION_AUTHOR: _EVERYONE,
    Role.QUESTION_REVIEWER: _EVERYONE,
    Role.TEACHER: _EVERYONE,
    Role.TRAINING_MANAGER: _EVERYONE,
    Role.WORKER: _EVERYONE,
}

TEACHING_ROLES = frozenset({Role.TEACHER, Role.TRAINING_MANAGER})
TESTING_ROLES = frozenset(
    {
        Role.EXAMINER,
        Role.EXAM_OFFICER,
        Role.INVIGILATOR,
        Role.QUESTION_APPROVER,
        Role.QUESTION_AUTHOR,
        Role.QUESTION_REVIEWER,
    }
)


def permissions_of(roles: list[str]) -> frozenset[str]:
    """What the holder of these roles may do."""
    return frozenset(permission.value for role in roles for permission in ROLES[Role(role)])
