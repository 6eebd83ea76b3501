"""Refusals about results."""

from kernel.errors import N_, NotFound, Refused

SAY_WHAT_TO_LOOK_AT = N_("Say in a sentence what should be looked at.")

SAY_WHAT_WAS_FOUND = N_("The answer says in a sentence what was found.")


class NoSuchResult(NotFound):
    sentence = N_("There is no such result, or it is not released yet.")


class ResultContradictsItself(Refused):
    sentence = N_("A score of %(score)s with a pass mark of %(pass_mark)s is no pass.")


class ResultOutOfRange(Refused):
    sentence = N_("A score lies between 0 and %(most)s.")


class OtherResultRecorded(Refused):
    sentence = N_("Another result is already recorded for this registration. Results are never overwritten.")


class ResultsMissing(Refused):
    sentence = N_("%(count)s candidates who took part have no result yet: %(names)s.")


class RecheckTooLate(Refused):
    sentence = N_("A re-check could be asked for until %(until)s.")


class RecheckAskedAlready(Refused):
    sentence = N_("A re-check of this result was already asked for.")


class RecheckAnswered(Refused):
    sentence = N_("This re-check is already answered.")
