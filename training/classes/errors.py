"""Refusals around classes."""

from kernel.errors import N_, NotFound, Refused

SAY_WHY = N_("Say why the record is wrong. The reason stays on record.")


class NobodyAttended(Refused):
    sentence = N_("Tick at least one learner who attended.")


class ClassOfWrongLength(Refused):
    sentence = N_("A class has more than 0 and at most %(cap)s hours.")


class ClassPastMidnight(Refused):
    sentence = N_("A class ends on the day on which it began. Record each day for itself.")


class TooMuchForOneDay(Refused):
    sentence = N_("With this class %(name)s would have more than %(cap)s hours in class on %(on)s.")


class InAnotherClass(Refused):
    sentence = N_(
        "%(name)s is on record in a class of %(on)s that began at %(begins)s, at the same time as this one. "
        "If that record is wrong, strike it out with a reason first."
    )


class NotYetHeld(Refused):
    sentence = N_("A class is recorded after it was held, not before.")


class HeldBeforeEnrolment(Refused):
    sentence = N_("%(name)s was not enrolled yet on %(on)s.")


class OfAnotherQualification(Refused):
    sentence = N_("%(name)s is not enrolled for this qualification.")


class NoSuchClass(NotFound):
    sentence = N_("This class does not exist, or it was not held by your training provider.")


class NobodyToStrike(Refused):
    sentence = N_("Tick at least one learner whose attendance is to be struck out.")


class StruckAlready(Refused):
    sentence = N_("This attendance of %(name)s has been struck out already.")


class CountedAlready(Refused):
    sentence = N_(
        "%(name)s has handed over the hours, this class among them. That record no longer changes here; "
        "tell the issuing authority in writing."
    )
