"""What may be done in training, and who may do it. No role of testing may do any of it."""

from people.access.rules.rights import Grants, Right
from people.access.rules.roles import Role


class Training:
    """The permissions of training, alphabetical by their text."""

    HOLD_CLASSES = Right("training:classes:hold")
    PUBLISH_COURSES = Right("training:courses:publish")
    ENROL = Right("training:enrolments:enrol")
    SEE_LEARNERS = Right("training:enrolments:see")
    LEARN = Right("training:study:learn")


TO_EVERY_ROLE: frozenset[Right] = frozenset()

GRANTS: Grants = {
    Role.ADMINISTRATOR: frozenset({Training.PUBLISH_COURSES}),
    Role.TEACHER: frozenset({Training.HOLD_CLASSES, Training.SEE_LEARNERS}),
    Role.TRAINING_MANAGER: frozenset({Training.HOLD_CLASSES, Training.ENROL, Training.SEE_LEARNERS}),
    Role.WORKER: frozenset({Training.LEARN}),
}
