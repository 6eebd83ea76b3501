"""Refusals around enrolments."""

from kernel.errors import N_, Forbidden, NotFound, Refused

SAY_WHY = N_("Say why the learner leaves. The reason stays on record.")


class AlreadyEnrolled(Refused):
    sentence = N_("%(name)s is already enrolled for this qualification. One course is finished before the next begins.")


class EnrolledElsewhere(Refused):
    sentence = N_(
        "%(name)s is enrolled for this qualification at another training provider. "
        "They can leave that course themselves, on their page My learning; then you can enrol them."
    )


class NoSuchEnrolment(NotFound):
    sentence = N_("There is no such enrolment.")


class NotYourProvider(Forbidden):
    sentence = N_("You can enrol people for your own training provider only.")


class NoTeacher(Refused):
    sentence = N_("Name at least one teacher: who taught a candidate may not examine them, so it must be on record.")


class NotATeacherHere(Refused):
    sentence = N_("Only people who teach at this training provider can be named as teachers.")


class TeachesThemselves(Refused):
    sentence = N_("%(name)s cannot be learner and teacher of the same course.")


class EnrolmentIsOver(Refused):
    sentence = N_("This course is finished. Its record no longer changes.")
