"""Refusals about registrations. What speaks against an application is a check of its decision, not an exception."""

from kernel.errors import N_, Invalid, NotFound, Refused


class NoSuchRegistration(NotFound):
    sentence = N_("There is no such registration, or it is not yours.")


class NotExamined(Refused):
    sentence = N_("There is no exam of this kind for this qualification.")


class OnlyBeforeTheExamDay(Refused):
    sentence = N_("You can withdraw until the day before the exam. It is on %(day)s.")


class RegistrationIsOver(Refused):
    sentence = N_("This registration is closed: it was %(state)s.")


class NotWaiting(Refused):
    sentence = N_("Only an accepted application that has no seat yet can be given one. This one is %(state)s.")


class NotSeated(Refused):
    sentence = N_("This registration has no seat in a sitting. It is %(state)s.")


class ExamDayOutOfReach(Invalid):
    sentence = N_("The day lies between today and %(latest)s.")
