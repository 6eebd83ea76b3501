"""The roles, and on which side of the wall they stand."""

from enum import StrEnum

from kernel.names import Names


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


ROLE_NAMES: dict[Role, Names] = {
    Role.ADMINISTRATOR: Names("系统管理员", "administrator"),
    Role.AUDITOR: Names("审计员", "auditor"),
    Role.CERTIFICATE_OFFICER: Names("发证审核人员", "certificate officer"),
    Role.ENTERPRISE_MANAGER: Names("企业管理人员", "manager of an enterprise"),
    Role.EXAMINER: Names("考评员", "practical examiner"),
    Role.EXAM_OFFICER: Names("考务管理员", "exam officer"),
    Role.INSPECTOR: Names("执法检查人员", "inspector"),
    Role.INVIGILATOR: Names("监考员", "invigilator"),
    Role.QUESTION_APPROVER: Names("试题审定人员", "question approver"),
    Role.QUESTION_AUTHOR: Names("命题人员", "question author"),
    Role.QUESTION_REVIEWER: Names("审题人员", "question reviewer"),
    Role.TEACHER: Names("培训教师", "teacher"),
    Role.TRAINING_MANAGER: Names("培训机构管理人员", "manager of a training provider"),
    Role.WORKER: Names("学员", "worker"),
}

# How far a role reaches. What is not named here is bound to an organisation, or to a duty, and to no place.
HELD_FOR_A_REGION = frozenset({Role.ADMINISTRATOR, Role.CERTIFICATE_OFFICER, Role.EXAM_OFFICER, Role.INSPECTOR})
HELD_EVERYWHERE = frozenset({Role.AUDITOR, Role.QUESTION_APPROVER, Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER})

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
