"""Refusals around courses and lessons."""

from kernel.errors import N_, Invalid, NotFound, Problem


class CourseBroken(Problem):
    sentence = N_("The course files cannot be loaded. %(where)s: %(fault)s.")


class NoSuchCourse(NotFound):
    sentence = N_("There is no such course.")


class NoSuchLesson(NotFound):
    sentence = N_("There is no such lesson in this course.")


class NoSuchCheck(NotFound):
    sentence = N_("This lesson has no such question.")


class NotAnAnswer(Invalid):
    sentence = N_("Choose one of the answers.")
