"""Permissions `<package>:<room>:<deed>`, alphabetical, and the roles that hold them.

Separation begins here: no role of teaching holds a permission of question_bank or exams, and no role of testing holds
one of training. `TEACHING_ROLES` and `TESTING_ROLES` are the two sides; a test holds the matrix against them.
"""

from enum import StrEnum


class Permission(StrEnum):
    """What a person may be allowed to do."""

    DECIDE_CERTIFICATES = "certification:certificates:decide"
    OWN_CERTIFICATES = "certification:certificates:own"
    SEE_COMPLIANCE = "certification:compliance:see"
    SEE_SEPARATION = "certification:supervision:separation"
    INVIGILATE = "exams:attempts:invigilate"
    SIT_EXAMS = "exams:attempts:sit"
    KEEP_BARS = "exams:bars:keep"
    MANAGE_CENTRES = "exams:centres:manage"
    CHECK_CONFLICTS = "exams:integrity:check"
    COMMIT_SECRETS = "exams:papers:commit"
    DRAW_PAPERS = "exams:papers:draw"
    REVEAL_SECRETS = "exams:papers:reveal"
    VERIFY_PAPERS = "exams:papers:verify"
    ARRANGE_PRACTICAL = "exams:practicals:arrange"
    EXAMINE_PRACTICAL = "exams:practicals:examine"
    OWN_PRACTICAL = "exams:practicals:own"
    NOTE_ATTENDANCE = "exams:registrations:attendance"
    OWN_REGISTRATION = "exams:registrations:own"
    SEE_REGISTRATIONS = "exams:registrations:see"
    ANSWER_RECHECKS = "exams:results:answer_recheck"
    OWN_RESULTS = "exams:results:own"
    RECORD_RESULTS = "exams:results:record"
    RELEASE_RESULTS = "exams:results:release"
    ANNUL_SITTINGS = "exams:sittings:annul"
    OPEN_SITTINGS = "exams:sittings:open"
    PLAN_SITTINGS = "exams:sittings:plan"
    TAKE_UP_DUTY = "exams:sittings:take_up_duty"
    KEEP_DELIVERIES = "kernel:deliveries:keep"
    KEEP_PHOTOS = "people:accounts:keep_photos"
    OPEN_ACCOUNTS = "people:accounts:open"
    OWN_ACCOUNT = "people:accounts:own"
    REGISTER_PEOPLE = "people:accounts:register"
    SEE_ID_NUMBER = "people:accounts:see_id_number"
    CORRECT_PEOPLE = "people:corrections:correct"
    KEEP_STAFF = "people:organisations:keep_staff"
    REGISTER_ORGANISATIONS = "people:organisations:register"
    LOAD_BANKS = "question_bank:exchange:load"
    APPROVE_QUESTIONS = "question_bank:questions:approve"
    READ_QUESTIONS = "question_bank:questions:read"
    RETURN_QUESTIONS = "question_bank:questions:return"
    REVIEW_QUESTIONS = "question_bank:questions:review"
    WRITE_QUESTIONS = "question_bank:questions:write"
    RUN_SIMULATION = "simulations:runs:own"
    HOLD_CLASSES = "training:classes:hold"
    PUBLISH_COURSES = "training:courses:publish"
    ENROL = "training:enrolments:enrol"
    SEE_LEARNERS = "training:enrolments:see"
    LEARN = "training:study:learn"


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


ROLE_NAMES: dict[Role, dict[str, str]] = {
    Role.ADMINISTRATOR: {"zh": "系统管理员", "en": "administrator"},
    Role.AUDITOR: {"zh": "审计员", "en": "auditor"},
    Role.CERTIFICATE_OFFICER: {"zh": "发证审核人员", "en": "certificate officer"},
    Role.ENTERPRISE_MANAGER: {"zh": "企业管理人员", "en": "manager of an enterprise"},
    Role.EXAMINER: {"zh": "考评员", "en": "practical examiner"},
    Role.EXAM_OFFICER: {"zh": "考务管理员", "en": "exam officer"},
    Role.INSPECTOR: {"zh": "执法检查人员", "en": "inspector"},
    Role.INVIGILATOR: {"zh": "监考员", "en": "invigilator"},
    Role.QUESTION_APPROVER: {"zh": "试题审定人员", "en": "question approver"},
    Role.QUESTION_AUTHOR: {"zh": "命题人员", "en": "question author"},
    Role.QUESTION_REVIEWER: {"zh": "审题人员", "en": "question reviewer"},
    Role.TEACHER: {"zh": "培训教师", "en": "teacher"},
    Role.TRAINING_MANAGER: {"zh": "培训机构管理人员", "en": "manager of a training provider"},
    Role.WORKER: {"zh": "学员", "en": "worker"},
}

_EVERYONE = frozenset({Permission.OWN_ACCOUNT, Permission.OWN_CERTIFICATES})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _EVERYONE
    | {
        Permission.CORRECT_PEOPLE,
        Permission.KEEP_DELIVERIES,
        Permission.KEEP_PHOTOS,
        Permission.LOAD_BANKS,
        Permission.OPEN_ACCOUNTS,
        Permission.PUBLISH_COURSES,
        Permission.REGISTER_ORGANISATIONS,
        Permission.REGISTER_PEOPLE,
    },
    Role.AUDITOR: _EVERYONE | {Permission.SEE_SEPARATION, Permission.VERIFY_PAPERS},
    Role.CERTIFICATE_OFFICER: _EVERYONE | {Permission.DECIDE_CERTIFICATES, Permission.SEE_ID_NUMBER},
    Role.ENTERPRISE_MANAGER: _EVERYONE | {Permission.KEEP_STAFF, Permission.REGISTER_PEOPLE, Permission.SEE_COMPLIANCE},
    Role.EXAMINER: _EVERYONE | {Permission.EXAMINE_PRACTICAL, Permission.RECORD_RESULTS, Permission.TAKE_UP_DUTY},
    Role.EXAM_OFFICER: _EVERYONE
    | {
        Permission.ANNUL_SITTINGS,
        Permission.ANSWER_RECHECKS,
        Permission.ARRANGE_PRACTICAL,
        Permission.KEEP_BARS,
        Permission.CHECK_CONFLICTS,
        Permission.COMMIT_SECRETS,
        Permission.DRAW_PAPERS,
        Permission.MANAGE_CENTRES,
        Permission.PLAN_SITTINGS,
        Permission.RELEASE_RESULTS,
        Permission.REVEAL_SECRETS,
        Permission.SEE_REGISTRATIONS,
        Permission.SEE_ID_NUMBER,
        Permission.VERIFY_PAPERS,
    },
    Role.INSPECTOR: _EVERYONE,
    Role.INVIGILATOR: _EVERYONE
    | {
        Permission.INVIGILATE,
        Permission.NOTE_ATTENDANCE,
        Permission.OPEN_SITTINGS,
        Permission.SEE_ID_NUMBER,
        Permission.TAKE_UP_DUTY,
    },
    Role.QUESTION_APPROVER: _EVERYONE
    | {Permission.APPROVE_QUESTIONS, Permission.READ_QUESTIONS, Permission.RETURN_QUESTIONS},
    Role.QUESTION_AUTHOR: _EVERYONE | {Permission.READ_QUESTIONS, Permission.WRITE_QUESTIONS},
    Role.QUESTION_REVIEWER: _EVERYONE
    | {Permission.READ_QUESTIONS, Permission.RETURN_QUESTIONS, Permission.REVIEW_QUESTIONS},
    Role.TEACHER: _EVERYONE | {Permission.HOLD_CLASSES, Permission.SEE_LEARNERS},
    Role.TRAINING_MANAGER: _EVERYONE | {Permission.ENROL, Permission.HOLD_CLASSES, Permission.SEE_LEARNERS},
    Role.WORKER: _EVERYONE
    | {
        Permission.LEARN,
        Permission.OWN_PRACTICAL,
        Permission.OWN_REGISTRATION,
        Permission.OWN_RESULTS,
        Permission.RUN_SIMULATION,
        Permission.SIT_EXAMS,
    },
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
