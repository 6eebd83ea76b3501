"""The roles, and on which side of the wall they stand."""

from enum import StrEnum


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
