"""Refusals around corrections."""

from kernel.errors import N_, Refused

SAY_WHAT_WAS_WRONG = N_("Say what was wrong, and by which document you know it.")


class NothingIsDifferent(Refused):
    sentence = N_("This stands there already. Nothing was corrected.")


class NotOursToCorrect(Refused):
    sentence = N_(
        "Only the administrator of the platform corrects the particulars of %(name)s: this person works or has an"
        " account elsewhere too."
    )


class NumberIsReliedOn(Refused):
    sentence = N_(
        "%(name)s has signed in already: training, exams and certificates may rest on this ID number. Close this"
        " account and register the person anew with the right number."
    )
