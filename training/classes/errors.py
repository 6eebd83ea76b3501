"""Refusals around classes."""

from kernel.errors import N_, Refused


class NobodyAttended(Refused):
    sentence = N_("Tick at least one learner who attended.")


class ClassOfWrongLength(Refused):
    sentence = N_("A class has more than 0 and at most %(cap)s hours.")


class TooMuchForOneDay(Refused):
    sentence = N_("With this class %(name)s would have more than %(cap)s hours on %(on)s.")


class NotYetHeld(Refused):
    sentence = N_("A class is recorded after it was held, not before.")


class HeldBeforeEnrolment(Refused):
    sentence = N_("%(name)s was not enrolled yet on %(on)s.")


class OfAnotherQualification(Refused):
    sentence = N_("%(name)s is not enrolled for this qualification.")
